package check_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grafana/grafana-foundation-sdk/go/cog"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
	"sigs.k8s.io/yaml"
)

// The dashboard has only fields that Grafana's own types know, with values they allow,
// and Prometheus can read every question in it.
func TestDashboard(t *testing.T) {
	t.Parallel()
	plugins.RegisterDefaultPlugins()
	raw := read(t, "deploy/grafana/tinbao.json")
	var d dashboard.Dashboard //nolint:staticcheck // the newer one is not what most Grafanas import
	err := d.UnmarshalJSONStrict(raw)
	var faults cog.BuildErrors // may be a list of none
	if err != nil && (!errors.As(err, &faults) || len(faults) > 0) {
		t.Fatal(err)
	}
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	type rule struct {
		Record string `json:"record"`
		Expr   string `json:"expr"`
	}
	var rules []rule
	for _, expr := range expressions(t, raw) {
		expr = strings.NewReplacer("$__rate_interval", "5m", "$job", "tinbao").Replace(expr)
		rules = append(rules, rule{"asked:" + string(rune('a'+len(rules)/26)) + string(rune('a'+len(rules)%26)), expr})
	}
	if len(rules) < 15 {
		t.Errorf("found only %d questions", len(rules))
	}
	file := filepath.Join(t.TempDir(), "rules.yaml")
	body, err := yaml.Marshal(map[string]any{"groups": []any{map[string]any{"name": "dashboard", "rules": rules}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Log(run(t, path("scripts/promtool"), "check", "rules", file))
}

// expressions are all questions of a dashboard.
func expressions(t *testing.T, raw []byte) (all []string) {
	t.Helper()
	var any_ any
	if err := json.Unmarshal(raw, &any_); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				if s, ok := inner.(string); ok && key == "expr" {
					all = append(all, s)
				}
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(any_)
	return all
}
