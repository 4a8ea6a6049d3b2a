package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tinbao/bot"
	"tinbao/cases"
)

// Register is the ward's register of establishments with what belongs to it.
type Register interface {
	Establishments
	Imports
	InspectionBook
}

// Establishments are the entries of the register.
type Establishments interface {
	Establishments(ctx context.Context) ([]cases.Establishment, error)
	EstablishmentHistory(ctx context.Context, id int) ([]cases.Establishment, error)
	PutEstablishment(ctx context.Context, by cases.Staff, e cases.Establishment) (cases.Establishment, error)
	EstablishmentLists(ctx context.Context) (cases.EstablishmentLists, error)
	PutEstablishmentList(ctx context.Context, by cases.StaffID, name cases.ListName, items []cases.ListItem) error
	Coverage(ctx context.Context, p cases.Period) (cases.Coverage, error)
}

const (
	registerName  = "coso"
	registerPage  = 8  // lines of a list on a phone
	foundMost     = 16 // entries a search shows
	clippedName   = 40 // units of a name on a button
	clippedPlace  = 80
	linkedButtons = 6
)

// The words of the arguments of /coso besides numbers.
const (
	regList      = "ds"
	regByHamlet  = "to"
	regByType    = "loaihinh"
	regByRisk    = "ruiro"
	regFind      = "tim"
	regAdd       = "them"
	regImport    = "nhap"
	regForm      = "mau"
	regApply     = "nhapok"
	regDrop      = "nhapbo"
	regUndo      = "nhaplai"
	regCoverage  = "phu"
	regLists     = "loai"
	filterAll    = "all"
	filterWaits  = "p"
	filterReview = "u"
)

// establishments keeps the register of establishments. Who may only see figures sees the
// coverage.
func establishments() Command {
	return Command{
		Name: registerName, Aliases: []string{"establishments"}, Help: "cmd.coso", Args: "usage.coso", Rest: true, Listed: true, Files: true,
		Rights: []cases.Right{cases.SeeEstablishments, cases.KeepEstablishments, cases.SeeFigures},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			p := premises{st: st, r: r, keeps: r.Staff.Role.May(cases.KeepEstablishments)}
			word, rest := shift(strings.Join(args, " "))
			if !r.Staff.Role.May(cases.SeeEstablishments) {
				return p.coverage(ctx, rest)
			}
			return p.run(ctx, word, rest)
		},
	}
}

// shift takes the first word off a line; the rest keeps its line breaks.
func shift(line string) (word, rest string) {
	line = strings.TrimSpace(line)
	i := strings.IndexFunc(line, unicode.IsSpace)
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimSpace(line[i:])
}

// premises is the register on one phone.
type premises struct {
	st    Store
	r     *bot.Request
	keeps bool
}

// run finds what is wanted. A number is an entry, and anything else is looked for.
func (p premises) run(ctx context.Context, word, rest string) error {
	if id, ok := entryNumber(word); ok {
		return p.entry(ctx, id, rest)
	}
	reads := map[string]func(context.Context, string) error{
		regList: p.list, regByHamlet: p.byHamlet, regByType: p.byType, regByRisk: p.byRisk, regFind: p.find, regCoverage: p.coverage,
	}
	writes := map[string]func(context.Context, string) error{
		regAdd: p.add, regImport: p.receive, regForm: p.form, regApply: p.apply, regDrop: p.drop, regUndo: p.undo,
	}
	switch {
	case word == "":
		return p.home(ctx)
	case word == regLists && p.r.Staff.Role.May(cases.EditLists):
		return p.lists(ctx, rest)
	case reads[word] != nil:
		return reads[word](ctx, rest)
	case writes[word] != nil && p.keeps:
		return writes[word](ctx, rest)
	}
	return p.find(ctx, strings.TrimSpace(word+" "+rest))
}

// entryNumber reads 12 or e12.
func entryNumber(word string) (id int, ok bool) {
	id, err := strconv.Atoi(strings.TrimPrefix(word, "e"))
	return id, err == nil && id > 0
}

func entryRef(id int) string { return "e" + strconv.Itoa(id) }

func (p premises) button(key string, args ...string) bot.Button {
	return bot.Button{Label: bot.T(key), Do: bot.Action(registerName, args...)}
}

func toRegister() []bot.Button {
	return []bot.Button{{Label: bot.T("coso.do.home"), Do: registerName}}
}

// say answers in the place of what was pressed. Names of owners are protected like cases.
func (p premises) say(lines []bot.Text, rows ...[]bot.Button) error {
	p.r.Reply(bot.Reply{Lines: lines, Buttons: rows, Edit: p.r.Bubble(), Protect: true})
	return nil
}

// book is everything a list needs.
type book struct {
	all       []cases.Establishment
	lists     cases.EstablishmentLists
	ward      cases.Ward
	inspected map[int]bool
}

