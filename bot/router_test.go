package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/bot"
	"tinbao/cases"
)

// desk is the transaction of an update, in memory.
type desk struct {
	discreet bool
	lang     string
	staff    *cases.Staff
	draft    []byte
	out      []bot.Out
	ran      []string // commands that ran, with their arguments
	fail     error    // what the handler gives back

	undone int // how often changes to cases were taken back
}

func (d *desk) Now() time.Time                      { return time.Unix(0, 0) }
func (d *desk) Lang() string                        { return d.lang }
func (d *desk) Staff() *cases.Staff                 { return d.staff }
func (d *desk) Draft() []byte                       { return d.draft }
func (d *desk) SaveDraft(draft []byte, lang string) { d.draft, d.lang = draft, lang }
func (d *desk) DropDraft()                          { d.draft = nil }
func (d *desk) Discreet() bool                      { return d.discreet }
func (d *desk) Undo(context.Context) error          { d.undone++; return nil }
func (d *desk) Queue(out []bot.Out)                 { d.out = append(d.out, out...) }
func (d *desk) note(word string, args []string) error {
	d.ran = append(d.ran, strings.Join(append([]string{word}, args...), "|"))
	return d.fail
}

func router() bot.Router[*desk] {
	run := func(name string) func(context.Context, *desk, *bot.Request, []string) error {
		return func(_ context.Context, d *desk, r *bot.Request, args []string) error {
			r.Say(bot.Words("ran " + name))
			return d.note(name, args)
		}
	}
	return bot.Router[*desk]{
		Renderer: renderer,
		Commands: []bot.Command[*desk]{
			{Name: "hangdoi", Aliases: []string{"queue"}, Rights: []cases.Right{cases.WorkReports}, Run: run("hangdoi")},
			{Name: "ghichu", Rights: []cases.Right{cases.WorkReports}, Rest: true, Run: run("ghichu")},
			{Name: "nhanvien", Rights: []cases.Right{cases.ManageStaff}, Run: run("nhanvien")},
		},
		Resident: func(_ context.Context, d *desk, r *bot.Request) error {
			if r.Command != "" {
				r.Say(bot.T("error.command"))
			}
			return d.note("resident", nil)
		},
		Greet: func(_ context.Context, d *desk, _ *bot.Request) error { return d.note("greet", nil) },
	}
}

func handle(t *testing.T, d *desk, u bot.Update) []bot.Call {
	t.Helper()
	u.Chat, u.Private = an, true
	d.out = nil
	if err := router().Handle(t.Context(), d, u); err != nil {
		t.Fatal(err)
	}
	calls := make([]bot.Call, 0, len(d.out))
	for _, o := range d.out {
		c, err := bot.DecodeCall(o.Payload)
		if err != nil {
			t.Fatal(err)
		}
		calls = append(calls, c)
	}
	return calls
}

func typed(text string) bot.Update {
	word, rest, _ := strings.Cut(strings.TrimPrefix(text, "/"), " ")
	if !strings.HasPrefix(text, "/") {
		return bot.Update{Text: text}
	}
	return bot.Update{Text: text, Command: word, Args: rest}
}

func pressed(data string) bot.Update {
	return bot.Update{Press: &bot.Press{ID: "q", Data: data + "~" + tags{}.CallbackTag(an, data), MessageID: 9}}
}

func member(role cases.Role) *cases.Staff { return &cases.Staff{ID: 1, Role: role} }

// To somebody who may not use a command it does not exist.
func TestNotAllowedLooksLikeUnknown(t *testing.T) {
	t.Parallel()
	locked := member(cases.Officer)
	locked.Locked = true
	for name, staff := range map[string]*cases.Staff{"stranger": nil, "locked": locked, "other role": member(cases.Health)} {
		for _, word := range []string{"/hangdoi", "/queue", "/nhanvien", "/ghichu 1 x"} {
			got := handle(t, &desk{staff: staff}, typed(word))
			want := handle(t, &desk{staff: staff}, typed("/khongco"))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s: %s", name, word, diff)
			}
		}
		d := &desk{staff: staff}
		if got, want := handle(t, d, pressed("hangdoi")), handle(t, &desk{staff: staff}, pressed("khongco")); cmp.Diff(want, got) != "" {
			t.Errorf("%s: a button: %s", name, cmp.Diff(want, got))
		}
		if slices.ContainsFunc(d.ran, func(s string) bool { return strings.HasPrefix(s, "hangdoi") }) {
			t.Errorf("%s ran a command", name)
		}
	}
}

