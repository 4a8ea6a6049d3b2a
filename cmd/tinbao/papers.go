package main

import (
	"context"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	"tinbao/media"
	paper "tinbao/reports"
	"tinbao/staffcmds"
	"tinbao/storage"
)

// reportDesk is the desk of reports with what other rooms do for it.
type reportDesk struct {
	storage.Desk
	u unit
}

// Cover makes the copy that the police get.
func (d reportDesk) Cover(ctx context.Context, viewer cases.Staff, n cases.Number, version int) (cases.Case, error) {
	return d.CoverWith(ctx, viewer, n, version, func(photo []byte, cells []int) ([]byte, error) { return media.Blacken(ctx, photo, cells) })
}

// Ruled is a photo under the grid.
func (d reportDesk) Ruled(ctx context.Context, viewer cases.Staff, file string, cells []int) ([]byte, error) {
	body, _, err := d.Attachment(ctx, viewer, file)
	if err != nil {
		return nil, err
	}
	return media.Ruled(ctx, body, cells)
}

// Slip writes the phiếu chuyển, and asks for its PDF where one can be made.
func (d reportDesk) Slip(ctx context.Context, viewer cases.Staff, n cases.Number) (document []byte, pdf bool, err error) {
	c, err := d.Handover(ctx, viewer, n)
	if err != nil {
		return nil, false, err
	}
	ward, err := d.u.Ward(ctx)
	if err != nil {
		return nil, false, err
	}
	document, err = d.u.app.slip(c, ward).Docx()
	if err != nil || d.u.app.settings.office() == "" {
		return document, false, err
	}
	return document, true, d.u.AskPDF(n, viewer.ID)
}

// slip is what stands in the phiếu chuyển of a report that was read as the police get it.
// The paper is Vietnamese, whoever asks for it.
func (a *app) slip(c cases.Case, w cases.Ward) paper.Slip {
	say := func(key string, pairs ...any) string {
		return a.renderer.Format(locale.Vietnamese, bot.T(key, pairs...))
	}
	s := paper.Slip{
		Ward: w.Name, To: "Công an " + w.Name, Number: c.Number.String(), Received: c.Received, Urgent: c.Urgent,
		Concern: say("concern.staff." + string(c.Report.Concern)),
	}
	s.Forwarded, _ = cases.Handed(c.History)
	if !c.Due.IsZero() {
		s.ReplyBy = c.Due.Add(-time.Nanosecond) // a limit ends at 24:00 of its last day
	}
	if c.Kind != "" {
		if s.Kind = say("kind." + string(c.Kind)); !c.Confirmed {
			s.Kind = say("paper.proposed", "kind", bot.T("kind."+string(c.Kind)))
		}
	}
	if c.Finding != "" {
		s.Finding = strings.TrimPrefix(say("finding."+string(c.Finding)), "Đã xác minh: ")
	}
	s.Where = a.where(c, w)
	if s.When = c.Report.When; strings.HasPrefix(s.When, "when.") {
		s.When = say(c.Report.When)
	}
	for _, p := range c.Report.Words() {
		switch p.Key {
		case cases.PartText:
			s.Text = append(s.Text, p.Text)
		case cases.PartOnline, cases.PartOrigin:
			s.Text = append(s.Text, say("paper."+p.Key)+" "+p.Text)
		}
	}
	for _, talk := range c.Talks {
		switch {
		case !talk.FromStaff && !talk.Internal:
			s.Text = append(s.Text, talk.Text)
		case talk.Given:
			s.Text = append(s.Text, say("paper.note", "text", talk.Text))
		}
	}
	s.Covered = strings.Contains(strings.Join(append(s.Text, s.Where, s.When), " "), cases.CoverMark)
	for i, f := range c.Files {
		line := paper.SlipFile{Name: staffcmds.FileName(c.Number, i+1, f.MIME), Kind: say("paper." + string(f.Kind)), Size: f.Size, SHA256: f.SHA256}
		switch f.State {
		case cases.FileWaiting:
			line.SHA256, line.Size, line.Note = "", 0, say("paper.waiting")
		case cases.FileRefused:
			line.SHA256, line.Size, line.Note = "", 0, say("paper.refused")
		}
		s.Files = append(s.Files, line)
	}
	return s
}

