package main

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/storage"
)

// ringEvery is how often alarms are looked at that nobody has confirmed. Rings are minutes
// apart, so one is at most this late.
const ringEvery = 20 * time.Second

// ring calls staff again to urgent cases, at any hour, and tells the person when nobody has
// confirmed for long.
type ring struct {
	river.WorkerDefaults[cases.RingArgs]
	app *app
}

// Work looks once. However many replicas run, each ring is sent once.
func (w *ring) Work(ctx context.Context, _ *river.Job[cases.RingArgs]) error {
	_, err := w.app.store.RingAgain(ctx, storage.Alarms{
		Ring: func(c cases.Case, staff []cases.Staff) []storage.Message {
			return w.app.messages(intake.RingAgain(c, staff, minutesOf(c.Alarm.Began, w.app.now()))...)
		},
		Late: func(c cases.Case, to cases.Route) storage.Message {
			return w.app.message(bot.Reply{Chat: to.Chat, Lang: to.Lang, Of: &bot.CaseRef{Stream: c.Number.Stream, ID: c.ID}, Lines: []bot.Text{
				bot.T("resident.about", "received", cases.SentAs(c.ID, c.Received)), bot.T("alarm.late", "minutes", minutesOf(c.Alarm.Began, w.app.now())),
			}})
		},
	})
	return err
}

// minutesOf is the time since an alarm began, in whole minutes.
func minutesOf(began, now time.Time) int { return int(now.Sub(began) / time.Minute) }
