package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// Papers is what the office and the police do with a report beside its life: what the
// police get of it, and the paper that goes with it.
type Papers interface {
	// Covering is what can be covered of a report, and what is marked.
	Covering(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Covering, error)
	// Mark remembers what is being chosen; nothing is covered yet.
	Mark(ctx context.Context, viewer cases.Staff, n cases.Number, marks cases.Marks) error
	// Cover makes the copy that the police get. version is as in Act.
	Cover(ctx context.Context, viewer cases.Staff, n cases.Number, version int) (cases.Case, error)
	// Ruled is a photo under the grid, with the chosen cells darkened.
	Ruled(ctx context.Context, viewer cases.Staff, file string, cells []int) ([]byte, error)
	// Slip writes the phiếu chuyển of a report as a Word document; pdf tells whether a
	// PDF follows.
	Slip(ctx context.Context, viewer cases.Staff, n cases.Number) (document []byte, pdf bool, err error)
}

// slipRights are those who may have a phiếu chuyển: the office, and the police of what
// was handed over.
var slipRights = []cases.Right{cases.WorkReports, cases.PoliceReports}

// reportOf reads which report a command is about, for somebody with one of the rights.
func reportOf(st Store, r *bot.Request, args []string, rights ...cases.Right) (target, error) {
	t, err := targetOf(st, r, args)
	if err != nil {
		return t, err
	}
	if t.Stream != cases.ReportStream || !r.Staff.Role.MayAny(rights...) {
		return t, cases.Fail(cases.NotFound, "error.not_found")
	}
	return t, nil
}

// slip sends the phiếu chuyển of a report. It holds what the police get, not more.
func slip() Command {
	return Command{
		Name: "phieuchuyen", Aliases: []string{"slip"}, Help: "cmd.phieuchuyen", Args: "usage.case", Rights: slipRights,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := reportOf(st, r, args, slipRights...)
			if err != nil {
				return err
			}
			document, pdf, err := st.Reports().Slip(ctx, *r.Staff, t.Number)
			if err != nil {
				return err
			}
			follows := "slip.nopdf"
			if pdf {
				follows = "slip.pdf.follows"
			}
			r.Reply(bot.Reply{
				Lines: []bot.Text{bot.T("slip.caption", "number", t.String()), bot.T(follows)}, Protect: true,
				File: &bot.Attachment{Name: SlipName(t.Number) + ".docx", Body: document},
			})
			return nil
		},
	}
}

// SlipName is the name of a phiếu chuyển without its ending.
func SlipName(n cases.Number) string { return "phieu-chuyen-" + n.String() }

// FileName is the name under which a file of a case is handed out; place counts from 1.
func FileName(n cases.Number, place int, mime string) string { return fileName(n, place, mime) }

// askOffice lets the police ask the office that handed a report over. It is no message
// to the person, and the report stays with the police.
func askOffice() Command {
	return policeStep(step{name: "hoithem", aliases: []string{"askoffice"}, verb: cases.AskOffice, text: true})
}

// tellPolice answers the police.
func tellPolice() Command {
	return step{
		name: "traloica", aliases: []string{"tellpolice"}, verb: cases.TellPolice, text: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return toStaff(ctx, st, r, c, cases.PoliceReports, "staff.told_police")
		},
	}.command()
}

// transfer hands a report to another ward or body, outside of the bot: it ends here, and
// the person is told. What becomes of it there is written down by the next two.
func transfer() Command {
	return step{
		name: "chuyennoi", aliases: []string{"transfer"}, verb: cases.Transfer, label: "dest.", choose: cases.Strings(cases.Destinations), text: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
		change: func(c *cases.Change, choice string) { c.Dest = cases.Destination(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return toResident(ctx, st, r, c, nil, "resident.transferred", "dest", bot.T("dest."+string(ch.Dest)), "at", st.Now())
		},
	}.command()
}

// confirmTransfer writes down that the other body has it.
func confirmTransfer() Command {
	return step{
		name: "noinhan", aliases: []string{"transferred"}, verb: cases.ConfirmTransfer,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
	}.command()
}

// answerTransfer writes down what the other body answered.
func answerTransfer() Command {
	return step{
		name: "noitraloi", aliases: []string{"transferanswer"}, verb: cases.AnswerTransfer, text: true,
		rights: []cases.Right{cases.WorkReports}, streams: []cases.Stream{cases.ReportStream},
	}.command()
}
