package intake

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

func sent(t *testing.T, st *shelf, n cases.NewCase) (keys []string) {
	t.Helper()
	r := &bot.Request{Update: bot.Update{Chat: 7, Private: true}, Lang: "vi"}
	if err := desk(t).send(t.Context(), st, r, n); err != nil {
		t.Fatal(err)
	}
	for _, reply := range r.Replies {
		for _, line := range reply.Lines {
			keys = append(keys, line.Key)
		}
	}
	return keys
}

func reported(n string) cases.NewCase {
	return cases.NewCase{Report: &cases.ReportContent{Concern: cases.SawSigns, Text: n}}
}

// What looks like a flood or like nothing is received, gets its receipt, and rings
// nobody. Whoever is in danger is never put apart.
func TestSifting(t *testing.T) {
	t.Parallel()
	officer := []cases.Staff{{ID: 1, Role: cases.Officer, Route: cases.Route{Chat: 9, Lang: "vi"}}}
	const words = "Nhà nghỉ đầu ngõ có dấu hiệu bất thường"
	for name, c := range map[string]struct {
		before func(*shelf)
		send   cases.NewCase
		apart  bool
	}{
		"plain":           {nil, reported(words), false},
		"hollow":          {nil, reported("....."), true},
		"on the net":      {nil, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Online, Online: "Nick Mai Mai mời chào"}}, false},
		"hollow, file":    {nil, cases.NewCase{Report: &cases.ReportContent{Concern: cases.SawSigns, Text: "đây"}, Files: []cases.OfferedFile{{Kind: cases.Photo}}}, false},
		"hollow, urgent":  {nil, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Danger, Text: "cứu"}}, false},
		"muted":           {func(s *shelf) { s.muted = true }, reported(words), true},
		"muted, urgent":   {func(s *shelf) { s.muted = true }, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Minor, Text: words}}, false},
		"muted, help":     {func(s *shelf) { s.muted = true }, cases.NewCase{Help: &cases.HelpContent{Service: cases.LegalAid}}, false},
		"sixth this hour": {func(s *shelf) { s.counts = map[string]int{string(cases.Sending): 5} }, reported(words), true},
		"fifth this hour": {func(s *shelf) { s.counts = map[string]int{string(cases.Sending): 4} }, reported(words), false},
		"same words": {func(s *shelf) {
			s.counts = map[string]int{string(cases.Repeating) + "nha nghi dau ngo co dau hieu bat thuong": 1}
		}, reported(words), true},
		"flood":         {func(s *shelf) { s.counts = map[string]int{string(cases.Flood): 500} }, reported(words), true},
		"flood, urgent": {func(s *shelf) { s.counts = map[string]int{string(cases.Flood): 500} }, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Danger, Text: words}}, false},
	} {
		st := &shelf{staff: officer}
		if c.before != nil {
			c.before(st)
		}
		keys := sent(t, st, c.send)
		if len(st.received) != 1 || st.received[0].Apart != c.apart {
			t.Errorf("%s: received %+v", name, st.received)
		}
		rung := slices.Contains(keys, "staff.new") || slices.Contains(keys, "staff.new.urgent")
		if rung == c.apart || !slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, string(c.send.Stream())+".received") }) {
			t.Errorf("%s: %v", name, keys)
		}
	}
}

// The staff hear of a flood once.
func TestFloodIsToldOnce(t *testing.T) {
	t.Parallel()
	st := &shelf{staff: []cases.Staff{{ID: 1, Role: cases.Officer, Route: cases.Route{Chat: 9, Lang: "vi"}}}}
	st.counts = map[string]int{string(cases.Flood): cases.Quotas[cases.Flood].Limit - 1}
	heard := 0
	for _, words := range []string{"báo tin thứ nhất", "báo tin thứ hai", "báo tin thứ ba"} {
		if slices.Contains(sent(t, st, reported(words)), "staff.flood") {
			heard++
		}
	}
	if heard != 1 || st.received[0].Apart || !st.received[1].Apart || !st.received[2].Apart {
		t.Errorf("heard %d times; %+v", heard, st.received)
	}
}

// More than anybody has to say in a day is not taken, is said so, and is still there;
// an urgent report is.
func TestDailyLimitKeepsTheDraft(t *testing.T) {
	t.Parallel()
	st := &shelf{counts: map[string]int{string(cases.SendingDay): cases.Quotas[cases.SendingDay].Limit}, draft: []byte(`{}`)}
	if keys := sent(t, st, reported("báo tin nữa")); !slices.Equal(keys, []string{"send.limited"}) || st.draft == nil || st.received != nil {
		t.Errorf("%v %s %v", keys, st.draft, st.received)
	}
	sent(t, st, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Danger, Text: "gấp"}})
	if len(st.received) != 1 {
		t.Error("an urgent report was refused")
	}
}

// Somebody faster than a person hears so once, and what comes above the limit changes
// nothing.
func TestPace(t *testing.T) {
	t.Parallel()
	st, d := &shelf{counts: map[string]int{}}, desk(t)
	most := cases.Quotas[cases.Messages].Limit
	for n, want := range map[int][]string{most: {"outside"}, most + 1: {"toofast"}, most + 2: nil, most + 900: nil} {
		st.draft, st.counts[string(cases.Messages)] = nil, n
		if keys := talk(t, d, st, text("Nhà nghỉ đầu ngõ")); !slices.Equal(keys, want) || (st.draft != nil) != (n == most) {
			t.Errorf("message %d: %v, draft %s", n, keys, st.draft)
		}
	}
}

// After some wrong receipts a pause begins in which even the right one is not looked
// up; the answer to a wrong one is the same as ever.
func TestGuessing(t *testing.T) {
	t.Parallel()
	st, d := &shelf{}, desk(t)
	talk(t, d, st, bot.Update{Command: "tracuu"})
	for n := range 5 {
		if keys := talk(t, d, st, text("222222222222222223")); !slices.Equal(keys, []string{"receipt.notfound"}) {
			t.Fatalf("guess %d: %v", n, keys)
		}
	}
	st.view = &cases.ResidentView{Stream: cases.ReportStream, Status: cases.Received}
	if keys := talk(t, d, st, text(rightCode)); !slices.Equal(keys, []string{"lookup.wait"}) {
		t.Fatalf("while barred: %v", keys)
	}
	st.clock += int64(time.Hour / (100 * time.Millisecond))
	if keys := talk(t, d, st, text(rightCode)); !slices.Contains(keys, "lookup.status") {
		t.Errorf("after the pause: %v", keys)
	}
}

func TestCodeAgain(t *testing.T) {
	t.Parallel()
	st, d := &shelf{}, desk(t)
	if keys := talk(t, d, st, bot.Update{Command: "ma"}); !slices.Equal(keys, []string{"code.gone"}) {
		t.Error(keys)
	}
	st.code = "222222222222222222"
	if keys := talk(t, d, st, bot.Update{Command: "ma"}); !slices.Equal(keys, []string{"code.again"}) {
		t.Error(keys)
	}
}
