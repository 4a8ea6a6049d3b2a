package staffcmds

import "tinbao/cases"

// helpStep is a step in supporting a person who asked for help.
func helpStep(s step) Command {
	s.rights, s.streams = []cases.Right{cases.WorkHelp}, []cases.Stream{cases.HelpStream}
	return s.command()
}

// contact records the first contact.
func contact() Command {
	return helpStep(step{name: "lienhe", aliases: []string{"contacted"}, verb: cases.Contact})
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
	return helpStep(step{
		name: "hoanthanh", aliases: []string{"outcome"}, verb: cases.RecordDone, label: "outcome.", choose: cases.Outcomes, text: true,
		change: func(c *cases.Change, choice string) { c.Choice = choice },
	})
}
