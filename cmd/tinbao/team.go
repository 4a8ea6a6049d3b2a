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

const remindEvery = time.Minute

// remind sends the reminders of staff whose time has come.
type remind struct {
	river.WorkerDefaults[cases.RemindArgs]
	app *app
}

// Work sends each once; a reminder names the number of its case only.
func (w *remind) Work(ctx context.Context, _ *river.Job[cases.RemindArgs]) error {
	_, err := w.app.store.SendReminders(ctx, func(to cases.Staff, n cases.Number) storage.Message {
		return w.app.message(bot.Reply{
			Chat: to.Route.Chat, Lang: to.Route.Lang, Protect: true,
			Lines:   []bot.Text{bot.T("staff.remind", "number", n.String())},
			Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", n.String())}, {Label: bot.T("do.nhac.again"), Do: bot.Action("nhac", n.String())}}},
		})
	})
	return err
}

// handout stores and sends on a file of staff; done is false for one of a person.
func (f *fetchAttachment) handout(ctx context.Context, stream cases.Stream, id string, clean []byte, mime string) (done bool, err error) {
	h, err := f.app.store.HandoutOf(ctx, stream, id)
	if err != nil || h == nil {
		return false, err
	}
	return true, f.app.store.StoreHandout(ctx, stream, id, clean, mime, func(to cases.Route) storage.Message {
		return f.app.message(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: []bot.Text{bot.T("resident.file", "received", cases.SentAs(to.CaseID, h.Received))},
			Of:   &bot.CaseRef{Stream: stream},
			File: &bot.Attachment{Photo: staffcmds.ShownAsPhoto(h.Kind, clean), Name: staffcmds.HandoutName(mime), Body: clean},
		})
	})
}

// refuseHandout tells the member of staff whose file cannot be kept; done is false for
// a file of a person.
func (f *fetchAttachment) refuseHandout(ctx context.Context, stream cases.Stream, id, fault string) (done bool, err error) {
	h, err := f.app.store.HandoutOf(ctx, stream, id)
	if err != nil || h == nil {
		return false, err
	}
	var tell storage.Message
	if to := h.By.Route; to.Chat != 0 {
		tell = f.app.message(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Protect: true, Lines: []bot.Text{bot.T("handout.refused", "number", h.Number.String(), "why", bot.T(fault))},
		})
	}
	return true, f.app.store.RefuseHandout(ctx, stream, id, fault, tell)
}
