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

const careEvery = 10 * time.Minute

// care asks people who were helped how it goes, and reminds of appointments.
type care struct {
	river.WorkerDefaults[cases.CareArgs]
	app *app
}

// Work does what is due. However many replicas run, each question is asked once.
func (w *care) Work(ctx context.Context, _ *river.Job[cases.CareArgs]) error {
	word := func(to cases.Route, caseID string, text bot.Text, buttons [][]bot.Button) storage.Message {
		return w.app.message(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: []bot.Text{text}, Buttons: buttons, Of: &bot.CaseRef{Stream: cases.HelpStream, ID: caseID},
		})
	}
	return w.app.store.Care(ctx, storage.Caring{
		Ask: func(to cases.Route, caseID string, received time.Time, days int) storage.Message {
			return word(to, caseID, bot.T("follow.ask", "received", received), intake.FollowButtons(caseID, days))
		},
		Remind: func(to cases.Route, caseID string, talk int, words string) storage.Message {
			return word(to, caseID, bot.T("meet.remind", "words", bot.Words(words)), intake.MeetButtons(caseID, talk))
		},
	})
}
