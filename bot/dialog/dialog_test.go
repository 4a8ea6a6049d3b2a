package dialog_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tinbao/bot/dialog"
)

func sample() dialog.Dialog {
	upper := func(s string) (string, string) {
		if s == "" {
			return "", "empty"
		}
		return strings.ToUpper(s), ""
	}
	return dialog.Dialog{
		ID: "sample", Ver: 1, Start: "what", Quiet: time.Minute, Need: []string{"what", "text"},
		Steps: map[dialog.StepID]dialog.Step{
			"what": {Ask: "q", Options: []dialog.Option{{Value: "a", Text: "a"}, {Value: "b", Text: "b"}}, Edges: []dialog.Edge{
				{On: dialog.Choice, Is: "b", Save: "what", Warn: "w", To: "text"},
				{On: dialog.Choice, Is: "a", Save: "what", To: "where"},
			}},
			"where": {Ask: "q", Skip: "text", Edges: []dialog.Edge{{On: dialog.Text, Save: "where", To: "text"}}},
			"text": {Ask: "q", Options: []dialog.Option{{Value: "ok", Text: "ok"}}, Edges: []dialog.Edge{
				{On: dialog.Text, Save: "text", Add: true, Accept: upper},
				{On: dialog.File, Save: "file", Add: true},
				{On: dialog.Choice, Is: "ok", To: "review"},
			}},
			"review": {Ask: "q", Review: true, Options: []dialog.Option{{Value: "send", Text: "s"}, {Value: "where", Text: "e"}}, Edges: []dialog.Edge{
				{On: dialog.Choice, Is: "send", To: dialog.Done},
				{On: dialog.Choice, Is: "where", To: "where"},
			}},
		},
	}
}

// play runs inputs "choice:a", "text:x", writing the session to JSON and back
// between every two, so that each story also proves a restart at each step.
func play(t *testing.T, d dialog.Dialog, inputs ...string) (dialog.Session, dialog.Result) {
	t.Helper()
	s, r := d.Open(), dialog.Result{}
	for _, in := range inputs {
		raw, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		s = dialog.Session{}
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		kind, value, _ := strings.Cut(in, ":")
		s, r = dialog.Advance(d, s, dialog.Input{Kind: dialog.InputKind(kind), Value: value})
	}
	return s, r
}

