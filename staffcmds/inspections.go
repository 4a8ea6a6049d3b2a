package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// InspectionBook are planned and finished inspections.
type InspectionBook interface {
	// Inspections are the newest versions, without words, team and photos.
	Inspections(ctx context.Context) ([]cases.Inspection, error)
	Inspection(ctx context.Context, id int) (cases.Inspection, error)
	InspectionHistory(ctx context.Context, id int) ([]cases.Inspection, error)
	PutInspection(ctx context.Context, by cases.Staff, i cases.Inspection) (cases.Inspection, error)
	InspectionPhotos(ctx context.Context, id int) ([][]byte, error)
	OfferInspectionPhoto(ctx context.Context, by cases.StaffID, inspection int, f cases.OfferedFile) error
}

const inspectionsName = "kiemtra"

// The words of the arguments of /kiemtra besides numbers.
const (
	insPlan    = "len"
	insPlanned = "lich"
	insDone    = "xong"
	insRoute   = "tuyen"
	planOffers = 8  // pending establishments offered for a plan
	daysAhead  = 7  // days offered for a plan
	routeStops = 12 // establishments on one page of a route
)

// inspections plans inspections and writes down what they found.
func inspections() Command {
	return Command{
		Name: inspectionsName, Aliases: []string{"inspections"}, Help: "cmd.kiemtra", Args: "usage.kiemtra", Rest: true, Listed: true, Files: true,
		Rights: []cases.Right{cases.SeeEstablishments, cases.KeepEstablishments},
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			p := premises{st: st, r: r, keeps: r.Staff.Role.May(cases.KeepEstablishments)}
			word, rest := shift(strings.Join(args, " "))
			if id, ok := inspectionNumber(word); ok {
				return p.inspection(ctx, id, rest)
			}
			switch {
			case word == insRoute:
				return p.route(ctx, rest)
			case word == insPlanned, word == insDone:
				return p.inspectionList(ctx, word, rest)
			case word == insPlan && p.keeps:
				return p.plan(ctx, rest)
			}
			return p.inspectionHome(ctx)
		},
	}
}

// inspectionNumber reads 12 or k12.
func inspectionNumber(word string) (id int, ok bool) {
	id, err := strconv.Atoi(strings.TrimPrefix(word, "k"))
	return id, err == nil && id > 0
}

func inspectionRef(id int) string { return "k" + strconv.Itoa(id) }

func toInspections() []bot.Button {
	return []bot.Button{{Label: bot.T("kiemtra.do.home"), Do: inspectionsName}}
}

func insButton(key string, args ...string) bot.Button {
	return bot.Button{Label: bot.T(key), Do: bot.Action(inspectionsName, args...)}
}

func (p premises) inspectionHome(ctx context.Context) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	all, err := p.st.Inspections(ctx)
	if err != nil {
		return err
	}
	today := cases.DayOf(p.st.Now())
	planned, late, done := 0, 0, 0
	for _, i := range all {
		switch {
		case !i.Ended():
			planned++
			if i.Planned.Start().Before(today.Start()) {
				late++
			}
		case i.Counts() && i.Done.Year == today.Year:
			done++
		}
	}
	waits := len(cases.Pending(b.all, b.inspected, b.lists))
	rows := [][]bot.Button{
		{insButton("kiemtra.do.planned", insPlanned), insButton("kiemtra.do.done", insDone)},
		{p.button("coso.do.waits", regList, filterWaits), insButton("kiemtra.do.route", insRoute)},
		{p.button("coso.do.coverage", regCoverage), toRegister()[0]},
	}
	if p.keeps {
		rows = append([][]bot.Button{{insButton("kiemtra.do.plan", insPlan)}}, rows...)
	}
	return p.say([]bot.Text{
		bot.T("kiemtra.head"), bot.T("kiemtra.figures", "planned", planned, "late", late),
		bot.T("kiemtra.figures.done", "done", done, "year", strconv.Itoa(today.Year)), bot.T("coso.figures.waits", "n", waits),
	}, rows...)
}

// inspectionList shows what is planned, the nearest day first, or what was done, the last
// day first.
func (p premises) inspectionList(ctx context.Context, view, rest string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	all, err := p.st.Inspections(ctx)
	if err != nil {
		return err
	}
	var fit []cases.Inspection
	for _, i := range all {
		if view == insDone && i.Done.Valid() && !i.Cancelled || view == insPlanned && !i.Ended() {
			fit = append(fit, i)
		}
	}
	slices.SortStableFunc(fit, func(x, y cases.Inspection) int {
		if view == insDone {
			return y.Done.Start().Compare(x.Done.Start())
		}
		return x.Planned.Start().Compare(y.Planned.Start())
	})
	part, at, pages := cut(fit, pageOf([]string{rest}), registerPage)
	lines := []bot.Text{bot.T("kiemtra.list."+view, "n", len(fit))}
	var buttons []bot.Button
	for _, i := range part {
		lines = append(lines, b.inspectionLine(i, cases.DayOf(p.st.Now())))
		buttons = append(buttons, bot.Button{Label: bot.T("kiemtra.do.open", "id", strconv.Itoa(i.ID)), Do: bot.Action(inspectionsName, inspectionRef(i.ID))})
	}
	rows := slices.Collect(slices.Chunk(buttons, entriesInRow))
	rows = append(rows, pager(at, pages, func(n int) string { return bot.Action(inspectionsName, view, strconv.Itoa(n)) })...)
	return p.say(lines, append(rows, toInspections())...)
}

