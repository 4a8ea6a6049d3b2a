package storage_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/storage/internal/db"
)

// How much lies in the tables whose plans are looked at.
const (
	planReports = 20_000
	planHelp    = 4_000
	planUpdates = 10_000
	planOpen    = 40 // one case in so many is open
)

// planner runs a query and keeps the plan that Postgres made for it.
type planner struct {
	pgx.Tx
	t    *testing.T
	plan []string
}

func (p *planner) explain(ctx context.Context, sql string, args []any) {
	p.t.Helper()
	rows, err := p.Tx.Query(ctx, "explain (costs off) "+sql, args...)
	if err != nil {
		p.t.Fatal(err)
	}
	if p.plan, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		p.t.Fatal(err)
	}
}

func (p *planner) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	p.explain(ctx, sql, args)
	return p.Tx.Query(ctx, sql, args...)
}

func (p *planner) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	p.explain(ctx, sql, args)
	return p.Tx.QueryRow(ctx, sql, args...)
}

func (p *planner) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	p.explain(ctx, sql, args)
	return p.Tx.Exec(ctx, sql, args...)
}

// planned is a query whose plan is kept in testdata/plans.
type planned struct {
	name, role string
	ask        func(context.Context, *db.Queries) error
	whole      string // why it reads a whole table, "" = it must not
}

// bigTables grow with every year, or with a flood.
var bigTables = regexp.MustCompile(`Seq Scan on (?:\w+\.)?((?:report_|help_)\w+|updates|outbox|chats|events|cases|files|merges|ratings|destructions|departures|figures|establishment_links)\b`)

// byLane is a look-up of a lane by the index of lanes.
var byLane = regexp.MustCompile(`Index (Only )?Scan using (updates|outbox)_lane `)

// emptyPlaces are those in which next to nothing lies: of the year to come, and of help
// from before this year.
var emptyPlaces = regexp.MustCompile(`Seq Scan on (\w+_2027|help_\w+_other)\b`)

// The plans of the queries that meet many rows are those that were thought of: an index
// leads to what is wanted, however many rows there are. -update accepts other plans.
func TestPlans(t *testing.T) {
	t.Parallel()
	b := setup(t)
	onlyYears(t, b, 2026, 2027)
	conn := fillForPlans(t, b)
	version := strings.Fields(ask(t, conn, "select current_setting('server_version')"))[0]
	major, _, _ := strings.Cut(version, ".")
	look := func(q planned, before ...string) {
		t.Run(q.name, func(t *testing.T) {
			text := planOf(t, conn, q, before...)
			if found := bigTables.FindStringSubmatch(emptyPlaces.ReplaceAllString(text, "")); found != nil && q.whole == "" {
				t.Errorf("reads the whole of %s:\n%s", found[1], text)
			}
			if bigTables.FindString(text) == "" && q.whole != "" {
				t.Errorf("reads no whole table any more, though %s", q.whole)
			}
			comparePlan(t, filepath.Join("testdata", "plans", q.name+".txt"), major, text)
		})
	}
	for _, q := range plannedQueries(b.at, conn, t) {
		look(q)
	}
	for _, q := range edgeQueries(b.at) {
		look(q, storage.ByIndex)
	}
	longSearches(t, b)
}

