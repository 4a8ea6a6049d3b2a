package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// placed is a point of a case and what it is.
type placed struct {
	at   cases.Place
	kind bot.Text
}

// placesOf are the points of a case that a map can show, those of messages last.
func placesOf(c cases.Case) (all []placed) {
	add := func(p *cases.Place, kind string) {
		if p != nil {
			all = append(all, placed{*p, bot.T(kind)})
		}
	}
	if c.Report != nil {
		add(c.Report.At, "place.happened")
		add(c.Report.Place, "place.stood")
	}
	if c.Help != nil {
		add(c.Help.At, "place.agreed")
		add(c.Help.Place, "place.near")
	}
	for _, t := range c.Talks {
		if t.FromStaff || t.Internal {
			continue
		}
		for _, p := range cases.PointsIn(t.Text) {
			all = append(all, placed{p.At, bot.Words(clip(p.Kind, cardField))})
		}
	}
	return all
}

// openMap shows the points of a case on the map of the phone. It opens the case, which is
// written into its history like every look at it.
func openMap() Command {
	return Command{
		Name: "bando", Aliases: []string{"map"}, Help: "cmd.bando", Args: "usage.case", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c, _, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			places := placesOf(c)
			if len(places) == 0 {
				r.Toast(bot.T("map.none"))
				return nil
			}
			for _, p := range places {
				r.Reply(
					bot.Reply{Lines: []bot.Text{bot.T("map.line", "number", c.Number.String(), "kind", p.kind)}, Protect: true},
					bot.Reply{Place: &p.at, Protect: true},
				)
			}
			return nil
		},
	}
}