// where is every way in which the place is known.
func (a *app) where(c cases.Case, w cases.Ward) string {
	say := func(key string, pairs ...any) string {
		return a.renderer.Format(locale.Vietnamese, bot.T(key, pairs...))
	}
	var all []string
	switch n := max(c.Report.Hamlet, c.Hamlet); {
	case n >= 1 && n <= len(w.Hamlets):
		all = append(all, w.Hamlets[n-1])
	case n > 0:
		all = append(all, say("paper.hamlet", "n", n))
	}
	if c.Report.Outside {
		all = append(all, say("where.outside"))
	}
	for _, p := range c.Report.Words() {
		if p.Key == cases.PartWhere || p.Key == cases.PartVenue {
			all = append(all, p.Text)
		}
	}
	if p := c.Report.At; p != nil {
		all = append(all, say("paper.at", "place", bot.EncodePlace(*p)))
	}
	if p := c.Report.Place; p != nil {
		all = append(all, say("paper.place", "place", bot.EncodePlace(*p)))
	}
	return strings.Join(all, "; ")
}

// slipPDF makes the PDF of a phiếu chuyển and sends it to who asked.
type slipPDF struct {
	river.WorkerDefaults[cases.SlipPDFArgs]
	app *app
}

// Timeout leaves room for waiting until LibreOffice is free.
func (*slipPDF) Timeout(*river.Job[cases.SlipPDFArgs]) time.Duration { return 3 * time.Minute }

// Work is repeated until the PDF is sent or its absence is told. Who may not see the
// report any more gets nothing.
func (w *slipPDF) Work(ctx context.Context, job *river.Job[cases.SlipPDFArgs]) error {
	c, viewer, err := w.app.store.SlipOf(ctx, job.Args)
	if kind := cases.KindOf(err); err != nil && (kind == cases.NotFound || kind == cases.NotAllowed) {
		return nil
	}
	if err != nil {
		return err
	}
	reply := bot.Reply{Chat: viewer.Route.Chat, Lang: viewer.Route.Lang, Protect: true, Lines: []bot.Text{bot.T("slip.pdf", "number", c.Number.String())}}
	body, err := w.app.pdf(ctx, c)
	switch {
	case err != nil && job.Attempt < job.MaxAttempts && w.app.settings.office() != "":
		return err
	case err != nil:
		reply.Lines = []bot.Text{bot.T("slip.pdf.failed", "number", c.Number.String())}
	default:
		reply.File = &bot.Attachment{Name: staffcmds.SlipName(c.Number) + ".pdf", Body: body}
	}
	return w.app.store.Send(ctx, w.app.message(reply))
}

func (a *app) pdf(ctx context.Context, c cases.Case) ([]byte, error) {
	office := a.settings.office()
	if office == "" {
		return nil, cases.Reason("there is no LibreOffice")
	}
	var ward cases.Ward
	err := a.store.Do(ctx, func(ctx context.Context, t *storage.Tx) (err error) {
		ward, err = t.Ward(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	document, err := a.slip(c, ward).Docx()
	if err != nil {
		return nil, err
	}
	return a.toPDF(ctx, office, document)
}

// escalateEvery is how soon after its time a late acknowledgement is told.
const escalateEvery = 5 * time.Minute

// escalate tells the leader, and the police, of reports that the police have not
// acknowledged in time.
type escalate struct {
	river.WorkerDefaults[cases.EscalateArgs]
	app *app
}

// Work looks once.
func (w *escalate) Work(ctx context.Context, _ *river.Job[cases.EscalateArgs]) error {
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	_, err = w.app.store.Escalate(ctx, func(c cases.Case) []storage.Message {
		key, number := "staff.late", c.Number.String()
		if c.Urgent {
			key += ".urgent"
		}
		var out []storage.Message
		for _, s := range staff {
			if !s.Reachable() || !s.Role.MayAny(cases.SeeLog, cases.PoliceReports) {
				continue
			}
			out = append(out, w.app.message(bot.Reply{
				Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Lines: []bot.Text{bot.T(key, "number", number)},
				Buttons: [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action("xem", number)}}},
			}))
		}
		return out
	})
	return err
}
