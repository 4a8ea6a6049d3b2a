package intake

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
	"tinbao/locale"
)

// shelf is a store that keeps one draft and the cases it was given.
type shelf struct {
	draft    []byte
	received []cases.NewCase
	added    []string
	ended    bool // no case takes information any more
	out      int
}

func (s *shelf) Now() time.Time                   { return time.Unix(0, 0) }
func (s *shelf) Lang() string                     { return "vi" }
func (s *shelf) Staff() *cases.Staff              { return nil }
func (s *shelf) Draft() []byte                    { return s.draft }
func (s *shelf) SaveDraft(draft []byte, _ string) { s.draft = draft }
func (s *shelf) DropDraft()                       { s.draft = nil }
func (s *shelf) Queue(out []bot.Out)              { s.out += len(out) }
func (s *shelf) SetLang(string)                   {}
func (s *shelf) Receive(_ context.Context, _ cases.Route, c cases.NewCase) (cases.Receipt, cases.Case, error) {
	s.received = append(s.received, c)
	return "222222222222222222", cases.Case{Number: cases.Number{Stream: c.Stream(), Year: 2026, Seq: 1}, Urgent: c.Urgent()}, nil
}

func (s *shelf) LookUp(context.Context, cases.Receipt) (cases.ResidentView, error) {
	return cases.ResidentView{}, cases.Fail(cases.NotFound, "")
}

func (s *shelf) AddInfo(_ context.Context, _ cases.Stream, _ string, _ cases.Route, text string, _ []cases.OfferedFile) (cases.Case, error) {
	if s.ended {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "error.step")
	}
	s.added = append(s.added, text)
	return cases.Case{}, nil
}
func (s *shelf) CutRoute(context.Context, cases.Stream, string) error { return nil }

func (s *shelf) TakeBack(context.Context, cases.Stream, string) (c cases.Case, err error) {
	return c, nil
}

func (s *shelf) Forget(context.Context, cases.Stream, string) (c cases.Case, ended bool, err error) {
	return c, false, nil
}

func (s *shelf) StaffWith(context.Context, cases.Right) ([]cases.Staff, error) { return nil, nil }
func (s *shelf) Ward(context.Context) (cases.Ward, error) {
	return cases.Ward{Hamlets: []string{"Tổ 1", "Tổ 2"}}, nil
}

// desk refuses programs and nothing else.
func desk(t *testing.T) *Desk {
	t.Helper()
	d, err := New(Desk{
		Label: func(lang, key string) string { return lang + " " + key }, Languages: locale.Languages,
		Accepts: func(f cases.OfferedFile) string {
			if f.MIME == "program" {
				return "file.exe"
			}
			return ""
		},
	}, locale.Catalogue{}.Has)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// talk gives one update to the desk and returns the keys of its answers.
func talk(t *testing.T, d *Desk, st *shelf, u bot.Update) (keys []string) {
	t.Helper()
	u.Chat, u.Private = 7, true
	r := &bot.Request{Update: u, Lang: "vi"}
	if err := d.Handle(t.Context(), st, r); err != nil {
		t.Fatal(err)
	}
	for _, reply := range r.Replies {
		for _, line := range reply.Lines {
			keys = append(keys, line.Key)
		}
	}
	return keys
}

func text(s string) bot.Update { return bot.Update{Text: s} }

// choose presses a button of the present question.
func choose(t *testing.T, st *shelf, choice string) bot.Update {
	t.Helper()
	var s dialog.Session
	if err := json.Unmarshal(st.draft, &s); err != nil {
		t.Fatal(err)
	}
	return press(bot.Action("d", turn(s), choice))
}

func press(data string) bot.Update { return bot.Update{Press: &bot.Press{Data: data, MessageID: 1}} }

func photo(album, caption string) bot.Update {
	return bot.Update{File: &cases.OfferedFile{Kind: cases.Photo, FileID: "f"}, Album: album, Text: caption}
}

func answersOf(st *shelf) map[string][]string { return openDraft(st).Answers }

func TestContent(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]struct {
		answers map[string][]string
		want    cases.ReportContent
	}{
		"hamlet and button": {
			map[string][]string{"what": {"danger"}, "where": {"h:h2"}, "when": {"c:now"}, "text": {"a", "b"}},
			cases.ReportContent{Concern: cases.Danger, Hamlet: 2, When: "when.now", Text: "a\nb"},
		},
		"pin":                 {map[string][]string{"where": {"p:20.95000,105.75000"}}, cases.ReportContent{Place: &cases.Place{Lat: 20.95, Lon: 105.75}}},
		"words":               {map[string][]string{"where": {"t:chợ: cổng sau"}, "when": {"t:tối: 10 giờ"}}, cases.ReportContent{Where: "chợ: cổng sau", When: "tối: 10 giờ"}},
		"words like a hamlet": {map[string][]string{"where": {"t:h2"}, "when": {"t:when.now"}}, cases.ReportContent{Where: "h2", When: "when.now"}},
		"words like a pin":    {map[string][]string{"where": {"t:p:1,2"}}, cases.ReportContent{Where: "p:1,2"}},
		"nothing":             {nil, cases.ReportContent{}},
	} {
		if got := content(dialog.Session{Answers: k.answers}); !reflect.DeepEqual(got, k.want) {
			t.Errorf("%s: %+v, want %+v", name, got, k.want)
		}
	}
}

