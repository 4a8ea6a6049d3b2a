package staffcmds

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// add takes a new entry typed in one line, its parts with commas between them. Every part
// that cannot be read is named, and the line can be sent again.
func (p premises) add(ctx context.Context, line string) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	if line == "" {
		bot.Await(p.st, p.r.Lang, registerName, regAdd)
		return p.say(b.addHelp(), toRegister())
	}
	e, faults := b.register().ReadLine(line)
	if len(faults) > 0 {
		bot.Await(p.st, p.r.Lang, registerName, regAdd)
		lines := []bot.Text{bot.T("coso.add.faults")}
		for _, f := range faults {
			lines = append(lines, bot.T("coso.add.fault", "fault", faultText(f)))
		}
		lines = append(lines, bot.T("coso.add.again"))
		p.r.Reply(bot.Reply{Lines: lines, Buttons: [][]bot.Button{toRegister()}, Protect: true})
		return nil
	}
	if twin, there := cases.Twin(b.all, e); there {
		return p.twin(b, twin)
	}
	e, err = p.st.PutEstablishment(ctx, *p.r.Staff, e)
	if err != nil {
		return err
	}
	return p.card(ctx, b, e)
}

// addHelp says how a line is written, with the lists of the ward.
func (b book) addHelp() []bot.Text {
	var types, risks []string
	for _, item := range b.lists.Offered(cases.TypeList) {
		name, _, _ := strings.Cut(item.Label, ",")
		types = append(types, name)
	}
	for _, item := range b.lists.Offered(cases.RiskList) {
		risks = append(risks, item.Label)
	}
	return []bot.Text{
		bot.T("coso.add.ask"), bot.T("coso.add.example"), bot.T("coso.add.types", "types", strings.Join(types, " · ")), bot.T("coso.add.risks", "risks", strings.Join(risks, " · ")),
	}
}

// faultText says what is wrong with a part, in the words of its column.
func faultText(f cases.RowFault) bot.Text {
	return bot.T("import.fault."+f.Fault, "column", bot.T("import.column."+string(f.Column)), "n", cases.MaxEstablishmentWords, "value", clip(f.Value, valueShown))
}

// Verbs of the editor of lists.
const (
	listAdd  = "them"
	listName = "ten"
	listOff  = "an" // offered or not
)

// lists edits what types, classes of risk and questions there are.
func (p premises) lists(ctx context.Context, rest string) error {
	lists, err := p.st.EstablishmentLists(ctx)
	if err != nil {
		return err
	}
	word, rest := shift(rest)
	name := cases.ListName(word)
	if !slices.Contains(cases.ListNames, name) {
		var rows [][]bot.Button
		for _, n := range cases.ListNames {
			label := bot.T("coso.count", "label", bot.T("coso.list."+string(n)), "n", len(lists.Offered(n)))
			rows = append(rows, []bot.Button{{Label: label, Do: bot.Action(registerName, regLists, string(n))}})
		}
		return p.say([]bot.Text{bot.T("coso.lists")}, append(rows, toRegister())...)
	}
	verb, rest := shift(rest)
	items := slices.Clone(lists[name])
	switch verb {
	case listAdd:
		return p.addItem(ctx, name, items, rest)
	case "":
		return p.items(name, items)
	}
	i := slices.IndexFunc(items, func(item cases.ListItem) bool { return item.Key == verb })
	if i < 0 {
		return p.items(name, items)
	}
	return p.item(ctx, name, items, i, rest)
}

func listButton(name cases.ListName, key string, args ...string) bot.Button {
	return bot.Button{Label: bot.T(key), Do: bot.Action(registerName, append([]string{regLists, string(name)}, args...)...)}
}

func (p premises) items(name cases.ListName, items []cases.ListItem) error {
	var buttons []bot.Button
	for _, item := range items {
		label := bot.Words(clip(item.Label, clippedName))
		if item.Off {
			label = bot.T("coso.list.off", "label", label)
		}
		buttons = append(buttons, bot.Button{Label: label, Do: bot.Action(registerName, regLists, string(name), item.Key)})
	}
	rows := slices.Collect(slices.Chunk(buttons, choicesInRow))
	rows = append(rows, []bot.Button{listButton(name, "coso.list.add", listAdd), p.button("button.back", regLists)})
	return p.say([]bot.Text{bot.T("coso.list.head." + string(name))}, rows...)
}

// label reads the name of an entry; it asks again when it is missing, too long or there
// already.
func (p premises) label(name cases.ListName, items []cases.ListItem, said string, args ...string) (string, bool) {
	said = strings.Join(strings.Fields(said), " ")
	wrong := ""
	switch {
	case said == "":
	case len([]rune(said)) > cases.MaxListLabel || len(cases.WordsOf(said)) == 0:
		wrong = "coso.list.long"
	case slices.ContainsFunc(items, func(item cases.ListItem) bool { return cases.Fold(item.Label) == cases.Fold(said) }):
		wrong = "coso.list.twice"
	default:
		return said, true
	}
	bot.Await(p.st, p.r.Lang, registerName, append([]string{regLists, string(name)}, args...)...)
	if wrong != "" {
		p.r.Alert(bot.T(wrong, "n", cases.MaxListLabel))
		return "", false
	}
	p.r.Reply(bot.Reply{Lines: []bot.Text{bot.T("coso.list.ask", "n", cases.MaxListLabel)}, Buttons: [][]bot.Button{{listButton(name, "button.back")}}, Edit: p.r.Bubble(), Protect: true})
	return "", false
}

func (p premises) addItem(ctx context.Context, name cases.ListName, items []cases.ListItem, said string) error {
	if len(items) >= cases.MaxListItems {
		return cases.Fail(cases.NotAllowed, "coso.list.full")
	}
	label, ok := p.label(name, items, said, listAdd)
	if !ok {
		return nil
	}
	items = append(items, cases.ListItem{Key: fmt.Sprintf("n%d", len(items)+1), Label: label})
	return p.putItems(ctx, name, items)
}

// item shows an entry of a list, or changes it.
func (p premises) item(ctx context.Context, name cases.ListName, items []cases.ListItem, i int, rest string) error {
	verb, said := shift(rest)
	key := items[i].Key
	switch verb {
	case listOff:
		if items[i].Off = !items[i].Off; !slices.ContainsFunc(items, func(item cases.ListItem) bool { return !item.Off }) {
			return cases.Fail(cases.NotAllowed, "coso.list.last")
		}
		return p.putItems(ctx, name, items)
	case listName:
		label, ok := p.label(name, items, said, key, listName)
		if !ok {
			return nil
		}
		items[i].Label = label
		return p.putItems(ctx, name, items)
	}
	turn := "coso.list.hide"
	if items[i].Off {
		turn = "coso.list.show"
	}
	return p.say([]bot.Text{bot.Words(items[i].Label)}, []bot.Button{listButton(name, "coso.list.rename", key, listName), listButton(name, turn, key, listOff)}, []bot.Button{listButton(name, "button.back")})
}

func (p premises) putItems(ctx context.Context, name cases.ListName, items []cases.ListItem) error {
	if err := p.st.PutEstablishmentList(ctx, p.r.Staff.ID, name, items); err != nil {
		return err
	}
	return p.items(name, items)
}
