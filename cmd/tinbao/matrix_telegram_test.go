package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tinbao/telegramsim"
)

// during lets residents tell reports while Telegram does something.
func during(n int, faults ...telegramsim.Fault) func(y *yard) {
	return func(y *yard) {
		for _, f := range faults {
			y.sim.SetFault(f)
		}
		y.tell(n)
		y.sim.ClearFaults()
	}
}

// telegramRows let Telegram misbehave in every way it knows.
var telegramRows = []fault{
	{name: "nothing", run: func(y *yard) { y.tell(2) }},
	{name: "Telegram 429 for one chat, with retry_after", run: func(y *yard) {
		const seconds = 4
		slowed, other := newcomer(y.told).ID, newcomer(y.told+1).ID
		y.sim.SetFault(telegramsim.Fault{Kind: telegramsim.TooManyRequests, Method: "sendMessage", Chat: slowed, RetryAfter: seconds, Count: 1})
		y.tell(2)
		var refused, again, others time.Time
		for _, c := range y.sim.Calls() {
			switch {
			case c.Chat == slowed && c.Status == http.StatusTooManyRequests:
				refused = c.At
			case c.Chat == slowed && again.IsZero() && !refused.IsZero():
				again = c.At
			case c.Chat == other && others.IsZero():
				others = c.At
			}
		}
		if waited := again.Sub(refused); waited < seconds*time.Second {
			y.t.Errorf("asked again after %v, Telegram wanted %d s", waited, seconds)
		}
		if !others.Before(again) {
			y.t.Error("the others waited, too")
		}
	}},
	{name: "Telegram 429 for everything", run: during(2, telegramsim.Fault{Kind: telegramsim.TooManyRequests, RetryAfter: 1, Count: 6})},
	{name: "Telegram 500", run: during(2, telegramsim.Fault{Kind: telegramsim.ServerError, Count: 6})},
	{name: "Telegram 502 with a page of HTML", run: during(2, telegramsim.Fault{Kind: telegramsim.Gateway, Count: 6})},
	{name: "Telegram closes connections", run: during(2, telegramsim.Fault{Kind: telegramsim.Reset, Count: 6})},
	{name: "a fetch whose answer is lost", run: during(2, telegramsim.Fault{Kind: telegramsim.Ambiguous, Method: "getUpdates", Count: 3})},
	{name: "a send whose answer is lost", run: during(2, telegramsim.Fault{Kind: telegramsim.Ambiguous, Method: "sendMessage", Count: 4})},
	{name: "updates given twice", run: during(2, telegramsim.Fault{Kind: telegramsim.Twice, Method: "getUpdates"})},
	{name: "updates out of order", run: func(y *yard) {
		asker := cast["an"].ID
		y.sim.AddUser(cast["an"])
		y.sim.SetFault(telegramsim.Fault{Kind: telegramsim.Hold, Method: "getUpdates"})
		if _, err := y.sim.SendText(asker, "/baotin"); err != nil { // what the question under way is answered with
			y.t.Fatal(err)
		}
		y.held(1)
		done := y.telling(3)
		for _, say := range []string{"/huy", "/riengtu", "/khancap"} {
			if _, err := y.sim.SendText(asker, say); err != nil {
				y.t.Fatal(err)
			}
		}
		y.sim.ClearFaults(telegramsim.Fault{Kind: telegramsim.Reversed, Method: "getUpdates"})
		done()
		y.until("answered in order", func() bool {
			last, _ := y.sim.LastMessage(asker)
			return strings.Contains(last.Text, "113")
		})
	}},
	{name: "Telegram 409: another program fetches", run: func(y *yard) {
		done := y.telling(2)
		other, stop := context.WithCancel(y.ctx)
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			for other.Err() == nil {
				y.foreign(other, "getUpdates", url.Values{"timeout": {"1"}})
			}
		}()
		y.complains("409 Conflict")
		stop()
		<-ended
		done()
	}},
	{name: "Telegram 409: a webhook was set", run: func(y *yard) {
		y.foreign(y.ctx, "setWebhook", url.Values{"url": {"http://127.0.0.1:1/nowhere"}})
		done := y.telling(2)
		y.complains("409 Conflict")
		y.foreign(y.ctx, "deleteWebhook", nil)
		done()
	}},
	{name: "Telegram 401: the token was revoked", run: func(y *yard) {
		y.sim.SetFault(telegramsim.Fault{Kind: telegramsim.Unauthorized})
		done := y.telling(2)
		y.complains("does not accept the token")
		y.until("told at /readyz", func() bool { return strings.Contains(y.got("/readyz"), "does not accept the token") })
		y.kill() // whoever sees this tries a restart
		y.serve()
		y.until("told at /readyz", func() bool { return strings.Contains(y.got("/readyz"), "does not accept the token") })
		if out, _ := command(y.t, y.environment(), "doctor"); !strings.Contains(out, "✗ token") || !strings.Contains(out, "401") {
			y.t.Error(out)
		}
		y.sim.ClearFaults()
		done()
		y.until("ready", func() bool { return y.got("/readyz") == "ready\n" })
	}},
}

// complains waits until the program complained of something, and a while longer; it
// must have done so once, however often it tried.
func (y *yard) complains(words string) {
	y.t.Helper()
	y.until("complained", func() bool { return strings.Contains(y.log.String(), words) })
	wait(y.ctx, nil, 2*time.Second) // several more attempts
	n := 0
	for line := range strings.SplitSeq(y.log.String(), "\n") {
		if strings.Contains(line, "updates stay with Telegram") && strings.Contains(line, words) {
			n++
		}
	}
	if n != 1 {
		y.t.Errorf("complained %d times of %q", n, words)
	}
}

// got is what the program answers.
func (y *yard) got(path string) string {
	req, err := http.NewRequestWithContext(y.ctx, http.MethodGet, "http://"+y.http+path, nil)
	if err != nil {
		y.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return ""
	}
	return string(body)
}

// foreign asks Telegram for something with the bot's token, as another program would.
func (y *yard) foreign(ctx context.Context, method string, values url.Values) int {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, y.telegram.URL+"/bot"+testToken+"/"+method, strings.NewReader(values.Encode()))
	if err != nil {
		y.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}
