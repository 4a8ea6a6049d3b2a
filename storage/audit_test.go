package storage_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
)

// owner runs SQL as the owner of the database, whom nothing holds back.
func (b *bench) owner(sql string) {
	b.t.Helper()
	if err := b.exec(sql); err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
}

func (b *bench) exec(sql string) error {
	b.t.Helper()
	conn, err := pgx.Connect(b.t.Context(), b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(b.t.Context(), sql)
	return err
}

// worked is a bench with a history and an anchor over it.
func worked(t *testing.T) *bench {
	t.Helper()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	for range 3 {
		_, c := b.report(an, sample)
		b.must(o, c.Number, cases.Change{Verb: cases.Take})
		b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	}
	b.help(binh)
	b.pass(time.Hour)
	sent := 0
	if err := b.SetAnchors(t.Context(), 24*time.Hour, func(a storage.Anchor) []storage.Message {
		sent++
		return []storage.Message{{Chat: officer, Payload: []byte(`{}`)}}
	}); err != nil {
		t.Fatal(err)
	}
	if sent != 2 {
		t.Fatalf("%d anchors announced, want one a stream", sent)
	}
	if err := b.SetAnchors(t.Context(), 24*time.Hour, func(storage.Anchor) []storage.Message { t.Error("too early"); return nil }); err != nil {
		t.Fatal(err)
	}
	_, c := b.report(chi, sample) // the history goes on after the anchor
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	return b
}

func TestHistoryHolds(t *testing.T) {
	t.Parallel()
	b := worked(t)
	a, err := b.VerifyHistory(t.Context())
	if err != nil || len(a.Faults) > 0 || a.Cases != 5 || a.Rows != 12 || len(a.Anchors) != 2 || !a.Anchors[0].Holds || a.Anchors[0].Rows != 9 {
		t.Errorf("%+v %v", a, err)
	}
}

// Whoever changes the history, even as the owner of the database, is found out.
func TestTamperingIsFound(t *testing.T) {
	t.Parallel()
	const off = "alter table casework.events disable trigger user; alter table casework.report_events disable trigger user; "
	const first = "(select id from casework.cases where stream = 'report' order by seq limit 1)"
	for name, c := range map[string]struct{ sql, want string }{
		"changed":   {off + "update casework.events set detail = 'unfounded' where verb = 'verify' and case_id = " + first, "PA-26-0001: row 3 was changed"},
		"who":       {off + "update casework.events set by_staff = null where verb = 'take' and case_id = " + first, "PA-26-0001: row 2 was changed"},
		"removed":   {off + "delete from casework.events where seq = 2 and case_id = " + first, "PA-26-0001: row 2 is missing"},
		"last gone": {off + "delete from casework.events where seq = 3 and case_id = " + first, "PA-26-0001: the last rows are missing"},
		"swapped": {off + `update casework.events e set (at, verb, from_status, to_status, by_staff, detail, hash) =
			(select o.at, o.verb, o.from_status, o.to_status, o.by_staff, o.detail, o.hash from casework.events o where o.case_id = e.case_id and o.seq = 5 - e.seq)
			where e.seq in (2, 3) and e.case_id = ` + first, "PA-26-0001: row 2 was changed"},
		"hidden": {off + `update casework.cases c set events = 2, head = (select hash from casework.events e where e.case_id = c.id and e.seq = 2) where id = ` + first +
			`; delete from casework.events where seq = 3 and case_id = ` + first, "is not what it was when the anchor"},
		"case gone": {off + `delete from casework.events where case_id = ` + first + `; delete from casework.routes where case_id = ` + first +
			`; delete from casework.cases where id = ` + first, "report: 1 cases of 2026 are missing"},
		"anchor": {"update casework.anchors set code = '\\x00000000000000000000'", "is not what it was when the anchor"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := worked(t)
			b.owner(c.sql)
			a, err := b.VerifyHistory(t.Context())
			if err != nil || !strings.Contains(strings.Join(a.Faults, "\n"), c.want) {
				t.Errorf("%q %v; want %q", a.Faults, err, c.want)
			}
		})
	}
}

func TestHistoryIsAppendedOnly(t *testing.T) {
	t.Parallel()
	b := worked(t)
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for _, sql := range []string{"update casework.events set detail = 'x'", "delete from casework.events"} {
		if _, err := conn.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "appended only") {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

func TestLogShowsEveryViewAndNoHelp(t *testing.T) {
	t.Parallel()
	b := worked(t)
	leader := b.staff(nurse, cases.Leader)
	b.pass(time.Minute)
	b.do(nurse, func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.Desk(cases.ReportStream).Open(ctx, leader, cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 2}); err != nil {
			return err
		}
		log, err := tx.Desk(cases.ReportStream).Log(ctx, leader, 0, 5)
		rows, total := log.Rows, log.Total
		if total != 12 || log.More || len(rows) != 5 || rows[0].Verb != cases.View || rows[0].By != leader.Name || rows[0].Number.Seq != 2 {
			t.Errorf("%d rows, %+v", total, rows[0])
		}
		for _, r := range rows {
			if r.Number.Stream == cases.HelpStream {
				t.Error("a row about help")
			}
		}
		return err
	})
}
