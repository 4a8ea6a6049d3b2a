// Package locale holds every text shown to a person, in Vietnamese (the default)
// and English, and writes them with their values. Texts are trusted HTML of the
// Bot API; every value put into one is escaped.
//
// A text is a map entry; {name} is replaced by a value, {name:day} by the day of a
// time, {name:at} by its hour and day in a sentence, {name:span} by a number of days, as years where it is one, {name:clock} by its hour alone and {name:limit} by the end of a limit. A test proves that both languages
// have the same texts with the same values, and another that every text used in
// the program exists.
package locale

import (
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Vietnamese and English are the languages of the catalogue.
const (
	Vietnamese = "vi"
	English    = "en"
)

// Languages lists the languages in the order of the menu.
var Languages = []string{Vietnamese, English}

var texts = map[string]map[string]string{Vietnamese: join(vi, viStaff, viMarks, viSearch, viTeam, viHelp, viDanger, viThreads, viIntake, viPages, viWeb, viClocks, viPapers, viFigures, viCharts, viFields, viReports, viRegisters, viEstablishments, viPoster, viEndings, viAccounts), English: join(en, enStaff, enMarks, enSearch, enTeam, enHelp, enDanger, enThreads, enIntake, enPages, enWeb, enClocks, enPapers, enFigures, enCharts, enFields, enReports, enRegisters, enEstablishments, enPoster, enEndings, enAccounts)}

// join makes one catalogue of the parts. A text in two parts would be a matter of
// luck, so it stops the program.
func join(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, part := range parts {
		for key, text := range part {
			if _, twice := all[key]; twice {
				panic("locale: two texts for " + key)
			}
			all[key] = text
		}
	}
	return all
}

// zone is Vietnam's; it has no summer time.
var zone = time.FixedZone("ICT", 7*60*60)

// Catalogue writes texts; its zero value is ready.
type Catalogue struct{}

// Has reports whether a text exists in every language.
func (Catalogue) Has(key string) bool {
	for _, t := range texts {
		if _, ok := t[key]; !ok {
			return false
		}
	}
	return true
}

// Keys lists all texts.
func (Catalogue) Keys() []string {
	return slices.Collect(maps.Keys(texts[Vietnamese]))
}

var slot = regexp.MustCompile(`\{(\w+)(?::(\w+))?\}`)

// Format writes the text of a key in a language; an unknown language is
// Vietnamese, an unknown key is shown as it is, so that a fault is visible and
// nothing else is lost. nested gives the HTML of a value that is itself a text.
func (Catalogue) Format(lang, key string, args map[string]any, nested func(any) (string, bool)) string {
	if key == "words" {
		words, _ := args["words"].(string)
		return shown(words)
	}
	catalogue, ok := texts[lang]
	if !ok {
		lang, catalogue = Vietnamese, texts[Vietnamese]
	}
	text, ok := catalogue[key]
	if !ok {
		return html.EscapeString(key)
	}
	return slot.ReplaceAllStringFunc(text, func(m string) string {
		parts := slot.FindStringSubmatch(m)
		v, ok := args[parts[1]]
		if !ok {
			return m
		}
		if s, ok := nested(v); ok {
			return s
		}
		return value(lang, v, parts[2])
	})
}

// shown is what a person wrote as it is put into a text. Marks that turn the
// direction of writing would turn what stands around them, too; no word of either
// language needs one.
func shown(words string) string { return html.EscapeString(turning.Replace(words)) }

var turning = strings.NewReplacer(
	"\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "",
	"\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "",
)

// marked is a time with a mark that tells what came in the same minute apart.
type marked interface {
	Time() time.Time
	Mark() string
}

func value(lang string, v any, form string) string {
	switch v := v.(type) {
	case string:
		return shown(strings.TrimSpace(v))
	case int:
		if form == "span" {
			return span(lang, v)
		}
		return Integer(lang, v)
	case time.Time:
		return moment(lang, v, form)
	case marked:
		return moment(lang, v.Time(), form) + " (" + html.EscapeString(v.Mark()) + ")"
	}
	return html.EscapeString(fmt.Sprint(v))
}

// daysOfYear make a year of a limit that is set in days.
const daysOfYear = 365

// span writes a number of days, as years where it is one of whole years.
func span(lang string, days int) string {
	n, unit, many := days, "ngày", "days"
	if days > 0 && days%daysOfYear == 0 {
		n, unit, many = days/daysOfYear, "năm", "years"
	}
	if lang == English {
		if unit = many; n == 1 {
			unit = strings.TrimSuffix(many, "s")
		}
	}
	return Integer(lang, n) + " " + unit
}

// moment writes a time in Vietnam. The end of a limit counted in days is 24:00 of
// its last day; the form "limit" names that day.
func moment(lang string, t time.Time, form string) string {
	if t.IsZero() {
		return "—"
	}
	t = t.In(zone)
	switch {
	case form == "day":
		return t.Format("02/01/2006")
	case form == "clock":
		return t.Format("15:04")
	case form == "at":
		if lang == English {
			return t.Format("15:04 on 02/01/2006")
		}
		return t.Format("15:04 ngày 02/01/2006")
	case form == "limit" && t.Equal(t.Truncate(time.Minute)) && t.Hour() == 0 && t.Minute() == 0:
		last := t.AddDate(0, 0, -1).Format("02/01/2006")
		if lang == English {
			return "end of " + last
		}
		return "hết ngày " + last
	}
	return t.Format("15:04 02/01/2006")
}

// Integer writes a whole number with its groups: 1.234 in Vietnamese, 1,234 in English.
func Integer(lang string, n int) string {
	separator := "."
	if lang == English {
		separator = ","
	}
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}
