package main

import (
	"context"
	"flag"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"tinbao/internal/testservers"
)

var (
	oldProgram   = flag.String("old", "", "a program of the newest release that is kept, for the test of a rolling upgrade")
	upgradeLoad  = flag.Int("upgrading", 120, "reports that are sent while programs are replaced")
	upgradeAtOne = flag.Int("atonce", 12, "residents who write at once meanwhile")
)

// Two programs of a release serve while many people write. The database is migrated under
// them, and they are replaced one by one: nothing is lost, nothing happens twice, and no
// program meets anything it does not understand.
func TestRollingUpgrade(t *testing.T) {
	if *oldProgram == "" {
		t.Skip("only with -old")
	}
	for _, mode := range []string{webhook, polling} {
		t.Run(mode, func(t *testing.T) {
			kept := keptReleases(t)
			w, _ := oldTown(t, kept[len(kept)-1])
			w.clock.real()
			w.nameHamlets(testservers.Yen.Hamlets)
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			b, address := newBalancer(t)
			env := []string{"TINBAO_MODE=" + mode}
			if mode == webhook {
				env = append(env, "TINBAO_WEBHOOK_URL="+address+"/telegram")
			}
			serving := w.replicasOf(ctx, *oldProgram, 2, env...)
			b.to(addresses(serving)...)
			all := slices.Clone(serving)

			steps, finished := make(chan struct{}, *upgradeLoad*stepsOfReport), make(chan struct{})
			go func() {
				defer close(finished)
				w.load(ctx, func() { steps <- struct{}{} })
			}()
			done := 0
			loaded := func(part string) {
				t.Helper()
				for range *upgradeLoad * stepsOfReport / 8 {
					<-steps
				}
				done++
				t.Logf("%d/8 of the load is done: %s", done, part)
			}
			loaded("the database is migrated under two programs of the release")
			if out, code := command(t, w.environment(), "migrate"); code != 0 {
				t.Fatalf("migrate ends with %d: %s", code, out)
			}
			for range 2 {
				loaded("one program is added")
				added := w.replicas(ctx, 1, env...)
				all = append(all, added...)
				serving = append(serving, added...)
				b.to(addresses(serving)...)
				loaded("one of the release leaves")
				leaves := serving[0]
				serving = serving[1:]
				b.to(addresses(serving)...)
				if err := leaves.end(syscall.SIGTERM); err != nil {
					t.Errorf("a program of the release did not end well: %v", err)
				}
			}
			<-finished
			w.relieve(serving)
			w.loadOnce()
			for _, p := range all {
				for line := range strings.SplitSeq(p.log.String(), "\n") {
					if strings.Contains(line, `"level":"ERROR"`) {
						t.Error(line)
					}
				}
			}
		})
	}
}

// nameHamlets gives the ward hamlets that the writers know, in a database whose schema may
// be older than this program.
func (w *town) nameHamlets(hamlets []string) {
	w.t.Helper()
	conn := w.connect()
	defer conn.Close(context.Background())
	if _, err := conn.Exec(w.t.Context(), "update ward.wards set hamlets = $1", hamlets); err != nil {
		w.t.Fatal(err)
	}
}

// firstLoader comes after everybody who wrote in the release.
const firstLoader = 5000

// load lets many residents report, some of them at once.
func (w *town) load(ctx context.Context, step func()) {
	turn := make(chan struct{}, *upgradeAtOne)
	var writing sync.WaitGroup
	for i := range *upgradeLoad {
		turn <- struct{}{}
		writing.Go(func() {
			defer func() { <-turn }()
			u := newcomer(firstLoader + i)
			w.sim.AddUser(u)
			if err := (writer{w.sim, u.ID, textOf(firstLoader + i), step}).report(ctx); err != nil {
				w.t.Errorf("resident %d: %v", i, err)
			}
		})
	}
	writing.Wait()
}

// loadOnce looks whether each report of the load exists once, and was answered once.
func (w *town) loadOnce() {
	w.t.Helper()
	seen := map[string]int{}
	for _, c := range w.facts(w.unplugged()).Cases {
		seen[c.Words]++
	}
	for i := range *upgradeLoad {
		if n := seen[sumOf(textOf(firstLoader+i))]; n != 1 {
			w.t.Errorf("report %d exists %d times", i, n)
		}
		w.oneReceipt(newcomer(firstLoader + i).ID)
	}
	w.t.Logf("%d reports, looked at each", *upgradeLoad)
}