func (p premises) book(ctx context.Context) (b book, err error) {
	if b.all, err = p.st.Establishments(ctx); err != nil {
		return b, err
	}
	if b.lists, err = p.st.EstablishmentLists(ctx); err != nil {
		return b, err
	}
	if b.ward, err = p.st.Ward(ctx); err != nil {
		return b, err
	}
	inspections, err := p.st.Inspections(ctx)
	b.inspected = cases.InspectedSince2026(inspections, cases.DayOf(p.st.Now()))
	return b, err
}

// register is what lines and files are compared with.
func (b book) register() cases.EstablishmentRegister {
	return cases.EstablishmentRegister{Now: b.all, Lists: b.lists, Hamlets: b.ward.Hamlets}
}

// place is the name of a hamlet.
func (b book) place(n int) bot.Text {
	if n >= 1 && n <= len(b.ward.Hamlets) {
		return bot.Words(b.ward.Hamlets[n-1])
	}
	return bot.T("coso.nohamlet")
}

func (b book) label(name cases.ListName, key string) bot.Text {
	if key == "" {
		return bot.T("coso.unsaid")
	}
	return bot.Words(b.lists.Label(name, key))
}

// home is the register in figures, with all that can be done.
func (p premises) home(ctx context.Context) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	year := cases.DayOf(p.st.Now()).Year
	alive, closed, waits, unreviewed := 0, 0, 0, 0
	for _, e := range b.all {
		switch {
		case !e.Alive():
			closed++
			continue
		case !e.ReviewedIn(year):
			unreviewed++
		}
		if alive++; !b.inspected[e.ID] {
			waits++
		}
	}
	rows := [][]bot.Button{
		{p.button("coso.do.list", regList, filterAll), p.button("coso.do.find", regFind)},
		{p.button("coso.do.hamlet", regByHamlet), p.button("coso.do.type", regByType), p.button("coso.do.risk", regByRisk)},
		{p.button("coso.do.waits", regList, filterWaits), p.button("coso.do.unreviewed", regList, filterReview)},
		{p.button("coso.do.coverage", regCoverage), {Label: bot.T("do.kiemtra"), Do: inspectionsName}},
	}
	if p.keeps {
		rows = append(rows, []bot.Button{p.button("coso.do.add", regAdd), p.button("coso.do.import", regImport)})
	}
	if p.r.Staff.Role.May(cases.EditLists) {
		rows = append(rows, []bot.Button{p.button("coso.do.lists", regLists)})
	}
	return p.say([]bot.Text{
		bot.T("coso.head"), bot.T("coso.figures", "n", alive, "closed", closed),
		bot.T("coso.figures.waits", "n", waits), bot.T("coso.figures.unreviewed", "n", unreviewed, "year", strconv.Itoa(year)),
	}, rows...)
}

// filterOf reads the mark of a filter, and says what it is called.
func (p premises) filterOf(mark string, b book) (cases.EstablishmentFilter, bot.Text) {
	switch {
	case mark == filterWaits:
		return cases.EstablishmentFilter{Pending: true}, bot.T("coso.do.waits")
	case mark == filterReview:
		return cases.EstablishmentFilter{Unreviewed: cases.DayOf(p.st.Now()).Year}, bot.T("coso.do.unreviewed")
	case strings.HasPrefix(mark, "h"):
		n, err := strconv.Atoi(mark[1:])
		if err == nil {
			return cases.EstablishmentFilter{Hamlet: n}, b.place(n)
		}
	case strings.HasPrefix(mark, "t:"):
		return cases.EstablishmentFilter{Type: mark[2:]}, b.label(cases.TypeList, mark[2:])
	case strings.HasPrefix(mark, "r:"):
		return cases.EstablishmentFilter{Risk: mark[2:]}, b.label(cases.RiskList, mark[2:])
	}
	return cases.EstablishmentFilter{}, bot.T("coso.do.list")
}

// list shows a page of the entries a filter lets through; what is not inspected comes by
// risk, everything else by hamlet.
func (p premises) list(ctx context.Context, rest string) error {
	mark, rest := shift(rest)
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	filter, title := p.filterOf(mark, b)
	var fit []cases.Establishment
	if filter.Pending {
		fit = cases.Pending(b.all, b.inspected, b.lists)
	} else {
		for _, e := range b.all {
			if filter.Fits(e, b.inspected) {
				fit = append(fit, e)
			}
		}
		slices.SortStableFunc(fit, func(x, y cases.Establishment) int { return x.Hamlet - y.Hamlet })
	}
	part, at, pages := cut(fit, pageOf([]string{rest}), registerPage)
	lines := []bot.Text{bot.T("coso.list", "title", title, "n", len(fit))}
	for _, e := range part {
		lines = append(lines, b.line(e))
	}
	rows := entryButtons(part, func(e cases.Establishment) string { return bot.Action(registerName, entryRef(e.ID)) })
	rows = append(rows, pager(at, pages, func(n int) string { return bot.Action(registerName, regList, mark, strconv.Itoa(n)) })...)
	return p.say(lines, append(rows, toRegister())...)
}

