package check_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the folder of the project.
const root = "../.."

func path(of string) string { return filepath.Join(root, filepath.FromSlash(of)) }

func read(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path(name))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// run runs a program and gives what it printed; it must succeed.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

var (
	envTag   = regexp.MustCompile(`env:"(\w+)"`)
	envVar   = regexp.MustCompile(`Var = "(TINBAO_\w+)"`)
	route    = regexp.MustCompile(`"GET (/\w+)"`)
	ownNamed = regexp.MustCompile(`^(?:TINBAO_|DATABASE_URL$|REDIS_URL$)`)
)

// settings are the environment variables the program reads.
func settings(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(path("cmd/tinbao/*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	files = append(files, path("sidecar/find_linux.go"))
	all := map[string]bool{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range append(envTag.FindAllSubmatch(raw, -1), envVar.FindAllSubmatch(raw, -1)...) {
			all[string(m[1])] = true
		}
	}
	if len(all) < 10 {
		t.Fatalf("found only %d settings", len(all))
	}
	return all
}

// routes are the paths the program answers beside the webhook.
func routes(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, m := range route.FindAllSubmatch(read(t, "cmd/tinbao/http.go"), -1) {
		all[string(m[1])] = true
	}
	return all
}

// The manual tells of every setting, and of no other.
func TestManualKnowsEverySetting(t *testing.T) {
	t.Parallel()
	table, _, _ := bytes.Cut(read(t, "docs/operations.md"), []byte("## Setting up"))
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| (`.*?) \\|").FindAllSubmatch(table, -1) {
		for _, name := range regexp.MustCompile(`\w+`).FindAllString(string(m[1]), -1) {
			if ownNamed.MatchString(name) {
				named[name] = true
			}
		}
	}
	all := settings(t)
	for name := range all {
		if !named[name] && !strings.HasPrefix(name, "TINBAO_DEMO") {
			t.Errorf("the manual does not tell of %s", name)
		}
	}
	for name := range named {
		if !all[name] {
			t.Errorf("the manual tells of %s, which the program does not read", name)
		}
	}
}

func TestAlerts(t *testing.T) {
	t.Parallel()
	t.Log(run(t, path("scripts/promtool"), "check", "rules", path("deploy/prometheus/alerts.yaml")))
	t.Log(run(t, path("scripts/promtool"), "test", "rules", path("deploy/prometheus/alerts_test.yaml")))
}

// The unit is one systemd understands, down to the last line, and confines the program.
func TestSystemdUnit(t *testing.T) {
	t.Parallel()
	unit := read(t, "deploy/systemd/tinbao.service")
	// The program need not be installed here.
	file := filepath.Join(t.TempDir(), "tinbao.service")
	if err := os.WriteFile(file, bytes.ReplaceAll(unit, []byte("/usr/local/bin/tinbao"), []byte("/bin/true")), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(t, "systemd-analyze", "verify", "--man=no", file); strings.TrimSpace(out) != "" {
		t.Error(out)
	}
	const most = "15" // tenths; 0 is a program that can do nothing, 100 one without limits
	out := strings.TrimSpace(run(t, "systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold="+most, file))
	t.Log(out[strings.LastIndex(out, "\n")+1:])
	all := settings(t)
	for _, m := range regexp.MustCompile(`\b(TINBAO_\w+|DATABASE_URL)=`).FindAllSubmatch(unit, -1) {
		if !all[string(m[1])] {
			t.Errorf("the unit sets %s, which the program does not read", m[1])
		}
	}
}
