package intake

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
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
	draft       []byte
	received    []cases.NewCase
	added       []string
	ended       bool // no case takes information any more
	sent        []bot.Out
	clock       int64               // goes on with every look at it
	view        *cases.ResidentView // what rightCode opens; nil = nothing
	looked      int                 // times that a receipt was looked up
	staff       []cases.Staff
	counts      map[string]int
	barred      time.Time
	muted       bool
	services    []cases.ServiceEntry
	said        []any // by the person about support
	code        cases.Receipt
	after       after
	news        bool     // the chat gets news
	into        []string // the cases words were added to
	threads     threads
	chosen      cases.Chosen
	countedWith *cases.Case // the report that those with which words are added are counted with; nil = none
	waits       cases.OpenQuestions
	calm        bool // the person said that nobody is in danger
}

func (s *shelf) Hit(_ context.Context, what cases.Metered, of string) (int, error) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	key := string(what) + of
	if what == cases.Messages { // tests are faster than people; those about it set the count
		return s.counts[key], nil
	}
	s.counts[key]++
	return s.counts[key], nil
}

func (s *shelf) Bar(_ context.Context, _ cases.Metered, d time.Duration) error {
	s.barred = s.Now().Add(d)
	return nil
}

func (s *shelf) BarredUntil(context.Context, cases.Metered) (time.Time, error) {
	if s.barred.After(s.Now()) {
		return s.barred, nil
	}
	return time.Time{}, nil
}

func (s *shelf) Muted() bool                 { return s.muted }
func (s *shelf) Code() (cases.Receipt, bool) { return s.code, s.code != "" }

// rightCode is a well-formed receipt.
var rightCode = func() string {
	code, err := cases.NewReceipt(strings.NewReader(strings.Repeat("a", 100)))
	if err != nil {
		panic(err)
	}
	return code.String()
}()

func (s *shelf) Now() time.Time {
	s.clock++
	return time.UnixMilli(s.clock * 100)
}
func (s *shelf) Lang() string                     { return "vi" }
func (s *shelf) Staff() *cases.Staff              { return nil }
func (s *shelf) Draft() []byte                    { return s.draft }
func (s *shelf) SaveDraft(draft []byte, _ string) { s.draft = draft }
func (s *shelf) DropDraft()                       { s.draft = nil }
func (s *shelf) Queue(out []bot.Out)              { s.sent = append(s.sent, out...) }
func (s *shelf) Undo(context.Context) error       { return nil }
func (s *shelf) Unnamed(_ context.Context, id string, _ bool) (cases.Case, error) {
	return cases.Case{ID: id}, nil
}

func (s *shelf) Consent(_ context.Context, id string, _ int, _ bool, _ cases.Route) (c cases.Case, r cases.Receipt, err error) {
	return cases.Case{ID: id}, r, nil
}
func (s *shelf) SetLang(string) {}
func (s *shelf) Receive(ctx context.Context, _ cases.Route, c cases.NewCase) (cases.Receipt, cases.Case, error) {
	s.received = append(s.received, c)
	made := cases.Case{Number: cases.Number{Stream: c.Stream(), Year: 2026, Seq: 1}, Urgent: c.Urgent(), Apart: c.Apart}
	if made.Urgent {
		rung, _ := s.Ringers(ctx, made)
		made.Alarm = &cases.Ringing{Began: s.Now(), Rings: 1, Reached: cases.RolesOf(rung)}
	}
	return "222222222222222222", made, nil
}

func (s *shelf) LookUp(context.Context, cases.Receipt) (cases.ResidentView, error) {
	s.looked++
	if s.view != nil {
		return *s.view, nil
	}
	return cases.ResidentView{}, cases.Fail(cases.NotFound, "")
}

func (s *shelf) AddInfo(_ context.Context, stream cases.Stream, id string, _ cases.Route, text string, _ []cases.OfferedFile) (cases.Case, error) {
	if s.ended {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "error.step")
	}
	s.added, s.into = append(s.added, text), append(s.into, id)
	if s.countedWith != nil {
		return *s.countedWith, nil
	}
	return cases.Case{ID: id, Number: cases.Number{Stream: stream}}, nil
}
func (s *shelf) Prove(string) {}

