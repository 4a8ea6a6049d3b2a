package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Verbs of the card of an inspection.
const (
	insDay      = "ngay"
	insTeam     = "doan"
	insOthers   = "khac"
	insChecks   = "hoi"
	insResult   = "kq"
	insWords    = "ghi"
	insPhoto    = "anh"
	insSee      = "xemanh"
	insEnd      = "ketthuc"
	insCancel   = "huy"
	insLog      = "lichsu"
	memberName  = 24 // units of a name on a button
	clippedAsk  = 60
	logVersions = 15
)

// inspection shows an inspection, or does what a button of its card says.
func (p premises) inspection(ctx context.Context, id int, rest string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	i, err := p.st.Inspection(ctx, id)
	if err != nil {
		return err
	}
	word, rest := shift(rest)
	switch word {
	case insLog:
		return p.inspectionHistory(ctx, b, i)
	case insSee:
		return p.photos(ctx, i)
	}
	steps := map[string]func(context.Context, book, cases.Inspection, string) error{
		insDay: p.moveDay, insTeam: p.team, insChecks: p.checks, insResult: p.result, insWords: p.violations, insPhoto: p.photo, insEnd: p.end, insCancel: p.cancel,
	}
	if step := steps[word]; step != nil && p.keeps && !i.Cancelled {
		return step(ctx, b, i, rest)
	}
	return p.inspectionCard(ctx, b, i)
}

// keepInspection keeps a changed inspection. What changes after the end is a correction.
func (p premises) keepInspection(ctx context.Context, i cases.Inspection, deed cases.InspectionDeed) (cases.Inspection, error) {
	if i.Deed = deed; i.Done.Valid() && deed != cases.InspectionDone {
		i.Deed = cases.InspectionCorrect
	}
	return p.st.PutInspection(ctx, *p.r.Staff, i)
}

func insOf(i cases.Inspection, key string, args ...string) bot.Button {
	return bot.Button{Label: bot.T(key), Do: bot.Action(inspectionsName, append([]string{inspectionRef(i.ID)}, args...)...)}
}

func (p premises) moveDay(ctx context.Context, b book, i cases.Inspection, rest string) error {
	if i.Ended() {
		return p.inspectionCard(ctx, b, i)
	}
	day, wrong := p.dayIn(rest)
	if !day.Valid() {
		bot.Await(p.st, p.r.Lang, inspectionsName, inspectionRef(i.ID), insDay)
		if wrong {
			p.r.Alert(bot.T("inspection.badplan"))
			return nil
		}
		return p.days(bot.T("kiemtra.card", "id", strconv.Itoa(i.ID), "name", b.name(i.Establishment)), func(d string) string {
			return bot.Action(inspectionsName, inspectionRef(i.ID), insDay, d)
		})
	}
	if i.Planned != day {
		i.Planned = day
		var err error
		if i, err = p.keepInspection(ctx, i, cases.InspectionDay); err != nil {
			return err
		}
	}
	return p.inspectionCard(ctx, b, i)
}

// members are the colleagues who can be in a team.
func (p premises) members(ctx context.Context) ([]cases.Staff, error) {
	all, err := p.st.StaffList(ctx)
	return slices.DeleteFunc(slices.Clone(all), func(s cases.Staff) bool { return s.Locked || s.Role == cases.Admin || s.Role == cases.Observer }), err
}

// team puts colleagues into the team and takes them out; others are written down.
func (p premises) team(ctx context.Context, _ book, i cases.Inspection, rest string) error {
	all, err := p.members(ctx)
	if err != nil {
		return err
	}
	word, said := shift(rest)
	if word == insOthers {
		return p.others(ctx, i, all, said)
	}
	id, err := strconv.Atoi(strings.TrimLeft(word, "+-"))
	known := slices.ContainsFunc(all, func(s cases.Staff) bool { return int(s.ID) == id })
	in := slices.Contains(i.Team, cases.StaffID(id))
	if err == nil && known && in != strings.HasPrefix(word, "+") {
		if in {
			i.Team = slices.DeleteFunc(slices.Clone(i.Team), func(s cases.StaffID) bool { return int(s) == id })
		} else {
			i.Team = append(slices.Clone(i.Team), cases.StaffID(id))
		}
		if i, err = p.keepInspection(ctx, i, cases.InspectionTeam); err != nil {
			return err
		}
	}
	return p.teamCard(i, all)
}

