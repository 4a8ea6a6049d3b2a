package check_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
)

// stops is within what time the program ends by itself (cmd/tinbao/serve.go, run), in
// seconds, without TINBAO_DRAIN_SECONDS.
const stops = 20 + 5 + 10 + 5

// compose.yaml is valid by the library of docker compose, and the program runs in it as
// often as wanted.
func TestCompose(t *testing.T) {
	t.Parallel()
	o, err := cli.NewProjectOptions([]string{path("compose.yaml")}, cli.WithoutEnvironmentResolution, cli.WithName("tinbao"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all := settings(t)
	for name, s := range p.Services {
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s is not confined", name)
		}
		if core := s.Ulimits["core"]; core == nil || core.Single != 0 || core.Hard != 0 {
			t.Errorf("%s may leave a dump of its memory", name)
		}
		for key, value := range s.Environment {
			if ownNamed.MatchString(key) && !all[key] {
				t.Errorf("%s is given %s, which the program does not read", name, key)
			}
			if value != nil && strings.Contains(strings.ToLower(key), "token") && !strings.HasPrefix(*value, "/") {
				t.Errorf("%s has a secret in its environment: %s", name, key)
			}
		}
	}
	serve := p.Services["tinbao"]
	if len(serve.Ports) > 0 || serve.ContainerName != "" {
		t.Error("a port of the host or a name of its own lets only one program run")
	}
	if serve.StopGracePeriod == nil || *serve.StopGracePeriod < types.Duration(stops*second) {
		t.Errorf("killed after %v, before it ends by itself", serve.StopGracePeriod)
	}
	if serve.DependsOn["migrate"].Condition != types.ServiceConditionCompletedSuccessfully {
		t.Error("the program does not wait for the migration")
	}
}

// What compose.yaml says of its secrets leaves none readable to other accounts of the
// machine: each is given to the account that reads it, and to nobody else.
func TestComposeSecretsAreForTheirReaders(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(path("compose.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(string(raw), "\nname:")
	for _, mode := range regexp.MustCompile(`chmod ([0-7]+) secrets/`).FindAllStringSubmatch(head, -1) {
		if strings.HasSuffix(mode[1], "0") {
			continue
		}
		t.Errorf("secrets get the mode %s", mode[1])
	}
	for _, secret := range []string{"telegram_token", "pgpass", "postgres_password"} {
		if !regexp.MustCompile(`chown [0-9:]+ [^\n]*secrets/` + secret).MatchString(head) {
			t.Errorf("nobody is named who reads %s", secret)
		}
	}
	if !strings.Contains(head, "chmod 400 secrets/*") {
		t.Error("the secrets get no mode")
	}
}

const second = 1_000_000_000 // nanoseconds
