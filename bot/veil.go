package bot

import (
	"regexp"

	"tinbao/cases"
)

// What the ward says later to somebody who asked for help arrives while others may look at
// the phone. Telegram shows no hidden text in notifications and in the list of chats
// (formatting option "spoiler"), so such a message is one neutral line, and the words are
// hidden until they are touched.

// veiled reports whether a message goes out on its own and is of the help stream, or of
// somebody who wants discreet messages.
func (r Reply) veiled() bool {
	return r.Of != nil && (r.Of.Stream == cases.HelpStream || r.Hidden) && r.Edit == 0 && !r.Bare
}

// noNesting are marks that cannot stand within hidden text: itself, and fixed width
// (Bot API, formatting options).
var noNesting = regexp.MustCompile(`</?(?:tg-spoiler|code|pre)>`)

// veil hides HTML behind a neutral line. It is done before the text is cut to its limit,
// which closes the mark again.
func (r Renderer) veil(lang, html string) string {
	line := r.Format(lang, T("discreet.line"))
	if html == "" {
		return line
	}
	return line + "\n<tg-spoiler>" + noNesting.ReplaceAllString(html, "") + "</tg-spoiler>"
}
