package intake

import (
	"slices"
	"testing"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// began are the conversations in which words can be written, by how they begin.
var began = map[string][]bot.Update{
	"a report":                {{Command: "baotin"}},
	"help":                    {{Command: "hotro"}},
	"an addition to help":     {press(bot.Action("add", string(cases.HelpStream), "x"))},
	"an addition to a report": {press(bot.Action("add", string(cases.ReportStream), "x"))},
}

// heads are the first lines of what is shown before anything else.
var heads = []string{"danger.first", "crisis.said"}

func shown(keys []string) bool {
	return len(keys) > 1 && slices.Contains(heads, keys[0]) && keys[1][:len("hotline.")] == "hotline."
}

// Words of danger bring the numbers before anything else, in every conversation and
// outside of any, in a caption too, once; and one question, beside which the
// conversation's own goes on.
func TestDangerComesFirst(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, begin := range began {
		for how, said := range map[string]bot.Update{"words": text("em không muốn sống nữa"), "a caption": photo("", "em bị nhốt ở đây")} {
			st := &shelf{}
			for _, u := range begin {
				talk(t, d, st, u)
			}
			keys := talk(t, d, st, said)
			if !shown(keys) || until(keys, "danger.ask") < 0 || keys[len(keys)-1] == "danger.ask" {
				t.Errorf("%s, %s: %v", name, how, keys)
			}
			if again := talk(t, d, st, text("em bị nhốt")); shown(again) {
				t.Errorf("%s, %s: again %v", name, how, again)
			}
		}
	}
}

// Words of danger outside of any conversation can be sent at once, by the first button.
func TestLooseDangerIsSentInOneTap(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	keys := talk(t, d, st, text("em bị nhốt ở đây, cứu em"))
	if !shown(keys) || keys[len(keys)-1] != "danger.offer" {
		t.Fatal(keys)
	}
	talk(t, d, st, photo("", "đây ạ"))
	talk(t, d, st, press(bot.Action(dangerVerb, dangerReport)))
	if len(st.received) != 1 {
		t.Fatal(st.received)
	}
	n := st.received[0]
	if n.Report == nil || n.Report.Concern != cases.Danger || n.Report.Text != "em bị nhốt ở đây, cứu em\nđây ạ" || len(n.Files) != 1 || !n.Urgent() || st.draft != nil {
		t.Errorf("%+v, %s", n, st.draft)
	}
}

// Words of danger outside of any conversation become a request for help, in one tap, when
// the person wants that and no police.
func TestLooseDangerGoesToHelp(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, text("em bị nhốt ở đây"))
	talk(t, d, st, press(bot.Action(dangerVerb, dangerHelp)))
	if len(st.received) != 1 || st.received[0].Help == nil || st.received[0].Help.Text != "em bị nhốt ở đây" || !st.received[0].Urgent() || st.received[0].Announced {
		t.Errorf("%+v", st.received)
	}
}

// What the person answers decides: danger, and no answer, is urgent; "no" is not.
func TestAnswerToDanger(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for name, c := range map[string]struct {
		first, says, answer string
		urgent              bool
	}{
		"recognised, no answer":      {"signs", "có người bị nhốt", "", true},
		"recognised, danger":         {"signs", "có người bị nhốt", dangerYes, true},
		"recognised, none":           {"signs", "có người bị nhốt", dangerNo, false},
		"under the wrong option":     {"suggest", "có người bị nhốt", "", true},
		"urgent choice stays urgent": {"danger", "có người bị nhốt", "", true},
		"ordinary":                   {"signs", "quán mở khuya", "", false},
	} {
		st := &shelf{}
		talk(t, d, st, bot.Update{Command: "baotin"})
		talk(t, d, st, choose(t, st, c.first))
		talk(t, d, st, text(c.says))
		if c.answer != "" {
			talk(t, d, st, press(bot.Action(dangerVerb, c.answer)))
		}
		if answersOf(st)["text"] == nil { // it was taken for the place
			talk(t, d, st, choose(t, st, dialog.Skip))
			talk(t, d, st, text("chi tiết"))
		}
		talk(t, d, st, choose(t, st, dialog.Review))
		talk(t, d, st, choose(t, st, "send"))
		if len(st.received) != 1 || st.received[0].Urgent() != c.urgent {
			t.Errorf("%s: %+v", name, st.received)
		}
	}
}

// Whoever is in danger can send what there is in one more tap.
func TestDangerIsSentAsItIs(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, text("bị nhốt ở phòng trọ"))
	if keys := talk(t, d, st, press(bot.Action(dangerVerb, dangerYes))); until(keys, "danger.yes.noted") < 0 {
		t.Fatal(keys)
	}
	talk(t, d, st, press(bot.Action(dangerVerb, dangerSend)))
	if len(st.received) != 1 || !st.received[0].Urgent() || st.received[0].Report.Concern != cases.Danger {
		t.Errorf("%+v", st.received)
	}
}

// "No" in an addition is told to whoever keeps it.
func TestNoDangerInAnAddition(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, press(bot.Action("add", string(cases.ReportStream), "x")))
	talk(t, d, st, text("hôm qua có người bị đánh"))
	talk(t, d, st, press(bot.Action(dangerVerb, dangerNo)))
	talk(t, d, st, choose(t, st, "send"))
	if len(st.added) != 1 || !st.calm {
		t.Errorf("%v, calm %v", st.added, st.calm)
	}
}