func (s *shelf) Ownership(context.Context, cases.Stream, string) (cases.Ownership, error) {
	return cases.Ownership{May: true}, nil
}
func (s *shelf) SetWord(context.Context, cases.Stream, string, string) error    { return nil }
func (s *shelf) Claim(context.Context, cases.Stream, string, cases.Route) error { return nil }
func (s *shelf) CutRoute(context.Context, cases.Stream, string) error           { return nil }

func (s *shelf) TakeBack(context.Context, cases.Stream, string) (c cases.Case, err error) {
	return c, nil
}

func (s *shelf) Forget(context.Context, cases.Stream, string) (c cases.Case, ended bool, err error) {
	return c, false, nil
}

func (s *shelf) StaffWith(context.Context, cases.Right) ([]cases.Staff, error) {
	return s.staff, nil
}

func (s *shelf) Ringers(context.Context, cases.Case) (list []cases.Staff, err error) {
	for _, one := range s.staff {
		if one.Reachable() {
			list = append(list, one)
		}
	}
	return list, nil
}

func (s *shelf) NobodyInDanger() { s.calm = true }

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
			map[string][]string{"what": {"danger"}, "hamlet": {"h2"}, "when": {"c:now"}, "text": {"a", "b"}},
			cases.ReportContent{Concern: cases.Danger, Hamlet: 2, When: "when.now", Text: "a\nb"},
		},
		"where it happened":   {map[string][]string{"pin": {"20.95512,105.74871"}}, cases.ReportContent{At: &cases.Place{Lat: 20.95512, Lon: 105.74871}}},
		"where I stand":       {map[string][]string{"stand": {"20.95535,105.74878"}}, cases.ReportContent{Place: blur(20.95512, 105.74871)}},
		"a point, not said":   {map[string][]string{"point": {"20.95512,105.74871"}}, cases.ReportContent{Place: blur(20.95512, 105.74871)}},
		"a place by name":     {map[string][]string{"venue": {"20.95512,105.74871 Quán A, số 8"}}, cases.ReportContent{Venue: "Quán A, số 8", At: &cases.Place{Lat: 20.95512, Lon: 105.74871}}},
		"name and pin":        {map[string][]string{"venue": {"20.95512,105.74871 Quán A"}, "pin": {"20.95500,105.74800"}}, cases.ReportContent{Venue: "Quán A", At: &cases.Place{Lat: 20.955, Lon: 105.748}}},
		"outside":             {map[string][]string{"hamlet": {"out"}}, cases.ReportContent{Outside: true}},
		"words":               {map[string][]string{"where": {"chợ: cổng sau", "cạnh cây đa"}, "when": {"t:tối: 10 giờ"}}, cases.ReportContent{Where: "chợ: cổng sau; cạnh cây đa", When: "tối: 10 giờ"}},
		"words like a hamlet": {map[string][]string{"where": {"h2"}, "when": {"t:when.now"}}, cases.ReportContent{Where: "h2", When: "when.now"}},
		"on the net":          {map[string][]string{"what": {"online"}, "online": {"@nick"}, "origin": {"Kênh"}}, cases.ReportContent{Concern: cases.Online, Online: "@nick", Origin: "Kênh"}},
		"a friend's message":  {map[string][]string{"what": {"signs"}, "origin": {"Bạn Mai"}}, cases.ReportContent{Concern: cases.SawSigns}},
		"nothing":             {nil, cases.ReportContent{}},
	} {
		if got := content(dialog.Session{Answers: k.answers}); !reflect.DeepEqual(got, k.want) {
			t.Errorf("%s: %+v, want %+v", name, got, k.want)
		}
	}
}

// blur is a point as it is kept of somebody who stands there.
func blur(lat, lon float64) *cases.Place {
	p := cases.Place{Lat: lat, Lon: lon}.Blur()
	return &p
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
	if got := talk(t, d, st, text("Gần chợ")); len(got) == 0 || got[0] != "report.review" {
		t.Error(got)
	}
}

