package staffcmds_test

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

func TestTextsOfTheTeam(t *testing.T) {
	t.Parallel()
	families(t, "verb.", []cases.Verb{cases.Assign, cases.CallOn, cases.Remind, cases.Capture, cases.Rate})
	families(t, "source.", cases.CapturedSources)
	families(t, "delay.", append([]cases.Delay{"bo"}, cases.Delays...))
	needs(t, "card.word", "handout.wait", "staff.askreopen.person")
	for _, missing := range []string{"stream", "what", "source", "age", "spot", "text", "contact"} {
		needs(t, "capture."+missing)
	}
}

// A name in a note that fits several is asked about; only who may see the case is
// offered, the police not before it was handed over.
func TestMentionThatFitsSeveral(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.staff = append(w.staff, cases.Staff{ID: 50, Role: cases.Officer, Name: "Cán bộ Lan", Route: cases.Route{Chat: 50, Lang: "vi"}, Access: w.staff[0].Access})
	w.report(nil)
	got := w.says(officer, "/ghichu 1 nhờ @Cán bộ xem")
	w.wants(got, officer, "là ai?")
	for _, c := range got {
		for _, l := range c.labels {
			if strings.Contains(l, "police") || strings.Contains(l, "health") || strings.Contains(l, "officer") {
				t.Errorf("%s is offered", l)
			}
		}
	}
	got = w.on(officer, got, "goi|PA-26-0001|50")
	w.wants(got, 50, "Đồng nghiệp gọi bạn xem <b>PA-26-0001</b>")
	if len(w.team.called) != 1 {
		t.Errorf("called: %v", w.team.called)
	}
	w.report(func(c *cases.Case) {
		c.Status, c.History = cases.Forwarded, append(c.History, cases.Event{Verb: cases.Forward})
	})
	w.on(officer, w.says(officer, "/goi 2"), "goi|PA-26-0002|2") // the police, who hold it
	if text := texts(got, 50); strings.Contains(text, "Nhà nghỉ") {
		t.Errorf("the notice tells the content: %q", text)
	}
}

// What is written down by every way of typing and pressing arrives as it was told.
func TestCaptureOfBothStreams(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.says(officer, "/ghinhan")
	for _, press := range []string{"ghinhan|r", "ghinhan|r|danger", "ghinhan|r|danger|ihanoi", "ghinhan|r|danger|ihanoi|2"} {
		shown = w.on(officer, shown, press)
	}
	done := w.says(officer, "Có người bị giữ\nở tầng 2")
	w.wants(done, officer, "PA-26-0001", "222222")
	shown = w.says(health, "/ghinhan")
	for _, press := range []string{"ghinhan|h|health", "ghinhan|h|health|visit", "ghinhan|h|health|visit|minor"} {
		shown = w.on(health, shown, press)
	}
	w.says(health, "0900 buổi tối")
	w.says(health, "Cần khám")
	if len(w.team.captured) != 2 {
		t.Fatalf("%+v", w.team.captured)
	}
	r, h := w.team.captured[0], w.team.captured[1]
	if r.Report.Hamlet != 2 || r.Report.Concern != cases.Danger || r.Source != cases.FromIHanoi || r.Report.Text != "Có người bị giữ\nở tầng 2" {
		t.Errorf("%+v", r.Report)
	}
	if h.Help.Contact != "0900 buổi tối" || !h.Help.Under18 || h.Help.Text != "Cần khám" || h.Source != cases.FromVisit {
		t.Errorf("%+v", h.Help)
	}
	// nobody writes down for a stream without the right
	w.says(health, "/ghinhan r signs phone - lời")
	if len(w.team.captured) != 2 {
		t.Error("the health station wrote a report")
	}
}

// A stand-in has a right in common, and dates that cannot be are asked for again.
func TestAbsence(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for _, c := range []struct{ typed, want string }{
		{"/vang", "Bạn vắng từ ngày nào?"},
		{"/vang 31/02", "Bạn vắng từ ngày nào?"},
		{"/vang 27/05", "hết ngày nào"}, // of next year
		{"/vang 30/05", "hết ngày nào"},
		{"/vang 30/05 29/05", "hết ngày nào"},
		{"/vang 30/05 01/06", "Ai làm thay"},
		{"/vang 30/05 01/06 leader", "làm thay. Tự hết"},
	} {
		w.wants(w.says(officer, c.typed), officer, c.want)
	}
	if len(w.team.away) != 1 || !w.team.away[0].Until.Equal(time.Date(2026, 6, 2, 0, 0, 0, 0, cases.Vietnam)) {
		t.Errorf("%+v", w.team.away)
	}
	for _, a := range w.says(police, "/vang 30/05 01/06")[0].actions {
		if strings.HasPrefix(a, "vang|260530|260601|") {
			t.Errorf("somebody stands in for the only police account: %s", a)
		}
	}
	w.wants(w.says(officer, "/vang bo"), officer, "Đã kết thúc")
}

// Stars are for those who work on the stream; a leader gets averages of five and more.
func TestWhoSeesRatings(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status, c.Shut, c.Stars = cases.Closed, true, 4 })
	w.wants(w.says(officer, "PA-26-1"), officer, "★★★★☆")
	leader := chatOf(cases.Leader)
	if got := texts(w.says(leader, "PA-26-1"), leader); strings.Contains(got, "★") {
		t.Errorf("the leader sees %q", got)
	}
	may := time.Date(2026, 5, 1, 0, 0, 0, 0, cases.Vietnam)
	w.team.ratings = map[time.Time]cases.Ratings{may: {N: 12, Stars: 50}, may.AddDate(0, -1, 0): {N: 4, Stars: 20}}
	got := w.says(leader, "/hailong")
	w.wants(got, leader, "05/2026: 4,2 ⭐ (12)", "04/2026: dưới 5 đánh giá")
	if strings.Contains(texts(got, leader), "5,0") {
		t.Error("a small figure is shown")
	}
}

// A colleague is told that a case was given, and who had it before, by number only.
func TestGivingTellsBoth(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.staff = append(w.staff, cases.Staff{ID: 50, Role: cases.Officer, Name: "Lan", Route: cases.Route{Chat: 50, Lang: "vi"}, Access: w.staff[0].Access})
	w.report(func(c *cases.Case) { c.Status, c.Assignee = cases.Verifying, 50 })
	leader := chatOf(cases.Leader)
	got := w.on(leader, w.says(leader, "/giao 1"), "giao|PA-26-0001|v1|1")
	got = w.on(leader, got, "giao|PA-26-0001|v1|1|ok")
	w.wants(got, officer, "Bạn được giao <b>PA-26-0001</b>")
	w.wants(got, 50, "đã được giao cho người khác")
	for _, chat := range []int64{officer, 50} {
		if text := texts(got, chat); strings.Contains(text, "Nhà nghỉ") {
			t.Errorf("%d: %q", chat, text)
		}
	}
	// a wish of the person stands on the shut card
	w.cases[0].Status, w.cases[0].Shut, w.cases[0].ByPerson = cases.Closed, true, true
	w.on(leader, w.says(leader, "PA-26-1"), "dongymo|PA-26-0001")
}
