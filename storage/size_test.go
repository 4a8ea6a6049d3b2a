package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/scale"
	"tinbao/storage"
)

// phrase is so many made-up words of a text.
func phrase(rng *rand.Rand, n int) string {
	list := strings.Fields("nhà nghỉ quán hát đường chợ ngõ đêm khuya người lạ ra vào xe máy biển số chủ nhân viên cổng trường hồ nước cầu vượt tổ phố phòng trọ")
	text := make([]string, n)
	for i := range text {
		text[i] = list[rng.IntN(len(list))]
	}
	return strings.Join(text, " ")
}

// What docs/scale.md says a case takes is what it takes here: reports are received by the
// real store, people add words, staff take steps, and the tables with their indexes grow.
func TestSizeOfCases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	owner, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { owner.Close(t.Context()) })
	// Tables of the cases, or only those of the names, in all places.
	measured := func(only string) (bytes int64) {
		t.Helper()
		if err := owner.QueryRow(t.Context(), `select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c
			where c.relnamespace = 'casework'::regnamespace and c.relkind = 'r' and c.relname ~ $1`, only).Scan(&bytes); err != nil {
			t.Fatal(err)
		}
		return bytes
	}
	near := func(what string, grown, n int64, want int) {
		t.Helper()
		const slack = 5 // a fifth
		each := grown / n
		t.Logf("%s: %d bytes", what, each)
		if off := each - int64(want); off > int64(want)/slack || off < -int64(want)/slack {
			t.Errorf("%s takes %d bytes, and internal/scale says %d", what, each, want)
		}
	}
	rng := rand.New(rand.NewPCG(1, 1))
	const batch, batches, spoken, steps = 100, 15, 300, 1500
	var made []cases.Case
	before := measured("")
	for range batches {
		if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			for range batch {
				content := cases.ReportContent{Concern: cases.SawSigns, Hamlet: 1 + rng.IntN(3), When: "when.today", Text: phrase(rng, 40)}
				_, c, err := tx.Receive(ctx, cases.Route{Chat: int64(5000 + len(made)), Lang: "vi"}, cases.NewCase{Report: &content, Source: cases.FromBot})
				if err != nil {
					return err
				}
				made = append(made, c)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	near("a report", measured("")-before, batch*batches, scale.CaseBytes)

	before = measured("^report_(talks|events)_")
	for from := 0; from < spoken; from += batch {
		if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			for _, c := range made[from : from+batch] {
				if _, err := tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{}, phrase(rng, 20), nil); err != nil {
					return fmt.Errorf("%s: %w", c.Number, err)
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	near("a message", measured("^report_(talks|events)_")-before, spoken, scale.MessageBytes)

	before = measured("^report_events_")
	o := b.staff(officer, cases.Officer)
	for _, c := range made[:steps] {
		b.must(o, c.Number, cases.Change{Verb: cases.Take})
	}
	near("a step", measured("^report_events_")-before, steps, scale.StepBytes)
}
