package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/telegramsim"
)

const (
	otherToken = "7111222333:other_secret"
	otherBot   = 7111222333
)

// twoBots is a town in which people write to two bots of one ward.
type twoBots struct {
	*town
	other *telegramsim.Server // the second bot's Telegram
}

func newTwoBots(t *testing.T, mode string) *twoBots {
	t.Helper()
	w := newTownOn(t, testservers.Database(t), testservers.Redis(t), mode)
	other, err := telegramsim.New(telegramsim.Options{Token: otherToken, BotUsername: "tinbao_second_bot"})
	if err != nil {
		t.Fatal(err)
	}
	first, second := w.sim.Handler(), other.Handler()
	both := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, otherToken) {
			second.ServeHTTP(rw, r)
			return
		}
		first.ServeHTTP(rw, r)
	}))
	t.Cleanup(func() { other.Close(); both.Close() })
	addCast(other)
	file := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(file, []byte("# the second poster\n"+otherToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.settings.API, w.settings.MoreTokens = both.URL, file
	w.restart()
	return &twoBots{w, other}
}

// quiet waits until nothing of either bot is on its way.
func (w *twoBots) quiet() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	if err := w.other.Idle(ctx); err != nil {
		w.t.Fatalf("updates stay with Telegram: %v\n%s", err, w.log)
	}
	for {
		n, err := w.app.booths[1].store.Waiting(ctx)
		if err != nil {
			w.t.Fatal(err)
		}
		if n == 0 {
			break
		}
		wait(ctx, nil, 5*time.Millisecond)
	}
	w.settle()
}

// says is what a phone shows of the bot's words.
func says(sim *telegramsim.Server, who string) string {
	var all []string
	for _, m := range sim.Messages(cast[who].ID) {
		if m.FromBot {
			all = append(all, m.Text)
		}
	}
	return strings.Join(all, "\n")
}

// Two bots are one desk: what people send to either comes to the same staff, answers come
// by the bot a person wrote to, and what somebody does at one bot is not mixed up with
// what the same person does at the other.
func TestTwoBotsOfOneWard(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{polling, webhook} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			w := newTwoBots(t, mode)
			if f := w.app.checkToken(t.Context()); f.err != nil || !strings.Contains(f.note, ", @tinbao_second_bot") {
				t.Errorf("doctor says %+v", f)
			}
			w.bothAreHeard()
			w.staffOfBoth()
		})
	}
}

func (w *twoBots) do(sim *telegramsim.Server, who string, acts ...string) {
	w.t.Helper()
	for _, act := range acts {
		w.quiet()
		var err error
		if label, press := strings.CutPrefix(act, "press "); press {
			err = sim.PressText(cast[who].ID, label)
		} else {
			_, err = sim.SendText(cast[who].ID, act)
		}
		if err != nil {
			w.t.Fatalf("%s: %s: %v\n%s", who, act, err, says(sim, who))
		}
	}
	w.quiet()
}