// The menu of commands asks the same question as the gate.
func TestMay(t *testing.T) {
	t.Parallel()
	locked := member(cases.Officer)
	locked.Locked = true
	for _, c := range []struct {
		staff *cases.Staff
		want  bool
	}{{nil, false}, {locked, false}, {member(cases.Health), false}, {member(cases.Officer), true}} {
		if got := router().Commands[0].May(c.staff); got != c.want {
			t.Errorf("%+v: %v", c.staff, got)
		}
	}
}

func TestForgedButtonsDoNothing(t *testing.T) {
	t.Parallel()
	for _, data := range []string{"hangdoi", "hangdoi~", "hangdoi~wrong", "hangdoi~" + tags{}.CallbackTag(binh, "hangdoi"), "~", "", strings.Repeat("x", 200)} {
		d := &desk{staff: member(cases.Officer)}
		calls := handle(t, d, bot.Update{Press: &bot.Press{ID: "q", Data: data}})
		if len(d.ran) > 0 || len(calls) != 1 || calls[0].Method != "answerCallbackQuery" || !strings.Contains(calls[0].Params["text"], "Nút này đã cũ") {
			t.Errorf("%q: ran %v, %+v", data, d.ran, calls)
		}
	}
}

func FuzzForgedButtons(f *testing.F) {
	f.Add("hangdoi~x")
	f.Add("hangdoi|1~tag-of-anhan ")
	f.Fuzz(func(t *testing.T, data string) {
		i := strings.LastIndex(data, "~")
		if i >= 0 && data[i+1:] == (tags{}).CallbackTag(an, data[:i]) {
			return // a right guess of this test's toy tags
		}
		d := &desk{staff: member(cases.Officer)}
		handle(t, d, bot.Update{Press: &bot.Press{ID: "q", Data: data}})
		if len(d.ran) > 0 {
			t.Errorf("%q ran %v", data, d.ran)
		}
	})
}

