package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/vault"
)

// lies tells in which tables the rows of a kind lie.
func (b *bench) lies(table, where string) string {
	b.t.Helper()
	return strings.Join(column[string](b, "select distinct tableoid::regclass::text from casework."+table+" where "+where+" order by 1"), " ")
}

// neighbour opens a second ward, whose cases are sealed with other keys.
func (b *bench) neighbour() *storage.Store {
	b.t.Helper()
	if err := storage.PutWard(b.t.Context(), b.url, cases.Ward{ID: 2, Name: "phường khác"}); err != nil {
		b.t.Fatal(err)
	}
	keys, err := vault.NewKeys(b.at)
	if err != nil {
		b.t.Fatal(err)
	}
	v, err := vault.New(keys)
	if err != nil {
		b.t.Fatal(err)
	}
	s, err := storage.Open(b.t.Context(), storage.Config{URL: b.url, Vault: v, Ward: 2, Bot: bot + 1, MaxConns: 1, Now: func() time.Time { return b.at }})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(s.Close)
	return s
}

func arrive(t *testing.T, s *storage.Store) (made cases.Case) {
	t.Helper()
	if err := s.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) (err error) {
		_, made, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{
			Source: cases.FromBot, Report: &sample, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "photo"}},
		})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return made
}

// What belongs to a case lies where its ward and its year are. A year ends at midnight in
// Vietnam, and what has no place of its own lies in the place for the rest.
func TestRowsLieByWardAndYear(t *testing.T) {
	t.Parallel()
	b := setup(t)
	abroad := b.neighbour()
	midnight := time.Date(2027, 1, 1, 0, 0, 0, 0, cases.Vietnam)
	for _, c := range []struct {
		at    time.Time
		store *storage.Store
		place string
	}{
		{midnight.Add(-time.Millisecond), b.Store, "1_2026"},
		{midnight, b.Store, "1_2027"},
		{midnight, abroad, "2_2027"},
		{time.Date(2001, 1, 1, 0, 0, 0, 0, cases.Vietnam), b.Store, "1_other"},
		{time.Date(2101, 1, 1, 0, 0, 0, 0, cases.Vietnam), b.Store, "1_other"},
	} {
		b.at = c.at
		made := arrive(t, c.store)
		if made.Number.Year != c.at.Year() {
			t.Errorf("%v has the number %v", c.at, made.Number)
		}
		for _, table := range []string{"cases", "routes", "events", "files"} {
			key := "case_id"
			if table == "cases" {
				key = "id"
			}
			if got, want := b.lies(table, key+" = '"+made.ID+"'"), "casework.report_"+table+"_"+c.place; got != want {
				t.Errorf("%s of %v lie in %q, not %q", table, c.at, got, want)
			}
		}
	}
	// A ward that an older program made has no places.
	//nolint:unqueryvet // a copy has every column of what it is made of
	if err := b.exec(`insert into ward.wards (id, name) values (3, 'mới');
		insert into casework.cases select r.* from casework.cases c, jsonb_populate_record(c, jsonb_build_object('ward_id', 3, 'id', gen_random_uuid(), 'receipt', null)) r where c.ward_id = 2`); err != nil {
		t.Fatal(err)
	}
	if got := b.lies("cases", "ward_id = 3"); got != "casework.report_cases_other" {
		t.Errorf("of a ward without places: %s", got)
	}
	if now, _, err := storage.Unpartitioned(t.Context(), b.url, midnight); now != 10 || err != nil {
		t.Errorf("%d places are missing (%v)", now, err)
	}
	if err := storage.Partition(t.Context(), b.url, midnight); err != nil {
		t.Fatal(err)
	}
	if now, next, err := storage.Unpartitioned(t.Context(), b.url, midnight); now+next != 0 || err != nil {
		t.Errorf("%d and %d places are missing (%v)", now, next, err)
	}
	if got := b.lies("cases", "ward_id = 3"); !strings.HasPrefix(got, "casework.report_cases_3_") {
		t.Errorf("after its places were made: %s", got)
	}
}