func (p premises) others(ctx context.Context, i cases.Inspection, all []cases.Staff, said string) error {
	if said == "" || p.tooLong(said) {
		bot.Await(p.st, p.r.Lang, inspectionsName, inspectionRef(i.ID), insTeam, insOthers)
		if said == "" {
			return p.say([]bot.Text{bot.T("inspection.ask.others")}, []bot.Button{insOf(i, "button.back", insTeam)})
		}
		return nil
	}
	if i.Others = said; said == "-" {
		i.Others = ""
	}
	i, err := p.keepInspection(ctx, i, cases.InspectionTeam)
	if err != nil {
		return err
	}
	return p.teamCard(i, all)
}

func (p premises) teamCard(i cases.Inspection, all []cases.Staff) error {
	var buttons []bot.Button
	for _, s := range all {
		label, mark := bot.Words(clip(s.Name, memberName)), "+"
		if slices.Contains(i.Team, s.ID) {
			label, mark = bot.T("chosen", "label", label), "-"
		}
		buttons = append(buttons, bot.Button{Label: label, Do: bot.Action(inspectionsName, inspectionRef(i.ID), insTeam, mark+strconv.Itoa(int(s.ID)))})
	}
	rows := append(slices.Collect(slices.Chunk(buttons, choicesInRow)), []bot.Button{insOf(i, "inspection.do.others", insTeam, insOthers), insOf(i, "button.back")})
	return p.say([]bot.Text{bot.T("inspection.team.ask"), bot.T("inspection.others", "others", given(i.Others))}, rows...)
}

// checks answers the questions of the list, one by one.
func (p premises) checks(ctx context.Context, _ book, i cases.Inspection, rest string) error {
	word, answer := shift(rest)
	n, err := strconv.Atoi(word)
	if err == nil && n >= 1 && n <= len(i.Checks) && (answer == cases.CheckYes || answer == cases.CheckNo) && i.Checks[n-1].Answer != answer {
		i.Checks = slices.Clone(i.Checks)
		i.Checks[n-1].Answer = answer
		if i, err = p.keepInspection(ctx, i, cases.InspectionCheck); err != nil {
			return err
		}
	}
	lines := []bot.Text{bot.T("inspection.checks")}
	var rows [][]bot.Button
	for k, c := range i.Checks {
		lines = append(lines, checkLine(k, c))
		row := []bot.Button{{Label: bot.Words(strconv.Itoa(k + 1)), Do: bot.Action(inspectionsName, inspectionRef(i.ID), insChecks)}}
		for _, a := range []string{cases.CheckYes, cases.CheckNo} {
			label := bot.T("inspection.answer." + a)
			if c.Answer == a {
				label = bot.T("chosen", "label", label)
			}
			row = append(row, bot.Button{Label: label, Do: bot.Action(inspectionsName, inspectionRef(i.ID), insChecks, strconv.Itoa(k+1), a)})
		}
		rows = append(rows, row)
	}
	return p.say(lines, append(rows, []bot.Button{insOf(i, "inspection.do.result", insResult), insOf(i, "button.back")})...)
}

func checkLine(k int, c cases.Check) bot.Text {
	answer := "inspection.answer.none"
	if c.Answer != "" {
		answer = "inspection.answer." + c.Answer
	}
	return bot.T("inspection.check", "n", k+1, "ask", clip(c.Ask, clippedAsk), "answer", bot.T(answer))
}

// result is chosen; a violation is then put into words.
func (p premises) result(ctx context.Context, b book, i cases.Inspection, rest string) error {
	chosen := cases.InspectionResult(rest)
	if !slices.Contains(cases.InspectionResults, chosen) {
		var rows [][]bot.Button
		for _, res := range cases.InspectionResults {
			label := bot.T("inspection.result." + string(res))
			if i.Result == res {
				label = bot.T("chosen", "label", label)
			}
			rows = append(rows, []bot.Button{{Label: label, Do: bot.Action(inspectionsName, inspectionRef(i.ID), insResult, string(res))}})
		}
		return p.say([]bot.Text{bot.T("inspection.result.ask"), bot.T("inspection.notopen")}, append(rows, []bot.Button{insOf(i, "button.back")})...)
	}
	if i.Result != chosen {
		i.Result = chosen
		if i.Done.Valid() && chosen == cases.Violation && i.Violations == "" {
			p.r.Alert(bot.T("inspection.nowords"))
			return p.violations(ctx, b, i, "")
		}
		var err error
		if i, err = p.keepInspection(ctx, i, cases.InspectionWrite); err != nil {
			return err
		}
	}
	if chosen == cases.Violation && i.Violations == "" {
		return p.violations(ctx, b, i, "")
	}
	return p.inspectionCard(ctx, b, i)
}