// planOf is the plan of a query after some statements, which leaves nothing behind.
func planOf(t *testing.T, conn *pgx.Conn, q planned, before ...string) string {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(context.Background())
	if q.role != "" { // the owner of the tables
		if _, err := tx.Exec(t.Context(), "set local role tinbao_"+q.role); err != nil {
			t.Fatal(err)
		}
	}
	for _, statement := range before {
		if _, err := tx.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	p := &planner{Tx: tx, t: t}
	if err := q.ask(t.Context(), db.New(p)); err != nil && !strings.Contains(err.Error(), "no rows") {
		t.Fatal(err)
	}
	return strings.Join(p.plan, "\n") + "\n"
}

// Sessions plan what every update asks while next to nothing waits, and keep to it when
// ten thousand do. So lanes are looked up by their index even in empty tables, in which
// every index costs the same.
func TestLanesAreLookedUpByTheirIndexInEmptyTables(t *testing.T) {
	t.Parallel()
	b := setup(t)
	conn := asOwner(t, b.url)
	if _, err := conn.Exec(t.Context(), "set tinbao.ward = 1"); err != nil {
		t.Fatal(err)
	}
	for _, analysed := range []string{"never", "while empty"} {
		for _, q := range edgeQueries(b.at) {
			if plan := planOf(t, conn, q, storage.ByIndex); !byLane.MatchString(plan) || strings.Contains(plan, "Sort") || strings.Contains(plan, "Seq Scan") {
				t.Errorf("%s, analysed %s:\n%s", q.name, analysed, plan)
			}
		}
		b.owner("analyze edge.updates, edge.outbox")
	}
}

// edgeQueries look up lanes, with every update.
func edgeQueries(now time.Time) []planned {
	lane := make([]byte, 32)
	return []planned{
		{"claim_update", "desk", asking((*db.Queries).ClaimUpdate, db.ClaimUpdateParams{WardID: 1, Now: now, BotID: bot}), ""},
		{"finish_update", "desk", asking((*db.Queries).FinishUpdate, db.FinishUpdateParams{
			WardID: 1, Now: now, BotID: bot, Lanes: [][]byte{lane}, Slots: []string{""}, Payloads: [][]byte{lane}, Leases: []time.Time{now.Add(time.Minute)},
		}), ""},
		{"lease_message", "desk", asking((*db.Queries).LeaseHead, db.LeaseHeadParams{WardID: 1, Light: 1, LightUntil: now, HeavyUntil: now, Now: &now, Lane: lane}), ""},
	}
}

// onlyYears takes away the places of other years, which came with the clock of this machine.
func onlyYears(t *testing.T, b *bench, years ...int) {
	t.Helper()
	for _, name := range column[string](b, `select c.oid::regclass::text from pg_class c join pg_inherits i on i.inhrelid = c.oid
		where c.relnamespace = 'casework'::regnamespace and c.relname ~ '_[0-9]+_[0-9]{4}$'`) {
		year, err := strconv.Atoi(name[len(name)-4:])
		if err != nil || slices.Contains(years, year) {
			continue
		}
		if err := b.exec("drop table " + name); err != nil {
			t.Fatal(err)
		}
	}
}

// comparePlan holds a plan against the one that was kept. Another Postgres may word or
// choose its plans differently, so they are compared under the version they were kept of.
func comparePlan(t *testing.T, golden, major, plan string) {
	t.Helper()
	head := "Postgres " + major + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(head+plan), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	kept, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if version, want, _ := strings.Cut(string(kept), "\n"); version+"\n" == head {
		if diff := cmp.Diff(want, plan); diff != "" {
			t.Errorf("another plan (-update accepts it):\n%s", diff)
		}
	}
}

func ask(t *testing.T, conn *pgx.Conn, sql string) (text string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), sql).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// statement is SQL with what it is given.
type statement struct {
	sql  string
	args []any
}

