package staffcmds

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// periods are the spans up to the end of today, in the order of their buttons.
var periods = []string{"today", "week", "month", "quarter", "half", "year", "plan"}

// custom is the word for a period that is yet to be typed.
const custom = "custom"

// periodWords are what the spans are called when typed, folded.
var periodWords = map[string]string{
	"today": "today", "homnay": "today", "hom nay": "today", "ngay": "today",
	"week": "week", "tuan": "week", "tuan nay": "week",
	"month": "month", "thang": "month", "thang nay": "month",
	"quarter": "quarter", "quy": "quarter", "quy nay": "quarter",
	"half": "half", "6thang": "half", "6 thang": "half", "nuanam": "half", "nua nam": "half",
	"year": "year", "nam": "year", "nam nay": "year",
	"plan": "plan", "tu2026": "plan", "tu 2026": "plan", "giaidoan": "plan", "giai doan": "plan", "luyke": "plan", "luy ke": "plan",
	custom: custom, "tuchon": custom, "tu chon": custom,
}

// span is the period up to the end of today in Vietnam. A week begins on Monday.
func span(period string, now time.Time) cases.Period {
	today := cases.DayOf(now)
	first := today
	switch period {
	case "week":
		sinceMonday := (int(today.Start().Weekday()) + 6) % 7
		first = today.Add(-sinceMonday)
	case "month":
		first.Day = 1
	case "quarter":
		first.Month, first.Day = (first.Month-1)/3*3+1, 1
	case "half":
		first.Month, first.Day = (first.Month-1)/6*6+1, 1
	case "year":
		first.Month, first.Day = time.January, 1
	case "plan":
		first = cases.Day{Year: cases.FirstYear, Month: time.January, Day: 1}
	}
	return cases.Period{From: first, To: today}
}

// periodArgs are the two arguments of a button that stand for a period: 20260101, 20260630.
func periodArgs(p cases.Period) []string {
	return []string{compact(p.From), compact(p.To)}
}

const compactDay = "20060102"

func compact(d cases.Day) string { return d.Start().Format(compactDay) }

// awaitPeriod asks for the first and the last day; the next message is taken for them and
// becomes the last argument of the command.
func awaitPeriod(st Store, r *bot.Request, command string, args ...string) {
	bot.Await(st, r.Lang, command, args...)
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T("period.ask")}, Edit: r.Bubble()})
}

// periodOf takes the period off the front of the arguments of a command. It reads the words
// of the spans ("thang", "quy", "tu 2026"), a month or a quarter by number ("thang 5",
// "quy 2/2026", "5/2026"), a year, a day, and a first and a last one ("1/1/2026 30/6/2026",
// "2026 2028", "20260101 20260630"). A year that is missing is the present one.
//
// The zero Period without an error means that none was given, or that it is to be asked
// for: then rest begins with custom. The error is Invalid and says what is wrong.
func periodOf(args []string, now time.Time) (p cases.Period, rest []string, err error) {
	rest = periodTokens(args)
	if len(rest) == 0 {
		return cases.Period{}, nil, nil
	}
	if p, n, err := numbered(rest, now); n > 0 || err != nil {
		return p, rest[n:], err
	}
	for n := min(2, len(rest)); n > 0; n-- {
		switch word := periodWords[cases.Fold(strings.Join(rest[:n], " "))]; word {
		case "":
		case custom:
			return cases.Period{}, append([]string{custom}, rest[n:]...), nil
		default:
			return span(word, now), rest[n:], nil
		}
	}
	p, read, err := dated(rest[0], now)
	if !read || err != nil {
		return cases.Period{}, rest, err
	}
	n := 1
	if n < len(rest) && joins[cases.Fold(rest[n])] {
		n++
	}
	if n < len(rest) {
		last, read, err := dated(rest[n], now)
		if err != nil {
			return cases.Period{}, rest, err
		}
		if read {
			p.To, n = last.To, n+1
		}
	}
	if !p.Valid() {
		return cases.Period{}, rest, cases.Fail(cases.Invalid, "period.order")
	}
	return p, rest[n:], nil
}

// joins are what may stand between the first and the last day.
var joins = map[string]bool{"-": true, "den": true, "to": true}

var twoDays = regexp.MustCompile(`^(\d+/[\d/]+|\d{4})-(\d+/[\d/]+|\d{4})$`)

// periodTokens are the words of all arguments, what is joined by a dash apart.
func periodTokens(args []string) (tokens []string) {
	line := strings.NewReplacer("–", " - ", "—", " - ").Replace(strings.Join(args, " "))
	for word := range strings.FieldsSeq(line) {
		if m := twoDays.FindStringSubmatch(word); m != nil {
			tokens = append(tokens, m[1], "-", m[2])
			continue
		}
		tokens = append(tokens, word)
	}
	return tokens
}

