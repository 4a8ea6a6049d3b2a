package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Compiling is what is done with periodic reports.
type Compiling interface {
	PeriodicReports(ctx context.Context) ([]cases.WardReport, error)
	PeriodicReport(ctx context.Context, id int) (cases.WardReport, error)
	OpenReport(ctx context.Context, by cases.StaffID, r cases.WardReport) (cases.WardReport, error)
	SayPart(ctx context.Context, by cases.StaffID, id int, unit cases.Role, words cases.PartWords) error
	HandInPart(ctx context.Context, by cases.StaffID, id int, unit cases.Role, in bool) (cases.WardReport, error)
	MoveReport(ctx context.Context, by cases.Staff, id int, act cases.ReportAct) (cases.WardReport, error)
	CorrectReport(ctx context.Context, by cases.StaffID, id int) (cases.WardReport, error)
	ReportFigures(ctx context.Context, viewer cases.Staff, r cases.WardReport) (cases.ReportFigures, error)
	// AskReportFiles has the files made and sent to the viewer.
	AskReportFiles(ctx context.Context, viewer cases.StaffID, report int) error
}

// ReportSettings is what the ward says of its reports.
type ReportSettings interface {
	ReportRules(ctx context.Context) (cases.ReportRules, error)
	SetReportRules(ctx context.Context, by cases.StaffID, r cases.ReportRules) error
	// ReportTemplate is the template in use; version 0 = the one the program brings along.
	ReportTemplate(ctx context.Context) (version int, body []byte, err error)
	// AddReportTemplate with nil goes back to that one.
	AddReportTemplate(ctx context.Context, by cases.StaffID, body []byte) (version int, err error)
	UseReportTemplate(ctx context.Context, version int) error
	OfferReportTemplate(ctx context.Context, by cases.StaffID, f cases.OfferedFile) error
	BuiltInTemplate() ([]byte, error)
}

// Periodic is everything of periodic reports.
type Periodic interface {
	Compiling
	ReportSettings
}

const periodicName = "baocao"

// The words of the arguments of /baocao besides numbers of reports.
const (
	periodicOpen     = "mo"
	periodicRules    = "kyhan"
	periodicTemplate = "mau"

	periodicPart     = "phan"
	periodicGroup    = "nhom"
	periodicSource   = "nguon"
	periodicHard     = "kk" // difficulties
	periodicWish     = "kn" // proposals
	periodicNothing  = "khong"
	periodicHandIn   = "nop"
	periodicTakeBack = "rut"
	periodicMerge    = "gop"
	periodicGiveBack = "tra"
	periodicApprove  = "duyet"
	periodicIssue    = "phathanh"
	periodicCorrect  = "dieuchinh"
	periodicFiles    = "tep"
)

// periodicReports lists the reports and their due days; with a number it works on one.
func periodicReports() Command {
	return Command{
		Name: periodicName, Aliases: []string{"reports"}, Help: "cmd.baocao", Args: "usage.baocao", Rest: true, Listed: true,
		Rights: []cases.Right{cases.FillReports, cases.CompileReports, cases.ApproveReports},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			line := strings.Join(args, " ")
			_, words := firstWord(line)
			_, words = firstWord(words) // after the number and what to do; they keep their lines
			args = strings.Fields(line)
			b := reportBook{st, r, words}
			if len(args) == 0 {
				return b.list(ctx)
			}
			switch args[0] {
			case periodicOpen:
				return b.open(ctx, args[1:])
			case periodicRules:
				return b.rules(ctx, args[1:])
			case periodicTemplate:
				return b.template(ctx, args[1:])
			}
			id, err := strconv.Atoi(args[0])
			if err != nil || id < 1 || id > 1<<30 {
				return b.list(ctx)
			}
			return b.one(ctx, id, args[1:])
		},
	}
}

// reportBook is the periodic reports on one phone.
type reportBook struct {
	st    Store
	r     *bot.Request
	words string // what was typed behind a number and what to do
}

func (b reportBook) may(right cases.Right) bool { return b.r.Staff.Role.May(right) }

// sees reports whether the person sees the whole report, not only the own unit's part.
func (b reportBook) sees() bool {
	return b.r.Staff.Role.MayAny(cases.CompileReports, cases.ApproveReports)
}

