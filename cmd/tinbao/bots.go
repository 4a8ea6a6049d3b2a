package main

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/storage"
)

// booth is one of the bots of the ward with the updates that came to it.
type booth struct {
	bot.Station
	store *storage.Store // shares everything with those of the other bots, but has the updates of its own
}

// stations checks the settings and makes a client for each bot, the first one first.
func (t telegram) stations() (bot.Stations, error) {
	client, number, err := t.client()
	if err != nil {
		return nil, err
	}
	all := bot.Stations{{Bot: number, Client: client}}
	if t.MoreTokens == "" {
		return all, nil
	}
	raw, err := os.ReadFile(t.MoreTokens)
	if err != nil {
		return nil, &settingError{moreTokens, "cannot be read; check the path and who may read it"}
	}
	taken := map[int]string{}
	for i, line := range strings.Split(string(raw), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		where := "line " + strconv.Itoa(i+1)
		other := telegram{Token: line, API: t.API, Proxy: t.Proxy}
		client, number, err := other.client()
		if err != nil {
			return nil, &settingError{moreTokens, where + " does not look like a token; it reads like 123456:ABC-def, copy it again from @BotFather"}
		}
		at := cases.StationOf(number)
		if number == all[0].Bot || taken[at] != "" {
			return nil, &settingError{moreTokens, where + " is the bot of TINBAO_TELEGRAM_TOKEN or of " + taken[at] + " once more, or one that cannot be told from it; make another with @BotFather"}
		}
		taken[at] = where
		all = append(all, bot.Station{Bot: number, At: at, Client: client})
	}
	return all, nil
}

const moreTokens = "TINBAO_TELEGRAM_MORE_TOKENS_FILE" //nolint:gosec // the name of a setting

// places are the stations of all bots that people can write to.
func places(all bot.Stations) []int {
	var list []int
	for _, s := range all {
		list = append(list, s.At)
	}
	return list
}

// furnish gives each bot its limits and its view of the store.
func (a *app) furnish(limits *bot.Limits) {
	for i := range a.stations {
		a.stations[i].Limits = limits.For(a.stations[i].Bot)
		a.stations[i].Client.Lost = a.lost
		a.booths = append(a.booths, booth{a.stations[i], a.store.Of(a.stations[i].Bot)})
	}
}

// webhooks takes the updates of every bot: those of the first under the address of the
// setting, those of the others under its number below.
func (a *app) webhooks(mux *http.ServeMux) {
	for _, b := range a.booths {
		if u, err := url.Parse(a.webhookURL(b)); err == nil {
			mux.Handle("POST "+u.Path, bot.Webhook(a.vault.WebhookSecret(b.Bot), b.Keeper(a.keeper(b.store.Keep)), a.lost, a.log))
		}
	}
}

// lost notes an update that has no number, or is no JSON: it can be neither kept nor repeated.
func (a *app) lost() {
	a.metrics.unreadable.Inc()
	a.log.Warn("an update cannot be read", "kind", "no number")
}

func (a *app) webhookURL(b booth) string {
	if b.At == 0 {
		return a.settings.WebhookURL
	}
	return strings.TrimRight(a.settings.WebhookURL, "/") + "/" + strconv.FormatInt(b.Bot, 10)
}

// sum adds up what the views of all bots tell.
func (a *app) sum(ctx context.Context, of func(s *storage.Store, ctx context.Context) (int64, error)) (all int64, err error) {
	for _, b := range a.booths {
		n, err := of(b.store, ctx)
		if err != nil {
			return 0, err
		}
		all += n
	}
	return all, nil
}

// setAside lists the updates of all bots that failed too often.
func (a *app) setAside(ctx context.Context) (all []storage.SetAside, err error) {
	for _, b := range a.booths {
		list, err := b.store.SetAside(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// polled remembers when Telegram answers: of several bots the one that was not answered
// for the longest time counts. Only replicas that poll show it.
func (m *metrics) polled(stations bot.Stations) {
	heard := make([]atomic.Int64, len(stations))
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "tinbao_poll_success_timestamp_seconds",
		Help: "When Telegram last answered this replica's question for updates, for the bot that was not answered for the longest time; 0 = not since it started.",
	}, func() float64 {
		oldest := heard[0].Load()
		for i := range heard {
			oldest = min(oldest, heard[i].Load())
		}
		return float64(oldest) / float64(time.Second)
	}))
	for i, s := range stations {
		s.Client.Heard = func() { heard[i].Store(time.Now().UnixNano()) }
	}
}
