package intake

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

func (s *shelf) Needs(_ context.Context, id string, yes bool) (cases.Case, error) {
	return s.support("needs", id, yes)
}

func (s *shelf) Meet(_ context.Context, id string, talk int, comes bool) (cases.Case, error) {
	return s.support("meet", id, talk, comes)
}

func (s *shelf) FollowUp(_ context.Context, id string, days int, answer string) (cases.Case, error) {
	return s.support("follow", id, days, answer)
}

func (s *shelf) Services(context.Context) ([]cases.ServiceEntry, error) { return s.services, nil }

// support keeps what was said.
func (s *shelf) support(what ...any) (cases.Case, error) {
	if s.ended {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "")
	}
	s.said = append(s.said, what...)
	id, _ := what[1].(string)
	return cases.Case{ID: id, Number: cases.Number{Stream: cases.HelpStream, Year: 2026, Seq: 1}, Help: &cases.HelpContent{Service: cases.LegalAid}}, nil
}

func until(keys []string, key string) int { return slices.Index(keys, key) }

// Answers to what the ward asks: each is recorded, said, and told to whom it concerns.
func TestAnswersToSupport(t *testing.T) {
	t.Parallel()
	d := desk(t)
	for data, want := range map[string]struct {
		said []any
		tell string
	}{
		"n|id|y":      {[]any{"needs", "id", true}, "staff.needs.yes"},
		"n|id|n":      {[]any{"needs", "id", false}, "staff.needs.no"},
		"m|id|3|y":    {[]any{"meet", "id", 3, true}, "staff.meet.keep"},
		"m|id|3|n":    {[]any{"meet", "id", 3, false}, "staff.meet.other"},
		"f|id|14|0":   {[]any{"follow", "id", 14, cases.FollowBetter}, ""},
		"f|id|14|1":   {[]any{"follow", "id", 14, cases.FollowNotYet}, "staff.follow.not_yet"},
		"f|id|14|2":   {[]any{"follow", "id", 14, cases.FollowCall}, "staff.follow.call"},
		"f|id|14|3":   {[]any{"follow", "id", 14, cases.FollowStop}, ""},
		"f|id|14|9":   {},
		"f|id":        {},
		"x|id|y":      {},
		"n":           {},
		"f|id|14|two": {},
	} {
		st := &shelf{staff: []cases.Staff{{ID: 1, Role: cases.Officer, Route: cases.Route{Chat: 9}}, {ID: 2, Role: cases.Support, Route: cases.Route{Chat: 8}}}}
		keys := talk(t, d, st, press(bot.Action("hlp", strings.Split(data, "|")...)))
		if len(want.said) == 0 {
			if len(st.said) != 0 {
				t.Errorf("%s: %v", data, st.said)
			}
			continue
		}
		if !slices.Equal(st.said, want.said) {
			t.Errorf("%s: %v", data, st.said)
		}
		told := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return !strings.HasPrefix(k, "staff.") })
		if want.tell == "" && len(told) != 0 || want.tell != "" && !slices.Equal(told, []string{want.tell}) {
			t.Errorf("%s: staff are told %v", data, told)
		}
		st.ended, st.said = true, nil
		if keys := talk(t, d, st, press(bot.Action("hlp", strings.Split(data, "|")...))); len(keys) > 1 {
			t.Errorf("%s: after the end %v", data, keys)
		}
	}
}

// Residents read what is shown of the directory, and are not offered an empty one.
func TestPlaces(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	if keys := talk(t, d, st, bot.Update{Command: "huongdan"}); until(keys, "places.offer") >= 0 {
		t.Errorf("an empty directory is offered: %v", keys)
	}
	st.services = []cases.ServiceEntry{
		{ID: 1, Service: cases.HealthCare, Shown: true, Free: true, ServiceWords: cases.ServiceWords{Name: "Trạm", Place: "số 1"}},
		{ID: 2, Service: cases.LegalAid, ServiceWords: cases.ServiceWords{Name: "ẩn"}},
	}
	if keys := talk(t, d, st, bot.Update{Command: "huongdan"}); until(keys, "places.offer") < 0 {
		t.Errorf("not offered: %v", keys)
	}
	if keys := talk(t, d, st, press("svc")); !slices.Equal(keys, []string{"places.choose"}) {
		t.Error(keys)
	}
	if keys := talk(t, d, st, press(bot.Action("svc", "health"))); !slices.Equal(keys, []string{"places.head", "places.name", "places.place"}) {
		t.Error(keys)
	}
	if keys := talk(t, d, st, press(bot.Action("svc", "legal"))); len(keys) > 1 || slices.Contains(keys, "places.head") {
		t.Error(keys)
	}
}

// Every button fits into what Telegram takes.
func TestSupportButtonsFit(t *testing.T) {
	t.Parallel()
	id := strings.Repeat("0", 36)
	for _, rows := range [][][]bot.Button{FollowButtons(id, 30), MeetButtons(id, 9999)} {
		for _, b := range slices.Concat(rows...) {
			if len(b.Do) > 50 {
				t.Errorf("%d bytes: %s", len(b.Do), b.Do)
			}
		}
	}
}
