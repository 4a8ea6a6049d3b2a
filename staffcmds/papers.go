package staffcmds

import (
	"context"
	"strings"

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
	// HandedOver is what the police get once a report is handed over as it is now.
	HandedOver(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.HandedOver, error)
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
// the person reads to whom it went. What becomes of it there is written down by the next
// two.
func transfer() Command {
	s := step{
		name: "chuyennoi", aliases: []string{"transfer"}, verb: cases.Transfer, label: "dest.", choose: cases.Strings(cases.Destinations), text: true,
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
	}
	c := s.command()
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, desk, err := s.at(st, r, args)
		if err != nil {
			return err
		}
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		dest, words, _ := s.read(t.rest)
		place, after, _ := strings.Cut(words, " ")
		body, named := bodyAt(w, place)
		if named {
			words = strings.TrimSpace(after)
		}
		switch {
		case dest == "":
			return s.offer(ctx, st, desk, r, t)
		case !named && words == "" && len(w.Bodies) > 0:
			return s.askBody(ctx, st, desk, r, t, w, cases.ForOther, dest)
		case words == "" || units(words) > maxWords:
			return s.askReceiver(ctx, st, desk, r, t, dest, place, body)
		}
		if body == nil {
			body = receiver(words)
		} else {
			words = body.Name + "\n" + words
		}
		s.change = func(c *cases.Change, _ string) { c.Dest, c.Where = cases.Destination(dest), body }
		s.after = func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return tellEnd(ctx, st, r, c, "")
		}
		return s.act(ctx, st, desk, r, t, dest, words)
	}
	return c
}

// askReceiver asks for the reason, and for the name of a receiver that is not in the
// settings.
func (s step) askReceiver(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, dest, place string, body *cases.Body) error {
	question, waiting := "ask.chuyennoi.words", []string{t.String(), dest}
	if body != nil {
		question, waiting = "ask.chuyennoi.why", append(waiting, place)
	}
	if err := prompt(ctx, st, desk, r, t, bot.T(question, "number", t.String()), func(target) [][]bot.Button { return nil }); err != nil {
		return err
	}
	bot.Await(st, r.Lang, s.name, waiting...)
	return nil
}

// receiver is the body that staff named in the first line of their words.
func receiver(words string) *cases.Body {
	name, _, _ := strings.Cut(words, "\n")
	return &cases.Body{Name: bot.Short(strings.TrimSpace(name), cardField)}
}

// confirmTransfer writes down that the other body has it.
func confirmTransfer() Command {
	return step{
		name: "noinhan", aliases: []string{"transferred"}, verb: cases.ConfirmTransfer,
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
	}.command()
}

// answerTransfer writes down what the other body answered.
func answerTransfer() Command {
	return step{
		name: "noitraloi", aliases: []string{"transferanswer"}, verb: cases.AnswerTransfer, text: true,
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
	}.command()
}
