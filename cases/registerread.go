package cases

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// ReadAnswer reads what somebody typed or chose as the answer to the question. Invalid,
// with the text that helps, when it is none.
func (q RegisterQuestion) ReadAnswer(s string, today Day) (string, error) {
	s = strings.TrimSpace(s)
	if s == Skipped && q.Optional {
		return Skipped, nil
	}
	switch q.Type {
	case DayAnswer:
		return q.readDay(s, today)
	case ChoiceAnswer:
		if !slices.Contains(q.Choices, s) {
			return "", Fail(Invalid, "registers.error.choice")
		}
		return s, nil
	case YesNoAnswer:
		return readYesNo(s)
	case CountAnswer:
		n, err := ParseCount(s)
		if err == nil && n < q.Least {
			err = Fail(Invalid, "registers.error.least")
		}
		return strconv.FormatInt(n, 10), err
	case MoneyAnswer:
		n, err := ParseMoney(s)
		return strconv.FormatInt(n, 10), err
	}
	switch n := utf8.RuneCountInString(s); {
	case n == 0 || s == Skipped:
		return "", Fail(Invalid, "registers.error.words")
	case n > q.Most:
		return "", Fail(Invalid, "registers.error.long")
	}
	return s, nil
}

func (q RegisterQuestion) readDay(s string, today Day) (string, error) {
	d, err := ParsePastDay(s, today)
	if err == nil && d.Start().Before(q.Since.Start()) {
		err = Fail(Invalid, "registers.error.early")
	}
	if err != nil {
		return "", err
	}
	return DayText(d), nil
}

func readYesNo(s string) (string, error) {
	switch Fold(s) {
	case SaidYes, "y", "co":
		return SaidYes, nil
	case SaidNo, "n", "khong":
		return SaidNo, nil
	}
	return "", Fail(Invalid, "registers.error.yesno")
}

// wholeNumber is digits, or digits in groups of three with the same mark between them.
var wholeNumber = regexp.MustCompile(`^(\d{1,15}|\d{1,3}(\.\d{3}){1,4}|\d{1,3}(,\d{3}){1,4}|\d{1,3}( \d{3}){1,4})$`)

// groupMarks takes the marks out of a number in groups of three.
var groupMarks = strings.NewReplacer(".", "", ",", "", " ", "")

// plainly is a text with one kind of space and of lower letters.
func plainly(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// ParseCount reads a whole number from 0 to MostCounted: 1234, 1.234, 1,234, 1 234.
func ParseCount(s string) (int64, error) {
	s = plainly(s)
	if !wholeNumber.MatchString(s) {
		return 0, Fail(Invalid, "registers.error.count")
	}
	n := numberIn(groupMarks.Replace(s))
	if n > MostCounted {
		return 0, Fail(Invalid, "registers.error.most")
	}
	return n, nil
}

// moneyUnits are the words after an amount, by their plain letters, in VND.
var moneyUnits = map[string]int64{
	"ty": 1e9, "ti": 1e9, "trieu": 1e6, "tr": 1e6, "nghin": 1e3, "ngan": 1e3, "k": 1e3,
}

var (
	moneyCurrency = regexp.MustCompile(` ?(dong|vnd|d|₫)$`)
	moneyPart     = regexp.MustCompile(`^([\d.,]+) ?(ty|ti|trieu|tr|nghin|ngan|k)\b ?`)
	moneyDecimal  = regexp.MustCompile(`^(\d{1,6}|\d{1,3}\.\d{3})([.,](\d{1,2}))?$`)
)

// ParseMoney reads an amount of VND: 12.500.000, 12500000 đ, 12,5 triệu, 1 tỷ 200 triệu,
// 500 nghìn. An amount that could be meant in two ways is refused, and so is one that is
// too small or too large to be meant.
func ParseMoney(s string) (int64, error) {
	s = moneyCurrency.ReplaceAllString(Fold(plainly(s)), "")
	n, ok := unitsOfMoney(s)
	if wholeNumber.MatchString(s) {
		n, ok = numberIn(groupMarks.Replace(s)), true
	}
	switch {
	case !ok || n != 0 && n < LeastMoney:
		return 0, Fail(Invalid, "registers.error.money")
	case n > MostMoney:
		return 0, Fail(Invalid, "registers.error.moneymost")
	}
	return n, nil
}

// unitsOfMoney adds parts with units, each smaller than the one before.
func unitsOfMoney(s string) (total int64, ok bool) {
	const hundredths = 100
	for last := int64(1e12); s != ""; {
		m := moneyPart.FindStringSubmatch(s)
		if m == nil {
			return 0, false
		}
		unit := moneyUnits[m[2]]
		d := moneyDecimal.FindStringSubmatch(m[1])
		if d == nil || unit >= last {
			return 0, false
		}
		part := numberIn(groupMarks.Replace(d[1])) * unit
		if d[3] != "" {
			part += numberIn((d[3] + "0")[:2]) * unit / hundredths
		}
		total, last, s = total+part, unit, s[len(m[0]):]
	}
	return total, total > 0
}

var (
	dayParts       = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$`)
	wordsToday     = []string{"hom nay", "today"}
	wordsYesterday = []string{"hom qua", "yesterday"}
)

// ParsePastDay reads a day that is not after today: 12/3/2026, 12/3, 12-3-26, 2026-03-12,
// hôm nay, hôm qua. A day without a year is the last one of that name.
func ParsePastDay(s string, now Day) (Day, error) {
	d, ok := pastDay(Fold(plainly(s)), now)
	switch {
	case !ok || !d.Valid():
		return Day{}, Fail(Invalid, "registers.error.day")
	case d.Start().After(now.Start()):
		return Day{}, Fail(Invalid, "registers.error.future")
	}
	return d, nil
}

func pastDay(s string, now Day) (Day, bool) {
	const century = 2000
	if slices.Contains(wordsToday, s) {
		return now, true
	}
	if slices.Contains(wordsYesterday, s) {
		return now.Add(-1), true
	}
	if d := dayIn(s); d.Year > 0 {
		return d, true
	}
	m := dayParts.FindStringSubmatch(s)
	if m == nil {
		return Day{}, false
	}
	d := Day{int(numberIn(m[3])), time.Month(numberIn(m[2])), int(numberIn(m[1]))}
	switch {
	case m[3] == "":
		if d.Year = now.Year; d.Start().After(now.Start()) {
			d.Year--
		}
	case d.Year < 100:
		d.Year += century
	}
	return d, true
}
