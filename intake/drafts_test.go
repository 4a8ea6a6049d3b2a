package intake

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// everything is all that is kept of what a person wrote and sent, wherever it lies.
func everything(st *shelf) (all []string) {
	var s stored
	if st.draft == nil || json.Unmarshal(st.draft, &s) != nil {
		return nil
	}
	sessions := []dialog.Session{s.Session}
	for _, p := range s.Beside {
		sessions = append(sessions, p.Session)
	}
	if s.Dropped != nil {
		sessions = append(sessions, s.Dropped.Session)
	}
	for _, s := range sessions {
		for _, name := range []string{"text", "file", "online", "where", "venue"} {
			all = append(all, s.Answers[name]...)
		}
	}
	return all
}

// The measures of the goal: the button of the menu is the first tap.
func TestTapsToTheReceipt(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, k := range map[string]struct {
		way            []string // a name = a button, a text = "text:" and words
		taps, messages int
	}{
		"the simplest report":  {[]string{"baotin", "signs", "h2", "text:Có nhiều xe lạ ở ngõ 12", "send"}, 4, 1},
		"signs on the net":     {[]string{"baotin", "online", "text:zalo 0900 000 001, nick Mai", "send"}, 3, 1},
		"help":                 {[]string{"hotro", "legal", "send"}, 3, 0},
		"help, I do not know":  {[]string{"hotro", "other", "send"}, 3, 0},
		"help, held by others": {[]string{"hotro", "forced", "send"}, 3, 0},
	} {
		st, taps, messages := &shelf{}, 0, 0
		for i, act := range k.way {
			words, typed := strings.CutPrefix(act, "text:")
			switch {
			case typed:
				messages++
				talk(t, d, st, text(words))
				continue
			case i == 0:
				talk(t, d, st, bot.Update{Command: act})
			default:
				talk(t, d, st, choose(t, st, act))
			}
			taps++
		}
		if len(st.received) != 1 || taps != k.taps || messages != k.messages {
			t.Errorf("%s: %d taps, %d messages, received %d", name, taps, messages, len(st.received))
		}
	}
}

// Every answer that a step saves reaches what is received.
func TestEveryAnswerIsRead(t *testing.T) {
	t.Parallel()
	d := desk(t)
	read := map[string]func(dialog.Session) any{
		reportID: func(s dialog.Session) any { return []any{content(s), files(s)} },
		helpID:   func(s dialog.Session) any { return []any{helpContent(s), files(s), life(s)} },
		addID:    func(s dialog.Session) any { return []any{s.Answers["text"], files(s), d.pointLines(&bot.Request{}, s)} },
	}
	for id, of := range read {
		c := d.dialogs[id].Dialog
		for _, e := range c.Edges() {
			if e.Save == "" {
				continue
			}
			value := map[dialog.InputKind]string{
				dialog.Text: "lời", dialog.File: encodeFile(cases.OfferedFile{FileID: "F"}), dialog.Place: "20.95512,105.74871", dialog.Venue: "20.95512,105.74871 Quán A",
			}[e.On]
			for _, v := range valuesOf(c, e, value) {
				base := dialog.Session{Dialog: id, Answers: map[string][]string{"what": {"online"}, "forced": nil}}
				saved := dialog.Session{Dialog: id, Answers: map[string][]string{"what": {"online"}}}
				if e.Accept != nil {
					v, _ = e.Accept(v)
				}
				saved.Answers[e.Save] = []string{v}
				if e.Save == "what" {
					base.Answers = map[string][]string{}
				}
				if id == helpID && v == "adult" || id == helpID && v == "c:bot" || v == string(cases.OtherNeed) || v == nobodyHere {
					continue // what is taken for granted
				}
				if reflect.DeepEqual(of(base), of(saved)) {
					t.Errorf("%s: %s = %q is read by nobody", id, e.Save, v)
				}
			}
		}
	}
}