// Every press is answered once, or the phone shows a spinner.
func TestEveryPressIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	for _, fail := range []error{nil, cases.Fail(cases.NotFound, ""), cases.Fail(cases.Conflict, ""), cases.Fail(cases.NotAllowed, "error.step")} {
		d := &desk{staff: member(cases.Officer), fail: fail}
		answers := 0
		for _, c := range handle(t, d, pressed("hangdoi")) {
			if c.Method == "answerCallbackQuery" {
				answers++
			}
		}
		if answers != 1 || !d.out[0].Press {
			t.Errorf("%v: answered %d times", fail, answers)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	d := &desk{staff: member(cases.Officer), fail: cases.Fail(cases.NotFound, "")}
	if calls := handle(t, d, typed("/hangdoi")); len(calls) != 1 || calls[0].Params["text"] != "Không tìm thấy." {
		t.Errorf("a domain error: %+v", calls)
	}
	for _, fail := range []error{errors.New("x"), cases.Fail(cases.Transient, "")} {
		d := &desk{staff: member(cases.Officer), fail: fail}
		u := typed("/hangdoi")
		u.Chat, u.Private = an, true
		if err := router().Handle(t.Context(), d, u); !errors.Is(err, fail) || len(d.out) > 0 {
			t.Errorf("%v became %v, %d messages", fail, err, len(d.out))
		}
	}
}

// Only a plain text is the answer to a question.
func TestAwait(t *testing.T) {
	t.Parallel()
	question := func() *desk {
		d := &desk{staff: member(cases.Officer)}
		bot.Await(d, "vi", "ghichu", "PA-26-0001")
		return d
	}
	if d := question(); true {
		handle(t, d, typed("một hai"))
		if !slices.Equal(d.ran, []string{"ghichu|PA-26-0001|một hai"}) || d.draft != nil {
			t.Errorf("ran %v, draft %s", d.ran, d.draft)
		}
	}
	edited, file := typed("sửa"), typed("ảnh")
	edited.Edited, file.File = true, &cases.OfferedFile{}
	for name, u := range map[string]bot.Update{"edited": edited, "file": file, "menu": typed("📋 Hàng đợi"), "blocked": {Blocked: true}} {
		d := question()
		handle(t, d, u)
		if !slices.Equal(d.ran, []string{"greet"}) {
			t.Errorf("%s: ran %v", name, d.ran)
		}
	}
	if d := question(); true {
		handle(t, d, typed("/hangdoi"))
		if !slices.Equal(d.ran, []string{"hangdoi"}) || d.draft != nil {
			t.Errorf("ran %v, draft %s", d.ran, d.draft)
		}
	}
}

// Somebody else's text, another button or a member who was locked never finishes a
// question; what is no command leaves it open.
func TestAwaitIsLeftOrDropped(t *testing.T) {
	t.Parallel()
	locked := member(cases.Officer)
	locked.Locked = true
	old := bot.Update{Press: &bot.Press{ID: "q", Data: "hangdoi~wrong"}}
	for name, c := range map[string]struct {
		staff   *cases.Staff
		update  bot.Update
		ran     []string
		waiting bool
	}{
		"another button":    {member(cases.Officer), pressed("hangdoi|2"), []string{"hangdoi|2"}, false},
		"an old button":     {member(cases.Officer), old, nil, true},
		"unknown command":   {member(cases.Officer), typed("/khongco x"), nil, true},
		"forbidden command": {member(cases.Officer), typed("/nhanvien"), nil, true},
		"English menu":      {member(cases.Officer), typed("📋 Queue"), []string{"greet"}, true},
		"sticker":           {member(cases.Officer), bot.Update{Odd: true}, []string{"greet"}, true},
		"place":             {member(cases.Officer), bot.Update{Place: &cases.Place{Lat: 1}}, []string{"greet"}, true},
		"unblocked":         {member(cases.Officer), bot.Update{Unblocked: true}, []string{"greet"}, true},
		"locked":            {locked, typed("một"), []string{"resident"}, true},
		"resident":          {nil, typed("một"), []string{"resident"}, true},
		"lost the right":    {member(cases.Health), typed("một"), nil, true},
	} {
		d := &desk{staff: c.staff}
		bot.Await(d, "vi", "ghichu", "PA-26-0001")
		handle(t, d, c.update)
		if !slices.Equal(d.ran, c.ran) || (d.draft != nil) != c.waiting {
			t.Errorf("%s: ran %q, draft %s", name, d.ran, d.draft)
		}
	}
	for _, draft := range []string{"", "null", "nonsense", `{"await":""}`, `{"step":"what"}`} {
		d := &desk{staff: member(cases.Officer), draft: []byte(draft)}
		handle(t, d, typed("một"))
		if !slices.Equal(d.ran, []string{"greet"}) {
			t.Errorf("draft %q: ran %q", draft, d.ran)
		}
	}
}

// A button of one's own runs with its arguments; the handler sees neither the tag
// nor another message than the one it stands on.
func TestPressRunsWithItsArguments(t *testing.T) {
	t.Parallel()
	r, d := router(), &desk{staff: member(cases.Officer), lang: "en"}
	r.Commands = append(r.Commands, bot.Bind([]bot.Command[string]{{
		Name: "xem", Rights: []cases.Right{cases.WorkReports},
		Run: func(_ context.Context, s string, q *bot.Request, args []string) error {
			if s != "inner" || q.Press.Data != "xem|PA-26-0001|2" || q.Bubble() != 9 || q.Lang != "en" {
				t.Errorf("%q %+v", s, q)
			}
			q.Toast(bot.Words("done"))
			q.Reply(
				bot.Reply{Edit: q.Bubble(), Lines: []bot.Text{bot.Words("card")}},
				bot.Reply{Chat: binh, Lang: "vi", Lines: []bot.Text{bot.T("button.old")}, Slot: "s", Of: &bot.CaseRef{ID: "c"}},
			)
			return d.note("xem", args)
		},
	}}, func(*desk) string { return "inner" })...)
	u := pressed("xem|PA-26-0001|2")
	u.Chat, u.Private = an, true
	if err := r.Handle(t.Context(), d, u); err != nil || !slices.Equal(d.ran, []string{"xem|PA-26-0001|2"}) {
		t.Fatal(err, d.ran)
	}
	if len(d.out) != 3 {
		t.Fatalf("%d calls", len(d.out))
	}
	toast, _ := bot.DecodeCall(d.out[0].Payload)
	card, _ := bot.DecodeCall(d.out[1].Payload)
	note, _ := bot.DecodeCall(d.out[2].Payload)
	if !d.out[0].Press || toast.Params["text"] != "done" || toast.Params["show_alert"] != "" {
		t.Errorf("%+v", toast)
	}
	if d.out[1].Chat != an || d.out[1].Press || card.Method != "editMessageText" || card.Params["message_id"] != "9" {
		t.Errorf("%+v", card)
	}
	if o := d.out[2]; o.Chat != binh || o.Slot != "s" || o.Of.ID != "c" || !strings.HasPrefix(note.Params["text"], "Nút này đã cũ") {
		t.Errorf("%+v %+v", o, note)
	}
}

// What a handler said before it failed is not sent: its changes are not kept either.
func TestFailedPressOnlyTellsWhy(t *testing.T) {
	t.Parallel()
	for _, fail := range []error{cases.Fail(cases.NotFound, ""), fmt.Errorf("opening: %w", cases.Fail(cases.NotFound, ""))} {
		d := &desk{staff: member(cases.Officer), fail: fail}
		calls := handle(t, d, pressed("hangdoi"))
		if len(calls) != 1 || calls[0].Params["text"] != "Không tìm thấy." || calls[0].Params["show_alert"] != "true" {
			t.Errorf("%v: %+v", fail, calls)
		}
	}
	for _, fail := range []error{errors.New("x"), cases.Fail(cases.Transient, "")} {
		d, u := &desk{staff: member(cases.Officer), fail: fail}, pressed("hangdoi")
		u.Chat, u.Private = an, true
		if err := router().Handle(t.Context(), d, u); !errors.Is(err, fail) || len(d.out) > 0 {
			t.Errorf("%v became %v, answered %d times", fail, err, len(d.out))
		}
	}
}

// Without a button there is no toast: its words are said, and there is no message to
// change.
func TestToastsForWhoTyped(t *testing.T) {
	t.Parallel()
	r, d := router(), &desk{staff: member(cases.Officer)}
	r.Greet = func(_ context.Context, _ *desk, q *bot.Request) error {
		if q.Bubble() != 0 {
			t.Errorf("message %d", q.Bubble())
		}
		q.Alert(bot.Words("said"))
		return nil
	}
	u := typed("x")
	u.Chat, u.Private = an, true
	if err := r.Handle(t.Context(), d, u); err != nil || len(d.out) != 1 || d.out[0].Press {
		t.Fatal(err, d.out)
	}
	if c, err := bot.DecodeCall(d.out[0].Payload); err != nil || c.Method != "sendMessage" || c.Params["text"] != "said" {
		t.Errorf("%+v %v", c, err)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"/hangdoi": "hangdoi", "/hangdoi a  b": "hangdoi|a|b", "/queue a": "hangdoi|a",
		"/ghichu 1 một  hai": "ghichu|1|một  hai", "/ghichu 1\nmột\nhai": "ghichu|1|một\nhai", "/ghichu 1": "ghichu|1", "/ghichu ": "ghichu",
	} {
		d := &desk{staff: member(cases.Officer)}
		handle(t, d, typed(text))
		if !slices.Equal(d.ran, []string{want}) {
			t.Errorf("%q: ran %q, want %q", text, d.ran, want)
		}
	}
}

func TestGroupsAndLanguages(t *testing.T) {
	t.Parallel()
	d := &desk{staff: member(cases.Officer)}
	u := typed("/hangdoi")
	u.Chat = -5
	if err := router().Handle(t.Context(), d, u); err != nil || len(d.ran)+len(d.out) > 0 {
		t.Errorf("in a group: %v %v", err, d.ran)
	}
	u = typed("/hangdoi")
	u.Private = true
	if err := router().Handle(t.Context(), d, u); err != nil || len(d.ran)+len(d.out) > 0 {
		t.Errorf("without a chat: %v %v", err, d.ran)
	}
	for lang, want := range map[string]string{"": "Không có lệnh này", "en": "There is no such command"} {
		if calls := handle(t, &desk{lang: lang, staff: member(cases.Officer)}, typed("/khongco")); !strings.HasPrefix(calls[0].Params["text"], want) {
			t.Errorf("%q: %q", lang, calls[0].Params["text"])
		}
	}
}

// A person who chose no language is answered in that of the phone; staff in Vietnamese.
func TestLanguageOfThePhone(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{"": "vi", "vi": "vi", "vi-VN": "vi", "VI": "vi", "en": "en", "en-GB": "en", "ko": "en", "zh-hans": "en", "vie": "en"} {
		var got string
		r := bot.Router[*desk]{Renderer: renderer, Resident: func(_ context.Context, _ *desk, req *bot.Request) error { got = req.Lang; return nil }}
		if err := r.Handle(t.Context(), &desk{}, bot.Update{Chat: an, Private: true, Phone: phone}); err != nil || got != want {
			t.Errorf("%q: %q, want %q (%v)", phone, got, want, err)
		}
	}
}
