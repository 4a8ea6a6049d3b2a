package cases

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PageKey names a page of information for residents.
type PageKey string

// The pages (plan 3.1, 4.1; domain.md 1, rows 9, 12, 15).
const (
	PageRisk    PageKey = "risk"    // signs of risk
	PageReport  PageKey = "report"  // how to report
	PageRights  PageKey = "rights"  // rights of whoever writes
	PageHealth  PageKey = "health"  // HIV and sexually transmitted infections
	PageTests   PageKey = "tests"   // free and anonymous tests
	PageSupport PageKey = "support" // services of support
)

// PageKeys lists the pages in the order of their buttons.
var PageKeys = []PageKey{PageRisk, PageReport, PageRights, PageHealth, PageTests, PageSupport}

// ParsePageKey reads the name of a page; NotFound for any other word.
func ParsePageKey(s string) (PageKey, error) {
	if slices.Contains(PageKeys, PageKey(s)) {
		return PageKey(s), nil
	}
	return "", Fail(NotFound, "")
}

// PageState is how far a text of a page has come.
type PageState string

// States of a text. Of each page and language one is the draft and one is published
// at most.
const (
	PageDraft     PageState = "draft"
	PagePublished PageState = "published"
	PageFormer    PageState = "former"
)

// Page is one text of a page. Version 0 is the text the program brings along.
type Page struct {
	Key     PageKey
	Lang    string
	Version int
	State   PageState
	Title   string
	Body    string
	File    MediaKind // "" = no file
	MIME    string
	At      time.Time
}

// PageVersion is a line of the history of a page.
type PageVersion struct {
	Version int
	State   PageState
	File    bool
	By      string
	At      time.Time
}

// Reading is how often a page was opened.
type Reading struct {
	Key  PageKey
	Lang string
	N    int
}

// Limits of a page, so that it fits into one message in every language.
const (
	MaxPageTitle = 60
	MaxPageBody  = 2500
)

// ParsePage reads what staff write: the first line is the title, the rest the text.
func ParsePage(s string) (title, body string, err error) {
	title, body, _ = strings.Cut(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")), "\n")
	title, body = strings.TrimSpace(title), strings.TrimSpace(body)
	switch {
	case title == "" || body == "":
		return "", "", Fail(Invalid, "pages.form")
	case utf8.RuneCountInString(title) > MaxPageTitle || utf8.RuneCountInString(body) > MaxPageBody:
		return "", "", Fail(Invalid, "pages.long")
	}
	return title, body, nil
}

// LineKind is what a line of a page is.
type LineKind string

// The kinds of lines: the whole markup there is. Nothing else in a text is taken for
// anything but letters.
const (
	PlainLine LineKind = "plain"
	HeadLine  LineKind = "head" // begins with "# "
	ItemLine  LineKind = "item" // begins with "- "
	EmptyLine LineKind = "empty"
)

// Line is a line of a page without its mark.
type Line struct {
	Kind LineKind
	Text string
}

// Lines takes the text of a page apart.
func Lines(body string) []Line {
	var out []Line
	for raw := range strings.SplitSeq(body, "\n") {
		text := strings.TrimSpace(raw)
		switch {
		case text == "":
			out = append(out, Line{Kind: EmptyLine})
		case strings.HasPrefix(text, "# "):
			out = append(out, Line{HeadLine, strings.TrimSpace(text[2:])})
		case strings.HasPrefix(text, "- "):
			out = append(out, Line{ItemLine, strings.TrimSpace(text[2:])})
		default:
			out = append(out, Line{PlainLine, text})
		}
	}
	return out
}