// valuesOf are values an edge can save.
func valuesOf(c dialog.Dialog, e dialog.Edge, typed string) (all []string) {
	switch {
	case e.From != "":
		return []string{"20.95512,105.74871"}
	case e.On != dialog.Choice:
		return []string{typed}
	case e.Is != "":
		return []string{e.Is}
	}
	for _, step := range c.Steps {
		for _, other := range step.Edges {
			if other.Save == e.Save && other.On == dialog.Choice {
				for _, o := range step.Options {
					if e.Save == "hamlet" && o.Value == "out" || e.Save == "service" && slices.Contains(cases.Services, cases.Service(o.Value)) {
						all = append(all, o.Value)
					}
				}
			}
		}
	}
	return all
}

// Whatever a person presses and types, what was made is dropped by nothing but the answer
// to a question, and can be brought back.
func TestNothingMadeIsLost(t *testing.T) {
	t.Parallel()
	d := desk(t)
	rapid.Check(t, func(rt *rapid.T) {
		st, made := &shelf{}, 0
		commands := []string{"baotin", "hotro", "tracuu", "start", "huy", "riengtu", "khancap"}
		choices := []string{"signs", "online", "h1", "out", "legal", "forced", "ok", "what", "where", "more", "now", "there", "here", "agree", "near", dialog.Back, dialog.Skip, dialog.Review, dialog.Cancel, "clear"}
		for range rapid.IntRange(1, 25).Draw(rt, "n") {
			switch rapid.IntRange(0, 9).Draw(rt, "kind") {
			case 0, 1:
				talk(t, d, st, bot.Update{Command: rapid.SampledFrom(commands).Draw(rt, "command")})
			case 2:
				if s := openDraft(st); s.Dialog == lookUpID || made > 8 {
					continue
				}
				made++
				cry := rapid.SampledFrom([]string{"", ", cứu em với"}).Draw(rt, "cry")
				talk(t, d, st, text(fmt.Sprintf("điều thứ %d tôi thấy%s", made, cry)))
			case 3:
				talk(t, d, st, bot.Update{Place: &cases.Place{Lat: 20.955, Lon: 105.748}})
			case 4:
				if s := openDraft(st); s.Dialog != "" {
					talk(t, d, st, press(bot.Action(draftVerb, rapid.SampledFrom([]string{draftGo, draftAsk}).Draw(rt, "draft"), turn(s))))
				}
			case 5:
				talk(t, d, st, press(bot.Action("go", rapid.SampledFrom([]string{reportID, helpID, lookUpID, "drop"}).Draw(rt, "go"))))
			default:
				if st.draft != nil && openDraft(st).Dialog != "" {
					talk(t, d, st, choose(t, st, rapid.SampledFrom(choices).Draw(rt, "choice")))
				}
			}
			var has []string
			for _, v := range append(everything(st), contactsOf(st)...) {
				if strings.Contains(v, "điều thứ") {
					has = append(has, v)
				}
			}
			if len(has) < made {
				rt.Fatalf("wrote %d, has %q\n%s", made, has, st.draft)
			}
		}
	})
}

// Words that came after a report was put aside go into that report, wherever they began.
func TestLaterWordsGoIntoTheReportPutAside(t *testing.T) {
	t.Parallel()
	for _, cry := range []string{"", ", cứu em với"} {
		d, st := desk(t), &shelf{}
		talk(t, d, st, bot.Update{Command: "baotin"})
		talk(t, d, st, choose(t, st, "signs"))
		talk(t, d, st, text("Ngõ 5 chợ Yên Nghĩa"))
		for _, name := range []string{"hotro", "start"} {
			talk(t, d, st, bot.Update{Command: name})
		}
		talk(t, d, st, text("Quán vẫn mở"+cry))
		for _, name := range []string{"baotin", "hotro", "baotin"} {
			talk(t, d, st, bot.Update{Command: name})
		}
		s := openDraft(st)
		if s.First("where") != "Ngõ 5 chợ Yên Nghĩa" || s.First("text") != "Quán vẫn mở"+cry || s.Dialog != reportID {
			t.Errorf("%q: %s", cry, st.draft)
		}
	}
}

