package intake

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// waiting adds to the status of a case what the ward asked and still waits for, with the
// buttons to answer.
func (d *Desk) waiting(ctx context.Context, st Store, v cases.ResidentView, reply *bot.Reply) error {
	by, err := st.Ownership(ctx, v.Stream, v.CaseID)
	if err != nil || !by.May { // who only holds the receipt decides nothing
		return err
	}
	q, err := st.Questions(ctx, v.Stream, v.CaseID)
	if err != nil {
		return err
	}
	var rows [][]bot.Button
	ask := func(line bot.Text, buttons ...[]bot.Button) {
		reply.Lines = append(reply.Lines, bot.Words(""), line)
		rows = append(rows, buttons...)
	}
	sent := cases.SentAs(v.CaseID, v.Received)
	if q.Unnamed {
		ask(bot.T("waiting.unnamed"),
			[]bot.Button{{Label: bot.T("named.stay"), Do: bot.Action("nam", v.CaseID, "y")}}, []bot.Button{{Label: bot.T("named.door"), Do: bot.Action("nam", v.CaseID, "n")}})
	}
	if q.Consent > 0 {
		talk := strconv.Itoa(q.Consent)
		ask(bot.T("resident.consent", "received", sent, "text", q.ConsentText),
			[]bot.Button{{Label: bot.T("consent.yes"), Do: bot.Action("con", v.CaseID, talk, "y")}}, []bot.Button{{Label: bot.T("consent.no"), Do: bot.Action("con", v.CaseID, talk, "n")}})
	}
	if q.Needs {
		ask(bot.T("resident.needs", "received", sent), NeedsButtons(v.CaseID)...)
	}
	if q.Meeting > 0 {
		ask(bot.T("waiting.meeting", "words", bot.Words(q.MeetingText)), MeetButtons(v.CaseID, q.Meeting)...)
	}
	if q.FollowUp > 0 {
		ask(bot.T("waiting.follow"), FollowButtons(v.CaseID, q.FollowUp)...)
	}
	reply.Buttons = slices.Concat(rows, reply.Buttons)
	return nil
}
