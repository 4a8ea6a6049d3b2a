package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// FigureText is a figure as people read it: 0 as 0, a share of nothing as "không phát
// sinh", what may not be told as a mark (domain.md 10).
func FigureText(f cases.Field, v cases.FieldValue) bot.Text {
	switch {
	case v.Hidden:
		return bot.T("figure.hidden")
	case f.Type == cases.RatioField && v.Ratio.Empty():
		return bot.T("figure.none")
	case f.Type == cases.RatioField:
		return bot.T("figure.ratio", "percent", v.Ratio.Percent(), "part", v.Ratio.Part, "whole", v.Ratio.Whole)
	case f.Type == cases.MoneyField:
		return bot.T("figure.money", "n", int(v.N))
	case f.Type == cases.YesNoField && v.N > 0:
		return bot.T("figure.yes")
	case f.Type == cases.YesNoField && v.Given:
		return bot.T("figure.no")
	case f.Type == cases.YesNoField:
		return bot.T("figure.unsaid")
	case f.Type == cases.TextField && v.Text == "":
		return bot.T("figure.nothing")
	case f.Type == cases.TextField:
		return bot.Words(v.Text)
	}
	return bot.T("figure.count", "n", int(v.N))
}

// DefinitionText says how a figure is counted: of typed ones which register it is from.
func DefinitionText(f cases.Field) bot.Text {
	if form := cases.FormOf(f.Key); form != "" {
		return bot.T("definition.register", "register", bot.T("register."+form))
	}
	return bot.T("definition." + string(definitionOf(f.Key)))
}

// definitionOf is the key whose definition a computed field has: kinds, services and
// outcomes share one.
func definitionOf(key cases.FieldKey) cases.FieldKey {
	for _, family := range []cases.FieldKey{"D.received.", "H.service.", "H.referrals.", "H.outcome."} {
		if len(key) > len(family) && key[:len(family)] == family && key != "D.received.unnamed" {
			return family + "each"
		}
	}
	return key
}

// ListBehind is the command that lists what a figure was counted from, with its
// arguments; "" = there is none.
func ListBehind(f cases.Field, p cases.Period) (command string, args []string) {
	days := p.From.String() + "-" + p.To.String()
	switch form := cases.FormOf(f.Key); {
	case form != "":
		return "so", []string{form}
	case f.Key.Group() == "E":
		return "coso", nil
	case f.Key.Group() == "D":
		args = []string{"1", string(cases.ReportStream), days}
		for _, k := range cases.Kinds {
			if f.Key == cases.FieldKey("D.received."+string(k)) {
				args = append(args, kindWord(k))
			}
		}
		return "timkiem", args
	case f.Key.Group() == "H":
		return "timkiem", []string{"1", string(cases.HelpStream), days}
	}
	return "", nil
}

// kindWord is what a kind is called in a search.
func kindWord(k cases.Kind) string {
	var words []string
	for word, kind := range kindWords {
		if kind == k {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(a) - len(b) })
	return words[0]
}

// mayList reports whether somebody may see the list behind a figure.
func mayList(who cases.Staff, f cases.Field) bool {
	switch form := cases.FormOf(f.Key); {
	case form != "":
		r, err := cases.RegisterOf(form)
		return err == nil && r.ReadBy(who.Role)
	case f.Key.Group() == "E":
		return who.Role.MayAny(cases.SeeEstablishments, cases.KeepEstablishments)
	case f.Key.Group() == "D":
		return who.Role.May(cases.ReadReports)
	case f.Key.Group() == "H":
		return who.Role.May(cases.ReadHelp)
	}
	return false
}

// fieldsFor are the fields of a group that the person may see: all of them for who puts
// the report together, those of the own unit for others.
func (b reportBook) fieldsFor(group string) (list []cases.Field) {
	for _, f := range cases.Fields {
		if f.Key.Group() == group && (b.sees() || f.Owner == b.r.Staff.Role) {
			list = append(list, f)
		}
	}
	return list
}

// reportGroups are the letters of the groups in their order.
func reportGroups() (letters []string) {
	for _, f := range cases.Fields {
		if !slices.Contains(letters, f.Key.Group()) {
			letters = append(letters, f.Key.Group())
		}
	}
	return letters
}

const lettersInRow = 5

// groupButtons are the groups the person sees.
func (b reportBook) groupButtons(r cases.WardReport) [][]bot.Button {
	var row []bot.Button
	for _, letter := range reportGroups() {
		if len(b.fieldsFor(letter)) > 0 {
			row = append(row, periodicButton(bot.T("baocao.do.group", "letter", letter), strconv.Itoa(r.ID), periodicGroup, letter))
		}
	}
	return slices.Collect(slices.Chunk(row, lettersInRow))
}

// figuresFor are the figures of a report for this person.
func (b reportBook) figuresFor(ctx context.Context, r cases.WardReport) (cases.ReportFigures, error) {
	return b.st.ReportFigures(ctx, *b.r.Staff, r)
}