var (
	dayForm   = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$`)
	monthForm = regexp.MustCompile(`^(\d{1,2})(?:[/.-](\d{4}))?$`)
)

// numbered reads "thang 5", "quy 2/2026" and "nam 2026"; n is how many words that were.
func numbered(tokens []string, now time.Time) (p cases.Period, n int, err error) {
	if len(tokens) < 2 {
		return p, 0, nil
	}
	word := cases.Fold(tokens[0])
	months := map[string]int{"thang": 1, "month": 1, "quy": 3, "quarter": 3}[word]
	if months == 0 {
		if (word == "nam" || word == "year") && yearForm.MatchString(tokens[1]) {
			p, _, err = dated(tokens[1], now)
			return p, 2, err
		}
		return p, 0, nil
	}
	m := monthForm.FindStringSubmatch(tokens[1])
	if m == nil {
		return p, 0, nil
	}
	part, _ := strconv.Atoi(m[1])
	year := cases.DayOf(now).Year
	if m[2] != "" {
		year, _ = strconv.Atoi(m[2])
	}
	if part < 1 || part > 12/months {
		return p, 0, cases.Fail(cases.Invalid, "period.bad")
	}
	p, err = monthsFrom(year, (part-1)*months+1, months)
	return p, 2, err
}

// The years a period may touch. The plan begins in 2026; the year before is compared with.
const (
	earliestYear = cases.FirstYear - 1
	latestYear   = cases.LastYear + 10
)

func monthsFrom(year, month, n int) (cases.Period, error) {
	if year < earliestYear || year > latestYear {
		return cases.Period{}, cases.Fail(cases.Invalid, "period.year")
	}
	first := cases.Day{Year: year, Month: time.Month(month), Day: 1}
	return cases.Period{From: first, To: cases.DayOf(first.Start().AddDate(0, n, -1))}, nil
}

var yearForm = regexp.MustCompile(`^\d{4}$`)

// dated reads a day, a month with its year, or a year; read = the word is meant as one.
func dated(word string, now time.Time) (p cases.Period, read bool, err error) {
	word = strings.TrimSuffix(word, ",")
	if m := monthForm.FindStringSubmatch(word); m != nil && m[2] != "" {
		month, _ := strconv.Atoi(m[1])
		year, _ := strconv.Atoi(m[2])
		if month < 1 || month > 12 {
			return p, true, cases.Fail(cases.Invalid, "period.bad")
		}
		p, err = monthsFrom(year, month, 1)
		return p, true, err
	}
	if yearForm.MatchString(word) {
		year, _ := strconv.Atoi(word)
		p, err = monthsFrom(year, 1, 12)
		return p, true, err
	}
	d, read, err := oneDay(word, now)
	if !read || err != nil {
		return p, read, err
	}
	if d.Year < earliestYear || d.Year > latestYear {
		return p, true, cases.Fail(cases.Invalid, "period.year")
	}
	return cases.Period{From: d, To: d}, true, nil
}

var (
	digits8 = regexp.MustCompile(`^\d{8}$`)
	slashes = regexp.MustCompile(`^\d+/`) // meant as a day
)

func oneDay(word string, now time.Time) (d cases.Day, read bool, err error) {
	if m := dayForm.FindStringSubmatch(word); m != nil {
		day, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		d = cases.Day{Year: cases.DayOf(now).Year, Month: time.Month(month), Day: day}
		if m[3] != "" {
			if d.Year, _ = strconv.Atoi(m[3]); d.Year < 100 {
				d.Year += 2000
			}
		}
	} else {
		form := time.DateOnly
		if digits8.MatchString(word) {
			form = compactDay
		}
		t, parse := time.ParseInLocation(form, word, cases.Vietnam)
		switch {
		case parse == nil:
			d = cases.DayOf(t)
		case form == compactDay || slashes.MatchString(word):
			return d, true, cases.Fail(cases.Invalid, "period.bad")
		default:
			return d, false, nil
		}
	}
	if !d.Valid() {
		return d, true, cases.Fail(cases.Invalid, "period.bad")
	}
	return d, true, nil
}

// periodName is what a period is called: "Tuần này (…)", "Tháng 5/2026", "6 tháng đầu năm
// 2026", or its first and last day.
func periodName(p cases.Period, now time.Time) bot.Text {
	from, to, year := p.From.Start(), p.To.Start(), strconv.Itoa(p.From.Year)
	for _, name := range periods {
		if span(name, now) == p {
			return spanName(name, p)
		}
	}
	if p.From == p.To {
		return bot.Words(p.From.String())
	}
	last := p.To.Add(1)
	months := (last.Year-p.From.Year)*12 + int(last.Month) - int(p.From.Month)
	if p.From.Day == 1 && last.Day == 1 && (int(p.From.Month)-1)%months == 0 {
		part := (int(p.From.Month)-1)/months + 1
		switch months {
		case 1:
			return bot.T("period.name.month", "n", part, "year", year)
		case 3:
			return bot.T("period.name.quarter", "n", part, "year", year)
		case 6:
			return bot.T("period.name.half."+strconv.Itoa(part), "year", year)
		case 12:
			return bot.T("period.name.year", "year", year)
		}
	}
	return bot.T("period.name.days", "from", from, "to", to)
}

// spanName is what a span up to today is called: "Hôm nay, 24/11/2026", "Tuần này (…)".
func spanName(name string, p cases.Period) bot.Text {
	if p.From == p.To {
		return bot.T("period.name.one", "name", bot.T("stats.period."+name), "day", p.From.Start())
	}
	return bot.T("period.name.span", "name", bot.T("stats.period."+name), "from", p.From.Start(), "to", p.To.Start())
}
