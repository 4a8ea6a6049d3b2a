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

// Words after /start lead where a poster says, and are nothing else.
func TestLinks(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]link{
		ReportLink(0): {dialog: reportID}, ReportLink(7): {dialog: reportID, hamlet: 7}, HelpLink(): {dialog: helpID},
		PageLink(cases.PageRisk): {page: cases.PageRisk}, PageLink(cases.PageSupport): {page: cases.PageSupport},
	} {
		if got, ok := linkOf(word); !ok || got != want {
			t.Errorf("%q: %v %v", word, got, ok)
		}
	}
	for _, word := range []string{"", "a0", "a-1", "a07", "a1000", "a1 ", "A1", "c1", "cc", "e", "e0", "e7", "report", "help", "x", "a①", strings.Repeat("a", 64)} {
		if Link(word) {
			t.Errorf("%q is a link", word)
		}
	}
	for _, key := range cases.PageKeys {
		if PageLink(key) == "" {
			t.Errorf("%s has no link", key)
		}
	}
	opaque := regexp.MustCompile(`^[a-z][0-9]{0,3}$`)
	for _, word := range []string{ReportLink(0), ReportLink(12), HelpLink(), PageLink(cases.PageHealth)} {
		if !opaque.MatchString(word) {
			t.Errorf("%q says something", word)
		}
	}
}

// A link of a hamlet answers the question for the place, which can be asked again; one of a
// hamlet there is not, and any other word, is just /start.
func TestALinkAnswersTheQuestionForThePlace(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	if got := talk(t, d, st, bot.Update{Command: "start", Args: ReportLink(2)}); got[0] != "link.hamlet" || openDraft(st).At != "what" {
		t.Error(got)
	}
	if got := talk(t, d, st, choose(t, st, "signs")); openDraft(st).At != "text" {
		t.Error(got)
	}
	if got := openDraft(st).First("hamlet"); got != hamletValue(2) {
		t.Error(got)
	}
	if got := talk(t, d, st, choose(t, st, "back")); openDraft(st).At != "where" {
		t.Error(got)
	}
	for _, word := range []string{ReportLink(3), "nonsense", ReportLink(999)} {
		if got := talk(t, d, &shelf{}, bot.Update{Command: "start", Args: word}); len(got) != 1 || got[0] != "start" {
			t.Error(word, got)
		}
	}
}

// A quick exit leaves one neutral line and no buttons, from a button too.
func TestTheQuickExitLeavesNothing(t *testing.T) {
	t.Parallel()
	for _, u := range []bot.Update{{Command: "xoachat", MessageID: 40}, press(bot.Action(clearVerb))} {
		r := &bot.Request{Update: u, Lang: "vi"}
		st := &shelf{draft: []byte(`{"dialog":"help"}`)}
		if err := desk(t).Handle(t.Context(), st, r); err != nil || st.draft != nil {
			t.Fatal(err, st.draft)
		}
		last := r.Replies[len(r.Replies)-1]
		if r.Replies[0].Clear == nil || len(r.Replies[0].Clear.Messages) != 3 || last.Menu != bot.NoMenu || last.Buttons != nil || !strings.HasPrefix(shownAs("vi", last.Lines[0]), "Đã xong.") {
			t.Errorf("%+v", r.Replies)
		}
	}
}