// fillForPlans makes copies of a real report, a real request, and of what waits at the
// edge. The connection works for the ward of the tests, as its owner.
func fillForPlans(t *testing.T, b *bench) *pgx.Conn {
	t.Helper()
	b.staff(officer1, cases.Officer)
	b.report(an, sample)
	b.help(binh)
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	run := func(list []statement) {
		for _, s := range list {
			if _, err := conn.Exec(t.Context(), s.sql, s.args...); err != nil {
				t.Fatalf("%.80s: %v", s.sql, err)
			}
		}
	}
	run([]statement{
		{sql: "set tinbao.ward = '1'"},
		{sql: "set session_replication_role = replica"}, // copies are sound; nothing checks them one by one
		{copies("report"), []any{planReports, b.at, planOpen}},
		{copies("help"), []any{planHelp, b.at, planOpen}},
		{sql: `insert into casework.numbers select stream, id, ward_id, year, seq, receipt, forwarded_at is not null, assignee, wanted from casework.cases where seq > 1000000`},
		{sql: `insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, detail, hash)
			select c.stream, c.id, n, c.ward_id, c.received_at + n * interval '1 day', 'note', c.status, c.status, '', ''
			from casework.cases c, generate_series(2, 3) n where c.seq > 1000000`},
		{sql: `insert into casework.routes (stream, case_id, ward_id, sealed, made_at)
			select c.stream, c.id, c.ward_id, '\x01', c.received_at from casework.cases c where c.seq > 1000000 and c.ended_at is null`},
		{sql: `insert into casework.clocks (stream, case_id, ward_id, rule, start_at, since_at, told)
			select c.stream, c.id, c.ward_id, 'report.verify', c.received_at, c.received_at, case when c.ended_at is null then 0 else 100 end
			from casework.cases c where c.seq > 1000000`},
		// A flood waits, over what was handled in three days.
		{`insert into edge.updates (bot_id, update_id, ward_id, state, lane, payload, not_before, kept_at, done_at)
			select 123456, 1000000 + n, 1, case when n % 5 = 0 then 'waiting' else 'done' end,
			       sha256((n % 1000)::text::bytea), '\x01', $2, $2, $2 from generate_series(1, $1::int) n`, []any{planUpdates, b.at}},
		{`insert into edge.outbox (ward_id, lane, payload, not_before, queued_at)
			select 1, sha256((n % 1000)::text::bytea), '\x01', $2, $2 from generate_series(1, $1::int / 2) n`, []any{planUpdates, b.at}},
		{`insert into edge.chats (ward_id, who, lang, draft, back, touched_at)
			select 1, sha256(n::text::bytea), 'vi', '\x01', '\x01', $2::timestamptz - n * interval '1 second' from generate_series(1, $1::int) n`, []any{planUpdates, b.at}},
		{sql: `insert into casework.merges (stream, case_id, ward_id, into_id, from_status, made_at, into_at)
			select 'report', d.id, 1, r.id, 'received', d.received_at, r.received_at
			from casework.report_cases d join casework.report_cases r on r.seq = d.seq + 1 where d.status = 'duplicate'`},
		{sql: `insert into casework.establishment_links (stream, case_id, ward_id, tag, at, by_staff)
			select 'report', c.id, 1, sha256(c.id::text::bytea), c.received_at, s.id
			from casework.report_cases c, (select min(id) as id from ward.staff) s where c.seq % 10 = 0`},
		{sql: `insert into casework.destructions (stream, case_id, ward_id, what, at, tx)
			select 'report', c.id, 1, 'route', c.ended_at, c.seq from casework.report_cases c where c.ended_at is not null`},
		{`insert into edge.departures (ward_id, ref, tx) select 1, md5(n::text), n from generate_series(1, $1::int / 10) n`, []any{planUpdates}},
		{sql: `insert into casework.ratings (stream, case_id, ward_id, at, stars)
			select 'report', c.id, 1, c.ended_at, 5 from casework.report_cases c where c.ended_at is not null and c.seq % 5 = 0`},
		// Files of the last weeks are there, the others were destroyed.
		{`insert into casework.files (stream, id, case_id, ward_id, n, kind, state, offered_at)
			select c.stream, md5(c.id::text)::uuid, c.id, 1, 1, 'photo', case when c.received_at > $1::timestamptz - interval '30 days' then 'stored' else 'refused' end, c.received_at
			from casework.cases c where c.seq % 3 = 0`, []any{b.at}},
	})
	if err := b.RecountFigures(t.Context()); err != nil {
		t.Fatal(err)
	}
	// As autovacuum leaves them, so that it changes nothing in the middle.
	run([]statement{{sql: "vacuum analyze casework.numbers, casework.report_cases, casework.help_cases, casework.report_events, casework.help_events, casework.report_routes, casework.report_clocks, casework.report_files, casework.merges, casework.establishment_links, casework.destructions, casework.ratings, casework.figures, casework.figure_changes, edge.updates, edge.outbox, edge.chats, edge.departures"}, {sql: "analyze casework.cases"}})
	return conn
}