// name is the name of an establishment, which may have been taken out of the register.
func (b book) name(id int) bot.Text {
	e, err := cases.EstablishmentByID(b.all, id)
	if err != nil {
		return bot.T("coso.gone")
	}
	return bot.Words(clip(e.Name, clippedName))
}

func (b book) inspectionLine(i cases.Inspection, today cases.Day) bot.Text {
	e, _ := cases.EstablishmentByID(b.all, i.Establishment)
	args := []any{"id", strconv.Itoa(i.ID), "name", b.name(i.Establishment), "hamlet", b.place(e.Hamlet)}
	switch {
	case i.Done.Valid():
		return bot.T("kiemtra.line.done", append(args, "day", i.Done.String(), "result", bot.T("inspection.result."+string(i.Result)))...)
	case i.Planned.Start().Before(today.Start()):
		return bot.T("kiemtra.line.late", append(args, "day", i.Planned.String())...)
	}
	return bot.T("kiemtra.line.planned", append(args, "day", i.Planned.String())...)
}

// inspectionsOf are the inspections of an establishment, the last first.
func (p premises) inspectionsOf(ctx context.Context, id int) (list []cases.Inspection, err error) {
	all, err := p.st.Inspections(ctx)
	for _, i := range all {
		if i.Establishment == id && !i.Cancelled {
			list = append(list, i)
		}
	}
	slices.Reverse(list)
	return list, err
}

// inspectionSummary tells on the card of an establishment how it was inspected.
func inspectionSummary(list []cases.Inspection) []bot.Text {
	var last cases.Inspection
	n := 0
	for _, i := range list {
		if !i.Counts() {
			continue
		}
		if n++; last.ID == 0 || last.Done.Start().Before(i.Done.Start()) {
			last = i
		}
	}
	if n == 0 {
		return []bot.Text{bot.T("coso.card.uninspected")}
	}
	return []bot.Text{bot.T("coso.card.inspected", "n", n, "day", last.Done.String(), "result", bot.T("inspection.result."+string(last.Result)))}
}

const inspectionButtons = 4

// openInspections lead to the inspections of an establishment, those that wait first.
func openInspections(list []cases.Inspection) [][]bot.Button {
	slices.SortStableFunc(list, func(x, y cases.Inspection) int {
		switch {
		case x.Ended() == y.Ended():
			return 0
		case x.Ended():
			return 1
		}
		return -1
	})
	var buttons []bot.Button
	for _, i := range list[:min(len(list), inspectionButtons)] {
		label := bot.T("kiemtra.do.see.planned", "day", i.Planned.String())
		if i.Done.Valid() {
			label = bot.T("kiemtra.do.see.done", "day", i.Done.String())
		}
		buttons = append(buttons, bot.Button{Label: label, Do: bot.Action(inspectionsName, inspectionRef(i.ID))})
	}
	return slices.Collect(slices.Chunk(buttons, choicesInRow))
}

// plan makes a new inspection: first the establishment, then the day.
func (p premises) plan(ctx context.Context, rest string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	word, rest := shift(rest)
	id, err := strconv.Atoi(word)
	if err != nil {
		return p.planWhere(b, strings.TrimSpace(word+" "+rest))
	}
	e, err := cases.EstablishmentByID(b.all, id)
	if err != nil || !e.Alive() {
		return cases.Fail(cases.NotFound, "")
	}
	day, wrong := p.dayIn(rest)
	if !day.Valid() {
		bot.Await(p.st, p.r.Lang, inspectionsName, insPlan, word)
		if wrong {
			p.r.Alert(bot.T("inspection.badplan"))
			return nil
		}
		return p.days(b.line(e), func(d string) string { return bot.Action(inspectionsName, insPlan, word, d) })
	}
	i, err := p.st.PutInspection(ctx, *p.r.Staff, cases.Inspection{
		Establishment: id, Planned: day, Deed: cases.InspectionPlan,
		InspectionWords: cases.InspectionWords{Team: []cases.StaffID{p.r.Staff.ID}, Checks: cases.Questions(b.lists[cases.CheckList])},
	})
	if err != nil {
		return err
	}
	return p.inspectionCard(ctx, b, i)
}

