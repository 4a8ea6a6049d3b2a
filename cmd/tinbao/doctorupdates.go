package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

const (
	pendingMost = 100       // updates that may wait with Telegram in a busy minute
	errorRecent = time.Hour // a failure of Telegram's before it is history
)

// checkUpdates asks Telegram whether the updates of each bot come to this program, and tries
// the way they take.
func (a *app) checkUpdates(ctx context.Context) finding {
	all := finding{}
	pending := 0
	for _, b := range a.booths {
		state, err := b.Client.Webhook(ctx)
		if err != nil {
			return finding{err: fmt.Errorf("where they go is not told: %w", err)}
		}
		pending += state.Pending
		f := a.wayOf(ctx, b, state)
		if f.err != nil {
			return f
		}
		if all.warn == "" {
			all.warn = f.warn
		}
	}
	all.note = fmt.Sprintf("%d wait with Telegram", pending)
	if pending > pendingMost && all.warn == "" {
		all.warn = "so many wait when nothing takes them; is tinbao serve running?"
	}
	return all
}

// wayOf looks at one bot's way of updates.
func (a *app) wayOf(ctx context.Context, b booth, state bot.WebhookState) finding {
	if a.settings.Mode == polling {
		if state.URL != "" {
			return finding{warn: "a webhook is set, so polling gets nothing; a start of tinbao serve removes it"}
		}
		return finding{}
	}
	want := a.webhookURL(b)
	if state.URL != "" && state.URL != want {
		return finding{err: errors.New("go to another address than TINBAO_WEBHOOK_URL: another program set it; a start of tinbao serve sets it again")}
	}
	err := bot.Knock(ctx, want, a.vault.WebhookSecret(b.Bot))
	switch {
	case errors.Is(err, bot.ErrNoAnswer):
		err = fmt.Errorf("TINBAO_WEBHOOK_URL %w; is tinbao serve running, and does the proxy before it lead to TINBAO_HTTP_ADDR?", err)
		return finding{err: err}
	case err != nil:
		return finding{err: fmt.Errorf("TINBAO_WEBHOOK_URL %w instead of tinbao; the proxy before it must pass this path and the header on, without redirect, to TINBAO_HTTP_ADDR", err)}
	case state.URL == "":
		return finding{warn: "no webhook is set; a start of tinbao serve sets it"}
	case state.LastError != "" && time.Since(state.LastErrorAt) < errorRecent:
		at := state.LastErrorAt.In(cases.Vietnam).Format("15:04 02/01/2006")
		return finding{warn: fmt.Sprintf("at %s Telegram failed to deliver: %s", at, state.LastError)}
	}
	return finding{}
}

// checkAccounts is not content with a desk at which nobody sits.
func (a *app) checkAccounts(ctx context.Context) finding {
	staff, err := a.store.StaffList(ctx)
	if err != nil {
		return finding{err: errors.New("cannot be read")}
	}
	usable := 0
	for _, s := range staff {
		if !s.Locked && !s.Altered {
			usable++
		}
	}
	f := finding{note: fmt.Sprintf("%d can be used", usable)}
	if usable == 0 {
		f.warn = "nobody is told of what residents send; run: tinbao staff invite --role admin --name NAME"
	}
	return f
}
