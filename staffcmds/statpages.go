package staffcmds

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
)

// valuesShown bounds a page of a dimension; what was received least is left out first.
const valuesShown = 25

// dimensionValues are the values of a dimension in the order of their lists; those that
// are not in a list stand by number of reports.
func dimensionValues(d cases.Dimension) []string {
	switch d {
	case cases.ByKind:
		return cases.Strings(cases.Kinds)
	case cases.ByBehaviour:
		return cases.Strings(cases.Behaviours)
	case cases.BySource:
		return cases.Strings(append([]cases.Source{cases.FromBot, cases.FromWeb}, cases.CapturedSources...))
	case cases.ByLevel:
		return cases.Strings(cases.Levels)
	case cases.ByUnit:
		return cases.Strings(cases.Competences)
	}
	return nil
}

// valueTexts are the prefixes of the texts of the values.
var valueTexts = map[cases.Dimension]string{
	cases.ByKind: "kind.", cases.ByBehaviour: "act.", cases.BySource: "source.", cases.ByLevel: "level.", cases.ByUnit: "body.",
}

// by is a page of one dimension.
func (s statSheet) by(ctx context.Context, d cases.Dimension, f cases.Statistics) ([]bot.Text, error) {
	name, err := s.names(ctx, d)
	if err != nil {
		return nil, err
	}
	values := dimensionValues(d)
	var others []string
	for v := range f.By[d] {
		if v != "" && !slices.Contains(values, v) {
			others = append(others, v)
		}
	}
	slices.SortFunc(others, func(a, b string) int {
		return cmp.Or(cmp.Compare(f.By[d][b].Received, f.By[d][a].Received), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	values = append(values, others...)
	if _, ok := f.By[d][""]; ok {
		values = append(values[:min(len(values), valuesShown)], "")
	}
	lines := []bot.Text{bot.T("stats.by", "what", bot.T("stats.page."+string(d)), "n", f.Total.Received)}
	for _, v := range values[:min(len(values), valuesShown+1)] {
		t := f.By[d][v]
		if t == (cases.Tally{}) {
			lines = append(lines, bot.T("stats.row.none", "name", name(v)))
			continue
		}
		lines = append(lines, bot.T("stats.row", "name", name(v), "n", t.Received, "verified", t.Verified, "classified", t.Classified, "forwarded", t.Forwarded, "late", t.Late, "open", t.Open))
	}
	if d == cases.ByBehaviour {
		lines = append(lines, bot.T("stats.by.several"))
	}
	return append(lines, bot.T("stats.row.note")), nil
}

// closed is a page of the figures of closed months.
func (s statSheet) closed(ctx context.Context, f cases.Statistics) ([]bot.Text, error) {
	if len(f.Trend) == 0 {
		return []bot.Text{bot.T("stats.closed.none")}, nil
	}
	if s.page == "" {
		lines := []bot.Text{bot.T("stats.closed.received", "n", f.Total.Received)}
		for _, b := range f.Trend[max(0, len(f.Trend)-closedShown):] {
			lines = append(lines, bot.T("stats.closed.month", "month", b.From.Start().Format("01/2006"), "n", b.Received))
		}
		return append(lines, bot.T("stats.closed.note", "least", cases.FewReports)), nil
	}
	d := cases.Dimension(s.page)
	name, err := s.names(ctx, d)
	if err != nil {
		return nil, err
	}
	lines := []bot.Text{bot.T("stats.by", "what", bot.T("stats.page."+string(d)), "n", f.Total.Received)}
	for _, v := range slices.SortedFunc(maps.Keys(f.By[d]), func(a, b string) int {
		return cmp.Or(cmp.Compare(f.By[d][b].Received, f.By[d][a].Received), cmp.Compare(a, b))
	}) {
		if v != "" {
			lines = append(lines, bot.T("stats.closed.row", "name", name(v), "n", f.By[d][v].Received))
		}
	}
	if rest := f.By[d][""].Received; rest > 0 {
		lines = append(lines, bot.T("stats.closed.row", "name", bot.T("stats.closed.rest"), "n", rest))
	}
	return append(lines, bot.T("stats.closed.note", "least", cases.FewReports)), nil
}

// closedShown bounds the months of a page, the newest.
const closedShown = 24

// names tells what the values of a dimension are called.
func (s statSheet) names(ctx context.Context, d cases.Dimension) (func(string) bot.Text, error) {
	none := bot.T("stats.none." + string(d))
	switch d {
	case cases.ByHamlet:
		ward, err := s.st.Ward(ctx)
		return func(v string) bot.Text {
			n, _ := strconv.Atoi(v)
			switch {
			case n >= 1 && n <= len(ward.Hamlets):
				return bot.Words(clip(ward.Hamlets[n-1], cardName))
			case n > 0:
				return bot.T("stats.hamlet", "n", n)
			}
			return none
		}, err
	case cases.ByStaff:
		all, err := s.st.StaffList(ctx)
		return func(v string) bot.Text {
			if name := (roster{all: all}).name(staffNumber(v)); name != "" {
				return bot.Words(name)
			}
			if v != "" {
				return bot.T("stats.account", "id", v)
			}
			return none
		}, err
	}
	return func(v string) bot.Text {
		if v == "" {
			return none
		}
		return bot.T(valueTexts[d] + v)
	}, nil
}

func staffNumber(v string) cases.StaffID {
	n, _ := strconv.ParseInt(v, 10, 64)
	return cases.StaffID(n)
}

// supportLines are the figures of requests for help that may be told: of closed half-years.
func supportLines(h *cases.HelpStatistics) []bot.Text {
	if h == nil {
		return []bot.Text{bot.T("stats.help.none")}
	}
	cell := func(key string, c cases.Cell, pairs ...any) bot.Text {
		var value any = c.N
		if c.Hidden {
			value = bot.T("stats.hidden")
		}
		return bot.T(key, append(pairs, "n", value)...)
	}
	lines := []bot.Text{
		bot.T("stats.help.head", "from", h.Period.From.Start(), "to", h.Period.To.Start()),
		cell("stats.help.received", h.Received),
	}
	for _, s := range cases.Services {
		lines = append(lines, cell("stats.help.row", h.ByService[s], "name", bot.T("service."+string(s))))
	}
	lines = append(lines, bot.T("stats.help.referrals"))
	for _, key := range cases.Referrals {
		lines = append(lines, cell("stats.help.row", h.Referrals[key], "name", bot.T("stats.referral."+key)))
	}
	lines = append(lines, bot.T("stats.help.outcomes"))
	for _, key := range cases.Outcomes {
		lines = append(lines, cell("stats.help.row", h.Outcomes[key], "name", bot.T("outcome."+key)))
	}
	return append(lines, cell("stats.help.under18", h.Under18), cell("stats.help.waiting", h.Waiting), bot.T("stats.help.note", "least", cases.SmallestTold))
}