func TestStories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   []string
		at   dialog.StepID
		want dialog.Result
	}{
		"straight":             {[]string{"choice:a", "text:x", "text:y", "choice:ok", "choice:send"}, "review", dialog.Result{Outcome: dialog.Finished}},
		"warned":               {[]string{"choice:b"}, "text", dialog.Result{Warn: "w"}},
		"skip":                 {[]string{"choice:a", "choice:skip"}, "text", dialog.Result{}},
		"no skip":              {[]string{"choice:skip"}, "what", dialog.Result{Outcome: dialog.Refused, Hint: "dialog.noskip"}},
		"back":                 {[]string{"choice:a", "choice:skip", "choice:back"}, "where", dialog.Result{}},
		"back at the start":    {[]string{"choice:back"}, "what", dialog.Result{}},
		"cancel":               {[]string{"choice:a", "choice:cancel"}, "", dialog.Result{Outcome: dialog.Cancelled}},
		"review needs answers": {[]string{"choice:a", "choice:review"}, "where", dialog.Result{Outcome: dialog.Refused, Hint: "dialog.need.text"}},
		"one more file":        {[]string{"choice:b", "file:1", "file:2"}, "text", dialog.Result{Kept: true}},
		"refused by accept":    {[]string{"choice:b", "text:"}, "text", dialog.Result{Outcome: dialog.Refused, Hint: "empty"}},
		"wrong input":          {[]string{"choice:a", "file:1"}, "where", dialog.Result{Outcome: dialog.Refused, Hint: "dialog.refuse"}},
		"edit returns":         {[]string{"choice:b", "text:x", "choice:review", "choice:where", "text:z"}, "review", dialog.Result{}},
		"edit given up":        {[]string{"choice:b", "text:x", "choice:review", "choice:where", "choice:back"}, "review", dialog.Result{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, r := play(t, sample(), c.in...)
			if s.At != c.at {
				t.Errorf("at %q, want %q", s.At, c.at)
			}
			if diff := cmp.Diff(c.want, r); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnswersAreKept(t *testing.T) {
	t.Parallel()
	s, _ := play(t, sample(), "choice:a", "text:here", "text:x", "text:y", "file:1")
	want := map[string][]string{"what": {"a"}, "where": {"here"}, "text": {"X", "Y"}, "file": {"1"}}
	if diff := cmp.Diff(want, s.Answers); diff != "" {
		t.Error(diff)
	}
}

// rich is a dialog with everything a table can say: several values of an answer, a question
// in between, and one that is passed over.
func rich() dialog.Dialog {
	half := func(s string) (string, string) { return s[:len(s)/2], "" }
	return dialog.Dialog{
		ID: "rich", Ver: 1, Start: "what", Quiet: time.Minute, Need: []string{"what"},
		Any: []dialog.Edge{{On: dialog.Text, Save: "text", Add: true}, {On: dialog.Place, Save: "point", To: "which", Aside: true}},
		Steps: map[dialog.StepID]dialog.Step{
			"what": {Ask: "q", Options: []dialog.Option{{Value: "a", Text: "a"}}, Edges: []dialog.Edge{{On: dialog.Choice, Is: "a", Save: "what", To: "where"}}},
			"where": {Ask: "q", Skip: "text", Unless: []string{"pin"}, Past: "text", Edges: []dialog.Edge{
				{On: dialog.Text, Save: "where", Add: true, To: "text"},
			}},
			"which": {Ask: "q", Minor: true, Options: []dialog.Option{{Value: "whole", Text: "q"}, {Value: "half", Text: "q"}}, Skip: "text", Edges: []dialog.Edge{
				{On: dialog.Choice, Is: "whole", From: "point", Save: "pin", To: "text"},
				{On: dialog.Choice, Is: "half", From: "point", Save: "stand", Accept: half, To: "text"},
			}},
			"text": {Ask: "q", Unless: []string{"text"}, Past: "review", Edges: []dialog.Edge{{On: dialog.Text, Save: "text", Add: true, To: "review"}}},
			"review": {
				Ask: "q", Review: true, Options: []dialog.Option{{Value: "send", Text: "q"}, {Value: "x", Text: "q"}, {Value: "y", Text: "q"}, {Value: "one", Text: "q"}, {Value: "two", Text: "q"}, {Value: "where", Text: "q"}},
				Edges: []dialog.Edge{
					{On: dialog.Choice, Is: "send", To: dialog.Done},
					{On: dialog.Choice, Is: "where", To: "where"},
					{On: dialog.Choice, Is: "x", Save: "many", Toggle: true, Add: true},
					{On: dialog.Choice, Is: "y", Save: "many", Toggle: true, Add: true},
					{On: dialog.Choice, Is: "one", Save: "single", Toggle: true},
					{On: dialog.Choice, Is: "two", Save: "single", Toggle: true},
				},
			},
		},
	}
}

func TestRichStories(t *testing.T) {
	t.Parallel()
	d := rich()
	if err := d.Check(func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in      []string
		at      dialog.StepID
		answers map[string][]string
	}{
		"asked in between, and back":    {[]string{"place:1234", "choice:half"}, "what", map[string][]string{"stand": {"12"}}},
		"left by back, kept":            {[]string{"place:1234", "choice:back"}, "what", map[string][]string{"point": {"1234"}}},
		"known, so it is passed over":   {[]string{"place:1234", "choice:whole", "choice:a"}, "text", map[string][]string{"pin": {"1234"}, "what": {"a"}}},
		"both known":                    {[]string{"place:1", "choice:whole", "text:t", "choice:a"}, "review", map[string][]string{"pin": {"1"}, "what": {"a"}, "text": {"t"}}},
		"in between from the review":    {[]string{"choice:a", "choice:skip", "text:t", "place:12", "choice:half"}, "review", map[string][]string{"what": {"a"}, "text": {"t"}, "stand": {"1"}}},
		"skip deletes no answer":        {[]string{"choice:a", "text:w", "choice:back", "choice:skip"}, "text", map[string][]string{"what": {"a"}, "where": {"w"}}},
		"several, and one taken back":   {[]string{"choice:a", "choice:skip", "text:t", "choice:x", "choice:y", "choice:x"}, "review", map[string][]string{"what": {"a"}, "text": {"t"}, "many": {"y"}}},
		"one of two":                    {[]string{"choice:a", "choice:skip", "text:t", "choice:one", "choice:two"}, "review", map[string][]string{"what": {"a"}, "text": {"t"}, "single": {"two"}}},
		"one taken back":                {[]string{"choice:a", "choice:skip", "text:t", "choice:one", "choice:one"}, "review", map[string][]string{"what": {"a"}, "text": {"t"}}},
		"changed and more, from review": {[]string{"choice:a", "text:w", "text:t", "choice:where", "text:v"}, "review", map[string][]string{"what": {"a"}, "where": {"w", "v"}, "text": {"t"}}},
	} {
		s, _ := play(t, d, c.in...)
		if s.At != c.at || s.Aside != "" {
			t.Errorf("%s: at %q, aside %q", name, s.At, s.Aside)
		}
		if diff := cmp.Diff(c.answers, s.Answers); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Questions are numbered by the table: what is asked in between, changed or reviewed has no
// number, and the last of the longest way is n of n.
func TestNumbers(t *testing.T) {
	t.Parallel()
	d := rich()
	for in, want := range map[string][2]int{
		"": {1, 3}, "choice:a": {2, 3}, "choice:a choice:skip": {3, 3}, "choice:a choice:skip text:t": {0, 0}, "place:1": {0, 0},
		"choice:a place:1 choice:half": {2, 3}, "choice:a choice:skip text:t choice:where": {0, 0}, "place:1 choice:whole choice:a": {2, 2},
	} {
		s, _ := play(t, d, strings.Fields(in)...)
		if n, of := d.Number(s); [2]int{n, of} != want {
			t.Errorf("%q: %d of %d, want %v", in, n, of, want)
		}
	}
}

func TestChosen(t *testing.T) {
	t.Parallel()
	d := rich()
	s, _ := play(t, d, "choice:a", "choice:skip", "text:t", "choice:x", "choice:two")
	for value, want := range map[string]bool{"x": true, "y": false, "one": false, "two": true, "send": false, "where": false} {
		if got := d.Chosen(s, dialog.Option{Value: value}); got != want {
			t.Errorf("%s: %v", value, got)
		}
	}
}

// What comes with a step that is no more is kept like all that was answered.
func TestOldVersionKeepsWhatCame(t *testing.T) {
	t.Parallel()
	d := rich()
	s := d.Open()
	s.At = "gone"
	s, r := dialog.Advance(d, s, dialog.Input{Kind: dialog.Text, Value: "t"})
	if r.Outcome != dialog.Stale || s.First("text") != "t" {
		t.Errorf("%+v %+v", s, r)
	}
}

func TestOldVersionStartsAgainWithAnswers(t *testing.T) {
	t.Parallel()
	d := sample()
	s, _ := play(t, d, "choice:b", "text:x")
	d.Ver = 2
	s, r := dialog.Advance(d, s, dialog.Input{Kind: dialog.Text, Value: "y"})
	if r.Outcome != dialog.Stale || s.At != d.Start || s.First("text") != "X" {
		t.Errorf("%+v %+v", s, r)
	}
}

// No input, however odd, leads out of the declared steps or changes what was given.
func TestAnyInput(t *testing.T) {
	t.Parallel()
	anyInput(t, sample())
	anyInput(t, rich())
}

func anyInput(t *testing.T, d dialog.Dialog) {
	t.Helper()
	values := []string{"a", "b", "ok", "send", "where", "x", "y", "one", "whole", "half", dialog.Back, dialog.Skip, dialog.Cancel, dialog.Review, "", "zz"}
	rapid.Check(t, func(t *rapid.T) {
		s := d.Open()
		for range rapid.IntRange(1, 30).Draw(t, "n") {
			in := dialog.Input{
				Kind:  rapid.SampledFrom([]dialog.InputKind{dialog.Text, dialog.Choice, dialog.File, dialog.Place}).Draw(t, "kind"),
				Value: rapid.SampledFrom(values).Draw(t, "value"),
			}
			before, _ := json.Marshal(s)
			next, r := dialog.Advance(d, s, in)
			if after, _ := json.Marshal(s); string(after) != string(before) {
				t.Fatal("the session given was changed")
			}
			if r.Outcome == dialog.Finished || r.Outcome == dialog.Cancelled {
				return
			}
			if _, ok := d.Steps[next.At]; !ok {
				t.Fatalf("left the dialog at %q", next.At)
			}
			if next.Turn < s.Turn {
				t.Fatal("turn went back")
			}
			s = next
		}
	})
}

func TestCheckFindsFaults(t *testing.T) {
	t.Parallel()
	has := func(key string) bool { return key != "missing" }
	if err := sample().Check(has); err != nil {
		t.Fatal(err)
	}
	for want, spoil := range map[string]func(*dialog.Dialog){
		"unknown target":    func(d *dialog.Dialog) { d.Steps["where"] = dialog.Step{Ask: "q", Skip: "nowhere"} },
		"cannot be reached": func(d *dialog.Dialog) { d.Steps["lost"] = dialog.Step{Ask: "q", Skip: "text"} },
		"never ends":        func(d *dialog.Dialog) { d.Steps["where"] = dialog.Step{Ask: "q"} },
		"no text":           func(d *dialog.Dialog) { d.Steps["where"] = dialog.Step{Ask: "missing", Skip: "text"} },
		"no button": func(d *dialog.Dialog) {
			d.Steps["where"] = dialog.Step{Ask: "q", Edges: []dialog.Edge{{On: dialog.Choice, Is: "x", To: "text"}}}
		},
		"too long": func(d *dialog.Dialog) {
			d.Steps["where"] = dialog.Step{Ask: "q", Skip: "text", Options: []dialog.Option{{Value: strings.Repeat("x", 21), Text: "q"}}}
		},
		"no quiet time": func(d *dialog.Dialog) { d.Quiet = 0 },
		"leads back":    func(d *dialog.Dialog) { d.Any = []dialog.Edge{{On: dialog.Text, To: "text"}} },
		"every step":    func(d *dialog.Dialog) { d.Any = []dialog.Edge{{On: dialog.Choice}} },
		"nothing saves": func(d *dialog.Dialog) {
			d.Steps["where"] = dialog.Step{Ask: "q", Skip: "text", Unless: []string{"nobody"}}
		},
	} {
		d := sample()
		spoil(&d)
		if err := d.Check(has); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