func TestHamletOf(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]int{"h1": 1, "h12": 12, "h0": 0, "h-1": 0, "h": 0, "": 0, "12": 0, "hx": 0, "h1x": 0} {
		if got := hamletOf(answer); got != want {
			t.Errorf("%q: %d, want %d", answer, got, want)
		}
	}
}

func TestFull(t *testing.T) {
	t.Parallel()
	many := func(n int) []string { return make([]string, n) }
	s := dialog.Session{Answers: map[string][]string{"text": many(maxTexts), "file": many(maxFiles - 1)}}
	for kind, want := range map[dialog.InputKind]bool{dialog.Text: true, dialog.File: false, dialog.Place: false, dialog.Choice: false} {
		if got := full(s, dialog.Input{Kind: kind}); got != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
	s.Answers["file"] = many(maxFiles)
	if !full(s, dialog.Input{Kind: dialog.File}) {
		t.Error("there is room for one file more than there should be")
	}
}

// However much was written, a question for a place still takes words.
func TestFullStillAnswers(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "baotin"})
	for range maxTexts {
		talk(t, d, st, text("a"))
	}
	if got := talk(t, d, st, text("a")); !reflect.DeepEqual(got, []string{"dialog.full"}) {
		t.Error(got)
	}
	talk(t, d, st, choose(t, st, "signs"))
	if got := talk(t, d, st, text("Gần chợ")); !reflect.DeepEqual(got, []string{"report.when"}) {
		t.Error(got)
	}
}

// An album arrives as several updates: it is one confirmation, its caption is
// words, and every file is kept.
func TestAlbumInsideAndOutside(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, begin := range map[string][]string{"at the text": {"signs", dialog.Skip, dialog.Skip}, "too early": nil, "outside": {"no dialog"}} {
		st := &shelf{}
		if name != "outside" {
			talk(t, d, st, bot.Update{Command: "baotin"})
			for _, choice := range begin {
				talk(t, d, st, choose(t, st, choice))
			}
		}
		first := talk(t, d, st, photo("album", "cửa sau"))
		rest := append(talk(t, d, st, photo("album", "")), talk(t, d, st, photo("album", ""))...)
		if len(first) == 0 || len(rest) != 0 {
			t.Errorf("%s: answered %q, then %q", name, first, rest)
		}
		if got := answersOf(st); len(got["file"]) != 3 || !reflect.DeepEqual(got["text"], []string{"cửa sau"}) {
			t.Errorf("%s: kept %q", name, got)
		}
		if again := talk(t, d, st, photo("another", "")); len(again) == 0 {
			t.Errorf("%s: a second album is not confirmed", name)
		}
	}
}

// The words below a file that is refused are not refused with it.
func TestCaptionOfARefusedFile(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	bad := bot.Update{File: &cases.OfferedFile{Kind: cases.Document, MIME: "program"}, Text: "xem kỹ"}
	if got := talk(t, d, st, bad); !reflect.DeepEqual(got, []string{"file.exe", "outside"}) {
		t.Error(got)
	}
	talk(t, d, st, press(bot.Action("go", reportID)))
	talk(t, d, st, bad)
	if got := answersOf(st); !reflect.DeepEqual(got["text"], []string{"xem kỹ", "xem kỹ"}) || got["file"] != nil {
		t.Errorf("%q", got)
	}
}

