package scale_test

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"tinbao/internal/scale"
)

const page = "../../docs/scale.md"

var update = flag.Bool("update", false, "write the tables of docs/scale.md anew")

// The tables of the page are those of the simulation and of the measured sizes.
func TestPage(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	for name, table := range map[string]string{"sizes": scale.Sizes(), "year": scale.Year(), "evening": scale.Evening()} {
		begin, end := "<!-- table: "+name+" -->\n", "<!-- end -->"
		before, rest, ok := strings.Cut(text, begin)
		had, after, closed := strings.Cut(rest, end)
		if !ok || !closed {
			t.Fatalf("%s has no place for the table %s", page, name)
		}
		if had != table && !*update {
			t.Errorf("the table %s is another (-update accepts it):\n%s", name, table)
		}
		text = before + begin + table + end + after
	}
	if *update && text != string(raw) {
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// calm is an evening on which nothing is scarce.
func calm() scale.Scene {
	s := scale.Scene{Name: "calm", Load: scale.Scenes()[0].Load, System: scale.One(1)}
	s.Finishing = 1
	return s
}

// Everybody is answered exactly once for each message, in time, when there is enough of all.
func TestNothingIsLostOnACalmEvening(t *testing.T) {
	t.Parallel()
	s := calm()
	r := scale.Run(s)
	if r.Reports != s.People || r.GaveUp != 0 || len(r.Waits) != s.People*s.Long {
		t.Errorf("%d reports, %d gave up, %d answers", r.Reports, r.GaveUp, len(r.Waits))
	}
	if least := s.Handling + s.Delivery; r.Wait(0) != least || r.Wait(50) != least {
		t.Errorf("answers took %s and %s, want %s", r.Wait(0), r.Wait(50), least)
	}
	again := scale.Run(s)
	if again.Emptied != r.Emptied || again.Busiest != r.Busiest {
		t.Error("the same evening passed in another way")
	}
}

// No bot ever sends faster than Telegram lets it, and more bots send more.
func TestLimitOfABot(t *testing.T) {
	t.Parallel()
	s := calm()
	s.People, s.Peak, s.Patience = 3000, time.Second, 24*time.Hour
	slow := scale.Run(s)
	if least := time.Duration(slow.Messages/s.Rate-1) * time.Second; slow.Emptied < least {
		t.Errorf("%d messages were sent in %s", slow.Messages, slow.Emptied)
	}
	s.Bots = 4
	if fast := scale.Run(s); fast.Emptied > slow.Emptied/2 || fast.Wait(99) > slow.Wait(99)/2 {
		t.Errorf("four bots need %s and %s, one %s and %s", fast.Emptied, fast.Wait(99), slow.Emptied, slow.Wait(99))
	}
}

// Whoever waits too long goes away, and is counted.
func TestPatience(t *testing.T) {
	t.Parallel()
	s := calm()
	s.Handlers, s.Handling, s.Patience = 1, time.Minute, 5*time.Minute
	r := scale.Run(s)
	if r.GaveUp == 0 || r.Reports+r.GaveUp != s.People {
		t.Errorf("%d reports, %d gave up, %d people", r.Reports, r.GaveUp, s.People)
	}
}

// What the page promises of several bots.
func TestSeveralBotsAreTheAnswer(t *testing.T) {
	t.Parallel()
	by := map[string]scale.Result{}
	for i, s := range scale.Scenes() {
		by[s.Name] = scale.Played()[i]
	}
	if r := by["a ward's people to their ward's bot"]; r.GaveUp > 0 || r.Wait(99) > 2*time.Second {
		t.Errorf("a ward with its own bot waits %s", r.Wait(99))
	}
	if r := by["the city to one bot"]; r.GaveUp == 0 {
		t.Error("one bot is enough for the city, and the page says it is not")
	}
	if r := by["the city to five bots"]; r.GaveUp > 0 || r.Wait(99) > 2*time.Second {
		t.Errorf("five bots let %d go and answer after %s", r.GaveUp, r.Wait(99))
	}
}
