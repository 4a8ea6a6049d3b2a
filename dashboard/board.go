package dashboard

import (
	"cmp"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
)

// period is the one asked for by the address: two days; the present year by default.
func (s *site) period(r *http.Request) (cases.Period, error) {
	q := r.URL.Query()
	if !q.Has("tu") && !q.Has("den") {
		today := cases.DayOf(s.Now())
		return cases.Period{From: cases.Day{Year: today.Year, Month: time.January, Day: 1}, To: today}, nil
	}
	return cases.ParsePeriod(q.Get("tu"), q.Get("den"))
}

// board is the page of a period. A period that is wrong is answered with the present
// year, and said so.
func (s *site) board(w http.ResponseWriter, r *http.Request) {
	p, wrong := s.period(r)
	if wrong != nil {
		r.URL.RawQuery = ""
		p, _ = s.period(r)
	}
	b, err := s.Desk.Board(r.Context(), session(r), p)
	if err != nil {
		if cases.KindOf(err) == cases.Expired {
			s.set(w, "", 0)
		}
		s.refuse(w, err)
		return
	}
	lang := b.Who.Route.Lang
	if s.pages[lang] == nil {
		lang = s.Languages[0]
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	s.show(w, status, "board.html", page{Lang: lang, Title: "board.title", More: s.shown(lang, b, p, wrong != nil)})
}

// shown is a board as its template takes it.
type shown struct {
	Board

	Period        cases.Period
	From, To      string // as date fields want them
	Wrong         bool
	Now           time.Time
	Presets       []preset
	Ratios        []ratio
	Counts        []row
	Stages        []stage
	Note          template.HTML // of what the figures are, "" = of all
	Charts        []chart
	Tables        []breakdown
	Covered       []row
	Sorts         []words
	CoverageChart chart
	Years         []yearRow
	Help          *help
	NoHelp        bool // the viewer may know of help, and nothing of it can be told yet
	Role          string
}

// preset is a period one press away.
type preset struct {
	Key     string
	Address string
	Chosen  bool
}

// ratio is a row of the plan's ratios.
type ratio struct {
	Key string
	cases.Ratio

	Share string
}

// row is the key of a name, and a number.
type row struct {
	Key string
	N   template.HTML
}

// words is a table of names that are words already, and numbers.
type words struct {
	Key  string
	Rows []word
}

type word struct {
	Name string
	N    int
}

type stage struct {
	Key string
	cases.Spread
}

// chart is a picture and the numbers it shows.
type chart struct {
	Name  cases.Chart
	Title string
	Light string // address
	Dark  string
	Head  []template.HTML
	Rows  [][]template.HTML
}

type breakdown struct {
	Key  string
	Note string
	Rows []tally
}

type tally struct {
	Name template.HTML
	cases.Tally
}

type yearRow struct {
	Year, Target int
	cases.Ratio

	Share string
}

type help struct {
	Of     cases.Period
	Rows   []row
	Hidden bool
}

func (s *site) shown(lang string, b Board, p cases.Period, wrong bool) shown {
	t := s.texts(lang)
	out := shown{Board: b, Period: p, Wrong: wrong, Now: s.Now(), From: date(p.From), To: date(p.To), Presets: s.presets(p), Role: "role." + string(b.Who.Role)}
	received, verified, classified, forwarded, onTime := b.Figures.Total.Ratios()
	for i, r := range []cases.Ratio{received, verified, classified, forwarded, onTime} {
		out.Ratios = append(out.Ratios, ratio{"board.ratio." + []string{"received", "verified", "classified", "forwarded", "ontime"}[i], r, percent(lang, r)})
	}
	total := b.Figures.Total
	for _, c := range []struct {
		key string
		n   int
	}{
		{"received", total.Received},
		{"outofscope", total.OutOfScope},
		{"duplicates", total.Duplicates},
		{"invalid", total.Invalid},
		{"withdrawn", total.Withdrawn},
		{"urgent", total.Urgent},
		{"handled", total.Handled},
		{"late", total.Late},
		{"open", total.Open},
		{"two", b.Figures.CorroboratedBy2},
		{"three", b.Figures.CorroboratedBy3},
		{"backlog", b.Figures.Backlog},
		{"overdue", b.Figures.Overdue},
	} {
		out.Counts = append(out.Counts, row{Key: "board.count." + c.key, N: count(c.n)})
	}
	if b.Figures.Closed { // of closed months no more is told than how many there were
		out.Ratios, out.Counts, out.Note = nil, out.Counts[:1], t("stats.closed.note", "least", cases.FewReports)
	}
	if b.Figures.Handed {
		out.Note = t("stats.handed")
		out.Counts = slices.DeleteFunc(out.Counts, func(r row) bool { return r.Key == "board.count.two" || r.Key == "board.count.three" })
	}
	for _, st := range cases.Stages {
		if b.Figures.Closed || b.Figures.Handed {
			break
		}
		out.Stages = append(out.Stages, stage{"board.stage." + string(st), b.Figures.Stages[st]})
	}
	out.Charts = s.charts(t, b, p)
	out.Tables = breakdowns(t, b)
	out.coverage(lang)
	if b.Figures.Help != nil {
		out.Help = helpOf(t, *b.Figures.Help)
	}
	out.NoHelp = out.Help == nil && !b.Who.Role.May(cases.PoliceReports)
	return out
}

func date(d cases.Day) string { return d.Start().Format(time.DateOnly) }

func count(n int) template.HTML { return template.HTML(strconv.Itoa(n)) } //nolint:gosec // digits

// percent writes a share as people of the language do; "" = nothing to divide by.
func percent(lang string, r cases.Ratio) string {
	if lang == "vi" {
		return r.Percent()
	}
	return strings.Replace(r.Percent(), ",", ".", 1)
}

func address(path string, p cases.Period, more url.Values) string {
	q := url.Values{}
	maps.Copy(q, more)
	from, to := p.Compact()
	q.Set("tu", from)
	q.Set("den", to)
	return path + "?" + q.Encode()
}

// presets are periods up to today, as the bot offers them.
func (s *site) presets(chosen cases.Period) []preset {
	today := cases.DayOf(s.Now())
	month, half := today, today
	month.Day, half.Day = 1, 1
	quarter := month
	quarter.Month = (today.Month-1)/3*3 + 1
	half.Month = (today.Month-1)/6*6 + 1
	year := cases.Day{Year: today.Year, Month: time.January, Day: 1}
	var out []preset
	for _, one := range []struct {
		key  string
		from cases.Day
	}{{"month", month}, {"quarter", quarter}, {"half", half}, {"year", year}, {"plan", cases.Day{Year: cases.FirstYear, Month: time.January, Day: 1}}} {
		p := cases.Period{From: one.from, To: today}
		if slices.ContainsFunc(out, func(o preset) bool { return o.Address == address(Base, p, nil) }) {
			continue
		}
		out = append(out, preset{"stats.period." + one.key, address(Base, p, nil), p == chosen})
	}
	return out
}

// charts are the pictures, each with its numbers as a table.
func (s *site) charts(t func(string, ...any) template.HTML, b Board, p cases.Period) []chart {
	var out []chart
	for _, name := range cases.Charts {
		if name == cases.FunnelChart && b.Figures.Closed {
			continue
		}
		path := Base + "/bieu-do/" + string(name) + ".png"
		c := chart{Name: name, Title: "chart.title." + string(name), Light: address(path, p, nil), Dark: address(path, p, url.Values{"nen": {"toi"}})}
		switch name {
		case cases.TrendChart:
			c.Head = []template.HTML{t("board.bucket"), t("board.count.received"), t("board.before")}
			for i, part := range b.Figures.Trend {
				before := template.HTML("–")
				if i < len(b.Before.Trend) {
					before = count(b.Before.Trend[i].Received)
				}
				c.Rows = append(c.Rows, []template.HTML{bucket(part.Period), count(part.Received), before})
			}
		case cases.KindsChart:
			c.Head = []template.HTML{t("board.bucket")}
			for _, k := range cases.Kinds {
				c.Head = append(c.Head, t("kind."+string(k)))
			}
			c.Head = append(c.Head, t("chart.unnamed"), t("board.total"))
			for _, part := range b.Figures.Trend {
				c.Rows = append(c.Rows, kindsOf(part))
			}
		case cases.FunnelChart:
			c.Head = []template.HTML{t("board.stage"), t("board.part"), t("board.whole")}
			received, verified, classified, forwarded, _ := b.Figures.Total.Ratios()
			for i, r := range []cases.Ratio{received, verified, classified, forwarded} {
				c.Rows = append(c.Rows, []template.HTML{t("chart.step." + []string{"received", "verified", "classified", "forwarded"}[i]), count(r.Part), count(r.Whole)})
			}
		case cases.CoverageChart:
			continue // it stands with the establishments
		case cases.HamletsChart:
			c.Head = []template.HTML{t("board.hamlet"), t("board.count.received")}
			for _, cell := range cases.Hamlets(b.Figures.By[cases.ByHamlet], len(b.Ward.Hamlets)) {
				c.Rows = append(c.Rows, []template.HTML{hamlet(t, cell, b.Ward), count(cell.N)})
			}
		}
		out = append(out, c)
	}
	return out
}

func bucket(p cases.Period) template.HTML {
	first, last := p.From.Start().Format("02/01/2006"), p.To.Start().Format("02/01/2006")
	if p.From.Day == 1 && p.To == cases.DayOf(p.From.Start().AddDate(0, 1, -1)) { // a whole month
		first, last = first[3:], first[3:]
	}
	if first == last {
		return template.HTML(first) //nolint:gosec // a date
	}
	return template.HTML(first + " – " + last) //nolint:gosec // dates
}

func kindsOf(part cases.Bucket) []template.HTML {
	out := []template.HTML{bucket(part.Period)}
	rest := part.Received
	for _, k := range cases.Kinds {
		rest -= part.ByKind[k]
		out = append(out, count(part.ByKind[k]))
	}
	return append(out, count(max(rest, 0)), count(part.Received))
}

func hamlet(t func(string, ...any) template.HTML, c cases.HamletCell, w cases.Ward) template.HTML {
	switch {
	case c.Others:
		return t("chart.others")
	case c.Unsaid:
		return t("chart.unsaid")
	case c.Hamlet <= len(w.Hamlets):
		return template.HTML(template.HTMLEscapeString(w.Hamlets[c.Hamlet-1])) //nolint:gosec // escaped
	}
	return t("paper.hamlet", "n", c.Hamlet)
}

// dimensions are the breakdowns of the page: the dimension, the text of its name, what
// stands before the key of a value. Hamlets stand with their chart; staff are no matter of
// a page that can be printed.
var dimensions = []struct {
	of     cases.Dimension
	key    string
	prefix string
}{
	{cases.ByKind, "board.by.kind", "kind."},
	{cases.ByBehaviour, "board.by.behaviour", "act."},
	{cases.BySource, "board.by.source", "source."},
	{cases.ByLevel, "board.by.level", "level."},
	{cases.ByUnit, "board.by.unit", "body."},
}

func breakdowns(t func(string, ...any) template.HTML, b Board) []breakdown {
	var out []breakdown
	for _, d := range dimensions {
		if b.Figures.Closed && !slices.Contains(cases.ClosedDimensions, d.of) {
			continue
		}
		one := breakdown{Key: d.key}
		if d.of == cases.ByBehaviour {
			one.Note = "board.by.note"
		}
		by := b.Figures.By[d.of]
		keys := slices.SortedFunc(maps.Keys(by), func(x, y string) int {
			return cmp.Or(by[y].Received-by[x].Received, cmp.Compare(x, y))
		})
		for _, key := range keys {
			name := t("board.unsaid")
			if b.Figures.Closed {
				name = t("stats.closed.rest")
			}
			if key != "" {
				name = t(d.prefix + key)
			}
			one.Rows = append(one.Rows, tally{name, by[key]})
		}
		out = append(out, one)
	}
	return out
}

// coverage fills in what is told of establishments.
func (b *shown) coverage(lang string) {
	c := b.Coverage
	for _, one := range []struct {
		key string
		n   int
	}{
		{"register", c.Register},
		{"inspected", c.Inspected},
		{"visits", c.Visits},
		{"violations", c.Violations},
		{"reviewed", c.Reviewed},
		{"commitment", c.Commitment},
		{"security", c.Security},
		{"vulnerable", c.Vulnerable},
		{"closed", c.Closed},
	} {
		b.Covered = append(b.Covered, row{Key: "board.coverage." + one.key, N: count(one.n)})
	}
	for year := cases.FirstYear; year <= cases.LastYear; year++ {
		r := c.ByYear[year]
		b.Years = append(b.Years, yearRow{year, cases.CoverageTargets[year], r, percent(lang, r)})
	}
	for key, by := range map[string]map[string]int{"board.coverage.type": c.ByType, "board.coverage.risk": c.ByRisk} {
		one := words{Key: key}
		for _, name := range slices.SortedFunc(maps.Keys(by), func(x, y string) int { return cmp.Or(by[y]-by[x], cmp.Compare(x, y)) }) {
			one.Rows = append(one.Rows, word{cmp.Or(c.Labels[name], name), by[name]})
		}
		b.Sorts = append(b.Sorts, one)
	}
	slices.SortFunc(b.Sorts, func(x, y words) int { return cmp.Compare(y.Key, x.Key) }) // types before risks
	path := Base + "/bieu-do/" + string(cases.CoverageChart) + ".png"
	b.CoverageChart = chart{Name: cases.CoverageChart, Title: "chart.title.coverage", Light: address(path, b.Period, nil), Dark: address(path, b.Period, url.Values{"nen": {"toi"}})}
}

func helpOf(t func(string, ...any) template.HTML, h cases.HelpStatistics) *help {
	out := &help{Of: h.Period}
	add := func(key string, c cases.Cell) {
		n := count(c.N)
		if c.Hidden {
			n, out.Hidden = t("board.hidden"), true
		}
		out.Rows = append(out.Rows, row{Key: key, N: n})
	}
	add("board.help.received", h.Received)
	for _, s := range cases.Services {
		add("service."+string(s), h.ByService[s])
	}
	for _, r := range []string{"sent", "accepted", "declined", "completed"} {
		add("board.referral."+r, h.Referrals[r])
	}
	for _, o := range cases.Outcomes {
		add("outcome."+o, h.Outcomes[o])
	}
	add("board.help.under18", h.Under18)
	add("board.help.waiting", h.Waiting)
	return out
}