// copies is a statement that makes $1 copies of the only case of a stream, 50 a day back
// from $2; one in $3 is open. It knows only the columns it changes.
func copies(stream string) string {
	//nolint:unqueryvet // a copy has every column of what it is made of
	return fmt.Sprintf(`
		insert into casework.%[1]s_cases
		select made.*
		from (select c from casework.%[1]s_cases c limit 1) one, generate_series(1, $1::int) n,
		     lateral (select $2::timestamptz - n * interval '1 day' / 50 as at, n %% $3::int = 0 as open) t,
		     lateral jsonb_populate_record(one.c, jsonb_build_object(
		         'id', (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 14))::uuid, 'year', extract(year from t.at)::int, 'seq', 1000000 + n,
		         'receipt', '\x' || encode(sha256(n::text::bytea), 'hex'),
		         'status', case when t.open then 'received' when n %% 10 = 1 then 'duplicate' else 'closed' end, 'hamlet', n %% 4, 'urgent', n %% 30 = 0, 'apart', n %% 1000 = 0,
		         'kind', (array['phan_anh', 'phan_anh', 'tin_bao', 'kien_nghi', 'khieu_nai'])[1 + n %% 5],
		         'received_at', t.at, 'due_at', case when t.open then t.at + interval '5 days' end,
		         'forwarded_at', case when n %% 3 = 0 then t.at + interval '3 days' end,
		         'ended_at', case when not t.open then t.at + interval '5 days' end)) made`, stream)
}