// bothAreHeard lets two people report at two bots, one of them at both.
func (w *twoBots) bothAreHeard() {
	w.t.Helper()
	w.do(w.sim, "an", "/baotin", "press Tôi thấy dấu hiệu vi phạm")
	// A photo sent to the second bot can be fetched by the second bot only.
	w.do(w.other, "binh", "/baotin", "press Tôi thấy dấu hiệu vi phạm", "press Tổ 2", "press Hôm nay", textOf(3))
	if _, err := w.other.SendPhoto(cast["binh"].ID, "x.jpg", "image/jpeg", phonePhoto(w.t, 1), ""); err != nil {
		w.t.Fatal(err)
	}
	w.do(w.other, "binh", "press ✅ Gửi")
	if err := (writer{w.other, cast["an"].ID, textOf(1), nil}).report(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.do(w.sim, "an", "press Tổ 2", "press Hôm nay", textOf(2), "press ✅ Gửi")
	if got := says(w.sim, "binh"); got != "" {
		w.t.Errorf("the first bot writes to somebody who never wrote to it: %s", got)
	}
	for _, sim := range []*telegramsim.Server{w.sim, w.other} {
		if n := strings.Count(says(sim, "an"), "Đã nhận thông tin"); n != 1 {
			w.t.Errorf("%d receipts by one of the bots, want 1", n)
		}
	}
	if n := query[int64](w.t, w.settings.DatabaseURL, "select count(*) from casework.report_cases")[0]; n != 3 {
		w.t.Errorf("%d reports", n)
	}
	if n := query[int64](w.t, w.settings.DatabaseURL, "select count(*) from casework.report_files where state = 'stored'")[0]; n != 1 {
		w.t.Errorf("%d photos were fetched", n)
	}
	if n := query[int64](w.t, w.settings.DatabaseURL, "select count(distinct bot_id) from edge.updates")[0]; n != 2 {
		w.t.Errorf("updates are of %d bots", n)
	}
}

// staffOfBoth lets staff of either bot work on what came to the second.
func (w *twoBots) staffOfBoth() {
	w.t.Helper()
	station := cases.StationOf(otherBot)
	if _, err := w.app.store.AddStaff(w.t.Context(), cases.Officer, "Anh Kiên", testPIN, cases.Route{Chat: cases.ChatAt(station, cast["chi"].ID), Lang: "vi"}); err != nil {
		w.t.Fatal(err)
	}
	// An officer of the first bot answers somebody who wrote to the second.
	w.do(w.sim, "hoa", "/xem PA-26-0001", "press 🙋 Nhận việc", "press 💬 Trả lời người gửi", "Phường đã nhận được tin của bạn.")
	if got := says(w.other, "binh"); !strings.Contains(got, "Phường đã nhận được tin của bạn.") {
		w.t.Errorf("the answer did not come: %s", got)
	}
	if got := says(w.sim, "binh"); got != "" {
		w.t.Errorf("the answer came by the wrong bot: %s", got)
	}
	// An officer of the second bot is one there, and nobody at the first.
	w.do(w.other, "chi", "/hangdoi")
	if got := says(w.other, "chi"); !strings.Contains(got, "PA-26-0002") {
		w.t.Errorf("an officer of the second bot sees: %s", got)
	}
	w.do(w.sim, "chi", "/hangdoi")
	if got := says(w.sim, "chi"); strings.Contains(got, "PA-26-0002") {
		w.t.Errorf("an officer of the second bot is one at the first, too: %s", got)
	}
	for _, sim := range []*telegramsim.Server{w.sim, w.other} {
		for _, call := range sim.Calls() {
			if call.Status >= http.StatusBadRequest && call.Method != "getUpdates" {
				w.t.Errorf("%s was refused with %d", call.Method, call.Status)
			}
		}
	}
}

func TestMoreTokens(t *testing.T) {
	t.Parallel()
	twin := "7111224380:twin" // the same station as otherToken, 2047 bots further
	for lines, want := range map[string]string{
		otherToken:                     "",
		"\n# none\n" + otherToken:      "",
		"":                             "",
		"nonsense":                     "line 1 does not look like a token",
		"\n" + testToken:               "line 2 is the bot of TINBAO_TELEGRAM_TOKEN",
		otherToken + "\n" + otherToken: "of line 1 once more",
		otherToken + "\n" + twin:       "cannot be told from it",
	} {
		file := filepath.Join(t.TempDir(), "tokens")
		if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
		all, err := telegram{Token: testToken, MoreTokens: file}.stations()
		if want == "" {
			if err != nil || all[0].At != 0 || !slices.IsSortedFunc(places(all), func(a, b int) int { return a - b }) || (len(all) == 2) != strings.Contains(lines, otherToken) {
				t.Errorf("%q: %v %v", lines, places(all), err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want %q", lines, err, want)
		}
	}
	if _, err := (telegram{Token: testToken, MoreTokens: "/nowhere"}).stations(); err == nil || !strings.Contains(err.Error(), moreTokens) {
		t.Errorf("a file that is not there: %v", err)
	}
}
