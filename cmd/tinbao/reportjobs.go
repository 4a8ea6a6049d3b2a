package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	paper "tinbao/reports"
	"tinbao/staffcmds"
	"tinbao/storage"
)

// BuiltInTemplate is the template the program brings along.
func (u unit) BuiltInTemplate() ([]byte, error) { return paper.DefaultTemplate() }

// reportMakers are those who get the files of periodic reports.
var reportMakers = []cases.Right{cases.CompileReports, cases.ApproveReports}

// periodicReport makes the files of a periodic report and sends them to who asked, or
// fetches and checks a template.
type periodicReport struct {
	river.WorkerDefaults[cases.ReportArgs]
	app *app
}

// Timeout leaves room for waiting until LibreOffice is free.
func (*periodicReport) Timeout(*river.Job[cases.ReportArgs]) time.Duration { return 3 * time.Minute }

// Work is repeated until the files are sent or their absence is told. Who may not see
// the report any more gets nothing.
func (w *periodicReport) Work(ctx context.Context, job *river.Job[cases.ReportArgs]) error {
	ask, err := w.app.store.ReportAskOf(job.Args)
	if err != nil {
		return err
	}
	last := job.Attempt >= job.MaxAttempts
	if ask.File != nil {
		err = w.fetch(ctx, ask, last)
	} else {
		err = w.files(ctx, ask, last)
	}
	if cases.KindOf(err) == cases.NotFound {
		return nil
	}
	return err
}

// with runs work for who asked; what it gives back is sent.
func (w *periodicReport) with(ctx context.Context, ask storage.ReportAsk, work func(ctx context.Context, t *storage.Tx, viewer cases.Staff) ([]bot.Reply, error)) error {
	return w.app.store.WithReporter(ctx, ask.Viewer, reportMakers, func(ctx context.Context, t *storage.Tx, viewer cases.Staff) error {
		replies, err := work(ctx, t, viewer)
		if err != nil {
			return err
		}
		for i := range replies {
			replies[i].Chat, replies[i].Lang, replies[i].Protect = viewer.Route.Chat, viewer.Route.Lang, true
		}
		t.Queue(w.app.messages(replies...)...)
		return nil
	})
}

// files makes the files outside of a transaction, since a PDF takes seconds.
func (w *periodicReport) files(ctx context.Context, ask storage.ReportAsk, last bool) error {
	in, err := w.app.reportPaper(ctx, ask)
	if err != nil {
		return err
	}
	made, note, err := w.app.printed(ctx, in)
	if err != nil && !last {
		return err
	}
	title := staffcmds.PeriodicTitle(in.Report)
	return w.with(ctx, ask, func(context.Context, *storage.Tx, cases.Staff) ([]bot.Reply, error) {
		if err != nil {
			return []bot.Reply{{Lines: []bot.Text{bot.T("baocao.file.failed", "title", title)}}}, nil //nolint:nilerr // it is told
		}
		key := "baocao.file.draft"
		switch {
		case ask.Template >= 0:
			key = "baocao.file.try"
		case in.Report.State.Frozen():
			key = "baocao.file.approved"
		}
		var out []bot.Reply
		for i, f := range made {
			reply := bot.Reply{File: &f}
			if i == 0 {
				reply.Lines = []bot.Text{bot.T(key, "title", title)}
				if note != "" {
					reply.Lines = append(reply.Lines, bot.T(note))
				}
			}
			out = append(out, reply)
		}
		return out, nil
	})
}

// reportPaper reads what a report is printed from, as who asked may see it.
func (a *app) reportPaper(ctx context.Context, ask storage.ReportAsk) (in cases.ReportPaper, err error) {
	err = a.store.WithReporter(ctx, ask.Viewer, reportMakers, func(ctx context.Context, t *storage.Tx, viewer cases.Staff) error {
		in, err = t.ReportPaper(ctx, viewer, ask.Report, ask.Template)
		return err
	})
	return in, err
}

// printed makes the files of a report: Word, workbook, and PDF where LibreOffice is there;
// note says what is missing.
func (a *app) printed(ctx context.Context, in cases.ReportPaper) (made []bot.Attachment, note string, err error) {
	p, err := printer{a.renderer, a.clock()}.periodic(in)
	if err != nil {
		return nil, "", err
	}
	template := in.Template
	if template == nil {
		if template, err = paper.DefaultTemplate(); err != nil {
			return nil, "", err
		}
	}
	document, err := p.Fill(template)
	if errors.Is(err, paper.ErrTemplate) && in.Template != nil { // taken by a release that looked at less
		note = "baocao.file.template"
		if template, err = paper.DefaultTemplate(); err == nil {
			document, err = p.Fill(template)
		}
	}
	if err != nil {
		return nil, "", err
	}
	book, err := p.Xlsx()
	if err != nil {
		return nil, "", err
	}
	name := reportFileName(in.Report)
	made = []bot.Attachment{{Name: name + ".docx", Body: document}, {Name: name + ".xlsx", Body: book}}
	office := a.settings.office()
	if office == "" {
		return made, "baocao.file.nopdf", nil
	}
	pdf, err := a.toPDF(ctx, office, document)
	if err != nil {
		return nil, "", err
	}
	return append(made, bot.Attachment{Name: name + ".pdf", Body: pdf}), note, nil
}

