package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"tinbao/bot"
	"tinbao/internal/testservers"
)

var (
	metricNamed = regexp.MustCompile(`\b(?:tinbao|process|go)_\w+`)
	descNamed   = regexp.MustCompile(`fqName: "(\w+)"`)
	labelAsked  = regexp.MustCompile(`\b(outcome|what|kind)(=~?)"([^"]*)"`)
	alertNamed  = regexp.MustCompile(`(?m)^ *- alert: (\w+)$`)
	jobRuns     = regexp.MustCompile(`job_success_timestamp_seconds\{[^}]*kind=~"([^"]*)"`)
)

// shown are the metrics the program exports, under every name Prometheus stores them.
func shown(t *testing.T) (names []string, m *metrics) {
	t.Helper()
	m = newMetrics()
	m.backlog(nil) // nobody asks for the values
	m.polled(bot.Stations{{Client: &bot.Client{}}})
	descs := make(chan *prometheus.Desc)
	go func() { m.registry.Describe(descs); close(descs) }()
	for d := range descs {
		name := descNamed.FindStringSubmatch(d.String())[1]
		names = append(names, name, name+"_bucket", name+"_sum", name+"_count")
	}
	return names, m
}

func deployed(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Alerts and the dashboard ask for metrics, and for values of labels, that exist.
func TestAlertsAndDashboardAskForWhatIsThere(t *testing.T) {
	t.Parallel()
	names, m := shown(t)
	var labels []string
	for _, vec := range []prometheus.Collector{m.handled, m.sent, m.files, m.took, m.jobs, m.jobDone} {
		out := make(chan prometheus.Metric)
		go func() { vec.Collect(out); close(out) }()
		for one := range out {
			labels = append(labels, one.Desc().String()+" "+written(t, one))
		}
	}
	for _, file := range []string{"deploy/prometheus/alerts.yaml", "deploy/grafana/tinbao.json"} {
		body := deployed(t, file)
		asked := metricNamed.FindAllString(body, -1)
		for _, name := range asked {
			if !slices.Contains(names, name) {
				t.Errorf("%s asks for %s, which the program does not export", file, name)
			}
		}
		if len(asked) < 10 {
			t.Errorf("%s asks for only %d metrics", file, len(asked))
		}
		for _, l := range labelAsked.FindAllStringSubmatch(strings.ReplaceAll(body, `\"`, `"`), -1) {
			for value := range strings.SplitSeq(l[3], "|") {
				if pair := l[1] + "=" + value + ";"; !strings.Contains(strings.Join(labels, "\n"), pair) {
					t.Errorf("%s asks for %s, which never comes", file, pair)
				}
			}
		}
	}
}

// written are the labels of a metric, like kind=anchor;outcome=done;
func written(t *testing.T, one prometheus.Metric) string {
	t.Helper()
	d := &dto.Metric{}
	if err := one.Write(d); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, l := range d.GetLabel() {
		b.WriteString(l.GetName() + "=" + l.GetValue() + ";")
	}
	return b.String()
}

// Every job that comes by itself is watched by an alert, and every alert says in the
// manual what to do.
func TestAlertsAreComplete(t *testing.T) {
	t.Parallel()
	alerts, manual, tests := deployed(t, "deploy/prometheus/alerts.yaml"), deployed(t, "docs/operations.md"), deployed(t, "deploy/prometheus/alerts_test.yaml")
	watched := map[string]bool{}
	for _, kinds := range jobRuns.FindAllStringSubmatch(alerts, -1) {
		for kind := range strings.SplitSeq(kinds[1], "|") {
			watched[kind] = true
		}
	}
	jobs := periodic()
	_, m := shown(t)
	out := make(chan prometheus.Metric)
	go func() { m.jobDone.Collect(out); close(out) }()
	known := 0
	for one := range out {
		known++
		if kind := strings.TrimSuffix(strings.TrimPrefix(written(t, one), "kind="), ";"); !watched[kind] {
			t.Errorf("nobody notices when %s does not run", kind)
		}
	}
	if known != len(jobs) || len(watched) != known {
		t.Errorf("%d jobs come by themselves, the metrics know %d (begin in metrics.go), alerts watch %d (alerts.yaml)", len(jobs), known, len(watched))
	}
	for _, a := range alertNamed.FindAllStringSubmatch(alerts, -1) {
		if !strings.Contains(manual, "`"+a[1]+"`") {
			t.Errorf("docs/operations.md does not say what to do for %s", a[1])
		}
		if !regexp.MustCompile(`(?s)alertname: ` + a[1] + `\b.{0,20}exp_alerts:\s*(?:\n *- exp_labels|\[\{)`).MatchString(tests) {
			t.Errorf("no test lets %s come", a[1])
		}
	}
}

// The dashboard is one Grafana can load beside others: it asks whoever imports it for the
// data source, and names none.
func TestDashboardBelongsToNoServer(t *testing.T) {
	t.Parallel()
	var d struct {
		UID, Title string
		ID         *int
		Panels     []struct {
			ID          int
			Type, Title string
			Datasource  struct{ UID string }
			GridPos     struct{ X, Y, W, H int }
			Targets     []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(deployed(t, "deploy/grafana/tinbao.json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.UID == "" || d.Title == "" || d.ID != nil {
		t.Error("no uid or title, or the id of somebody's server")
	}
	taken, ids := map[[2]int]string{}, map[int]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" {
			t.Errorf("panel %d %q", p.ID, p.Title)
		}
		ids[p.ID] = true
		if p.Type != "row" && (p.Datasource.UID != "${datasource}" || len(p.Targets) == 0) {
			t.Errorf("%s: data source %q, %d targets", p.Title, p.Datasource.UID, len(p.Targets))
		}
		for x := range p.GridPos.W {
			for y := range p.GridPos.H {
				at := [2]int{p.GridPos.X + x, p.GridPos.Y + y}
				if other, there := taken[at]; there || at[0] >= 24 {
					t.Fatalf("%s lies over %q or outside", p.Title, other)
				}
				taken[at] = p.Title
			}
		}
	}
}

// What alerts count is counted: answers of Telegram to the poller, and jobs.
func TestWorkIsCounted(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if _, err := w.sim.SendText(cast["an"].ID, "/huongdan"); err != nil {
		t.Fatal(err)
	}
	w.settle()
	const job = `tinbao_jobs_total\{kind="expire_dialogs",outcome="done"\} [1-9]`
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	until(ctx, t, "a job is counted", func() bool { // one that comes by itself
		_, text := w.get("/metrics")
		return regexp.MustCompile(job).MatchString(text)
	})
	w.stop() // the last message is counted before it ends
	_, text := w.get("/metrics")
	for _, want := range []string{
		`tinbao_poll_success_timestamp_seconds [1-9]`, `tinbao_job_success_timestamp_seconds\{kind="expire_dialogs"\} [1-9]`, `tinbao_messages_total\{outcome="delivered"\} [1-9]`,
		`tinbao_messages_total\{outcome="given_up"\} 0`, `tinbao_updates_handled_total\{outcome="failed"\} 0`,
	} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("no %s", want)
		}
	}
	hook := newTownOn(t, testservers.Database(t), testservers.Redis(t), webhook)
	if _, text := hook.get("/metrics"); strings.Contains(text, "tinbao_poll_success") {
		t.Error("a program that never polls tells when it did")
	}
}
