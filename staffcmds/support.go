package staffcmds

import (
	"context"

	"tinbao/bot"
	"tinbao/cases"
)

// helpStep is a step in supporting a person who asked for help.
func helpStep(s step) Command {
	s.rights, s.streams = []cases.Right{cases.WorkHelp}, []cases.Stream{cases.HelpStream}
	return s.command()
}

// contact records the first contact.
func contact() Command {
	return helpStep(step{name: "lienhe", aliases: []string{"contacted"}, verb: cases.Contact})
}

// assess records that the needs were talked over with the person.
func assess() Command {
	return helpStep(step{name: "danhgia", aliases: []string{"assess"}, verb: cases.Assess, text: true})
}

// refer passes the person on to one of the seven services of the plan (4.2).
func refer() Command {
	var values []string
	for _, s := range cases.Services {
		values = append(values, string(s))
	}
	return helpStep(step{
		name: "chuyengui", aliases: []string{"refer"}, verb: cases.Refer, label: "service.", choose: values,
		change: func(c *cases.Change, choice string) { c.Service = cases.Service(choice) },
		after: func(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
			return toResident(ctx, st, r, c, nil, "resident.referred", "service", bot.T("service."+string(ch.Service)))
		},
	})
}

// accept records that the service took the person on.
func accept() Command {
	return helpStep(step{name: "chapnhan", aliases: []string{"accepted"}, verb: cases.Accept})
}

// decline records that the service could not.
func decline() Command {
	return helpStep(step{name: "tuchoi", aliases: []string{"declined"}, verb: cases.Decline, text: true})
}

// outcome records what the support led to.
func outcome() Command {
	return helpStep(step{name: "hoanthanh", aliases: []string{"outcome"}, verb: cases.RecordDone, text: true})
}