// plannedQueries are the queries that meet many rows.
func plannedQueries(now time.Time, conn *pgx.Conn, t *testing.T) []planned {
	t.Helper()
	month, year := now.AddDate(0, -1, 0), now.AddDate(-1, 0, 0)
	one := uuid.MustParse(ask(t, conn, "select id::text from casework.report_cases where ended_at is null order by received_at limit 1"))
	report, help, mine, none := string(cases.ReportStream), string(cases.HelpStream), new(int64(1)), []string{}
	waiting := map[string][]string{report: cases.Strings(cases.Waiting(cases.ReportStream)), help: cases.Strings(cases.Waiting(cases.HelpStream))}
	list := []planned{
		{"next_case", "report", asking((*db.Queries).NextCase, db.NextCaseParams{Stream: report, WardID: 1, Statuses: waiting[report], Now: &now}), ""},
		{"queue_done", "report", asking((*db.Queries).EndedPage, db.EndedPageParams{Stream: report, WardID: 1, Now: &now, Size: 8, Most: 501}), ""},
		{"case_by_number", "report", asking((*db.Queries).CaseByNumberForUpdate, db.CaseByNumberForUpdateParams{Stream: report, WardID: 1, Year: 2026, Seq: 1_000_007}), ""},
		{"case_by_receipt", "report", asking((*db.Queries).CaseByReceipt, db.CaseByReceiptParams{Stream: report, WardID: 1, Receipts: [][]byte{make([]byte, 32)}}), ""},
		{"search_horizon", "report", asking((*db.Queries).SearchHorizon, db.SearchHorizonParams{Stream: report, WardID: 1, Until: now, Most: 10_000}), ""},
		{"search_words", "report", asking((*db.Queries).Search, db.SearchParams{Now: now, Words: true, Stream: report, WardID: 1, Statuses: none, Until: now, Size: 10_000}), ""},
		{"search_kind", "report", asking((*db.Queries).Search, db.SearchParams{Now: now, Stream: report, WardID: 1, Statuses: none, Kind: "khieu_nai", ShutToo: true, Horizon: month, Until: now, Size: 8}), ""},
		{"search_month", "report", asking((*db.Queries).Search, db.SearchParams{Now: now, Stream: report, WardID: 1, Statuses: none, ShutToo: true, Horizon: year, Since: month, Until: now, Size: 8}), ""},
		{"search_number", "report", asking((*db.Queries).SearchNumber, db.SearchNumberParams{Now: now, Stream: report, WardID: 1, Statuses: none, Until: now, Year: 2026, Seq: 1_000_007}), ""},
		{"similar", "report", asking((*db.Queries).SimilarCandidates, db.SimilarCandidatesParams{WardID: 1, ID: one, Since: month, Until: now, Around: now, Most: 500}), ""},
		{"followers", "report", asking((*db.Queries).Followers, db.FollowersParams{WardID: 1, IntoID: one}), ""},
		{"figures_month", "report", asking((*db.Queries).FiguresOf, figuresOf(month, now)), ""},
		{"figures_year", "report", asking((*db.Queries).FiguresOf, figuresOf(year, now)), ""},
		{"figures_trend", "report", asking((*db.Queries).FiguresTrend, trendOf(year, now)), ""},
		{"backlog", "report", asking((*db.Queries).Backlog, db.BacklogParams{WardID: 1, Now: &now}), ""},
		{"corroborated", "report", asking((*db.Queries).Corroborated, db.CorroboratedParams{WardID: 1, Since: month, Until: now}), ""},
		{"help_atoms", "help", asking((*db.Queries).HelpAtoms, db.HelpAtomsParams{WardID: 1, Since: month, Until: now}), ""},
		{"ratings", "report", asking((*db.Queries).RatingFigures, db.RatingFiguresParams{Stream: report, WardID: 1, Since: month, Until: now}), ""},
		{"merged_into", "report", asking((*db.Queries).MergedInto, db.MergedIntoParams{WardID: 1, CaseID: one}), ""},
		{"links_of_report", "report", asking((*db.Queries).LinksOfReport, db.LinksOfReportParams{WardID: 1, CaseID: one}), ""},
		{"links", "report", asking((*db.Queries).EstablishmentLinks, 1), "a link says by a keyed hash only which establishment it leads to"},
		{"destroyed", "", asking((*db.Queries).Destroyed, planReports+1_000_000-50), ""},
		{"clocks_running", "report", asking((*db.Queries).RunningClocks, db.RunningClocksParams{Stream: report, WardID: 1}), ""},
		{"clocks_still", "report", asking((*db.Queries).StillClocks, db.StillClocksParams{Stream: report, WardID: 1}), ""},
		{"digest", "report", asking((*db.Queries).DigestCounts, db.DigestCountsParams{Fresh: waiting[report], Now: &now, Viewer: mine, DayEnd: &now, Stream: report, WardID: 1}), ""},
		{"workload", "report", asking((*db.Queries).Workload, db.WorkloadParams{Now: &now, Since: &month, Stream: report, WardID: 1}), ""},
		{"history", "report", asking((*db.Queries).HistoryPage, db.HistoryPageParams{Stream: report, WardID: 1, Size: 8, Most: 501}), ""},
		{"forwarded", "report", asking((*db.Queries).ForwardedCases, 1), ""},
		{"retention_cases", "report", asking((*db.Queries).CasesTooOld, db.CasesTooOldParams{Stream: report, WardID: 1, Before: &year, Most: 100}), ""},
		{"retention_routes", "report", asking((*db.Queries).RoutesTooOld, db.RoutesTooOldParams{Stream: report, WardID: 1, Before: &year, Most: 100}), ""},
		{"retention_files", "report", asking((*db.Queries).FilesTooOld, db.FilesTooOldParams{Stream: report, WardID: 1, Before: &year, Most: 100}), ""},
		{"retention_count", "report", asking((*db.Queries).CountRetention, db.CountRetentionParams{Stream: report, WardID: 1, RoutesBefore: &year, FilesBefore: &year, CasesBefore: &year}), "routes are cut in time: they do not grow with the register"},
		{"reminders", "report", asking((*db.Queries).DueReminders, db.DueRemindersParams{Stream: report, WardID: 1, Now: now, Most: 100}), ""},
		{"audit_cases", "report", asking((*db.Queries).AuditCases, db.AuditCasesParams{Stream: report, WardID: 1, Most: 100}), ""},
		{"audit_events", "report", asking((*db.Queries).AuditEvents, db.AuditEventsParams{Stream: report, WardID: 1, Cases: []uuid.UUID{one}}), ""},
		{"due_lanes", "desk", asking((*db.Queries).DueLanes, db.DueLanesParams{WardID: 1, Now: now, After: []byte{}, Most: 100}), ""},
		{"absent_couriers", "desk", asking((*db.Queries).AbsentCouriers, db.AbsentCouriersParams{WardID: 1}), ""},
		{"courier_leaves", "desk", asking((*db.Queries).CourierLeaves, db.CourierLeavesParams{WardID: 1, Number: 1, Ended: &now}), "it is asked once when a program ends"},
		{"left_drafts", "desk", asking((*db.Queries).LeftDrafts, db.LeftDraftsParams{WardID: 1, Before: now.Add(-time.Hour), Now: &now, Most: 200}), ""},
	}
	for stream, role := range map[string]string{report: "report", help: "help"} {
		for _, view := range []cases.QueueView{cases.QueueNew, cases.QueueMine, cases.QueueOverdue} {
			list = append(list, planned{"queue_" + stream + "_" + string(view), role, asking((*db.Queries).QueuePage, db.QueuePageParams{
				Now: &now, Stream: stream, WardID: 1, View: string(view), Waiting: waiting[stream], Viewer: mine, Size: 8,
			}), ""})
		}
	}
	list = append(list, planned{"queue_police_done", "police", asking((*db.Queries).EndedPage, db.EndedPageParams{Stream: report, WardID: 1, Now: &now, Size: 8, Most: 501}), ""})
	return append(list, planned{"queue_police", "police", asking((*db.Queries).QueuePage, db.QueuePageParams{
		Now: &now, Stream: report, WardID: 1, View: string(cases.QueueNew), Waiting: waiting[report], Viewer: mine, Size: 8,
	}), ""})
}

