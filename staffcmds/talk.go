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
func ask() Command { return askStep().command() }

func askStep() step {
	return step{
		name: "hoi", aliases: []string{"ask"}, verb: cases.AskInfo, text: true, files: true, canned: true,
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return sayOrSend(ctx, st, r, c, ch, "resident.question")
		},
	}
}

// answer writes to the person by the return route.
func answer() Command { return answerStep().command() }

func answerStep() step {
	return step{
		name: "traloi", aliases: []string{"answer", "reply"}, verb: cases.Answer, text: true, files: true, canned: true,
		rights: leading, streams: both,
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return sayOrSend(ctx, st, r, c, ch, "resident.answer")
		},
	}
}

// onlyFile stands for words where a file came without any.
const onlyFile = "📎"

// sayOrSend writes the words of a step to the person. A file follows when it has been
// cleaned.
func sayOrSend(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change, key string) error {
	if ch.File != nil {
		routes, err := st.Routes(ctx, c.Number.Stream, c.ID)
		if err != nil {
			return err
		}
		if len(routes) > 0 {
			r.Toast(bot.T("handout.wait"))
		}
		if ch.Text == onlyFile && len(routes) > 0 {
			return nil
		}
	}
	return toResident(ctx, st, r, c, addButton(c), key, "text", ch.Text)
}

// note keeps a remark for colleagues, and calls those it names after an @.
func note() Command {
	return step{
		name: "ghichu", aliases: []string{"note"}, verb: cases.Note, text: true,
		rights: []cases.Right{cases.WorkReports, cases.PoliceReports, cases.WorkHelp, cases.KeptReports}, streams: both,
		after: callNamed,
	}.command()
}
