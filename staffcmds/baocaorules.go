package staffcmds

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// keep is the last argument of what is to be kept.
const periodicKeep = "luu"

// decreeRules are the closing days of NĐ 09/2019 (domain.md 10), offered beside those of
// the calendar.
var decreeRules = [2]cases.MonthDay{{Month: time.June, Day: 14}, {Month: time.December, Day: 14}}

// rules shows the closing days and the due days; the leader changes them step by step and
// keeps them, as a new version.
func (b reportBook) rules(ctx context.Context, args []string) error {
	if err := b.needs(cases.ApproveReports); err != nil {
		return err
	}
	rules, err := b.st.ReportRules(ctx)
	if err != nil {
		return err
	}
	present := rules
	sure := len(args) > 0 && args[len(args)-1] == periodicKeep
	if sure {
		args = args[:len(args)-1]
	}
	if len(args) > 0 {
		if rules, err = readRules(args); err != nil {
			return err
		}
	}
	lines := []bot.Text{bot.T("baocao.rules.head")}
	if sure {
		if err := b.st.SetReportRules(ctx, b.r.Staff.ID, rules); err != nil {
			return err
		}
		present, lines = rules, append([]bot.Text{bot.T("baocao.rules.kept")}, lines...)
	}
	lines = append(lines, bot.T("baocao.rules.close", "half", dayOfYear(rules.HalfClose), "year", dayOfYear(rules.YearClose)))
	year := cases.DayOf(b.st.Now()).Year
	for _, typ := range cases.RegularReports {
		p, err := rules.Period(typ, min(max(year, cases.FirstYear), cases.LastYear))
		if err != nil {
			return err
		}
		lines = append(lines, bot.T("baocao.rules.line", "title", PeriodicTitle(cases.WardReport{Type: typ, Year: p.To.Year, Period: p}), "from", p.From.Start(), "to", p.To.Start(), "due", rules.Due(typ, p).Start()))
	}
	rows := ruleButtons(rules)
	if rules != present {
		lines = append(lines, bot.T("baocao.rules.unkept"))
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.keep"), append(ruleArgs(rules), periodicKeep)...)})
	}
	return b.reply(lines, append(rows, toReports())...)
}

func dayOfYear(m cases.MonthDay) string { return fmt.Sprintf("%02d/%02d", m.Day, int(m.Month)) }

// ruleArgs are rules as arguments: 3006 3112 10 10 10.
func ruleArgs(r cases.ReportRules) []string {
	one := func(m cases.MonthDay) string { return fmt.Sprintf("%02d%02d", m.Day, int(m.Month)) }
	return []string{periodicRules, one(r.HalfClose), one(r.YearClose), strconv.Itoa(r.HalfDue), strconv.Itoa(r.YearDue), strconv.Itoa(r.OtherDue)}
}

// readRules reads them back; days may be typed as 14/06, too.
func readRules(args []string) (r cases.ReportRules, err error) {
	const parts, dayDigits = 5, 4
	wrong := cases.Fail(cases.Invalid, "baocao.rules.invalid")
	if len(args) != parts {
		return r, wrong
	}
	for i, to := range []*cases.MonthDay{&r.HalfClose, &r.YearClose} {
		digits := strings.ReplaceAll(args[i], "/", "")
		n, err := strconv.Atoi(digits)
		if err != nil || len(digits) != dayDigits {
			return r, wrong
		}
		*to = cases.MonthDay{Month: time.Month(n % 100), Day: n / 100}
	}
	for i, to := range []*int{&r.HalfDue, &r.YearDue, &r.OtherDue} {
		if *to, err = strconv.Atoi(args[i+2]); err != nil {
			return r, wrong
		}
	}
	return r, r.MayBe()
}