// asking is a query with its parameters.
func asking[P, R any](query func(*db.Queries, context.Context, P) (R, error), p P) func(context.Context, *db.Queries) error {
	return func(ctx context.Context, q *db.Queries) error {
		_, err := query(q, ctx, p)
		return err
	}
}

// figuresOf asks for all dimensions of a period, as Statistics does.
func figuresOf(from, to time.Time) db.FiguresOfParams {
	dims := []string{"all", "source", "stage_verify", "stage_classify", "stage_forward", "stage_end"}
	for _, d := range cases.Dimensions {
		dims = append(dims, string(d))
	}
	t := trendOf(from, to)
	return db.FiguresOfParams{WardID: 1, Since: t.Since, Until: t.Until, FirstMonth: t.FirstMonth, EndMonth: t.EndMonth, Dims: dims, Now: to}
}

// trendOf asks for a period by month, with the whole months in it.
func trendOf(from, to time.Time) db.FiguresTrendParams {
	day := func(year int, month time.Month, day int) pgtype.Date {
		return pgtype.Date{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Valid: true}
	}
	return db.FiguresTrendParams{
		Unit: "month", WardID: 1, Since: day(from.Date()), Until: day(to.Date()),
		FirstMonth: day(from.Year(), from.Month()+1, 1), EndMonth: day(to.Year(), to.Month(), 1), Now: to,
	}
}