// reportFileName is the name of the files of a report without their endings.
func reportFileName(r cases.WardReport) string {
	name := map[cases.ReportType]string{
		cases.Half1: "6-thang-dau-nam", cases.Half2: "6-thang-cuoi-nam", cases.Annual: "nam", cases.AdHoc: "dot-xuat", cases.MidTerm: "so-ket", cases.Final: "tong-ket",
	}[r.Type]
	out := fmt.Sprintf("bao-cao-%s-%d", name, r.Year)
	if r.Type == cases.AdHoc {
		from, to := r.Compact()
		out = "bao-cao-" + name + "-" + from + "-" + to
	}
	if r.Correction > 0 {
		out += fmt.Sprintf("-dieu-chinh-%d", r.Correction)
	}
	if !r.State.Frozen() {
		out += "-du-thao"
	}
	return out
}

// fetch fetches a template, checks it, and shows what a report looks like with it.
func (w *periodicReport) fetch(ctx context.Context, ask storage.ReportAsk, last bool) error {
	const tooBig = "baocao.template.fault.word"
	body, why, err := w.app.fetchFile(ctx, ask.File.FileID, paper.MaxTemplate, tooBig, last)
	switch {
	case err != nil:
		return err
	case why == tooBig:
		return w.say(ctx, ask, bot.T("baocao.template.bad"), bot.T(why))
	case why != "":
		return w.say(ctx, ask, bot.T("baocao.template.gone"))
	}
	if faults := paper.Check(body); faults.Any() {
		return w.say(ctx, ask, faultLines(faults)...)
	}
	if body, err = paper.Cleaned(body); err != nil {
		return err
	}
	return w.with(ctx, ask, func(ctx context.Context, t *storage.Tx, viewer cases.Staff) ([]bot.Reply, error) {
		n, err := t.AddReportTemplate(ctx, viewer.ID, body)
		if err != nil {
			return nil, err
		}
		sample, err := w.app.sample(ctx, t, viewer, body)
		return []bot.Reply{
			{File: &bot.Attachment{Name: "xem-thu.docx", Body: sample}},
			{Lines: []bot.Text{bot.T("baocao.template.good")}, Buttons: staffcmds.TemplateKept(n)}, // apart, since the text of a file cannot be changed
		}, err
	})
}

// sample is the report of the present year so far, as a template shows it.
func (a *app) sample(ctx context.Context, t *storage.Tx, viewer cases.Staff, template []byte) ([]byte, error) {
	today := cases.DayOf(t.Now())
	r := cases.WardReport{Type: cases.Annual, Year: today.Year, State: cases.ReportOpen, Period: cases.Period{From: cases.Day{Year: today.Year, Month: 1, Day: 1}, To: today}}
	figures, err := t.CountPeriod(ctx, viewer, r.Period)
	if err != nil {
		return nil, err
	}
	ward, err := t.Ward(ctx)
	if err != nil {
		return nil, err
	}
	p, err := printer{a.renderer, t.Now()}.periodic(cases.ReportPaper{Report: r, Figures: figures, Ward: ward})
	if err != nil {
		return nil, err
	}
	return p.Fill(template)
}

func (w *periodicReport) say(ctx context.Context, ask storage.ReportAsk, lines ...bot.Text) error {
	return w.with(ctx, ask, func(context.Context, *storage.Tx, cases.Staff) ([]bot.Reply, error) {
		return []bot.Reply{{Lines: lines}}, nil
	})
}

// mostNamed is how many faults of a kind are named.
const mostNamed = 15

// faultLines say what is wrong with a template.
func faultLines(f paper.Faults) []bot.Text {
	lines := []bot.Text{bot.T("baocao.template.bad")}
	for _, one := range []struct {
		key   string
		found bool
	}{{"word", f.NotWord}, {"macros", f.Macros}, {"links", f.Links}, {"traces", f.Traces}, {"pictures", f.Pictures}} {
		if one.found {
			lines = append(lines, bot.T("baocao.template.fault."+one.key))
		}
	}
	for _, one := range []struct {
		key   string
		names []string
	}{{"unknown", f.Unknown}, {"missing", f.Missing}, {"groups", f.MissingGroups}} {
		if len(one.names) > 0 {
			lines = append(lines, bot.T("baocao.template.fault."+one.key, "names", strings.Join(one.names[:min(len(one.names), mostNamed)], ", ")))
		}
	}
	return lines
}

// remindReportsEvery is how often reports that are due are looked for.
const remindReportsEvery = time.Hour

// remindReports reminds the units of reports that are due.
type remindReports struct {
	river.WorkerDefaults[cases.RemindReportsArgs]
	app *app
}

// Work looks once. A mark is told once, by whichever replica does the job.
func (w *remindReports) Work(ctx context.Context, _ *river.Job[cases.RemindReportsArgs]) error {
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	_, err = w.app.store.RemindReports(ctx, func(m cases.ReportReminder) []storage.Message {
		return w.app.messages(staffcmds.RemindOfReport(staff, m)...)
	})
	return err
}
