package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Directory is the list of places that give the seven services of the plan (4.2).
type Directory interface {
	Services(ctx context.Context) ([]cases.ServiceEntry, error)
	ServiceHistory(ctx context.Context, id int) ([]cases.ServiceEntry, error)
	PutService(ctx context.Context, by cases.Staff, e cases.ServiceEntry) (cases.ServiceEntry, error)
}

const (
	directoryName = "dichvu"
	newEntry      = "new"
	entryWords    = 200 // characters of a name, an address, hours or a phone number
	entriesShown  = 20  // buttons of one service
	versionsShown = 10
)

// entryName is the name of an entry in commands: e12.
func entryName(e cases.ServiceEntry) string { return "e" + strconv.Itoa(e.ID) }

// directory keeps the directory of services. Residents read it under the guide.
func directory() Command {
	return Command{
		Name: directoryName, Aliases: []string{"services"}, Help: "cmd.dichvu", Args: "usage.service", Rights: []cases.Right{cases.WorkHelp}, Rest: true, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			words := strings.Fields(strings.Join(args, " "))
			all, err := st.Services(ctx)
			if err != nil {
				return err
			}
			if len(words) == 0 {
				return showDirectory(r, all)
			}
			if slices.Contains(cases.Services, cases.Service(words[0])) {
				return ofService(ctx, st, r, cases.Service(words[0]), words[1:], all)
			}
			i := slices.IndexFunc(all, func(e cases.ServiceEntry) bool { return entryName(e) == words[0] })
			if i < 0 {
				return showDirectory(r, all)
			}
			return ofEntry(ctx, st, r, all[i], words[1:])
		},
	}
}

// showDirectory lists the services with the number of their places.
func showDirectory(r *bot.Request, all []cases.ServiceEntry) error {
	var rows [][]bot.Button
	for _, s := range cases.Services {
		n := 0
		for _, e := range all {
			if e.Service == s {
				n++
			}
		}
		label := bot.T("services.count", "service", bot.T("service."+string(s)), "n", n)
		rows = append(rows, []bot.Button{{Label: label, Do: bot.Action(directoryName, string(s))}})
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("services.head")}, Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

// ofService lists the places of a service, or adds one.
func ofService(ctx context.Context, st Store, r *bot.Request, s cases.Service, words []string, all []cases.ServiceEntry) error {
	if len(words) > 0 && words[0] == newEntry {
		name := strings.Join(words[1:], " ")
		if name == "" || tooLong(r, name) {
			if name == "" {
				r.Say(bot.T("services.ask.new", "service", bot.T("service."+string(s))))
			}
			bot.Await(st, r.Lang, directoryName, string(s), newEntry)
			return nil
		}
		e, err := st.PutService(ctx, *r.Staff, cases.ServiceEntry{Service: s, Free: true, ServiceWords: cases.ServiceWords{Name: name}})
		if err != nil {
			return err
		}
		r.Reply(entryCard(e, 0))
		return nil
	}
	all = slices.DeleteFunc(slices.Clone(all), func(e cases.ServiceEntry) bool { return e.Service != s })
	var rows [][]bot.Button
	for _, e := range all[:min(len(all), entriesShown)] {
		key := "services.entry"
		if !e.Shown {
			key += ".hidden"
		}
		rows = append(rows, []bot.Button{{Label: bot.T(key, "name", clip(e.Name, cardName)), Do: bot.Action(directoryName, entryName(e))}})
	}
	rows = append(rows, []bot.Button{{Label: bot.T("services.add"), Do: bot.Action(directoryName, string(s), newEntry)}}, toDirectory())
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("services.list", "service", bot.T("service."+string(s)), "n", len(all))}, Buttons: rows, Edit: r.Bubble(), Protect: true})
	return nil
}

func toDirectory() []bot.Button {
	return []bot.Button{{Label: bot.T("services.do.back"), Do: directoryName}}
}

func tooLong(r *bot.Request, words string) bool {
	if len([]rune(words)) <= entryWords {
		return false
	}
	r.Alert(bot.T("services.toolong", "n", entryWords))
	return true
}

// field is the part of an entry that words change.
func field(e *cases.ServiceEntry, name string) *string {
	return map[string]*string{"name": &e.Name, "place": &e.Place, "hours": &e.Hours, "phone": &e.Phone}[name]
}