// planWhere offers establishments: those that match the words, or those pending.
func (p premises) planWhere(b book, words string) error {
	bot.Await(p.st, p.r.Lang, inspectionsName, insPlan)
	offer, lines := cases.Pending(b.all, b.inspected, b.lists), []bot.Text{bot.T("kiemtra.plan.where")}
	if words != "" {
		offer = slices.DeleteFunc(b.matching(words), func(e cases.Establishment) bool { return !e.Alive() })
		lines = []bot.Text{bot.T("coso.found", "n", len(offer))}
	}
	offer = offer[:min(len(offer), planOffers)]
	for _, e := range offer {
		lines = append(lines, b.line(e))
	}
	rows := entryButtons(offer, func(e cases.Establishment) string { return bot.Action(inspectionsName, insPlan, strconv.Itoa(e.ID)) })
	return p.say(lines, append(rows, toInspections())...)
}

// days offers the next days; another one is typed.
func (p premises) days(of bot.Text, do func(day string) string) error {
	today := cases.DayOf(p.st.Now())
	var buttons []bot.Button
	for n := range daysAhead {
		d := today.Add(n)
		label := bot.T("kiemtra.day", "weekday", bot.T("kiemtra.wd."+strconv.Itoa(int(d.Start().Weekday()))), "day", dayMonth(d))
		if n == 0 {
			label = bot.T("kiemtra.today")
		}
		buttons = append(buttons, bot.Button{Label: label, Do: do(dayMark(d))})
	}
	rows := append(slices.Collect(slices.Chunk(buttons, choicesInRow)), toInspections())
	return p.say([]bot.Text{of, bot.T("kiemtra.plan.when")}, rows...)
}

// dayMark writes a day into the data of a button.
func dayMark(d cases.Day) string { return d.Start().Format(time.DateOnly) }

// dayIn reads a day from a button or as people write it: 25/11, 25/11/2026. Without a year
// it is the nearest one to today. wrong = something was said that is no day of the plan.
func (p premises) dayIn(said string) (d cases.Day, wrong bool) {
	if said == "" {
		return d, false
	}
	if t, err := time.ParseInLocation(time.DateOnly, said, cases.Vietnam); err == nil {
		d = cases.DayOf(t)
	} else if m := days.FindStringSubmatch(said); m != nil {
		limit := cases.DayOf(p.st.Now())
		if m[3] == "" {
			const half = 183
			limit = limit.Add(half)
		}
		if d, err = dayOf(m[1:4], limit); err != nil {
			return cases.Day{}, true
		}
	}
	if d.Year < cases.FirstYear || d.Year > cases.LastYear {
		return cases.Day{}, true
	}
	return d, false
}

// route suggests in which order to go to what was not inspected yet.
func (p premises) route(ctx context.Context, rest string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	first, rest := shift(rest)
	from, _ := strconv.Atoi(first)
	stops := cases.RouteFrom(cases.Pending(b.all, b.inspected, b.lists), from, b.lists)
	type stop struct {
		hamlet int
		e      cases.Establishment
	}
	var all []stop
	for _, s := range stops {
		for _, e := range s.Stops {
			all = append(all, stop{s.Hamlet, e})
		}
	}
	part, at, pages := cut(all, pageOf([]string{rest}), routeStops)
	lines := []bot.Text{bot.T("kiemtra.route", "n", len(all), "hamlets", len(stops))}
	var shown []cases.Establishment
	hamlet := -1
	for n, s := range part {
		if s.hamlet != hamlet {
			hamlet = s.hamlet
			lines = append(lines, bot.T("kiemtra.route.hamlet", "hamlet", b.place(hamlet)))
		}
		shown = append(shown, s.e)
		lines = append(lines, bot.T("kiemtra.route.stop", "n", (at-1)*routeStops+n+1, "id", strconv.Itoa(s.e.ID), "name", clip(s.e.Name, clippedName), "address", given(s.e.Address), "risk", b.label(cases.RiskList, s.e.Risk)))
	}
	do := func(e cases.Establishment) string { return bot.Action(registerName, entryRef(e.ID)) }
	if p.keeps {
		do = func(e cases.Establishment) string { return bot.Action(inspectionsName, insPlan, strconv.Itoa(e.ID)) }
		lines = append(lines, bot.T("kiemtra.route.plan"))
	}
	rows := entryButtons(shown, do)
	rows = append(rows, pager(at, pages, func(n int) string { return bot.Action(inspectionsName, insRoute, strconv.Itoa(from), strconv.Itoa(n)) })...)
	if len(stops) > 1 {
		rows = append(rows, routeStarts(b, stops))
	}
	return p.say(lines, append(rows, toInspections())...)
}

const startsOffered = 4

// routeStarts begin the route in another hamlet.
func routeStarts(b book, stops []cases.RouteStop) (row []bot.Button) {
	for _, s := range stops[1:min(len(stops), startsOffered+1)] {
		row = append(row, bot.Button{Label: bot.T("kiemtra.route.from", "hamlet", b.place(s.Hamlet)), Do: bot.Action(inspectionsName, insRoute, strconv.Itoa(s.Hamlet))})
	}
	return row
}
