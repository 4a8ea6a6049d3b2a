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
	d := sample()
	values := []string{"a", "b", "ok", "send", "where", dialog.Back, dialog.Skip, dialog.Cancel, dialog.Review, "", "zz"}
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
	} {
		d := sample()
		spoil(&d)
		if err := d.Check(has); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