// contactsOf are ways of contact that were typed.
func contactsOf(st *shelf) (all []string) {
	var s stored
	_ = json.Unmarshal(st.draft, &s)
	for _, p := range append(s.Beside, put{Session: s.Session}) {
		all = append(all, p.Answers["contact"]...)
	}
	return all
}

// What was dropped comes back as it was, for ten minutes.
func TestDroppedComesBack(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, drop := range map[string]func(st *shelf){
		"/huy":  func(st *shelf) { talk(t, d, st, bot.Update{Command: "huy"}) },
		"Hủy":   func(st *shelf) { talk(t, d, st, choose(t, st, dialog.Cancel)) },
		"again": func(st *shelf) { talk(t, d, st, press(bot.Action(draftVerb, draftAsk, turn(openDraft(st))))) },
	} {
		st := &shelf{}
		talk(t, d, st, bot.Update{Command: "baotin"})
		talk(t, d, st, choose(t, st, "signs"))
		talk(t, d, st, text("Gần chợ"))
		talk(t, d, st, text("Có nhiều xe lạ"))
		before := answersOf(st)
		drop(st)
		if !reflect.DeepEqual(answersOf(st), before) {
			t.Errorf("%s drops without a question", name)
		}
		if got := talk(t, d, st, press(bot.Action(draftVerb, draftDrop, turn(openDraft(st))))); !slices.Contains(got, "draft.dropped") || openDraft(st).Dialog != "" {
			t.Errorf("%s: %q, %s", name, got, st.draft)
		}
		later := *st
		talk(t, d, st, press(bot.Action(draftVerb, draftBack)))
		if !reflect.DeepEqual(answersOf(st), before) {
			t.Errorf("%s: %v came back, was %v", name, answersOf(st), before)
		}
		later.clock += int64(backFor/time.Millisecond)/100 + 1
		if got := talk(t, d, &later, press(bot.Action(draftVerb, draftBack))); slices.Contains(got, "dialog.resume") {
			t.Errorf("%s: after ten minutes %q", name, got)
		}
	}
}

// A draft of one kind waits beside the other, and is offered when that is sent.
func TestTwoDraftsSideBySide(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "hotro"})
	talk(t, d, st, choose(t, st, "legal"))
	talk(t, d, st, text("điều riêng"))
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, choose(t, st, "signs"))
	talk(t, d, st, choose(t, st, "h1"))
	talk(t, d, st, text("Có nhiều xe lạ"))
	got := talk(t, d, st, choose(t, st, "send"))
	if len(st.received) != 1 || st.received[0].Report.Text != "Có nhiều xe lạ" || got[len(got)-1] != "draft.other" {
		t.Fatalf("%q, %+v", got, st.received)
	}
	talk(t, d, st, press(bot.Action(draftVerb, draftOther, helpID)))
	talk(t, d, st, choose(t, st, "send"))
	if len(st.received) != 2 || st.received[1].Help.Text != "điều riêng" || st.draft != nil {
		t.Errorf("%+v, %s", st.received, st.draft)
	}
}

// Leaving at once destroys everything, what was dropped and what lies beside too.
func TestClearedChatKeepsNothing(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "hotro"})
	talk(t, d, st, text("điều riêng"))
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, text("điều khác"))
	talk(t, d, st, press(bot.Action(draftVerb, draftDrop, turn(openDraft(st)))))
	talk(t, d, st, bot.Update{Command: "xoachat", MessageID: 5})
	if st.draft != nil {
		t.Errorf("%s", st.draft)
	}
}