// violations puts into words what was found.
func (p premises) violations(ctx context.Context, b book, i cases.Inspection, said string) error {
	long := len([]rune(said)) > cases.MaxViolationWords
	if said == "" || long {
		bot.Await(p.st, p.r.Lang, inspectionsName, inspectionRef(i.ID), insWords)
		if long {
			p.r.Alert(bot.T("inspection.long", "n", cases.MaxViolationWords))
			return nil
		}
		return p.say([]bot.Text{bot.T("inspection.ask.words")}, []bot.Button{insOf(i, "button.back")})
	}
	i.Violations = said
	i, err := p.keepInspection(ctx, i, cases.InspectionWrite)
	if err != nil {
		return err
	}
	return p.inspectionCard(ctx, b, i)
}

// photo takes a photo, which a job cleans and seals.
func (p premises) photo(ctx context.Context, _ book, i cases.Inspection, _ string) error {
	if i.Photos >= cases.MaxInspectionPhotos {
		return cases.Fail(cases.NotAllowed, "inspection.photos.full")
	}
	bot.Await(p.st, p.r.Lang, inspectionsName, inspectionRef(i.ID), insPhoto) // more may follow
	switch {
	case p.r.File == nil:
		return p.say([]bot.Text{bot.T("inspection.ask.photo", "n", cases.MaxInspectionPhotos-i.Photos)}, []bot.Button{insOf(i, "button.back")})
	case p.r.File.Kind != cases.Photo:
		p.r.Say(bot.T("inspection.photo.kind"))
		return nil
	}
	p.r.Say(bot.T("inspection.photo.coming"))
	return p.st.OfferInspectionPhoto(ctx, p.r.Staff.ID, i.ID, *p.r.File)
}

// photos shows what was photographed.
func (p premises) photos(ctx context.Context, i cases.Inspection) error {
	list, err := p.st.InspectionPhotos(ctx, i.ID)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		p.r.Toast(bot.T("inspection.photos.none"))
		return nil
	}
	for n, body := range list {
		p.r.Reply(bot.Reply{
			Lines: []bot.Text{bot.T("inspection.photo", "id", strconv.Itoa(i.ID), "n", n+1, "all", len(list))}, Protect: true,
			File: &bot.Attachment{Photo: true, Name: "kiem-tra-" + strconv.Itoa(i.ID) + "-" + strconv.Itoa(n+1) + ".jpg", Body: body},
		})
	}
	return nil
}

// end finishes an inspection on a day that has come.
func (p premises) end(ctx context.Context, b book, i cases.Inspection, rest string) error {
	today := cases.DayOf(p.st.Now())
	day, _ := p.dayIn(rest)
	if !day.Valid() {
		if i.Done = today; i.MayEnd(today) != nil { // what is missing is said before a day is asked for
			return i.MayEnd(today)
		}
		bot.Await(p.st, p.r.Lang, inspectionsName, inspectionRef(i.ID), insEnd)
		row := []bot.Button{{Label: bot.T("kiemtra.today"), Do: bot.Action(inspectionsName, inspectionRef(i.ID), insEnd, dayMark(today))}}
		if i.Planned.Start().Before(today.Start()) {
			row = append(row, bot.Button{Label: bot.Words(i.Planned.String()), Do: bot.Action(inspectionsName, inspectionRef(i.ID), insEnd, dayMark(i.Planned))})
		}
		return p.say([]bot.Text{bot.T("inspection.ask.day")}, row, []bot.Button{insOf(i, "button.back")})
	}
	already := i.Done.Valid()
	i.Done = day
	if err := i.MayEnd(today); err != nil {
		return err
	}
	deed := cases.InspectionDone
	if already {
		deed = cases.InspectionCorrect
	}
	i, err := p.keepInspection(ctx, i, deed)
	if err != nil {
		return err
	}
	return p.inspectionCard(ctx, b, i)
}

// cancel takes a plan back, after asking once more.
func (p premises) cancel(ctx context.Context, b book, i cases.Inspection, rest string) error {
	if i.Ended() {
		return p.inspectionCard(ctx, b, i)
	}
	if rest != yes {
		return p.say([]bot.Text{bot.T("inspection.cancel.sure", "name", b.name(i.Establishment), "day", i.Planned.String())},
			[]bot.Button{insOf(i, "button.sure", insCancel, yes), insOf(i, "button.back")})
	}
	i.Cancelled = true
	i, err := p.keepInspection(ctx, i, cases.InspectionCancel)
	if err != nil {
		return err
	}
	return p.inspectionCard(ctx, b, i)
}

