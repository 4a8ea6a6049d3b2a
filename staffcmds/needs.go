package staffcmds

import (
	"context"
	"slices"

	"tinbao/bot"
	"tinbao/cases"
)

// The words that ask for consent, and that note consent by word of mouth.
const (
	needsAsk  = "hoi"
	needsOral = "mieng"
)

// assess records the needs that were talked over with the person, who agreed to that
// first: in the bot, or by word of mouth when the bot cannot reach the person.
func assess() Command {
	s := step{
		name: "danhgia", aliases: []string{"assess"}, verb: cases.Assess, text: true,
		rights: []cases.Right{cases.WorkHelp}, streams: []cases.Stream{cases.HelpStream},
	}
	c := s.command()
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, desk, err := s.at(st, r, args)
		if err != nil {
			return err
		}
		switch choice, _, _ := (step{choose: []string{needsAsk, needsOral}}).read(t.rest); choice {
		case needsAsk:
			ask := s
			ask.verb, ask.after = cases.AskNeeds, needsQuestion
			return ask.act(ctx, st, desk, r, t, "", "")
		case needsOral:
			oral := s
			oral.verb = cases.NeedsOral
			return oral.act(ctx, st, desk, r, t, "", "")
		}
		seen, err := desk.Open(ctx, *r.Staff, t.Number)
		if err != nil {
			return err
		}
		last := cases.LastNeeds(seen.History)
		possible := slices.Contains(cases.Steps(t.Stream, seen.Status, seen.Urgent), cases.Assess)
		if !possible || seen.Erased || cases.MayAssess(last) == nil {
			return s.run(ctx, st, r, t)
		}
		return askForConsent(ctx, st, desk, r, t, seen, last)
	}
	return c
}

// askForConsent says that consent is missing, and offers the way to it.
func askForConsent(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, c cases.Case, last cases.Verb) error {
	routes, err := st.Routes(ctx, c.Number.Stream, c.ID)
	if err != nil {
		return err
	}
	label, word := "needs.oral", needsOral
	if c.ByWeb || len(routes) > 0 && !c.Silent { // on the web the question waits under the receipt
		label, word = "needs.ask", needsAsk
	}
	question := map[cases.Verb]string{cases.AskNeeds: "ask.needs.asked", cases.NeedsNo: "ask.needs.no"}[last]
	if question == "" {
		question = "ask.needs"
	}
	return prompt(ctx, st, desk, r, t, bot.T(question), func(t target) [][]bot.Button {
		return [][]bot.Button{{{Label: bot.T(label), Do: bot.Action("danhgia", t.args(word)...)}}}
	})
}

// needsQuestion asks the person.
func needsQuestion(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
	r.Toast(bot.T("needs.asked"))
	button := func(label, says string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action("hlp", "n", c.ID, says)}}
	}
	return toResident(ctx, st, r, c, [][]bot.Button{button("needs.yes", "y"), button("needs.no", "n")}, "resident.needs")
}
