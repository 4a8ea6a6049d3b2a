package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Verbs of the card of an establishment besides the names of its fields.
const (
	entryEdit    = "sua"
	entryHistory = "lichsu"
)

// wordFields are the parts of an entry that are typed, flagFields those that are turned.
var (
	wordFields = []cases.EstablishmentDeed{cases.DeedName, cases.DeedAddress, cases.DeedOwner, cases.DeedPhone, cases.DeedLicence}
	flagFields = []cases.EstablishmentDeed{cases.DeedSecurity, cases.DeedExposed, cases.DeedCommit}
)

func wordField(e *cases.Establishment, d cases.EstablishmentDeed) *string {
	return map[cases.EstablishmentDeed]*string{
		cases.DeedName: &e.Name, cases.DeedAddress: &e.Address, cases.DeedOwner: &e.Owner, cases.DeedPhone: &e.Phone, cases.DeedLicence: &e.Licence,
	}[d]
}

func flagField(e *cases.Establishment, d cases.EstablishmentDeed) *bool {
	return map[cases.EstablishmentDeed]*bool{cases.DeedSecurity: &e.Security, cases.DeedExposed: &e.Vulnerable, cases.DeedCommit: &e.Commitment}[d]
}

// entry shows an entry, or does what a button of its card says.
func (p premises) entry(ctx context.Context, id int, rest string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	e, err := cases.EstablishmentByID(b.all, id)
	if err != nil {
		return err
	}
	word, rest := shift(rest)
	deed := cases.EstablishmentDeed(word)
	switch {
	case word == entryHistory:
		return p.history(ctx, b, e)
	case word == "" || !p.keeps:
		return p.card(ctx, b, e)
	case word == entryEdit:
		return p.fields(b, e)
	case slices.Contains(wordFields, deed):
		return p.write(ctx, b, e, deed, rest)
	case slices.Contains([]cases.EstablishmentDeed{cases.DeedType, cases.DeedRisk, cases.DeedHamlet}, deed):
		return p.pick(ctx, b, e, deed, rest)
	case slices.Contains([]cases.EstablishmentDeed{cases.DeedPause, cases.DeedClose}, deed):
		return p.stop(ctx, b, e, deed, rest)
	case slices.Contains(flagFields, deed), deed == cases.DeedReview, deed == cases.DeedOpen:
		return p.turn(ctx, b, e, deed, rest)
	}
	return p.card(ctx, b, e)
}

// put keeps a changed entry and shows its card.
func (p premises) put(ctx context.Context, b book, e cases.Establishment, deed cases.EstablishmentDeed) error {
	e.Deed = deed
	e, err := p.st.PutEstablishment(ctx, *p.r.Staff, e)
	if err != nil {
		return err
	}
	return p.card(ctx, b, e)
}

func (p premises) of(e cases.Establishment, key string, args ...string) bot.Button {
	return bot.Button{Label: bot.T(key), Do: bot.Action(registerName, append([]string{entryRef(e.ID)}, args...)...)}
}

// versioned is a button that only works as long as nobody has changed the entry.
func (p premises) versioned(e cases.Establishment, key string, deed cases.EstablishmentDeed) bot.Button {
	return p.of(e, key, string(deed), "v"+strconv.Itoa(e.Version))
}

// turn changes a mark, says that the entry was reviewed today, or opens it again.
func (p premises) turn(ctx context.Context, b book, e cases.Establishment, deed cases.EstablishmentDeed, rest string) error {
	if rest != "v"+strconv.Itoa(e.Version) && p.r.Press != nil {
		p.r.Alert(bot.T("error.conflict"))
		return p.card(ctx, b, e)
	}
	switch deed {
	case cases.DeedReview:
		e.Reviewed = cases.DayOf(p.st.Now())
	case cases.DeedOpen:
		e.Status, e.Reason = cases.EstablishmentOpen, ""
	default:
		*flagField(&e, deed) = !*flagField(&e, deed)
	}
	return p.put(ctx, b, e, deed)
}

// stop pauses an establishment or closes it down, with the reason.
func (p premises) stop(ctx context.Context, b book, e cases.Establishment, deed cases.EstablishmentDeed, reason string) error {
	if reason == "" || p.tooLong(reason) {
		bot.Await(p.st, p.r.Lang, registerName, entryRef(e.ID), string(deed))
		if reason != "" {
			return nil
		}
		return p.say([]bot.Text{bot.T("coso.ask."+string(deed), "name", clip(e.Name, clippedName))}, []bot.Button{p.of(e, "button.back")})
	}
	e.Status, e.Reason = cases.EstablishmentPaused, reason
	if deed == cases.DeedClose {
		e.Status = cases.EstablishmentClosed
	}
	return p.put(ctx, b, e, deed)
}

