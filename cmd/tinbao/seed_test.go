package main

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/telegramsim"
)

func seeded(t *testing.T) (*demo, settings) {
	t.Helper()
	sim, err := telegramsim.New(telegramsim.Options{Token: demoToken})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	for _, u := range demoPeople() {
		sim.AddUser(u)
	}
	s := settings{database: database{DatabaseURL: testservers.Database(t)}, keyFile: newKeys(t)}
	d := &demo{command: &demoCommand{}, log: silent(), sim: sim}
	if err := d.seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return d, s
}

func query[T any](t *testing.T, url, sql string) []T {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	rows, err := conn.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The demo's ward has everything a newcomer wants to see, and is filled once.
func TestSeedFillsAWard(t *testing.T) {
	t.Parallel()
	d, s := seeded(t)
	count := func(sql string) int64 { return query[int64](t, s.DatabaseURL, "select count(*) from "+sql)[0] }
	reports, help := count("casework.cases where stream = 'report'"), count("casework.cases where stream = 'help'")
	if reports < 40 || help < 12 || reports+help < 58 {
		t.Errorf("%d reports, %d requests", reports, help)
	}
	roles := query[string](t, s.DatabaseURL, "select distinct role from ward.staff")
	for _, r := range cases.Roles {
		if !slices.Contains(roles, string(r)) {
			t.Errorf("nobody is %s", r)
		}
	}
	for stream, want := range seededStatuses {
		statuses := query[string](t, s.DatabaseURL, "select distinct status from casework.cases where stream = '"+string(stream)+"'")
		for _, status := range want {
			if !slices.Contains(statuses, string(status)) {
				t.Errorf("no %s is %s", stream, status)
			}
		}
	}
	for what, sql := range map[string]string{
		"late": "late", "urgent": "urgent", "within a month": "received_at > now() - interval '30 days'",
		"older than half a year": "received_at < now() - interval '180 days'", "answered by the person": "status = 'forwarded' and finding = 'partly'",
		"waiting for anybody": "assignee is null and status = 'received'", "returned, then resolved": "stream = 'report' and exists (select 1 from casework.events e where e.case_id = cases.id and e.verb = 'return') and status = 'closed'",
	} {
		if count("casework.cases where "+sql) == 0 {
			t.Errorf("no case is %s", what)
		}
	}
	if n := count("ward.establishments where version = 1"); n < 25 {
		t.Errorf("%d establishments", n)
	}
	for _, status := range []string{"open", "paused", "closed"} {
		if count("ward.establishments where status = '"+status+"'") == 0 {
			t.Errorf("no establishment is %s", status)
		}
	}
	for _, result := range append(cases.Strings(cases.InspectionResults), "") {
		if count("ward.inspections where result = '"+result+"'") == 0 {
			t.Errorf("no inspection found %q", result)
		}
	}
	if count("casework.establishment_links") == 0 {
		t.Error("no report is linked with an establishment")
	}
	if count("casework.events where at > now()")+count("ward.establishments where at > now()")+count("ward.inspections where at > now()") > 0 {
		t.Error("something happens in the future")
	}
	if len(d.sim.Messages(staffChat(0))) != 1 {
		t.Error("the phones did not press Start")
	}
	events, staff := count("casework.events"), count("ward.staff")
	if err := d.seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if count("casework.cases") != reports+help || count("casework.events") != events || count("ward.staff") != staff {
		t.Error("filled twice")
	}
	if len(d.sim.Messages(staffChat(0))) != 1 {
		t.Error("the phones pressed Start twice")
	}
	for _, n := range query[int64](t, s.DatabaseURL, "select count(distinct case_id) from casework.events join ward.staff on staff.id = by_staff where role in ('officer', 'police', 'health', 'support') group by staff.id") {
		if n < 2 {
			t.Errorf("somebody worked on %d cases only", n)
		}
	}
	if n := len(query[int64](t, s.DatabaseURL, "select distinct by_staff from casework.events where by_staff is not null")); n != 8 {
		t.Errorf("%d people worked, want everybody who works on cases, and the leader who agrees to a reopening: 8", n)
	}
}

// seededStatuses are those staff can bring a case to, and the first. Only the person
// can withdraw.
var seededStatuses = map[cases.Stream][]cases.Status{
	cases.ReportStream: {
		cases.Received, cases.Verifying, cases.NeedInfo, cases.Verified, cases.Classified, cases.Forwarded, cases.Acknowledged,
		cases.Returned, cases.InHandling, cases.Resolved, cases.Closed, cases.OutOfScope, cases.Duplicate, cases.InvalidCase, cases.Reopened, cases.Transferred,
	},
	cases.HelpStream: {
		cases.Received, cases.Contacted, cases.Assessed, cases.Referred, cases.Accepted, cases.Declined, cases.Outcome,
		cases.Closed, cases.Reopened,
	},
}

// The list above is what the table of transitions allows.
func TestSeedStatusesAreThoseOfTheTable(t *testing.T) {
	t.Parallel()
	for _, row := range cases.Transitions {
		personal := row.Verb == cases.AddInfo || row.Verb == cases.Withdraw
		if row.To != "" && !personal && !slices.Contains(seededStatuses[row.Stream], row.To) {
			t.Errorf("%s of a %s leads to %s, which the demo does not show", row.Verb, row.Stream, row.To)
		}
	}
}

// An interrupted start leaves either nothing or a whole ward, and the phones
// that did not press Start do so at the next.
func TestSeedAfterInterruption(t *testing.T) {
	t.Parallel()
	d, s := seeded(t)
	sim, err := telegramsim.New(telegramsim.Options{Token: demoToken})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sim.Close() })
	for _, u := range demoPeople() {
		sim.AddUser(u)
	}
	d.sim = sim
	if err := d.seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	for _, u := range demoPeople() {
		if len(sim.Messages(u.ID)) != 1 {
			t.Errorf("%s did not press Start", u.Label)
		}
	}
	store := openSeedStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	err = store.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
		y := &year{tx: tx, present: time.Now(), staff: map[cases.Role][]cases.Staff{}, calendar: cases.Holidays()}
		if err := y.play(ctx, false); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if err == nil {
		t.Error("committed although interrupted")
	}
	if staff, err := store.StaffList(t.Context()); err != nil || len(staff) != 0 {
		t.Errorf("%d accounts stayed: %v", len(staff), err)
	}
}

