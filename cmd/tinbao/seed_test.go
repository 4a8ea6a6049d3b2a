package main

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/telegramsim"
	"tinbao/vault"
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
	s := settings{database: database{DatabaseURL: testservers.Database(t)}, keyFile: keyFile{Keys: filepath.Join(t.TempDir(), "keys.json")}}
	if err := vault.Create(s.Keys); err != nil {
		t.Fatal(err)
	}
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
	statuses := query[string](t, s.DatabaseURL, "select distinct status from casework.cases")
	for _, want := range []cases.Status{
		cases.Received, cases.Verifying, cases.NeedInfo, cases.Verified, cases.Classified, cases.Forwarded, cases.Acknowledged,
		cases.InHandling, cases.Resolved, cases.Closed, cases.OutOfScope, cases.InvalidCase, cases.Reopened,
		cases.Contacted, cases.Assessed, cases.Referred, cases.Accepted, cases.Declined, cases.Outcome,
	} {
		if !slices.Contains(statuses, string(want)) {
			t.Errorf("no case is %s", want)
		}
	}
	for what, sql := range map[string]string{
		"late": "late", "urgent": "urgent", "within a month": "received_at > now() - interval '30 days'",
		"older than half a year": "received_at < now() - interval '180 days'", "answered by the person": "status = 'forwarded' and finding = 'partly'",
	} {
		if count("casework.cases where "+sql) == 0 {
			t.Errorf("no case is %s", what)
		}
	}
	if count("casework.events where at > now()") > 0 {
		t.Error("something happens in the future")
	}
	if len(d.sim.Messages(staffChat(0))) != 1 {
		t.Error("the phones did not press Start")
	}
	if err := d.seed(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if again := count("casework.cases"); again != reports+help {
		t.Errorf("filled twice: %d", again)
	}
}

// labels are words that must not be used for people (domain.md 9.1).
var labels = regexp.MustCompile(`(?i)gái mại dâm|gái bán|đối tượng|con nghiện|tệ nạn|nạn nhân|tội phạm|\bkẻ\b`)

func TestSeedTexts(t *testing.T) {
	t.Parallel()
	const longest = 1000
	for line := range strings.SplitSeq(seedReports+seedHelp, "\n") {
		if found := labels.FindString(line); found != "" {
			t.Errorf("%q in %s", found, line)
		}
		if len([]rune(line)) > longest {
			t.Errorf("too long: %s", line)
		}
	}
	used := map[string]bool{}
	for line := range strings.SplitSeq(seedReports, "\n") {
		if f := strings.Split(line, "|"); len(f) > 6 {
			used[strings.TrimSpace(f[6])] = true
		}
	}
	for name := range reportPaths {
		if !used[name] {
			t.Errorf("no report goes the way %q", name)
		}
	}
}