// group shows the figures of a group.
func (b reportBook) group(ctx context.Context, r cases.WardReport, args []string) error {
	if len(args) == 0 {
		return b.card(ctx, r, "")
	}
	fields := b.fieldsFor(args[0])
	if len(fields) == 0 {
		return cases.Fail(cases.NotFound, "")
	}
	figures, err := b.figuresFor(ctx, r)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("baocao.group.head", "group", bot.T("group."+args[0]), "title", periodicLabel(r))}
	var zero []bot.Text
	for _, f := range fields {
		if isZero(f, figures) {
			zero = append(zero, bot.T("baocao.figure.zero.one", "label", bot.T("field."+string(f.Key)), "mark", bot.T("origin.mark."+string(f.Origin))))
			continue
		}
		lines = append(lines, b.figureLine(f, figures))
	}
	if zero != nil {
		lines = append(append(lines, bot.T("baocao.figure.zero")), zero...)
	}
	id := strconv.Itoa(r.ID)
	return b.reply(lines, []bot.Button{periodicButton(bot.T("baocao.do.source"), id, periodicSource, args[0])}, []bot.Button{b.backFrom(r)})
}

// isZero reports whether a number is 0 in all columns, so that it needs no line with three.
func isZero(f cases.Field, figures cases.ReportFigures) bool {
	if f.Type != cases.CountField && f.Type != cases.MoneyField {
		return false
	}
	for _, column := range figures.Columns() {
		if v := column[f.Key]; v.N != 0 || v.Hidden {
			return false
		}
	}
	return true
}

// backFrom leads to where figures were asked for.
func (b reportBook) backFrom(r cases.WardReport) bot.Button {
	if b.sees() {
		return periodicButton(bot.T("button.back"), strconv.Itoa(r.ID), periodicSource)
	}
	return periodicButton(bot.T("button.back"), strconv.Itoa(r.ID), periodicPart)
}

// figureWords is how much of a text stands in a list of figures.
const figureWords = 120

func (b reportBook) figureLine(f cases.Field, figures cases.ReportFigures) bot.Text {
	columns := figures.Columns()
	mark := bot.T("origin.mark." + string(f.Origin))
	label := bot.T("field." + string(f.Key))
	if f.Type == cases.TextField {
		v := columns[0][f.Key]
		v.Text = clip(v.Text, figureWords)
		return bot.T("baocao.figure.text", "label", label, "mark", mark, "words", FigureText(f, v))
	}
	return bot.T("baocao.figure", "label", label, "mark", mark, "now", FigureText(f, columns[0][f.Key]), "before", FigureText(f, columns[1][f.Key]), "all", FigureText(f, columns[2][f.Key]))
}

// source answers "where is this figure from": group, then field, then its definition and
// the list behind it.
func (b reportBook) source(ctx context.Context, r cases.WardReport, args []string) error {
	id := strconv.Itoa(r.ID)
	if len(args) == 0 {
		return b.reply([]bot.Text{bot.T("baocao.which.group", "title", periodicLabel(r))}, append(b.groupButtons(r), []bot.Button{periodicButton(bot.T("button.back"), id)})...)
	}
	if f, ok := fieldOf(args[0]); ok {
		return b.definition(ctx, r, f)
	}
	fields := b.fieldsFor(args[0])
	if len(fields) == 0 {
		return cases.Fail(cases.NotFound, "")
	}
	var rows [][]bot.Button
	for _, f := range fields {
		rows = append(rows, []bot.Button{periodicButton(bot.T("field."+string(f.Key)), id, periodicSource, string(f.Key))})
	}
	return b.reply([]bot.Text{bot.T("baocao.which.field", "group", bot.T("group."+args[0]))}, append(rows, []bot.Button{periodicButton(bot.T("button.back"), id, periodicGroup, args[0])})...)
}

func fieldOf(key string) (cases.Field, bool) {
	i := slices.IndexFunc(cases.Fields, func(f cases.Field) bool { return string(f.Key) == key })
	if i < 0 {
		return cases.Field{}, false
	}
	return cases.Fields[i], true
}

func (b reportBook) definition(ctx context.Context, r cases.WardReport, f cases.Field) error {
	if !slices.Contains(b.fieldsFor(f.Key.Group()), f) {
		return cases.Fail(cases.NotFound, "")
	}
	figures, err := b.figuresFor(ctx, r)
	if err != nil {
		return err
	}
	lines := []bot.Text{
		b.figureLine(f, figures),
		bot.T("baocao.origin."+string(f.Origin), "unit", bot.T("baocao.unit."+string(f.Owner))),
		bot.T("baocao.definition", "text", DefinitionText(f)),
		bot.T("baocao.card.days", "from", r.From.Start(), "to", r.To.Start()),
	}
	if r.State.Frozen() {
		lines = append(lines, bot.T("baocao.source.frozen"))
	}
	var rows [][]bot.Button
	if command, args := ListBehind(f, r.Period); command != "" && mayList(*b.r.Staff, f) && mayUse(*b.r.Staff, command) {
		rows = append(rows, []bot.Button{{Label: bot.T("baocao.do.behind"), Do: bot.Action(command, args...)}})
	}
	return b.reply(lines, append(rows, []bot.Button{periodicButton(bot.T("button.back"), strconv.Itoa(r.ID), periodicSource, f.Key.Group())})...)
}