// ofEntry shows an entry, or changes it.
func ofEntry(ctx context.Context, st Store, r *bot.Request, e cases.ServiceEntry, words []string) error {
	if len(words) == 0 {
		r.Reply(entryCard(e, r.Bubble()))
		return nil
	}
	if part := field(&e, words[0]); part != nil {
		said := strings.Join(words[1:], " ")
		if said == "" || tooLong(r, said) || said == "-" && words[0] == "name" {
			if said == "" {
				r.Say(bot.T("services.ask." + words[0]))
			}
			bot.Await(st, r.Lang, directoryName, entryName(e), words[0])
			return nil
		}
		if *part = said; said == "-" {
			*part = ""
		}
		return change(ctx, st, r, e)
	}
	if len(words) > 1 && words[1] != "v"+strconv.Itoa(e.Version) { // somebody has changed it since
		r.Alert(bot.T("error.conflict"))
		r.Reply(entryCard(e, r.Bubble()))
		return nil
	}
	switch words[0] {
	case "free":
		e.Free = !e.Free
	case "youth":
		e.Youth = !e.Youth
	case "show":
		e.Shown = !e.Shown
	case "log":
		return entryLog(ctx, st, r, e)
	default:
		r.Reply(entryCard(e, r.Bubble()))
		return nil
	}
	return change(ctx, st, r, e)
}

func change(ctx context.Context, st Store, r *bot.Request, e cases.ServiceEntry) error {
	e, err := st.PutService(ctx, *r.Staff, e)
	if err != nil {
		return err
	}
	r.Reply(entryCard(e, r.Bubble()))
	return nil
}

// entryCard is an entry with what can be done to it.
func entryCard(e cases.ServiceEntry, bubble int) bot.Reply {
	given := func(words string) bot.Text { return bot.WordsOr(words, "services.empty") }
	state, turn := "services.state.hidden", "services.do.show"
	if e.Shown {
		state, turn = "services.state.shown", "services.do.hide"
	}
	free, youth := marks(e)
	lines := []bot.Text{
		bot.T("services.card", "name", e.Name, "service", bot.T("service."+string(e.Service))),
		bot.T("places.place", "place", given(e.Place)), bot.T("places.hours", "hours", given(e.Hours)), bot.T("places.phone", "phone", given(e.Phone)),
		bot.T("services.marks", "free", free, "youth", youth), bot.T(state), bot.T("services.changed", "at", e.At, "by", clip(e.By, cardName)),
	}
	do := func(what string) bot.Button {
		return bot.Button{Label: bot.T("services.do." + what), Do: bot.Action(directoryName, entryName(e), what)}
	}
	turned := func(key, what string) bot.Button {
		return bot.Button{Label: bot.T(key), Do: bot.Action(directoryName, entryName(e), what, "v"+strconv.Itoa(e.Version))}
	}
	rows := [][]bot.Button{
		{do("name"), do("place")},
		{do("hours"), do("phone")},
		{turned("services.do.free", "free"), turned("services.do.youth", "youth")},
		{turned(turn, "show"), do("log")},
		append(toDirectory(), bot.Button{Label: bot.T("service." + string(e.Service)), Do: bot.Action(directoryName, string(e.Service))}),
	}
	return bot.Reply{Lines: lines, Buttons: rows, Edit: bubble, Protect: true}
}

func marks(e cases.ServiceEntry) (free bot.Text, youth any) {
	free, youth = bot.T("places.paid"), ""
	if e.Free {
		free = bot.T("places.free")
	}
	if e.Youth {
		youth = bot.T("places.youth")
	}
	return free, youth
}

// entryLog lists what an entry said before, the newest first.
func entryLog(ctx context.Context, st Store, r *bot.Request, e cases.ServiceEntry) error {
	all, err := st.ServiceHistory(ctx, e.ID)
	if err != nil {
		return err
	}
	lines := []bot.Text{bot.T("services.log.head", "name", clip(e.Name, cardName), "n", len(all))}
	for _, v := range all[:min(len(all), versionsShown)] {
		free, youth := marks(v)
		var shown any = ""
		if !v.Shown {
			shown = bot.T("services.log.hidden")
		}
		lines = append(lines, bot.T("services.log.line", "at", v.At, "by", clip(v.By, cardName), "name", clip(v.Name, cardName), "place", clip(v.Place, eventDetail),
			"hours", clip(v.Hours, cardName), "phone", clip(v.Phone, cardName), "free", free, "youth", youth, "shown", shown))
	}
	back := []bot.Button{{Label: bot.T("button.back"), Do: bot.Action(directoryName, entryName(e))}}
	r.Reply(bot.Reply{Lines: lines, Buttons: [][]bot.Button{back}, Edit: r.Bubble(), Protect: true})
	return nil
}
