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

// care asks people who were helped how it goes, reminds of appointments, and tells of
// promised days that have passed.
type care struct {
	river.WorkerDefaults[cases.CareArgs]
	app *app
}

// Work does what is due. However many replicas run, each question is asked once.
func (w *care) Work(ctx context.Context, _ *river.Job[cases.CareArgs]) error {
	word := func(to cases.Route, stream cases.Stream, caseID string, text bot.Text, buttons [][]bot.Button) storage.Message {
		return w.app.message(bot.Reply{
			Chat: to.Chat, Lang: to.Lang, Lines: []bot.Text{text}, Buttons: buttons, Of: &bot.CaseRef{Stream: stream, ID: caseID},
		})
	}
	return w.app.store.Care(ctx, storage.Caring{
		Ask: func(to cases.Route, caseID string, received time.Time, days int) storage.Message {
			return word(to, cases.HelpStream, caseID, bot.T("follow.ask", "received", cases.SentAs(caseID, received)), intake.FollowButtons(caseID, days))
		},
		Remind: func(to cases.Route, caseID string, received time.Time, talk int, words string) storage.Message {
			return word(to, cases.HelpStream, caseID, bot.T("meet.remind", "received", cases.SentAs(caseID, received), "words", bot.Words(words)), intake.MeetButtons(caseID, talk))
		},
		Late: func(to cases.Route, stream cases.Stream, caseID string, late cases.Late) storage.Message {
			then := bot.T("late.open")
			if !late.Until.IsZero() {
				then = bot.T("late.until", "until", late.Until)
			}
			text := bot.T("resident.late", "received", cases.SentAs(caseID, late.Received), "why", bot.T("late."+string(late.Why)), "then", then)
			return word(to, stream, caseID, text, nil)
		},
	})
}
