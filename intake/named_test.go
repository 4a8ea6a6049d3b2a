package intake

import (
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Who adds to a report that is counted with another one hears of the own one only: neither
// when the other was sent, nor anything that would open it.
func TestWordsToAMergedReportNameTheOwnOne(t *testing.T) {
	t.Parallel()
	other := cases.Case{
		ID: "01999999-0000-7000-8000-00000000000f", Number: cases.Number{Stream: cases.ReportStream, Year: 2026, Seq: 1},
		Received: time.Date(2026, 1, 2, 3, 4, 0, 0, cases.Vietnam), Ring: true, Alarm: &cases.Ringing{Reached: []cases.Role{cases.Police}},
	}
	own := time.Date(2026, 5, 6, 7, 8, 0, 0, cases.Vietnam)
	words := bot.Update{Text: "Em bị nhốt, cứu em với", MessageID: 3, Quoted: &bot.Quoted{MessageID: 2, Data: []string{addAction(cases.ReportStream, aReport.ID)}}}
	for name, updates := range map[string][]bot.Update{
		"an answer":   {words},
		"an addition": {press(addAction(cases.ReportStream, aReport.ID)), text("Quán đóng cửa"), {Press: &bot.Press{}}},
	} {
		d, st := desk(t), &shelf{countedWith: &other}
		st.threads.own = cases.ResidentView{Received: own, CanAdd: true}
		named := 0
		for _, u := range updates {
			if u.Press != nil && u.Press.Data == "" {
				u = choose(t, st, "send")
			}
			r := &bot.Request{Update: u, Lang: "vi"}
			r.Chat = 7
			if err := d.Handle(t.Context(), st, r); err != nil {
				t.Fatal(err)
			}
			for _, reply := range r.Replies {
				if reply.Chat != 0 {
					continue // to staff
				}
				if reply.Of != nil && reply.Of.ID != aReport.ID {
					t.Errorf("%s: %+v uses the way back of another report", name, reply.Lines)
				}
				for _, line := range reply.Lines {
					sent, ok := line.Args["received"].(cases.Sent)
					if ok && !sent.Time().Equal(own) {
						t.Errorf("%s: %s names %v", name, line.Key, sent)
					}
					if ok {
						named++
					}
				}
			}
		}
		if named < 2 { // where the words went, and whom the alarm reached
			t.Errorf("%s: the report is named %d times", name, named)
		}
	}
}

// Of somebody's two cases of one minute every message names one.
func TestEveryMessageAboutACaseNamesIt(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 6, 7, 8, 0, 0, cases.Vietnam)
	follow := func(of string) bot.Update { return press(bot.Action(supportVerb, AboutFollow, of, "7", "0")) }
	quote := func(stream cases.Stream, of string) bot.Update {
		return bot.Update{Text: "Chiều nay tôi rảnh", MessageID: 3, Quoted: &bot.Quoted{MessageID: 2, Data: []string{addAction(stream, of)}}}
	}
	stars := func(of string) bot.Update { return press(bot.Action("rate", "r", of, "5")) }
	for name, say := range map[string]func(of cases.CaseRef) bot.Update{
		"an answer":        func(of cases.CaseRef) bot.Update { return quote(of.Stream, of.ID) },
		"how it goes":      func(of cases.CaseRef) bot.Update { return follow(of.ID) },
		"an appointment":   func(of cases.CaseRef) bot.Update { return press(bot.Action(supportVerb, AboutMeet, of.ID, "4", "y")) },
		"needs":            func(of cases.CaseRef) bot.Update { return press(bot.Action(supportVerb, AboutNeeds, of.ID, "n")) },
		"stars":            func(of cases.CaseRef) bot.Update { return stars(of.ID) },
		"a wish":           func(of cases.CaseRef) bot.Update { return press(bot.Action(wishID, "r", of.ID)) },
		"a word":           func(of cases.CaseRef) bot.Update { return press(bot.Action(wordID, "r", of.ID)) },
		"an addition":      func(of cases.CaseRef) bot.Update { return press(addAction(of.Stream, of.ID)) },
		"my data":          func(of cases.CaseRef) bot.Update { return press(ownAction(of.Stream, of.ID)) },
		"the right to end": func(of cases.CaseRef) bot.Update { return press(ownAction(of.Stream, of.ID, ownCut, ownSure)) },
		"a name":           func(of cases.CaseRef) bot.Update { return press(bot.Action("nam", of.ID, "y")) },
		"consent":          func(of cases.CaseRef) bot.Update { return press(bot.Action("con", of.ID, "2", "n")) },
	} {
		d := desk(t)
		marks := map[string]bool{}
		for _, of := range []cases.CaseRef{{Stream: cases.HelpStream, ID: "01999999-0000-7000-8000-000000000001"}, {Stream: cases.HelpStream, ID: "01999999-0000-7000-8000-000000000003"}} {
			st := &shelf{}
			st.threads.own = cases.ResidentView{Received: at, CanAdd: true, CanAsk: true}
			r := &bot.Request{Update: say(of), Lang: "vi"}
			r.Chat = 7
			if err := d.Handle(t.Context(), st, r); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, reply := range r.Replies {
				for _, line := range reply.Lines {
					if sent, ok := line.Args["received"].(cases.Sent); ok && reply.Chat == 0 {
						marks[sent.Mark()] = true
					}
				}
			}
		}
		if len(marks) != 2 {
			t.Errorf("%s: two cases of one minute have the marks %v", name, marks)
		}
	}
}