// Drafts are looked after by their kind: one reminder, which says nothing of what it is
// about, and an end.
func TestDraftsAreTended(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, k := range map[string]struct {
		way  []bot.Update
		then []string // buttons
		life time.Duration
	}{
		"report":            {[]bot.Update{{Command: "baotin"}, text("a b c")}, nil, 24 * time.Hour},
		"words":             {[]bot.Update{text("một hai ba")}, nil, 24 * time.Hour},
		"help":              {[]bot.Update{{Command: "hotro"}, text("a b c")}, nil, 30 * time.Minute},
		"help, longer":      {[]bot.Update{{Command: "hotro"}, text("a b c")}, []string{"legal", "long"}, 24 * time.Hour},
		"addition":          {[]bot.Update{press(bot.Action("add", "report", "x")), text("a")}, nil, 24 * time.Hour},
		"addition to help":  {[]bot.Update{press(bot.Action("add", "help", "x")), text("a")}, nil, 30 * time.Minute},
		"nothing was done":  {[]bot.Update{{Command: "baotin"}}, nil, 24 * time.Hour},
		"a code was wanted": {[]bot.Update{{Command: "tracuu"}}, nil, 30 * time.Minute},
	} {
		st := &shelf{}
		for _, u := range k.way {
			talk(t, d, st, u)
		}
		for _, choice := range k.then {
			talk(t, d, st, choose(t, st, choice))
		}
		raw, written, began := st.draft, len(openDraft(st).Answers) > 0, time.Now()
		reminders := 0
		for at := time.Minute; ; at += time.Minute {
			done, err := d.Tend(raw, began, began.Add(at))
			if err != nil {
				t.Fatal(err)
			}
			if done.Draft == nil {
				if at != k.life || (done.Reply != nil) != written {
					t.Errorf("%s: ended after %v with %+v", name, at, done.Reply)
				}
				break
			}
			if raw = done.Draft; done.Reply != nil {
				reminders++
				if at != RemindAfter || !done.Reply.Quiet || len(done.Reply.Lines) != 1 || done.Reply.Lines[0].Key != "draft.remind" {
					t.Errorf("%s: after %v %+v", name, at, done.Reply)
				}
			}
			if at > 25*time.Hour {
				t.Fatalf("%s: never ends", name)
			}
		}
		if reminders > 1 || written && reminders == 0 || !written && reminders > 0 {
			t.Errorf("%s: %d reminders", name, reminders)
		}
	}
}

// Whatever is stored, tending ends, and keeps what it does not know of.
func TestTendingUnknownDrafts(t *testing.T) {
	t.Parallel()
	d, now := desk(t), time.Now()
	for _, raw := range []string{"", "null", "[]", "{", `{"await":"x"}`, `{"beside":[{}]}`, `{"dialog":"gone","ver":1}`} {
		if done, err := d.Tend([]byte(raw), now.Add(-25*time.Hour), now); err != nil || done.Draft != nil {
			t.Errorf("%q: %s, %v", raw, done.Draft, err)
		}
	}
	if done, _ := d.Tend([]byte(`{"await":"x"}`), now.Add(-29*time.Minute), now); string(done.Draft) != `{"await":"x"}` {
		t.Errorf("%s", done.Draft)
	}
}

// The reminder sends what can be sent, and an old one sends nothing else.
func TestReminderSends(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, choose(t, st, "signs"))
	talk(t, d, st, choose(t, st, "h1"))
	talk(t, d, st, text("Có nhiều xe lạ"))
	done, err := d.Tend(st.draft, time.Now().Add(-11*time.Minute), time.Now())
	if err != nil || done.Reply == nil {
		t.Fatal(err)
	}
	st.draft = done.Draft
	send := press(done.Reply.Buttons[0][0].Do)
	talk(t, d, st, send)
	if len(st.received) != 1 || st.draft != nil {
		t.Fatalf("%+v %s", st.received, st.draft)
	}
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, text("điều mới"))
	if talk(t, d, st, send); len(st.received) != 1 || len(answersOf(st)["text"]) != 1 {
		t.Errorf("%+v %s", st.received, st.draft)
	}
}