func (p premises) tooLong(words string) bool {
	if len([]rune(words)) <= cases.MaxEstablishmentWords {
		return false
	}
	p.r.Alert(bot.T("services.toolong", "n", cases.MaxEstablishmentWords))
	return true
}

// write changes a part that is typed; "-" empties it.
func (p premises) write(ctx context.Context, b book, e cases.Establishment, deed cases.EstablishmentDeed, said string) error {
	said = strings.Join(strings.Fields(said), " ")
	nameless := deed == cases.DeedName && len(cases.WordsOf(said)) == 0
	if said == "" || nameless || p.tooLong(said) {
		bot.Await(p.st, p.r.Lang, registerName, entryRef(e.ID), string(deed))
		if said != "" && !nameless {
			return nil
		}
		return p.say([]bot.Text{bot.T("coso.ask." + string(deed))}, []bot.Button{p.of(e, "button.back", entryEdit)})
	}
	part := wordField(&e, deed)
	if *part = said; said == "-" {
		*part = ""
	}
	if deed == cases.DeedName {
		if twin, there := cases.Twin(b.all, e); there {
			return p.twin(b, twin)
		}
	}
	return p.put(ctx, b, e, deed)
}

// pick changes what is chosen from a list.
func (p premises) pick(ctx context.Context, b book, e cases.Establishment, deed cases.EstablishmentDeed, mark string) error {
	var choices []choice
	switch deed {
	case cases.DeedType:
		choices = b.listChoices(cases.TypeList)
	case cases.DeedRisk:
		choices = b.listChoices(cases.RiskList)
	default:
		choices = b.hamletChoices()
	}
	if !slices.ContainsFunc(choices, func(c choice) bool { return c.mark == mark }) {
		var buttons []bot.Button
		for _, c := range choices {
			buttons = append(buttons, bot.Button{Label: c.label, Do: bot.Action(registerName, entryRef(e.ID), string(deed), c.mark)})
		}
		rows := append(slices.Collect(slices.Chunk(buttons, choicesInRow)), []bot.Button{p.of(e, "button.back", entryEdit)})
		return p.say([]bot.Text{bot.T("coso.pick."+string(deed), "name", clip(e.Name, clippedName))}, rows...)
	}
	switch deed {
	case cases.DeedType:
		e.Type = mark
	case cases.DeedRisk:
		e.Risk = mark
	default:
		e.Hamlet, _ = strconv.Atoi(mark)
		if twin, there := cases.Twin(b.all, e); there {
			return p.twin(b, twin)
		}
	}
	return p.put(ctx, b, e, deed)
}

// twin says that an establishment stands in the register already.
func (p premises) twin(b book, e cases.Establishment) error {
	p.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("coso.twin"), b.line(e)}, Buttons: [][]bot.Button{{p.of(e, "button.open")}, toRegister()}, Protect: true})
	return nil
}

// fields are the parts of an entry to choose from.
func (p premises) fields(b book, e cases.Establishment) error {
	do := func(d cases.EstablishmentDeed) bot.Button { return p.of(e, "coso.field."+string(d), string(d)) }
	return p.say(append(b.cardLines(e), bot.T("coso.fields")),
		[]bot.Button{do(cases.DeedName), do(cases.DeedAddress)},
		[]bot.Button{do(cases.DeedHamlet), do(cases.DeedType), do(cases.DeedRisk)},
		[]bot.Button{do(cases.DeedOwner), do(cases.DeedPhone), do(cases.DeedLicence)},
		[]bot.Button{p.flag(e, cases.DeedSecurity), p.flag(e, cases.DeedExposed)},
		[]bot.Button{p.flag(e, cases.DeedCommit), p.of(e, "button.back")},
	)
}

// flag turns a mark; it says what the mark would be.
func (p premises) flag(e cases.Establishment, deed cases.EstablishmentDeed) bot.Button {
	b := p.versioned(e, "coso.field."+string(deed), deed)
	b.Label = bot.T(b.Label.Key, "yes", yesText(!*flagField(&e, deed)))
	return b
}

func given(words string) bot.Text {
	if words == "" {
		return bot.T("coso.unsaid")
	}
	return bot.Words(clip(words, clippedPlace))
}

func yesText(yes bool) bot.Text {
	if yes {
		return bot.T("coso.yes")
	}
	return bot.T("coso.no")
}

