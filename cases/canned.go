package cases

import (
	"regexp"
	"strings"
)

// Canned is a ready answer of the staff of a stream.
type Canned struct {
	ID     string
	Status Status // offered while a case has it; "" = always
	Text   string
}

// MostCanned bounds the ready answers of a stream.
const MostCanned = 40

// Fits reports whether the answer is offered for a case of a status.
func (c Canned) Fits(s Status) bool { return c.Status == "" || c.Status == s }

// CannedNames are the variables of a ready answer. None of them tells what a case is
// about or where it was: the answer is read on a phone that may lie open.
var CannedNames = []string{"ngày_gửi", "hạn", "phường"}

var cannedName = regexp.MustCompile(`\{([^{}]*)\}`)

// UnknownName is the first variable of a text that does not exist; "" when there is
// none.
func UnknownName(text string) string {
	for _, m := range cannedName.FindAllStringSubmatch(text, -1) {
		if cannedOf(m[1]) == "" {
			return m[1]
		}
	}
	return ""
}

// cannedOf is the variable that is meant, with or without the marks of its letters.
func cannedOf(typed string) string {
	for _, name := range CannedNames {
		if Fold(strings.TrimSpace(typed)) == Fold(name) {
			return name
		}
	}
	return ""
}

// Fill puts the day a case was received, the day an answer can be expected and the
// ward in place of their names.
func (c Canned) Fill(received, answerBy Day, ward string) string {
	values := map[string]string{"ngày_gửi": received.String(), "hạn": answerBy.String(), "phường": ward}
	return cannedName.ReplaceAllStringFunc(c.Text, func(m string) string {
		if v, ok := values[cannedOf(m[1:len(m)-1])]; ok {
			return v
		}
		return m
	})
}
