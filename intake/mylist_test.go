package intake

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

func (s *shelf) Chosen() *cases.Chosen { return &s.chosen }
func (s *shelf) KeepChosen()           {}
func (s *shelf) Discreet() bool        { return s.chosen.IsDiscreet(s.Now()) }

func (s *shelf) Questions(context.Context, cases.Stream, string) (cases.OpenQuestions, error) {
	return s.waits, nil
}

func (s *shelf) DiscreetWords(context.Context, string) ([]byte, cases.CaseRef, error) {
	return nil, cases.CaseRef{}, cases.Fail(cases.NotFound, "")
}

func (s *shelf) ForgetDiscreet(context.Context) error { return nil }

// sendsReport sends a report.
func sendsReport(t *testing.T, d *Desk, st *shelf) {
	t.Helper()
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, text("Quán mở khuya"))
	talk(t, d, st, choose(t, st, "signs"))
	talk(t, d, st, choose(t, st, dialog.Review))
	talk(t, d, st, choose(t, st, "send"))
	if len(st.received) == 0 {
		t.Fatal("nothing was sent")
	}
}

// While the list is off nothing of what is sent is put on one.
func TestTheListIsOffByDefault(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	sendsReport(t, d, st)
	if st.chosen.List != nil {
		t.Errorf("%+v", st.chosen.List)
	}
	if got := talk(t, d, st, bot.Update{Command: "cuatoi"}); !slices.Equal(got, []string{"list.off"}) || st.chosen.List != nil {
		t.Errorf("%q: looking at it switches it on: %+v", got, st.chosen.List)
	}
}

// The list ends by a tap, by clearing the chat, and line by line with the data of a case.
func TestTheListEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]bot.Update{
		"a tap": press(bot.Action(listVerb, listOff)), "the chat is cleared": {Command: "xoachat", MessageID: 9}, "a button clears it": press(bot.Action(clearVerb)),
	} {
		d, st := desk(t), &shelf{}
		talk(t, d, st, press(bot.Action(listVerb, listOn)))
		sendsReport(t, d, st)
		if st.chosen.List == nil || len(st.chosen.List.Cases) != 1 {
			t.Fatalf("%s: %+v", name, st.chosen.List)
		}
		if talk(t, d, st, end); st.chosen.List != nil {
			t.Errorf("%s: %+v", name, st.chosen.List)
		}
	}
	d, st := desk(t), &shelf{}
	st.chosen = cases.Chosen{List: &cases.Listed{Until: 1 << 40}}
	st.chosen.Add(aHelp, st.Now())
	st.chosen.Add(aReport, st.Now())
	talk(t, d, st, press(ownAction(aHelp.Stream, aHelp.ID, ownForget, ownSure)))
	if st.chosen.Has(aHelp) || !st.chosen.Has(aReport) {
		t.Errorf("%+v", st.chosen.List)
	}
	// A line of a list that was ended, or of a case that is off it, opens nothing.
	if got := talk(t, d, st, press(bot.Action(listVerb, "h", aHelp.ID))); slices.Contains(got, "lookup.status") {
		t.Errorf("%q", got)
	}
}

// Who opens the list sees a number, a time and a mark: nothing of what a case is about, and
// not even whether it is a report.
func TestALineOfTheListSaysNothing(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	st.chosen = cases.Chosen{List: &cases.Listed{Until: 1 << 40}}
	st.chosen.Add(aHelp, st.Now())
	st.chosen.Add(aReport, st.Now())
	r := &bot.Request{Update: bot.Update{Command: "cuatoi"}, Lang: "vi"}
	if err := d.Handle(t.Context(), st, r); err != nil {
		t.Fatal(err)
	}
	rows := r.Replies[0].Buttons
	if len(rows) != 3 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows[:2] {
		label := row[0].Label
		if label.Key != "list.line" || len(label.Args) != 2 || label.Args["n"] != i+1 {
			t.Errorf("%+v", label)
		}
	}
	if rows[0][0].Label.Args["received"] == rows[1][0].Label.Args["received"] {
		t.Error("two cases of the same moment look the same")
	}
}

// What waits for an answer can be answered from the list.
func TestQuestionsAreAnsweredFromTheList(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{waits: cases.OpenQuestions{Needs: true, Meeting: 4, FollowUp: 7, Consent: 2, ConsentText: "x"}}
	st.chosen = cases.Chosen{List: &cases.Listed{Until: 1 << 40}}
	st.chosen.Add(aHelp, st.Now())
	r := &bot.Request{Update: press(bot.Action(listVerb, "h", aHelp.ID)), Lang: "vi"}
	if err := d.Handle(t.Context(), st, r); err != nil {
		t.Fatal(err)
	}
	reply := r.Replies[len(r.Replies)-1]
	var does []string
	for _, row := range reply.Buttons {
		for _, b := range row {
			if len(b.Do) > 50 {
				t.Errorf("%d bytes: %s", len(b.Do), b.Do)
			}
			does = append(does, b.Do)
		}
	}
	for _, want := range []string{"con|" + aHelp.ID + "|2|y", "hlp|n|" + aHelp.ID + "|y", "hlp|m|" + aHelp.ID + "|4|y", "hlp|f|" + aHelp.ID + "|7|0"} {
		if !slices.Contains(does, want) {
			t.Errorf("no %s among\n%s", want, strings.Join(does, "\n"))
		}
	}
	if reply.Of == nil || reply.Of.Stream != cases.HelpStream {
		t.Error("the status of a request for help is not hidden")
	}
}
