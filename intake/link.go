package intake

import (
	"strconv"
	"strings"

	"tinbao/cases"
)

// A link on a poster is t.me/<bot>?start=<word>. Who photographs the poster, or sees the
// address in a browser's history, learns nothing from the word: it is a letter and a number.

// link is where a word after /start leads.
type link struct {
	dialog string
	hamlet int           // of a report, from 1; 0 = none
	page   cases.PageKey // "" = none
}

const (
	reportMark = "a"
	helpMark   = "c"
	pageMark   = "e"
)

// linkedPages are the pages in the order of their numbers. Posters hang for years: new
// pages come at the end.
var linkedPages = []cases.PageKey{cases.PageRisk, cases.PageReport, cases.PageRights, cases.PageHealth, cases.PageTests, cases.PageSupport}

// ReportLink is the word of a report, at a hamlet from 1 (0 = anywhere).
func ReportLink(hamlet int) string {
	if hamlet == 0 {
		return reportMark
	}
	return reportMark + strconv.Itoa(hamlet)
}

// HelpLink is the word of a request for help.
func HelpLink() string { return helpMark }

// PageLink is the word of a page, "" for one that has none.
func PageLink(key cases.PageKey) string {
	for i, k := range linkedPages {
		if k == key {
			return pageMark + strconv.Itoa(i+1)
		}
	}
	return ""
}

// Link reports whether a word after /start is one of a poster.
func Link(word string) bool {
	_, ok := linkOf(word)
	return ok
}

func linkOf(word string) (link, bool) {
	if word == helpMark {
		return link{dialog: helpID}, true
	}
	if word == reportMark {
		return link{dialog: reportID}, true
	}
	if digits, ok := strings.CutPrefix(word, reportMark); ok {
		n := number(digits)
		return link{dialog: reportID, hamlet: n}, n > 0
	}
	if digits, ok := strings.CutPrefix(word, pageMark); ok {
		if n := number(digits); n > 0 && n <= len(linkedPages) {
			return link{page: linkedPages[n-1]}, true
		}
	}
	return link{}, false
}

// number reads digits as they are written in links; 0 for anything else.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 || n > 999 || strconv.Itoa(n) != digits {
		return 0
	}
	return n
}
