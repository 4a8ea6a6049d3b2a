package staffcmds

import (
	"context"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

const (
	eventsOnPage = 15
	eventDetail  = 80 // units of a reason shown in a line
)

// history lists what was done to a case, the newest first.
func history() Command {
	return Command{
		Name: "lichsu", Aliases: []string{"history"}, Help: "cmd.lichsu", Args: "usage.case", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c, t, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			r.Reply(historyReply(c, pageOf(t.rest), r.Bubble()))
			return nil
		},
	}
}

func historyReply(c cases.Case, page, bubble int) bot.Reply {
	newest := make([]cases.Event, 0, len(c.History))
	for _, v := range slices.Backward(c.History) {
		newest = append(newest, v)
	}
	part, page, pages := cut(newest, page, eventsOnPage)
	name := c.Number.String()
	lines := []bot.Text{bot.T("history.head", "number", name, "n", len(c.History))}
	for _, e := range part {
		lines = append(lines, eventLine(e))
	}
	rows := pager(page, pages, func(n int) string { return bot.Action("lichsu", name, strconv.Itoa(n)) })
	return bot.Reply{Lines: lines, Buttons: append(rows, []bot.Button{backToCard(c.Number)}), Edit: bubble, Protect: true}
}

func eventLine(e cases.Event) bot.Text {
	var detail any = ""
	if e.Detail != "" {
		detail = bot.T("history.detail", "detail", detailText(e))
	}
	return bot.T("history.line", "at", e.At, "by", eventBy(e), "verb", bot.T("verb."+string(e.Verb)), "detail", detail)
}

// eventBy names the member of staff, or says that it was the person or the bot.
func eventBy(e cases.Event) bot.Text {
	if e.By != "" {
		return bot.Words(clip(e.By, cardName))
	}
	switch e.Verb {
	case cases.Submit, cases.AddInfo, cases.Withdraw, cases.Consent, cases.NoConsent, cases.StayUnnamed, cases.OwnDoor, cases.Rate, cases.AskReopen,
		cases.NeedsYes, cases.NeedsNo, cases.KeepDate, cases.OtherDate, cases.FollowAnswer, cases.DenyDanger:
		return bot.T("history.person")
	}
	return bot.T("history.system")
}

// detailText puts the values of a step into words; reasons are words already.
func detailText(e cases.Event) bot.Text {
	if e.Verb == cases.Ring {
		return bot.T("ring.minutes", "n", e.Detail)
	}
	family := detailFamilies[e.Verb]
	if family != "" && known[family+e.Detail] {
		return bot.T(family + e.Detail)
	}
	return bot.Words(clip(e.Detail, eventDetail))
}

// detailFamilies are the texts of what a step records, by its verb.
var detailFamilies = map[cases.Verb]string{
	cases.Verify: "finding.", cases.Classify: "kind.", cases.Refer: "service.", cases.SetAside: "reason.", cases.OwnDoor: "reason.",
	cases.Alarm: "grounds.", cases.MarkAct: "act.", cases.SetLevel: "level.", cases.SetBody: "body.", cases.Capture: "source.", cases.Extend: "extend.", cases.Transfer: "dest.",
	cases.RecordDone: "outcome.", cases.FollowAnswer: "follow.", cases.Close: "ending.", cases.Resolve: "ending.", cases.KeepShut: keptShut,
}

// known are the texts of all values a step can record.
var known = knownValues()

func knownValues() map[string]bool {
	all := map[string]bool{}
	for _, r := range cases.Refusals {
		all["reason."+string(r)] = true
	}
	for _, r := range cases.KeptShutReasons {
		all[keptShut+r] = true
	}
	for _, b := range cases.Behaviours {
		all["act."+string(b)] = true
	}
	for _, l := range cases.Levels {
		all["level."+string(l)] = true
	}
	for _, c := range cases.Competences {
		all["body."+string(c)] = true
	}
	for _, d := range cases.ExtendDays {
		all["extend."+strconv.Itoa(d)] = true
	}
	for _, s := range both {
		for _, e := range cases.Endings(s) {
			all["ending."+string(e)] = true
		}
	}
	for _, g := range cases.AllGrounds {
		all["grounds."+string(g)] = true
	}
	for _, o := range cases.Outcomes {
		all["outcome."+o] = true
	}
	for _, a := range cases.FollowAnswers {
		all["follow."+a] = true
	}
	for _, d := range cases.Destinations {
		all["dest."+string(d)] = true
	}
	for _, f := range cases.Findings {
		all["finding."+string(f)] = true
	}
	for _, k := range cases.Kinds {
		all["kind."+string(k)] = true
	}
	for _, s := range cases.Services {
		all["service."+string(s)] = true
	}
	for _, s := range cases.CapturedSources {
		all["source."+string(s)] = true
	}
	return all
}