// cardLines are what the register says of an establishment.
func (b book) cardLines(e cases.Establishment) []bot.Text {
	lines := []bot.Text{
		bot.T("coso.card", "name", clip(e.Name, clippedPlace), "id", strconv.Itoa(e.ID)),
		bot.T("coso.card.type", "type", b.label(cases.TypeList, e.Type), "risk", b.label(cases.RiskList, e.Risk)),
		bot.T("coso.card.place", "hamlet", b.place(e.Hamlet), "address", given(e.Address)),
		bot.T("coso.card.flags", "security", yesText(e.Security), "vulnerable", yesText(e.Vulnerable)),
		bot.T("coso.card.owner", "owner", given(e.Owner), "phone", given(e.Phone), "licence", given(e.Licence)),
		bot.T("coso.card.commitment", "yes", yesText(e.Commitment)),
	}
	if e.Reviewed.Valid() {
		lines = append(lines, bot.T("coso.card.reviewed", "at", e.Reviewed.Start()))
	} else {
		lines = append(lines, bot.T("coso.card.unreviewed"))
	}
	state := bot.T("coso.status." + string(e.Status))
	if e.Reason != "" {
		state = bot.T("coso.status.why", "status", state, "reason", clip(e.Reason, clippedPlace))
	}
	return append(lines, bot.T("coso.card.status", "status", state), bot.T("services.changed", "at", e.At, "by", clip(e.By, cardName)))
}

// card shows an entry with what can be done to it.
func (p premises) card(ctx context.Context, b book, e cases.Establishment) error {
	inspections, err := p.inspectionsOf(ctx, e.ID)
	if err != nil {
		return err
	}
	lines := append(b.cardLines(e), inspectionSummary(inspections)...)
	linked, links, err := p.linked(ctx, e.ID)
	if err != nil {
		return err
	}
	rows := [][]bot.Button{}
	if p.keeps {
		rows = append(rows, []bot.Button{p.of(e, "coso.do.edit", entryEdit), p.versioned(e, "coso.do.review", cases.DeedReview)})
		if e.Alive() {
			rows = append(rows, []bot.Button{{Label: bot.T("coso.do.plan"), Do: bot.Action(inspectionsName, insPlan, strconv.Itoa(e.ID))}})
		}
		var state []bot.Button
		switch e.Status {
		case cases.EstablishmentOpen:
			state = []bot.Button{p.of(e, "coso.do.pause", string(cases.DeedPause)), p.of(e, "coso.do.close", string(cases.DeedClose))}
		case cases.EstablishmentPaused:
			state = []bot.Button{p.versioned(e, "coso.do.open.again", cases.DeedOpen), p.of(e, "coso.do.close", string(cases.DeedClose))}
		default:
			state = []bot.Button{p.versioned(e, "coso.do.open.again", cases.DeedOpen)}
		}
		rows = append(rows, state)
	}
	rows = append(rows, openInspections(inspections)...)
	rows = append(rows, links...)
	rows = append(rows, []bot.Button{p.of(e, "coso.do.log", entryHistory), toRegister()[0]})
	return p.say(append(lines, linked...), rows...)
}

// history lists what an entry said before, the newest first: who, when, what.
func (p premises) history(ctx context.Context, b book, e cases.Establishment) error {
	all, err := p.st.EstablishmentHistory(ctx, e.ID)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("coso.log", "name", clip(e.Name, clippedName), "n", len(all))}
	for _, v := range all[:min(len(all), versionsShown)] {
		lines = append(lines, bot.T("coso.log.line", "at", v.At, "by", clip(v.By, cardName), "deed", bot.T("coso.deed."+string(v.Deed)), "what", b.what(v)))
	}
	return p.say(lines, []bot.Button{p.of(e, "button.back")})
}

// what is the value a version brought.
func (b book) what(v cases.Establishment) bot.Text {
	switch v.Deed {
	case cases.DeedType:
		return b.label(cases.TypeList, v.Type)
	case cases.DeedRisk:
		return b.label(cases.RiskList, v.Risk)
	case cases.DeedHamlet:
		return b.place(v.Hamlet)
	case cases.DeedReview:
		return bot.Words(v.Reviewed.String())
	case cases.DeedPause, cases.DeedClose:
		return given(v.Reason)
	case cases.DeedOpen:
		return bot.T("coso.status." + string(v.Status))
	case cases.DeedAdd, cases.DeedImport, cases.DeedUndo:
		return given(v.Name + " · " + v.Address)
	}
	if words := wordField(&v, v.Deed); words != nil {
		return given(*words)
	}
	if flag := flagField(&v, v.Deed); flag != nil {
		return yesText(*flag)
	}
	return bot.T("coso.unsaid")
}
