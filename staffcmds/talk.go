package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// addButton lets the person answer a question of the ward.
func addButton(c cases.Case) [][]bot.Button {
	return [][]bot.Button{{{Label: bot.T("button.answer"), Do: bot.Action("add", string(c.Number.Stream), c.ID)}}}
}

// ask puts a question to the person who wrote.
func ask() Command {
	return step{
		name: "hoi", aliases: []string{"ask"}, verb: cases.AskInfo, text: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return toResident(ctx, st, r, c, addButton(c), "resident.question", "text", ch.Text)
		},
	}.command()
}

// answer writes to the person by the return route.
func answer() Command {
	return step{
		name: "traloi", aliases: []string{"answer", "reply"}, verb: cases.Answer, text: true,
		rights: working, streams: both,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return toResident(ctx, st, r, c, addButton(c), "resident.answer", "text", ch.Text)
		},
	}.command()
}

// note keeps a remark for colleagues.
func note() Command {
	return step{
		name: "ghichu", aliases: []string{"note"}, verb: cases.Note, text: true,
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports, cases.WorkHelp}, streams: both,
	}.command()
}