// needs refuses what the person has no right to.
func (b reportBook) needs(right cases.Right) error {
	if !b.may(right) {
		return cases.Fail(cases.NotFound, "")
	}
	return nil
}

func (b reportBook) reply(lines []bot.Text, rows ...[]bot.Button) error {
	b.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: b.r.Bubble(), Protect: true})
	return nil
}

func periodicButton(label bot.Text, args ...string) bot.Button {
	return bot.Button{Label: label, Do: bot.Action(periodicName, args...)}
}

func toReports() []bot.Button {
	return []bot.Button{periodicButton(bot.T("baocao.do.list"))}
}

// PeriodicTitle is what a report is called: "6 tháng đầu năm 2027".
func PeriodicTitle(r cases.WardReport) bot.Text {
	return bot.T("baocao.type."+string(r.Type), "year", strconv.Itoa(r.Year), "from", r.From.Start(), "to", r.To.Start())
}

// periodicLabel is the title with the number of the correction.
func periodicLabel(r cases.WardReport) bot.Text {
	if r.Correction == 0 {
		return PeriodicTitle(r)
	}
	return bot.T("baocao.corrected", "title", PeriodicTitle(r), "n", r.Correction)
}

// shownReports is how many reports have a button.
const shownReports = 8

// list shows the reports there are, and when the next regular ones are due.
func (b reportBook) list(ctx context.Context) error {
	all, err := b.st.PeriodicReports(ctx)
	if err != nil {
		return err
	}
	rules, err := b.st.ReportRules(ctx)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("baocao.head")}
	var rows [][]bot.Button
	for i, r := range all {
		if i == shownReports {
			break
		}
		lines = append(lines, bot.T("baocao.line."+string(r.State), "title", periodicLabel(r), "due", r.Due.Start()))
		rows = append(rows, []bot.Button{periodicButton(periodicLabel(r), strconv.Itoa(r.ID))})
	}
	for _, next := range b.coming(all, rules) {
		lines = append(lines, bot.T("baocao.line.coming", "title", PeriodicTitle(next), "due", next.Due.Start()))
	}
	if b.may(cases.CompileReports) {
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.open"), periodicOpen)})
	}
	var settings []bot.Button
	if b.may(cases.ApproveReports) {
		settings = append(settings, periodicButton(bot.T("baocao.do.rules"), periodicRules))
	}
	if b.sees() {
		settings = append(settings, periodicButton(bot.T("baocao.do.template"), periodicTemplate))
	}
	if settings != nil {
		rows = append(rows, settings)
	}
	return b.reply(lines, rows...)
}

// coming are the regular reports that are not opened yet and due within about a year,
// the soonest first.
func (b reportBook) coming(all []cases.WardReport, rules cases.ReportRules) (list []cases.WardReport) {
	today := cases.DayOf(b.st.Now())
	for _, typ := range cases.RegularReports {
		for year := max(today.Year-1, cases.FirstYear); year <= min(today.Year+1, cases.LastYear); year++ {
			p, err := rules.Period(typ, year)
			r := cases.WardReport{Type: typ, Year: year, Period: p, Due: rules.Due(typ, p)}
			there := slices.ContainsFunc(all, func(o cases.WardReport) bool { return o.Type == typ && o.Year == year })
			if err == nil && !there && !r.Due.Start().Before(today.Start()) {
				list = append(list, r)
				break // the next of its type
			}
		}
	}
	slices.SortStableFunc(list, func(a, b cases.WardReport) int { return a.Due.Start().Compare(b.Due.Start()) })
	return list
}