// line is an entry in a list.
func (b book) line(e cases.Establishment) bot.Text {
	state := bot.T("coso.mark.waits")
	switch {
	case e.Status == cases.EstablishmentClosed:
		state = bot.T("coso.mark.closed")
	case e.Status == cases.EstablishmentPaused:
		state = bot.T("coso.mark.paused")
	case b.inspected[e.ID]:
		state = bot.T("coso.mark.inspected")
	}
	return bot.T("coso.line", "id", strconv.Itoa(e.ID), "name", clip(e.Name, clippedName), "type", b.label(cases.TypeList, e.Type), "hamlet", b.place(e.Hamlet),
		"risk", b.label(cases.RiskList, e.Risk), "state", state)
}

const entriesInRow = 4

// entryButtons are the numbers of entries, some in a row.
func entryButtons(list []cases.Establishment, do func(cases.Establishment) string) [][]bot.Button {
	var buttons []bot.Button
	for _, e := range list {
		buttons = append(buttons, bot.Button{Label: bot.T("coso.do.open", "id", strconv.Itoa(e.ID)), Do: do(e)})
	}
	return slices.Collect(slices.Chunk(buttons, entriesInRow))
}

const choicesInRow = 2

func (p premises) byHamlet(ctx context.Context, _ string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	return p.choose(b, "coso.do.hamlet", b.hamletChoices(), func(mark string) string { return bot.Action(registerName, regList, "h"+mark) }, func(e cases.Establishment, mark string) bool {
		return strconv.Itoa(e.Hamlet) == mark
	})
}

// choice is a value with its name.
type choice struct {
	mark  string
	label bot.Text
}

func (b book) hamletChoices() (all []choice) {
	for i := range b.ward.Hamlets {
		all = append(all, choice{strconv.Itoa(i + 1), b.place(i + 1)})
	}
	return all
}

func (b book) listChoices(name cases.ListName) (all []choice) {
	for _, item := range b.lists.Offered(name) {
		all = append(all, choice{item.Key, bot.Words(item.Label)})
	}
	return all
}

func (p premises) byType(ctx context.Context, _ string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	return p.choose(b, "coso.do.type", b.listChoices(cases.TypeList), func(mark string) string { return bot.Action(registerName, regList, "t:"+mark) },
		func(e cases.Establishment, mark string) bool { return e.Type == mark })
}

func (p premises) byRisk(ctx context.Context, _ string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	return p.choose(b, "coso.do.risk", b.listChoices(cases.RiskList), func(mark string) string { return bot.Action(registerName, regList, "r:"+mark) },
		func(e cases.Establishment, mark string) bool { return e.Risk == mark })
}

// choose offers values with how many entries each has.
func (p premises) choose(b book, title string, choices []choice, do func(string) string, of func(cases.Establishment, string) bool) error {
	var buttons []bot.Button
	for _, c := range choices {
		n := 0
		for _, e := range b.all {
			if of(e, c.mark) {
				n++
			}
		}
		buttons = append(buttons, bot.Button{Label: bot.T("coso.count", "label", c.label, "n", n), Do: do(c.mark)})
	}
	return p.say([]bot.Text{bot.T(title)}, append(slices.Collect(slices.Chunk(buttons, choicesInRow)), toRegister())...)
}

// find looks for words in names, addresses, owners, phones and licences. They are read
// here, since in the database they are sealed.
func (p premises) find(ctx context.Context, words string) error {
	if words == "" {
		bot.Await(p.st, p.r.Lang, registerName, regFind)
		return p.say([]bot.Text{bot.T("coso.find.ask")}, toRegister())
	}
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	fit := b.matching(words)
	lines := []bot.Text{bot.T("coso.found", "n", len(fit))}
	if len(fit) > foundMost {
		lines = append(lines, bot.T("coso.found.many", "n", foundMost))
		fit = fit[:foundMost]
	}
	for _, e := range fit {
		lines = append(lines, b.line(e))
	}
	rows := entryButtons(fit, func(e cases.Establishment) string { return bot.Action(registerName, entryRef(e.ID)) })
	p.r.Reply(bot.Reply{Lines: lines, Buttons: append(rows, []bot.Button{p.button("coso.do.find", regFind), toRegister()[0]}), Protect: true})
	return nil
}

// matching are the entries in which every word stands.
func (b book) matching(words string) (fit []cases.Establishment) {
	filter := cases.EstablishmentFilter{Words: cases.WordsOf(words)}
	for _, e := range b.all {
		if len(filter.Words) > 0 && filter.Fits(e, b.inspected) {
			fit = append(fit, e)
		}
	}
	return fit
}