// inspectionCard shows an inspection with what can be done.
func (p premises) inspectionCard(ctx context.Context, b book, i cases.Inspection) error {
	lines, err := p.inspectionLines(ctx, b, i)
	if err != nil {
		return err
	}
	var rows [][]bot.Button
	if p.keeps && !i.Cancelled {
		if !i.Done.Valid() {
			rows = append(rows, []bot.Button{insOf(i, "inspection.do.day", insDay), insOf(i, "inspection.do.team", insTeam)})
		}
		rows = append(rows,
			[]bot.Button{insOf(i, "inspection.do.checks", insChecks), insOf(i, "inspection.do.result", insResult)},
			[]bot.Button{insOf(i, "inspection.do.words", insWords), insOf(i, "inspection.do.photo", insPhoto)},
		)
		if i.Done.Valid() {
			rows = append(rows, []bot.Button{insOf(i, "inspection.do.correct", insEnd)})
		} else {
			rows = append(rows, []bot.Button{insOf(i, "inspection.do.end", insEnd), insOf(i, "inspection.do.cancel", insCancel)})
		}
	}
	if i.Photos > 0 {
		rows = append(rows, []bot.Button{{Label: bot.T("inspection.do.see", "n", i.Photos), Do: bot.Action(inspectionsName, inspectionRef(i.ID), insSee)}})
	}
	rows = append(rows, []bot.Button{{Label: bot.T("inspection.do.place"), Do: bot.Action(registerName, entryRef(i.Establishment))}, insOf(i, "coso.do.log", insLog)}, toInspections())
	return p.say(lines, rows...)
}

func (p premises) inspectionLines(ctx context.Context, b book, i cases.Inspection) ([]bot.Text, error) {
	all, err := p.st.StaffList(ctx)
	if err != nil {
		return nil, err
	}
	var team []string
	for _, id := range i.Team {
		if n := slices.IndexFunc(all, func(s cases.Staff) bool { return s.ID == id }); n >= 0 {
			team = append(team, clip(all[n].Name, memberName))
		}
	}
	if i.Others != "" {
		team = append(team, clip(i.Others, clippedPlace))
	}
	e, _ := cases.EstablishmentByID(b.all, i.Establishment)
	lines := []bot.Text{
		bot.T("kiemtra.card", "id", strconv.Itoa(i.ID), "name", b.name(i.Establishment)),
		bot.T("coso.card.place", "hamlet", b.place(e.Hamlet), "address", given(e.Address)),
	}
	switch {
	case i.Cancelled:
		lines = append(lines, bot.T("inspection.is.cancelled", "day", i.Planned.String()))
	case i.Done.Valid():
		lines = append(lines, bot.T("inspection.is.done", "day", i.Done.String()))
	default:
		lines = append(lines, bot.T("inspection.is.planned", "day", i.Planned.String()))
	}
	lines = append(lines, bot.T("inspection.team", "team", given(strings.Join(team, ", "))))
	if i.Result != "" {
		lines = append(lines, bot.T("inspection.found", "result", bot.T("inspection.result."+string(i.Result))))
	}
	if i.Result == cases.NotOpen {
		lines = append(lines, bot.T("inspection.notopen"))
	}
	yeses, noes := 0, 0
	for _, c := range i.Checks {
		switch c.Answer {
		case cases.CheckYes:
			yeses++
		case cases.CheckNo:
			noes++
		}
	}
	lines = append(lines, bot.T("inspection.answers", "yes", yeses, "no", noes, "all", len(i.Checks)))
	for k, c := range i.Checks {
		if c.Answer == cases.CheckNo {
			lines = append(lines, checkLine(k, c))
		}
	}
	if i.Violations != "" {
		lines = append(lines, bot.T("inspection.words", "words", clip(i.Violations, cases.MaxViolationWords)))
	}
	return append(lines, bot.T("services.changed", "at", i.At, "by", clip(i.By, cardName))), nil
}

// inspectionHistory lists what happened: who, when, what.
func (p premises) inspectionHistory(ctx context.Context, b book, i cases.Inspection) error {
	all, err := p.st.InspectionHistory(ctx, i.ID)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("coso.log", "name", b.name(i.Establishment), "n", len(all))}
	for _, v := range all[:min(len(all), logVersions)] {
		lines = append(lines, bot.T("inspection.log.line", "at", v.At, "by", clip(v.By, cardName), "deed", bot.T("inspection.deed."+string(v.Deed))))
	}
	return p.say(lines, []bot.Button{insOf(i, "button.back")})
}

// InspectionKept are the buttons under the word that a photo has been kept.
func InspectionKept(id int) [][]bot.Button {
	return [][]bot.Button{{{Label: bot.T("button.open"), Do: bot.Action(inspectionsName, inspectionRef(id))}}}
}
