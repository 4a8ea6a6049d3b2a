package staffcmds

import (
	"context"
	"slices"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// setAside ends a report that is not within the ward's competence, or that has no content
// to act on, for a reason from the list; who wrote reads where to go. Nothing is deleted,
// and it can be opened again.
func setAside() Command {
	s := step{
		name: "ngoai", aliases: []string{"outofscope"}, verb: cases.SetAside, label: "reason.", choose: cases.Strings(cases.Refusals),
		rights: []cases.Right{cases.WorkReports, cases.KeptReports}, streams: []cases.Stream{cases.ReportStream},
	}
	c := s.command()
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, desk, err := s.at(st, r, args)
		if err != nil {
			return err
		}
		w, err := st.Ward(ctx)
		if err != nil {
			return err
		}
		rest := strings.Fields(strings.Join(t.rest, " "))
		if len(rest) == 0 || !slices.Contains(s.choose, rest[0]) {
			return s.offer(ctx, st, desk, r, t)
		}
		ch := cases.Change{Verb: s.verb, Refusal: cases.Refusal(rest[0])}
		chosen, rest := rest[:1], rest[1:]
		named := false
		if len(rest) > 0 {
			if ch.Where, named = bodyAt(w, rest[0]); named {
				chosen, rest = append(slices.Clone(chosen), rest[0]), rest[1:]
			}
		}
		subject := refused(ch.Refusal)
		result := cases.ResultOf(ch, ch.Refusal.Status())
		switch {
		case !named && subject != "" && len(w.Bodies) > 0:
			return s.askBody(ctx, st, desk, r, t, w, subject, chosen...)
		case len(rest) == 0 || rest[0] != yes:
			return s.previewOf(ctx, desk, r, t, w, *result, "", chosen, nil)
		}
		s.change = func(c *cases.Change, _ string) { c.Refusal, c.Where = ch.Refusal, ch.Where }
		s.after = func(ctx context.Context, st Store, r *bot.Request, c cases.Case, _ cases.Change) error {
			return tellEnd(ctx, st, r, c, "")
		}
		return s.act(ctx, st, desk, r, t, chosen[0], "")
	}
	return c
}

// refused is what the bodies deal with that a person is led to for a reason; "" = to none.
func refused(why cases.Refusal) cases.Subject {
	switch {
	case why == cases.NeedsName:
		return cases.ForPetition
	case why.Status() == cases.OutOfScope:
		return cases.ForOther
	}
	return ""
}
