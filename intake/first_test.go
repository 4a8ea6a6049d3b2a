package intake

import (
	"context"
	"html"
	"regexp"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
)

// mostBefore is how many syllables a person reads before the first question is over. In
// Vietnamese a syllable is a word between spaces.
const mostBefore = 60

func TestLittleIsReadBeforeTheFirstAnswer(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages {
		for _, k := range []struct {
			name   string
			update bot.Update
			ward   cases.Ward
		}{
			{"start", bot.Update{Command: "start"}, cases.Ward{Name: "phường Yên Nghĩa"}},
			{"report", bot.Update{Command: "baotin"}, cases.Ward{}},
			{"help", bot.Update{Command: "hotro"}, cases.Ward{}},
			{"help with the exception", bot.Update{Command: "hotro"}, cases.Ward{PoliceException: true}},
		} {
			r := &bot.Request{Update: k.update, Lang: lang}
			if err := desk(t).Handle(t.Context(), wardShelf{&shelf{}, k.ward}, r); err != nil {
				t.Fatal(err)
			}
			var read []string
			for _, reply := range r.Replies {
				for _, line := range reply.Lines {
					read = append(read, strings.Fields(shownAs(lang, line))...)
				}
			}
			if len(read) > mostBefore {
				t.Errorf("%s, %s: %d syllables: %s", lang, k.name, len(read), strings.Join(read, " "))
			}
		}
	}
}

// wardShelf is a store of a certain ward.
type wardShelf struct {
	*shelf
	ward cases.Ward
}

func (s wardShelf) Ward(context.Context) (cases.Ward, error) { return s.ward, nil }

// The long form stands below the notice, which stays.
func TestMoreKeepsTheNotice(t *testing.T) {
	t.Parallel()
	for id, notice := range map[string]string{reportID: "report.notice", helpID: "help.notice"} {
		if got := talk(t, desk(t), &shelf{}, press(bot.Action(moreVerb, id))); got[0] != notice || got[len(got)-1] != id+".more" {
			t.Error(id, got)
		}
	}
	if got := talk(t, desk(t), &shelf{}, press(bot.Action(moreVerb, lookUpID))); len(got) != 0 {
		t.Error(got)
	}
}

var mark = regexp.MustCompile(`<[^>]*>`)

// shownAs is a text as the screen shows it.
func shownAs(lang string, t bot.Text) string {
	r := bot.Renderer{Texts: locale.Catalogue{}}
	return html.UnescapeString(mark.ReplaceAllString(r.Format(lang, t), ""))
}
