package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Linking says which establishments reports are about. Requests for help have none of it.
type Linking interface {
	Link(ctx context.Context, viewer cases.Staff, n cases.Number, establishment int, linked bool) error
	Linked(ctx context.Context, viewer cases.Staff, n cases.Number, among []cases.Establishment) ([]cases.Establishment, error)
	LinkedReports(ctx context.Context, viewer cases.Staff, establishment int) ([]cases.Number, error)
}

const (
	linkName  = "gan"
	linkAdd   = "+"
	linkTake  = "-"
	linkOffer = 8
)

// linkRights are those who work on a report: the office, and the police on what was handed
// over.
var linkRights = []cases.Right{cases.WorkReports, cases.PoliceReports}

// linkPlace says that a report is about an establishment, or takes that back.
func linkPlace() Command {
	return Command{
		Name: linkName, Aliases: []string{"link"}, Help: "cmd.gan", Args: "usage.gan", Rights: linkRights,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			t, err := reportOf(st, r, args, linkRights...)
			if err != nil {
				return err
			}
			p := premises{st: st, r: r, keeps: r.Staff.Role.May(cases.KeepEstablishments)}
			if len(t.rest) == 2 && (t.rest[0] == linkAdd || t.rest[0] == linkTake) {
				if id, err := strconv.Atoi(t.rest[1]); err == nil {
					return p.linkNow(ctx, t, id, t.rest[0] == linkAdd)
				}
			}
			return p.linkCard(ctx, t)
		},
	}
}

func (p premises) linkNow(ctx context.Context, t target, id int, linked bool) error {
	all, err := p.st.Establishments(ctx)
	if err != nil {
		return err
	}
	if _, err := cases.EstablishmentByID(all, id); err != nil {
		return err
	}
	if err := p.st.Reports().Link(ctx, *p.r.Staff, t.Number, id, linked); err != nil {
		return err
	}
	return p.linkCard(ctx, target{Number: t.Number})
}

// linkCard shows what a report is linked with, and offers what its words name or, without
// words, what is in its hamlet.
func (p premises) linkCard(ctx context.Context, t target) error {
	b, err := p.book(ctx)
	if err != nil {
		return err
	}
	linked, err := p.st.Reports().Linked(ctx, *p.r.Staff, t.Number, b.all)
	if err != nil {
		return err
	}
	bot.Await(p.st, p.r.Lang, linkName, t.String())
	lines := []bot.Text{bot.T("gan.head", "number", t.String())}
	var rows [][]bot.Button
	for _, e := range linked {
		lines = append(lines, b.line(e))
		rows = append(rows, []bot.Button{
			{Label: bot.T("gan.take", "id", strconv.Itoa(e.ID)), Do: bot.Action(linkName, t.String(), linkTake, strconv.Itoa(e.ID))},
			p.of(e, "button.open"),
		})
	}
	if len(linked) == 0 {
		lines = append(lines, bot.T("gan.none"))
	}
	offer := b.matching(strings.Join(t.rest, " "))
	offer = slices.DeleteFunc(offer, func(e cases.Establishment) bool {
		return slices.ContainsFunc(linked, func(l cases.Establishment) bool { return l.ID == e.ID })
	})
	if len(t.rest) > 0 {
		lines = append(lines, bot.T("coso.found", "n", len(offer)))
	} else {
		lines = append(lines, bot.T("gan.ask"))
	}
	offer = offer[:min(len(offer), linkOffer)]
	for _, e := range offer {
		lines = append(lines, b.line(e))
	}
	rows = append(rows, entryButtons(offer, func(e cases.Establishment) string {
		return bot.Action(linkName, t.String(), linkAdd, strconv.Itoa(e.ID))
	})...)
	return p.say(lines, append(rows, []bot.Button{backToCard(t.Number)})...)
}

// linked tells on the card of an establishment which reports the viewer may open are about
// it. Who reads no reports learns nothing of them.
func (p premises) linked(ctx context.Context, id int) ([]bot.Text, [][]bot.Button, error) {
	if !slices.Contains(streamsOf(*p.r.Staff, seeing...), cases.ReportStream) {
		return nil, nil, nil
	}
	numbers, err := p.st.Reports().LinkedReports(ctx, *p.r.Staff, id)
	if err != nil || len(numbers) == 0 {
		return nil, nil, err
	}
	var buttons []bot.Button
	for _, n := range numbers[:min(len(numbers), linkedButtons)] {
		buttons = append(buttons, bot.Button{Label: bot.Words(n.String()), Do: bot.Action("xem", n.String())})
	}
	return []bot.Text{bot.T("coso.card.linked", "n", len(numbers))}, slices.Collect(slices.Chunk(buttons, choicesInRow)), nil
}

// linkButtons lead from a report to the establishments it is about.
func (s sheet) linkButtons(c cases.Case) []bot.Button {
	if c.Number.Stream != cases.ReportStream || c.Shut || c.Erased || !s.may(cases.WorkReports, c.Number.Stream) && !s.may(cases.PoliceReports, c.Number.Stream) {
		return nil
	}
	return []bot.Button{{Label: bot.T("do.gan"), Do: bot.Action(linkName, c.Number.String())}}
}