// open asks for the type and the year of a report, and opens it.
func (b reportBook) open(ctx context.Context, args []string) error {
	if err := b.needs(cases.CompileReports); err != nil {
		return err
	}
	if len(args) == 0 {
		var rows [][]bot.Button
		for _, t := range cases.ReportTypes {
			rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.kind."+string(t)), periodicOpen, string(t))})
		}
		return b.reply([]bot.Text{bot.T("baocao.which.type")}, append(rows, toReports())...)
	}
	typ := cases.ReportType(args[0])
	if !slices.Contains(cases.ReportTypes, typ) {
		return cases.Fail(cases.Invalid, "baocao.period.invalid")
	}
	r, asked, err := b.wanted(ctx, typ, args[1:])
	if asked || err != nil {
		return err
	}
	if r, err = b.st.OpenReport(ctx, b.r.Staff.ID, r); err != nil {
		return err
	}
	if err := b.tell(ctx, r, "baocao.told.open", func(s cases.Staff) bool { return s.Role.May(cases.FillReports) }); err != nil {
		return err
	}
	return b.card(ctx, r, "baocao.opened")
}

// wanted reads the year, or the days of an ad hoc report, or asks for them.
func (b reportBook) wanted(ctx context.Context, typ cases.ReportType, args []string) (r cases.WardReport, asked bool, err error) {
	rules, err := b.st.ReportRules(ctx)
	if err != nil {
		return r, false, err
	}
	if typ == cases.AdHoc {
		p, _, err := periodOf(args, b.st.Now())
		if err != nil || p == (cases.Period{}) {
			awaitPeriod(b.st, b.r, periodicName, periodicOpen, string(typ))
			return r, true, err
		}
		return cases.WardReport{Type: typ, Year: p.To.Year, Period: p, Due: rules.Due(typ, cases.Period{From: p.From, To: later(p.To, cases.DayOf(b.st.Now()))})}, false, nil
	}
	year := cases.LastYear
	if typ != cases.Final {
		if len(args) == 0 {
			return r, true, b.years(typ)
		}
		if year, err = strconv.Atoi(args[0]); err != nil {
			return r, false, cases.Fail(cases.Invalid, "baocao.period.invalid")
		}
	}
	p, err := rules.Period(typ, year)
	return cases.WardReport{Type: typ, Year: year, Period: p, Due: rules.Due(typ, p)}, false, err
}

func later(a, b cases.Day) cases.Day {
	if a.Start().After(b.Start()) {
		return a
	}
	return b
}

func (b reportBook) years(typ cases.ReportType) error {
	var row []bot.Button
	for year := cases.FirstYear; year <= cases.LastYear; year++ {
		row = append(row, periodicButton(bot.Words(strconv.Itoa(year)), periodicOpen, string(typ), strconv.Itoa(year)))
	}
	return b.reply([]bot.Text{bot.T("baocao.which.year", "type", bot.T("baocao.kind."+string(typ)))}, row, []bot.Button{periodicButton(bot.T("button.back"), periodicOpen)})
}

// tell writes to the other staff who are meant, one line with a button to the report.
func (b reportBook) tell(ctx context.Context, r cases.WardReport, key string, who func(cases.Staff) bool) error {
	staff, err := b.st.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, s := range staff {
		if s.ID != b.r.Staff.ID && s.Reachable() && who(s) {
			b.r.Reply(periodicNotice(s, r, bot.T(key, "title", periodicLabel(r), "due", r.Due.Start())))
		}
	}
	return nil
}

func periodicNotice(to cases.Staff, r cases.WardReport, text bot.Text) bot.Reply {
	return bot.Reply{
		Chat: to.Route.Chat, Lang: to.Route.Lang, Lines: []bot.Text{text}, Protect: true,
		Buttons: [][]bot.Button{{periodicButton(bot.T("button.open"), strconv.Itoa(r.ID))}},
	}
}

// RemindOfReport writes to the people of the units whose part is missing, and to those
// who merge the parts.
func RemindOfReport(staff []cases.Staff, m cases.ReportReminder) (out []bot.Reply) {
	missing := m.Report.Missing()
	for _, s := range staff {
		key := ""
		switch {
		case !s.Reachable():
		case s.Role.May(cases.FillReports) && slices.Contains(missing, s.Role):
			key = "baocao.remind.unit"
		case s.Role.May(cases.CompileReports):
			key = "baocao.remind.merge"
		}
		if key != "" {
			out = append(out, periodicNotice(s, m.Report, bot.T(key, "title", periodicLabel(m.Report), "due", m.Report.Due.Start(), "days", m.Mark, "missing", len(missing))))
		}
	}
	return out
}