// ruleButtons change the rules shown by one step.
func ruleButtons(r cases.ReportRules) [][]bot.Button {
	calendar, decree := r, r
	calendar.HalfClose, calendar.YearClose = cases.DefaultReportRules.HalfClose, cases.DefaultReportRules.YearClose
	decree.HalfClose, decree.YearClose = decreeRules[0], decreeRules[1]
	preset := func(key string, to cases.ReportRules) bot.Button {
		label := bot.T(key)
		if to == r {
			label = bot.T("chosen", "label", label)
		}
		return periodicButton(label, ruleArgs(to)...)
	}
	rows := [][]bot.Button{{preset("baocao.rules.calendar", calendar), preset("baocao.rules.decree", decree)}}
	for i, name := range []string{"half", "year", "other"} {
		var row []bot.Button
		for _, step := range []int{-5, -1, 1, 5} {
			to := r
			n := []*int{&to.HalfDue, &to.YearDue, &to.OtherDue}[i]
			*n += step
			if to.MayBe() == nil {
				row = append(row, periodicButton(bot.T("baocao.rules.due."+name, "n", *n), ruleArgs(to)...))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// template shows which template is used; it can be downloaded, replaced by one of the
// ward, and given up for the built-in one.
func (b reportBook) template(ctx context.Context, args []string) error {
	if !b.sees() {
		return cases.Fail(cases.NotFound, "")
	}
	version, body, err := b.st.ReportTemplate(ctx)
	if err != nil {
		return err
	}
	done := ""
	if len(args) > 0 {
		switch args[0] {
		case "tai":
			return b.sendTemplate(version, body)
		case "gui":
			return b.awaitTemplate()
		}
		if done, err = b.changeTemplate(ctx, args); err != nil {
			return err
		}
		if version, _, err = b.st.ReportTemplate(ctx); err != nil {
			return err
		}
	}
	var lines []bot.Text
	if done != "" {
		lines = append(lines, bot.T(done))
	}
	name := bot.T("baocao.template.builtin")
	if version > 0 {
		name = bot.T("baocao.template.own", "n", version)
	}
	lines = append(lines, bot.T("baocao.template.head", "name", name), bot.T("baocao.template.how"))
	rows := [][]bot.Button{{periodicButton(bot.T("baocao.do.download"), periodicTemplate, "tai"), periodicButton(bot.T("baocao.do.upload"), periodicTemplate, "gui")}}
	if version > 0 {
		rows = append(rows, []bot.Button{periodicButton(bot.T("baocao.do.builtin"), periodicTemplate, "goc")})
	}
	return b.reply(lines, append(rows, toReports())...)
}

func (b reportBook) sendTemplate(version int, body []byte) error {
	if body == nil {
		var err error
		if body, err = b.st.BuiltInTemplate(); err != nil {
			return err
		}
	}
	b.r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T("baocao.template.caption")},
		File:  &bot.Attachment{Name: fmt.Sprintf("mau-bao-cao-%d.docx", version), Body: body},
	})
	return nil
}

// changeTemplate goes back to the built-in template, or uses one that was tried.
func (b reportBook) changeTemplate(ctx context.Context, args []string) (done string, err error) {
	switch {
	case args[0] == "goc":
		_, err = b.st.AddReportTemplate(ctx, b.r.Staff.ID, nil)
		return "baocao.template.back", err
	case args[0] == "dung" && len(args) == 2:
		n, err := strconv.Atoi(args[1])
		if err != nil || n < 1 || n > 1<<30 {
			return "", cases.Fail(cases.NotFound, "")
		}
		return "baocao.template.used", b.st.UseReportTemplate(ctx, n)
	}
	return "", nil
}

// templateWanted is a staff draft while a template is awaited.
type templateWanted struct {
	Template bool `json:"report_template"`
}

func (b reportBook) awaitTemplate() error {
	raw, err := json.Marshal(templateWanted{true})
	if err != nil {
		return fmt.Errorf("writing a draft: %w", err)
	}
	b.st.SaveDraft(raw, b.r.Lang)
	return b.reply([]bot.Text{bot.T("baocao.template.ask")}, []bot.Button{periodicButton(bot.T("button.back"), periodicTemplate)})
}

// takeTemplate takes a template that was asked for; false when none was.
func takeTemplate(ctx context.Context, st Store, r *bot.Request) (bool, error) {
	var want templateWanted
	raw := st.Draft()
	if r.File == nil || raw == nil || !r.Staff.Role.MayAny(cases.CompileReports, cases.ApproveReports) {
		return false, nil
	}
	if err := json.Unmarshal(raw, &want); err != nil || !want.Template {
		return false, nil //nolint:nilerr // a draft of something else
	}
	if r.File.Kind != cases.Document {
		r.Say(bot.T("baocao.template.notword"))
		return true, nil
	}
	st.DropDraft()
	r.Say(bot.T("baocao.template.coming"))
	return true, st.OfferReportTemplate(ctx, r.Staff.ID, *r.File)
}

// TemplateKept are the buttons below a template that was tried.
func TemplateKept(version int) [][]bot.Button {
	return [][]bot.Button{{periodicButton(bot.T("baocao.do.use"), periodicTemplate, "dung", strconv.Itoa(version))}, {periodicButton(bot.T("button.back"), periodicTemplate)}}
}
