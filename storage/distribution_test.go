package storage_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/internal/testservers"
)

// A database of many wards can be spread over machines by ward: Citus and the like ask
// that the column rows are spread by stands in every key of a table, and in every
// reference to another table that is spread. These keys are without it, and each has its
// reason. docs/scale.md says what has to be done with them before.
var wardlessKeys = map[string]string{
	"casework.clocks (stream, case_id)":               conflict,
	"casework.covered_talks (stream, case_id, seq)":   conflict,
	"casework.follow_ups (stream, case_id, days)":     conflict,
	"casework.mentions (stream, case_id, staff)":      conflict,
	"casework.merges (stream, case_id)":               conflict,
	"casework.originals (stream, case_id, part, ref)": conflict,
	"casework.reminders (stream, case_id, staff)":     conflict,
	"edge.outbox (lane, slot)":                        conflict + "; a lane is of one ward, because its hash is of one bot's chat",
	"edge.updates (bot_id, update_id)":                conflict + "; a bot is of one ward",
}

// conflict: beside a narrow key a wide one makes two of the same write at the same moment
// fail instead of becoming one, so the one cannot simply stand beside the other.
const conflict = "the program of the release before says ON CONFLICT to it"

// Every key of a table with a ward names the ward, or is in the list.
func TestKeysNameTheWard(t *testing.T) {
	t.Parallel()
	owner, err := pgx.Connect(t.Context(), testservers.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { owner.Close(t.Context()) })
	tables := wardTables(t, owner)
	ask := func(sql string) []string {
		t.Helper()
		rows, err := owner.Query(t.Context(), sql, tables)
		if err != nil {
			t.Fatal(err)
		}
		found, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	keys := ask(`
		select format('%s (%s)', i.indrelid::regclass, (
			select string_agg(a.attname, ', ' order by k.n) from unnest(i.indkey::int[]) with ordinality k(num, n)
			join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num))
		from pg_index i
		where i.indisunique and i.indrelid = any($1::regclass[])
		and not exists (select from pg_attribute a where a.attrelid = i.indrelid and a.attname = 'ward_id' and a.attnum = any(i.indkey::int[]))
		order by 1`)
	for _, key := range keys {
		if wardlessKeys[key] == "" {
			t.Errorf("the key %s does not name the ward", key)
		}
	}
	for key := range wardlessKeys {
		if !slices.Contains(keys, key) {
			t.Errorf("the key %s is in the list of those without a ward, and is none", key)
		}
	}
	for _, reference := range ask(`
		select format('%s -> %s', c.conrelid::regclass, c.confrelid::regclass)
		from pg_constraint c
		where c.contype = 'f' and c.conparentid = 0 and c.conrelid = any($1::regclass[]) and c.confrelid = any($1::regclass[])
		and not exists (select from pg_attribute a where a.attrelid = c.conrelid and a.attname = 'ward_id' and a.attnum = any(c.conkey))
		order by 1`) {
		t.Errorf("the reference %s does not name the ward", reference)
	}
}
