package cases

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// WardID is the number of a ward in this installation. Every row carries one.
type WardID int32

// Stream keeps reports and requests for help apart: own tables, keys and roles.
type Stream string

// The two streams. Nothing crosses between them without the person's consent.
const (
	ReportStream Stream = "report"
	HelpStream   Stream = "help"
)

var streamPrefix = map[Stream]string{ReportStream: "PA", HelpStream: "HT"}

// Number is the name staff use for a case: PA-26-0042 is the 42nd report of 2026
// in the ward, HT-26-0007 the seventh request for help. Residents never see it.
type Number struct {
	Stream Stream
	Year   int // full year in Vietnam's time
	Seq    int // from 1 in each ward, stream and year
}

// IsZero reports whether no number was given.
func (n Number) IsZero() bool { return n.Seq == 0 }

// String writes the number as staff read it.
func (n Number) String() string {
	return fmt.Sprintf("%s-%02d-%04d", streamPrefix[n.Stream], n.Year%100, n.Seq)
}

var numberForm = regexp.MustCompile(`^(?:(PA|HT)[\s-]*)?(?:(\d{2})[\s-]+)?(\d{1,7})$`)

// ParseNumber reads what a thumb types: "PA-26-0042", "pa 26 42", "26-42" or "42".
// A missing prefix means stream, a missing year means year.
// The error is Invalid.
func ParseNumber(s string, stream Stream, year int) (Number, error) {
	m := numberForm.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(s)))
	if m == nil {
		return Number{}, Fail(Invalid, "error.number")
	}
	n := Number{Stream: stream, Year: year}
	switch m[1] {
	case "PA":
		n.Stream = ReportStream
	case "HT":
		n.Stream = HelpStream
	}
	if m[2] != "" {
		yy, _ := strconv.Atoi(m[2])
		n.Year = 2000 + yy
	}
	n.Seq, _ = strconv.Atoi(m[3])
	if n.Seq == 0 {
		return Number{}, Fail(Invalid, "error.number")
	}
	return n, nil
}