// What comes before its question is kept; what nothing asks for is refused with
// the buttons of the question.
func TestInputsAtOtherQuestions(t *testing.T) {
	t.Parallel()
	d := desk(t)
	pin := bot.Update{Place: &cases.Place{Lat: 20.9551, Lon: 105.7487}}
	for _, k := range []struct {
		dialog, first string
		send          bot.Update
		want, answer  string // the first line; the answer that is kept
	}{
		{"baotin", "", text("a"), "dialog.early.text", "text"},
		{"baotin", "", photo("", ""), "dialog.early.file", "file"},
		{"baotin", "", pin, "dialog.early.place", "where"},
		{"hotro", "", text("a"), "dialog.early.text", "text"},
		{"hotro", "", pin, "dialog.refuse", ""},
		{"hotro", "", bot.Update{Odd: true}, "dialog.odd", ""},
		{"baotin", "", text(strings.Repeat("x", maxText+1)), "dialog.toolong", ""},
		{"baotin", "", text(strings.Repeat("ữ", maxText)), "dialog.early.text", "text"},
		{"tracuu", "", photo("", "chữ"), "lookup.refuse", ""},
		{"tracuu", "", pin, "lookup.refuse", ""},
	} {
		st := &shelf{}
		talk(t, d, st, bot.Update{Command: k.dialog})
		got := talk(t, d, st, k.send)
		if len(got) == 0 || got[0] != k.want {
			t.Errorf("%s: %q, want %s", k.dialog, got, k.want)
		}
		if kept := answersOf(st); k.answer == "" && len(kept) != 0 || k.answer != "" && len(kept[k.answer]) != 1 {
			t.Errorf("%s, %s: kept %q", k.dialog, k.want, kept)
		}
	}
}

// A place is blurred before it is kept, wherever it comes.
func TestPlaceIsBlurredEverywhere(t *testing.T) {
	t.Parallel()
	d := desk(t)
	exact := bot.Update{Place: &cases.Place{Lat: 20.955123, Lon: 105.748712}}
	for _, before := range [][]bot.Update{nil, {{Command: "baotin"}}} {
		st := &shelf{}
		for _, u := range before {
			talk(t, d, st, u)
		}
		talk(t, d, st, exact)
		if len(answersOf(st)["where"]) != 1 || strings.Contains(string(st.draft), "20.95512") {
			t.Errorf("%s", st.draft)
		}
	}
}

// A place that was sent outside of any conversation is not lost to a request for
// help, which asks for none.
func TestPlaceInAHelpRequest(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Place: &cases.Place{Lat: 20.955, Lon: 105.748}})
	talk(t, d, st, press(bot.Action("go", helpID)))
	if got := answersOf(st); len(got["text"]) != 1 || got["where"] != nil {
		t.Errorf("%q", got)
	}
}

// An addition to a case that ended meanwhile is kept and offered back.
func TestAdditionToAnEndedCase(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{ended: true}
	talk(t, d, st, press(bot.Action("add", "report", "some-case")))
	talk(t, d, st, text("thêm một điều"))
	if got := talk(t, d, st, choose(t, st, "send")); !reflect.DeepEqual(got, []string{"add.ended"}) {
		t.Error(got)
	}
	talk(t, d, st, press(bot.Action("go", reportID)))
	if got := answersOf(st)["text"]; !reflect.DeepEqual(got, []string{"thêm một điều"}) {
		t.Errorf("%q", got)
	}
}

// Leaving says so exactly when something is lost.
func TestLeaving(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for _, k := range []struct {
		before []bot.Update
		leave  string
		want   string
	}{
		{nil, "huy", "dialog.nothing"},
		{nil, "start", "start"},
		{[]bot.Update{{Command: "baotin"}}, "huy", "dialog.cancelled"},
		{[]bot.Update{{Command: "baotin"}}, "start", "start"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "start", "dialog.left"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "tracuu", "dialog.left"},
		{[]bot.Update{text("a b c")}, "tracuu", "dialog.left"},
		{[]bot.Update{text("a b c")}, "hotro", "help.notice"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "khancap", "emergency"},
	} {
		st := &shelf{}
		for _, u := range k.before {
			talk(t, d, st, u)
		}
		if got := talk(t, d, st, bot.Update{Command: k.leave}); len(got) == 0 || got[0] != k.want {
			t.Errorf("%s: %q, want %s", k.leave, got, k.want)
		}
	}
}

// Updates that are not messages get no answer.
func TestQuietUpdates(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	for _, u := range []bot.Update{{Blocked: true}, {Unblocked: true}, {Edited: true, Place: &cases.Place{}}} {
		if got := talk(t, d, st, u); got != nil || st.draft != nil {
			t.Errorf("%+v: %q", u, got)
		}
	}
	if got := talk(t, d, st, bot.Update{Edited: true, Text: "x"}); !reflect.DeepEqual(got, []string{"edited"}) {
		t.Error(got)
	}
}

// A draft of an older version of the program is asked from the start, answers kept.
func TestDraftOfAnotherVersion(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for _, draft := range []string{
		`{"dialog":"report","ver":0,"at":"gone","answers":{"text":["a"]}}`, `{"dialog":"gone","ver":1,"at":"x"}`, `not even JSON`,
	} {
		st := &shelf{draft: []byte(draft)}
		if got := talk(t, d, st, text("một hai ba")); len(got) == 0 {
			t.Errorf("%s: no answer", draft)
		}
		talk(t, d, st, bot.Update{Command: "khancap"})
	}
}