// An album arrives as several updates: it is one confirmation, its caption is
// words, and every file is kept.
func TestAlbumInsideAndOutside(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, begin := range map[string][]string{"at the text": {"signs", dialog.Skip}, "too early": nil, "outside": {"no dialog"}} {
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
		{"baotin", "", pin, "report.which", "point"},
		{"baotin", "", bot.Update{Place: pin.Place, Venue: "Quán A"}, "dialog.early.venue", "venue"},
		{"hotro", "", text("a"), "dialog.early.text", "text"},
		{"hotro", "", pin, "share.ask", "point"},
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

// Nobody's place is kept exactly unless the person said so, wherever it comes.
func TestPlacesAreExactOnlyWhenSaid(t *testing.T) {
	t.Parallel()
	d := desk(t)
	exact := bot.Update{Place: &cases.Place{Lat: 20.955123, Lon: 105.748712}}
	for name, begin := range map[string][]bot.Update{
		"report": {{Command: "baotin"}}, "report, outside": {exact, press(bot.Action("go", reportID))},
		"help": {{Command: "hotro"}}, "help, outside": {exact, press(bot.Action("go", helpID))},
		"addition": {press(bot.Action("add", "help", "x"))},
	} {
		for choice, want := range map[string]string{"there": "20.95512", "here": "", "agree": "20.95512", "near": "", "drop": "", dialog.Skip: "", dialog.Back: "", "": ""} {
			st := &shelf{}
			for _, u := range begin {
				talk(t, d, st, u)
			}
			if openDraft(st).Aside == "" {
				talk(t, d, st, exact)
			}
			step := openDraft(st)
			if step.Aside == "" {
				t.Fatalf("%s: not asked, %s", name, st.draft)
			}
			if choice != "" && (choice == dialog.Skip || choice == dialog.Back || slices.ContainsFunc(d.dialogs[step.Dialog].Steps[step.At].Options, func(o dialog.Option) bool { return o.Value == choice })) {
				talk(t, d, st, choose(t, st, choice))
			} else {
				want = ""
			}
			s := openDraft(st)
			r, h := content(s), helpContent(s)
			raw, _ := json.Marshal([]any{r, h, d.pointLines(&bot.Request{}, s)})
			told := strings.Contains(string(raw), "20.95512")
			if told != (want != "") || choice != "" && want == "" && strings.Contains(string(st.draft), "20.95512") && choice != dialog.Skip && choice != dialog.Back && s.Aside == "" {
				t.Errorf("%s, %q: %s", name, choice, raw)
			}
		}
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

// Nothing that was written is lost by leaving: it is asked about, or kept beside.
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
		{[]bot.Update{{Command: "baotin"}, text("a")}, "huy", "draft.drop.sure"},
		{[]bot.Update{text("a b c")}, "huy", "draft.drop.sure"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "start", "start"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "tracuu", "draft.beside"},
		{[]bot.Update{text("a b c")}, "tracuu", "lookup.ask"},
		{[]bot.Update{text("a b c"), {Command: "tracuu"}}, "tracuu", "dialog.resume"},
		{[]bot.Update{text("a b c"), {Command: "tracuu"}}, "baotin", "draft.beside"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "baotin", "dialog.resume"},
		{[]bot.Update{{Command: "baotin"}}, "baotin", "report.notice"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "hotro", "draft.beside"},
		{[]bot.Update{{Command: "baotin"}, text("a"), {Command: "hotro"}}, "baotin", "dialog.resume"},
		{[]bot.Update{text("a b c")}, "riengtu", "privacy"},
		{[]bot.Update{text("a b c")}, "hotro", "help.notice"},
		{[]bot.Update{{Command: "baotin"}, text("a")}, "khancap", "emergency"},
	} {
		st := &shelf{}
		for _, u := range k.before {
			talk(t, d, st, u)
		}
		had := len(everything(st))
		if got := talk(t, d, st, bot.Update{Command: k.leave}); len(got) == 0 || got[0] != k.want {
			t.Errorf("%s: %q, want %s", k.leave, got, k.want)
		}
		if has := len(everything(st)); has != had {
			t.Errorf("%s: had %d answers, has %d", k.leave, had, has)
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

// A receipt that is typed while words are kept opens its case and loses none of
// them: they go into the case, or stay where they were.
func TestKeptWordsMeetAReceipt(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, k := range map[string]struct {
		view *cases.ResidentView
		want []string
	}{
		"open":    {&cases.ResidentView{Stream: cases.ReportStream, CaseID: "x", CanAdd: true, Status: cases.Received}, []string{"lookup.status", "lookup.received", "lookup.carried"}},
		"ended":   {&cases.ResidentView{Stream: cases.ReportStream, CaseID: "x", Status: cases.Closed}, []string{"lookup.status", "lookup.received", "outside"}},
		"unknown": {nil, []string{"receipt.notfound"}},
	} {
		for way, before := range map[string][]bot.Update{
			"typed at once": nil, "menu": {{Command: "tracuu"}}, "button": {press(bot.Action("go", lookUpID))},
		} {
			st := &shelf{view: k.view}
			talk(t, d, st, text("cửa sau có xe lạ"))
			talk(t, d, st, photo("", "xe màu đen"))
			for _, u := range before {
				talk(t, d, st, u)
			}
			if got := talk(t, d, st, text("ABC234-DEF567-GHJ892")); !reflect.DeepEqual(got, []string{"receipt.notfound"}) {
				t.Errorf("%s, %s: %q", name, way, got)
			}
			if got := talk(t, d, st, text(rightCode)); !reflect.DeepEqual(got, k.want) {
				t.Errorf("%s, %s: %q, want %q", name, way, got, k.want)
			}
			got := answersOf(st)
			if len(got["text"]) != 2 || len(got["file"]) != 1 || got["code"] != nil {
				t.Errorf("%s, %s: kept %q", name, way, got)
			}
			if talk(t, d, st, press(bot.Action("add", "report", "x"))); openDraft(st).Dialog != addID || len(answersOf(st)["text"]) != 2 {
				t.Errorf("%s, %s: %s", name, way, st.draft)
			}
		}
	}
}

// The ward's question can wait until a person has finished writing something else.
func TestAnsweringWhileWriting(t *testing.T) {
	t.Parallel()
	d, answer := desk(t), press(bot.Action("add", "report", "some-case"))
	for _, k := range []struct {
		before []bot.Update
		want   []string
		dialog string
	}{
		{[]bot.Update{{Command: "baotin"}, text("a")}, []string{"draft.beside", "add.text"}, addID},
		{[]bot.Update{{Command: "hotro"}, text("a")}, []string{"draft.beside", "add.text"}, addID},
		{[]bot.Update{press(bot.Action("add", "help", "other")), text("a")}, []string{"draft.beside", "add.text"}, addID},
		{[]bot.Update{answer, text("a")}, []string{"dialog.resume", "add.text", "dialog.have"}, addID},
		{[]bot.Update{{Command: "baotin"}}, []string{"add.text"}, addID},
		{[]bot.Update{{Command: "tracuu"}}, []string{"add.text"}, addID},
		{[]bot.Update{text("a")}, []string{"add.text", "dialog.have"}, addID},
		{[]bot.Update{{Place: &cases.Place{Lat: 20.955, Lon: 105.748}}}, []string{"share.ask"}, addID},
	} {
		st := &shelf{}
		for _, u := range k.before {
			talk(t, d, st, u)
		}
		had := answersOf(st)
		if got := talk(t, d, st, answer); !reflect.DeepEqual(got, k.want) || openDraft(st).Dialog != k.dialog {
			t.Errorf("%q, want %q; %s", got, k.want, st.draft)
		}
		got := answersOf(st)["text"]
		for _, p := range shelve(st).Beside { // what was begun before can be gone on with
			got = append(got, p.Answers["text"]...)
		}
		if had["text"] != nil && !reflect.DeepEqual(got, had["text"]) {
			t.Errorf("had %q, has %q", had, got)
		}
	}
}

// A button of a conversation that is over changes nothing in the next one, although
// both stand at the same question.
func TestButtonsOfAnEarlierConversation(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "baotin"})
	old := []bot.Update{choose(t, st, "signs"), choose(t, st, dialog.Cancel)}
	talk(t, d, st, bot.Update{Command: "huy"})
	talk(t, d, st, bot.Update{Command: "tracuu"})
	old = append(old, choose(t, st, dialog.Cancel))
	talk(t, d, st, bot.Update{Command: "huy"})
	for _, begin := range []bot.Update{text("một hai ba"), {Command: "tracuu"}, {Command: "baotin"}} {
		talk(t, d, st, begin)
		before := string(st.draft)
		for _, u := range old {
			if got := talk(t, d, st, u); len(got) == 0 || string(st.draft) != before { // the present question is asked again
				t.Errorf("%s: %q; %s, was %s", u.Press.Data, got, st.draft, before)
			}
		}
		talk(t, d, st, bot.Update{Command: "huy"})
	}
}

// A receipt is not written into another case, where staff would read it.
func TestReceiptAmongWords(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for _, begin := range []bot.Update{{Command: "baotin"}, {Command: "hotro"}, press(bot.Action("add", "report", "x"))} {
		st := &shelf{}
		talk(t, d, st, begin)
		if got := talk(t, d, st, text(" "+strings.ToLower(rightCode))); !reflect.DeepEqual(got, []string{"dialog.code"}) || len(answersOf(st)) != 0 {
			t.Errorf("%q, %s", got, st.draft)
		}
	}
}

// Nobody is told that staff were rung when there is none.
func TestUrgentWithoutStaff(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for want, staff := range map[string][]cases.Staff{
		"received.unheard": {{ID: 1}},
		"alarm.reached":    {{ID: 1}, {ID: 2, Role: cases.Officer, Route: cases.Route{Chat: 9}}},
	} {
		st := &shelf{staff: staff}
		talk(t, d, st, bot.Update{Command: "baotin"})
		talk(t, d, st, text("Có tiếng kêu cứu"))
		talk(t, d, st, choose(t, st, "danger"))
		talk(t, d, st, choose(t, st, dialog.Review))
		if got := talk(t, d, st, choose(t, st, "send")); !slices.Contains(got, want) {
			t.Errorf("%q, want %s", got, want)
		}
	}
}

// A very long place does not push the rest out of the review.
func TestReviewStaysShort(t *testing.T) {
	t.Parallel()
	d := desk(t)
	long := strings.Repeat("ữ", maxText)
	s := dialog.Session{Dialog: reportID, Answers: map[string][]string{"what": {"signs"}, "where": {long}, "venue": {"1,2 " + long}, "online": {long}, "when": {"t:" + long}, "text": {long, long}}}
	h := dialog.Session{Dialog: helpID, Answers: map[string][]string{"contact": {"t:" + long}, "text": {long}}}
	for _, s := range []dialog.Session{s, h} {
		n := 0
		for _, line := range d.summary(t.Context(), &shelf{}, s) {
			if v, ok := line.Args["value"].(bot.Text); ok {
				words, _ := v.Args["words"].(string)
				n += len([]rune(words))
			}
		}
		if n > 3400 {
			t.Errorf("%s: %d characters", s.Dialog, n)
		}
	}
}

// The age can be given and changed before sending, and the numbers come with it.
func TestAgeBeforeSending(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "hotro"})
	for _, choice := range []string{"health", "adult"} {
		talk(t, d, st, choose(t, st, choice))
	}
	if got := talk(t, d, st, choose(t, st, "minor")); len(got) < 2 || got[0] != "help.under18" || got[1] != "help.review" {
		t.Error(got)
	}
	talk(t, d, st, choose(t, st, "send"))
	if len(st.received) != 1 || !st.received[0].Help.Under18 {
		t.Errorf("%+v", st.received)
	}
}

// A message of somebody who holds the receipt cannot pass for one of the ward.
func TestNoLineOfALookUpCanBeForged(t *testing.T) {
	t.Parallel()
	const forged = "• 09:00 – phường: xong"
	v := cases.ResidentView{Stream: cases.ReportStream, Status: cases.Received, Talks: []cases.Talk{
		{Text: "a\n" + forged + "\r\n" + forged + "\u2028" + forged},
	}}
	for _, line := range desk(t).status(v, cases.Ward{}, time.Time{}).Lines {
		text, _ := line.Args["text"].(string)
		for i, l := range strings.Split(text, "\n") {
			if i > 0 && !strings.HasPrefix(l, "│") || strings.Contains(l, "\u2028") {
				t.Errorf("%q", text)
			}
		}
	}
}
