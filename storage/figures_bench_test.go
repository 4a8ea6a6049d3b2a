package storage_test

import (
	"context"
	"flag"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

// counted is how many reports the figures are made of in BenchmarkStatistics.
var counted = flag.Int("reports", 20_000, "reports in BenchmarkStatistics")

// generated are reports of five years with the statuses, times and marks they could have,
// one in a hundred open.
const generated = `
insert into casework.cases (stream, id, ward_id, year, seq, receipt, case_key, content, source, status, urgent, concern, hamlet, kind, head,
    received_at, due_at, verified_at, classified_at, forwarded_at, ended_at, late, behaviours, level, competence, assignee)
select 'report', gen_random_uuid(), 1, 2026, i, decode(lpad(to_hex(i), 16, '0'), 'hex'), '', '', (array['bot', 'web', 'phone', 'visit', 'letter'])[1 + i % 5],
    case when i % 100 = 0 then 'verifying' else (array['closed', 'closed', 'closed', 'closed', 'resolved', 'out_of_scope', 'duplicate', 'invalid', 'withdrawn'])[1 + i % 9] end,
    i % 20 = 0, 'signs', i % 18, (array['phan_anh', 'tin_bao', 'to_giac', 'kien_nghi', 'khieu_nai', ''])[1 + i % 6], '',
    t.at, case when i % 100 = 0 then t.at + interval '5 days' end,
    case when i % 100 > 0 then t.at + (i % 90) * interval '1 hour' end, case when i % 100 > 0 then t.at + (i % 120) * interval '1 hour' end,
    case when i % 3 > 0 and i % 100 > 0 then t.at + (i % 200) * interval '1 hour' end, case when i % 100 > 0 then t.at + (i % 700) * interval '1 hour' end,
    i % 25 = 0, case i % 4 when 0 then '{}' when 1 then array['mua'] else array['chua', 'mang'] end::text[], (array['', 'khan', 'phuc_tap', 'binh_thuong'])[1 + i % 4],
    (array['', 'congan', 'vhxh', 'yte'])[1 + i % 4], null
from generate_series(1, $1::int) i, lateral (select timestamptz '2026-01-01 00:00+07' + (i::float8 / $1 * 1825) * interval '1 day' as at) t`

// duplicates are counted with the first report before them that is none.
const generatedMerges = `
insert into casework.merges (stream, case_id, ward_id, into_id, from_status, made_at, into_at)
select 'report', d.id, 1, r.id, 'received', d.received_at, r.received_at
from casework.report_cases d join casework.report_cases r on r.seq = d.seq - d.seq % 9 + 1
where d.status = 'duplicate' and r.status <> 'duplicate'`

// The figures of five years, with what they are compared with, and the count they are
// held against: go test ./storage -run '^$' -bench Statistics -benchtime 5x -reports 1000000
func BenchmarkStatistics(b *testing.B) {
	keys, err := vault.NewKeys(time.Now())
	if err != nil {
		b.Fatal(err)
	}
	v, err := vault.New(keys)
	if err != nil {
		b.Fatal(err)
	}
	url := testservers.Database(b)
	now := time.Date(2030, 12, 31, 12, 0, 0, 0, cases.Vietnam)
	s, err := storage.Open(b.Context(), storage.Config{URL: url, Vault: v, Ward: testservers.Yen.ID, Bot: bot, MaxConns: 2, Calendar: cases.Holidays(), Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	conn, err := pgx.Connect(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close(context.Background())
	timed := func(what string, work func() error) {
		b.Helper()
		start := time.Now()
		if err := work(); err != nil {
			b.Fatal(what, err)
		}
		b.Logf("%-40s %8d ms", what, time.Since(start).Milliseconds())
	}
	run := func(sql string, args ...any) func() error {
		return func() error { _, err := conn.Exec(b.Context(), sql, args...); return err }
	}
	timed("receiving the reports", run(generated, *counted))
	timed("putting duplicates together", run(generatedMerges))
	timed("folding what was counted", func() error { _, err := s.FoldFigures(b.Context()); return err })
	timed("vacuum and analyze", run("vacuum analyze"))
	timed("comparing with a full count", func() error {
		c, err := s.CheckFigures(b.Context())
		b.Logf("%d figures, %d differ", c.Cells, c.Wrong)
		if err == nil && c.Wrong != 0 {
			b.Error("the figures are not those of a full count")
		}
		return err
	})
	plan := cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2030, Month: 12, Day: 31}}
	odd := cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 13}, To: cases.Day{Year: 2030, Month: 12, Day: 20}}
	for name, p := range map[string]cases.Period{"five_years": plan, "from_a_13th_to_a_20th": odd, "half_year": {From: cases.Day{Year: 2028, Month: 1, Day: 1}, To: cases.Day{Year: 2028, Month: 6, Day: 30}}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := s.Do(b.Context(), func(ctx context.Context, t *storage.Tx) error {
					f, err := t.Statistics(ctx, cases.Staff{Role: cases.Leader}, p)
					if err != nil {
						return err
					}
					if name == "five_years" && f.Total.Received != *counted {
						b.Errorf("%d reports", f.Total.Received)
					}
					_, err = t.Totals(ctx, p.Previous(), p.LastYear())
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	timed("counting all anew", func() error { return s.RecountFigures(b.Context()) })
}