func openSeedStore(t *testing.T) *storage.Store {
	t.Helper()
	s := settings{keyFile: newKeys(t)}
	v, err := s.open()
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), storage.Config{
		URL: testservers.Database(t), Vault: v, Ward: demoWard.ID, MaxConns: 2, Calendar: cases.Holidays(), Log: silent(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	return store
}

// The year ends well whenever the demo is first started: every status is there,
// nothing is in the future, and no ratio is empty or full.
func TestSeedAtAnyTime(t *testing.T) {
	t.Parallel()
	for _, present := range []string{"2027-01-01T00:05", "2027-02-08T09:00", "2027-02-11T00:30", "2026-11-23T06:00", "2027-05-04T12:00", "2027-09-05T23:59"} {
		t.Run(present, func(t *testing.T) {
			t.Parallel()
			now, err := time.ParseInLocation("2006-01-02T15:04", present, cases.Vietnam)
			if err != nil {
				t.Fatal(err)
			}
			store := openSeedStore(t)
			if err := fill(t.Context(), store, now, false); err != nil {
				t.Fatal(err)
			}
			err = store.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
				return checkYear(ctx, t, tx.At(now), now)
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func checkYear(ctx context.Context, t *testing.T, tx *storage.Tx, now time.Time) error {
	officer := cases.Staff{ID: 1, Role: cases.Officer}
	for stream, want := range seededStatuses {
		found := map[cases.Status]bool{}
		for _, view := range []cases.QueueView{cases.QueueOpen, cases.QueueDone} {
			for page, total := 0, 1; page*8 < total; page++ {
				p, err := tx.Desk(stream).Queue(ctx, officer, view, page)
				if err != nil {
					return err
				}
				total = p.Total
				for _, item := range p.Items {
					found[item.Status] = true
					if item.Received.After(now) {
						t.Errorf("%s comes from the future", item.Number)
					}
				}
			}
		}
		for _, status := range want {
			if !found[status] {
				t.Errorf("no %s is %s", stream, status)
			}
		}
	}
	totals, err := tx.Totals(ctx, cases.Period{From: cases.DayOf(now.AddDate(-1, 0, 0)), To: cases.DayOf(now)})
	if err != nil {
		return err
	}
	f := totals[0]
	_, verified, classified, forwarded, onTime := f.Ratios()
	for what, r := range map[string]cases.Ratio{"verified": verified, "classified": classified, "forwarded": forwarded, "on time": onTime} {
		if r.Part*2 < r.Whole || r.Part >= r.Whole {
			t.Errorf("%s: %s is not believable", what, r.Percent())
		}
	}
	t.Logf("%d received, %d open, verified %s, classified %s, forwarded %s, on time %s", f.Received, f.Open, verified.Percent(), classified.Percent(), forwarded.Percent(), onTime.Percent())
	return nil
}

// labels are words that must not be used for people (domain.md 9.1). RE2 knows
// no Vietnamese word ends, so they are spelt out.
var labels = regexp.MustCompile(`(?i)(^|[^\p{L}])(gái (mại dâm|bán|gọi|ngành|làng chơi)|cave|đĩ|điếm|đối tượng|con nghiện|tệ nạn|nạn nhân|tội phạm|kẻ)($|[^\p{L}])`)

// seedTexts is every word of the seed that a person may read.
func seedTexts() []string {
	lines := strings.Split(seedReports+seedHelp, "\n")
	for _, paths := range []map[string][]walked{reportPaths, helpPaths} {
		for _, path := range paths {
			for _, w := range path {
				lines = append(lines, w.Text)
			}
		}
	}
	return lines
}

func TestSeedTexts(t *testing.T) {
	t.Parallel()
	const longest = 1000
	for _, line := range seedTexts() {
		if found := labels.FindString(line); found != "" {
			t.Errorf("%q in %s", found, line)
		}
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
			t.Errorf("not composed: %s", line)
		}
		if len([]rune(line)) > longest {
			t.Errorf("too long: %s", line)
		}
	}
	if labels.FindString("Tôi thấy kẻ đó.") == "" || labels.FindString("kẻng báo động") != "" {
		t.Error("the list of words does not work")
	}
	used := map[string]bool{}
	for line := range strings.SplitSeq(seedReports, "\n") {
		if f := strings.Split(line, "|"); len(f) > 6 {
			used[strings.TrimSpace(f[6])] = true
		}
	}
	for line := range strings.SplitSeq(seedHelp, "\n") {
		if f := strings.Split(line, "|"); len(f) > 5 {
			used["help "+strings.TrimSpace(f[5])] = true
		}
	}
	for name := range reportPaths {
		if !used[name] {
			t.Errorf("no report goes the way %q", name)
		}
	}
	for name := range helpPaths {
		if !used["help "+name] {
			t.Errorf("no request goes the way %q", name)
		}
	}
}
