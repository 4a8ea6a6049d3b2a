package main

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/staffcmds"
	"tinbao/storage"
)

// clocksEvery is how often limits are looked at, and whether it is time for the digest.
const clocksEvery = 5 * time.Minute

// clocks reminds the holders of cases whose time runs out.
type clocks struct {
	river.WorkerDefaults[cases.ClocksArgs]
	app *app
}

// Work looks once. A mark is told once, by whichever replica does the job.
func (w *clocks) Work(ctx context.Context, _ *river.Job[cases.ClocksArgs]) error {
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	_, err = w.app.store.Remind(ctx, func(m cases.Reminder) []storage.Message {
		return w.app.messages(staffcmds.Remind(staff, m)...)
	})
	return err
}

// digest tells everybody in the morning what waits.
type digest struct {
	river.WorkerDefaults[cases.DigestArgs]
	app *app
}

// Work looks whether it is the time, and sends to whoever has not got it.
func (w *digest) Work(ctx context.Context, _ *river.Job[cases.DigestArgs]) error {
	_, err := w.app.store.Digest(ctx, func(to cases.Staff, list []cases.Digest) []storage.Message {
		return w.app.messages(staffcmds.Digest(to, list))
	})
	return err
}

// messages renders replies that answer no update.
func (a *app) messages(replies ...bot.Reply) []storage.Message {
	out := make([]storage.Message, 0, len(replies))
	for _, r := range replies {
		m := a.message(r)
		m.Slot = r.Slot
		out = append(out, m)
	}
	return out
}

// calendar is the known calendar with the ward's office hours.
func (s settings) calendar() cases.Calendar {
	c := cases.Holidays()
	if hours, err := cases.ParseHours(s.OfficeHours); err == nil {
		c.Hours = hours
	}
	return c
}