// Places are made while rows of theirs lie among the rest: the rows move in, and nothing
// is counted, destroyed or told by that.
func TestAPlaceTakesItsRows(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	b.at = time.Date(2040, 3, 1, 9, 0, 0, 0, cases.Vietnam)
	_, made := b.report(an, sample)
	n := made.Number
	b.must(o, n, cases.Change{Verb: cases.Take})
	b.must(o, n, cases.Change{Verb: cases.Note, Text: "ghi chú"})
	sums := func() string {
		return strings.Join(column[string](b, `select (select string_agg(c::text, ';' order by c.id) from casework.cases c) || (select string_agg(e::text, ';' order by e.case_id, e.seq) from casework.events e)
			|| (select string_agg(x::text, ';' order by x.case_id, x.seq) from casework.talks x) || (select string_agg(r::text, ';') from casework.routes r) || (select string_agg(f::text, ';' order by f.id) from casework.figure_changes f)
			|| (select count(*) from casework.destructions) || (select string_agg(m::text, ';') from casework.numbers m)`), "")
	}
	before := sums()
	if got := b.lies("events", "true"); got != "casework.report_events_1_other" {
		t.Fatalf("before: %s", got)
	}
	if err := storage.Partition(t.Context(), b.url, b.at); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"cases", "routes", "events", "talks"} {
		if got, want := b.lies(table, "true"), "casework.report_"+table+"_1_2040"; got != want {
			t.Errorf("%s lie in %q, not %q", table, got, want)
		}
	}
	if sums() != before {
		t.Error("what lies in the tables is not the same")
	}
	b.must(o, n, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	if err := b.exec("delete from casework.report_events_1_other; update casework.events set detail = 'x'"); err == nil {
		t.Error("the history can be changed in its new place")
	}
}

// A number and a receipt are given once in all partitions, a case keeps its ward, and
// what hangs on a case is of its ward.
func TestNothingIsTwiceOverPartitions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	abroad := b.neighbour()
	first := arrive(t, b.Store)
	arrive(t, abroad)
	b.at = time.Date(2027, 2, 1, 9, 0, 0, 0, cases.Vietnam)
	arrive(t, b.Store)
	copied := func(change string) string {
		//nolint:unqueryvet // a copy has every column of what it is made of
		return fmt.Sprintf(`insert into casework.cases select r.* from casework.cases c, jsonb_populate_record(c, jsonb_build_object(%s)) r where c.id = '%s'`, change, first.ID)
	}
	for what, sql := range map[string]string{
		"a number twice":                copied(`'id', gen_random_uuid(), 'receipt', null`),
		"a receipt twice":               copied(`'id', gen_random_uuid(), 'seq', 99`),
		"a receipt of another year":     `update casework.cases set receipt = (select receipt from casework.cases where ward_id = 1 and year = 2026) where year = 2027`,
		"a move to another ward":        `update casework.cases set ward_id = 2 where ward_id = 1`,
		"a move to another year":        `update casework.cases set id = gen_random_uuid() where ward_id = 1`,
		"another number":                `update casework.cases set seq = 77 where ward_id = 1`,
		"a way back to another ward":    `update casework.routes set ward_id = 2 where ward_id = 1`,
		"a message of another ward":     copiedTalk(first.ID, 2),
		"a message of no case":          copiedTalk(uuid.NewString(), 1),
		"a case that others hang on":    `delete from casework.cases where ward_id = 1`,
		"a cover over no message":       `insert into casework.covered_talks (stream, case_id, seq, ward_id, at, body) select stream, id, 9, ward_id, now(), '' from casework.cases where ward_id = 1 limit 1`,
		"a case beside the names of it": `delete from casework.numbers`,
	} {
		if err := b.exec(sql); err == nil {
			t.Errorf("%s is let through", what)
		}
	}
	if err := b.exec(copied(`'id', gen_random_uuid(), 'seq', 99, 'receipt', null`)); err != nil {
		t.Error(err)
	}
	// A receipt that was destroyed is free, and its hash is nowhere.
	b.count("select count(*) from casework.numbers where receipt is null", 1)
	if err := b.exec("update casework.cases set receipt = null"); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from casework.numbers where receipt is not null", 0)
	b.count("select count(*) from casework.numbers n join casework.cases c using (stream, id, ward_id, year, seq)", 4)
	// What policies ask goes with the case.
	b.staff(officer, cases.Officer)
	b.help(chi)
	for _, change := range []string{
		"forwarded_at = now() where stream = 'report'", "forwarded_at = null where stream = 'report'",
		"assignee = (select min(id) from ward.staff), wanted = 'health' where stream = 'help'", "assignee = null where stream = 'help'",
	} {
		if err := b.exec("update casework.cases set " + change); err != nil {
			t.Fatal(err)
		}
		b.count(`select count(*) from casework.numbers n join casework.cases c using (stream, id, ward_id) where case n.stream
			when 'report' then n.handed = (c.forwarded_at is not null) and n.assignee is null and n.wanted = ''
			else not n.handed and n.assignee is not distinct from c.assignee and n.wanted = c.wanted end`, 5)
	}
}

func copiedTalk(id string, ward int) string {
	return fmt.Sprintf(`insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, body) values ('report', '%s', 1, %d, now(), true, true, '')`, id, ward)
}
