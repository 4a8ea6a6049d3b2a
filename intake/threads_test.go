package intake

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// threads is the part of a shelf that remembers cases.
type threads struct {
	spoken []cases.Spoken
	thread cases.Thread
	last   cases.Addition
	taken  []int // numbers of messages
	own    cases.ResidentView
}

func (s *shelf) Spoken() []cases.Spoken { return s.threads.spoken }
func (s *shelf) Thread() *cases.Thread  { return &s.threads.thread }
func (s *shelf) KeepThread()            {}
func (s *shelf) Shown() []int           { return []int{3, 2, 1} }
func (s *shelf) ForgetThreads()         { s.threads = threads{} }
func (s *shelf) Added() cases.Addition  { return s.threads.last }

func (s *shelf) TakeWords(_ context.Context, of cases.CaseRef, a cases.Addition) (cases.Case, error) {
	s.threads.taken = append(s.threads.taken, a.Talk)
	return cases.Case{ID: of.ID, Number: cases.Number{Stream: of.Stream}}, nil
}

func (s *shelf) OwnCase(_ context.Context, of cases.CaseRef) (cases.ResidentView, error) {
	v := s.threads.own
	v.CaseID, v.Stream = of.ID, of.Stream
	return v, nil
}

var (
	aReport = cases.CaseRef{Stream: cases.ReportStream, ID: "01999999-0000-7000-8000-000000000001"}
	aHelp   = cases.CaseRef{Stream: cases.HelpStream, ID: "01999999-0000-7000-8000-000000000002"}
)

// heard is a shelf to whose chat the ward wrote about cases, one message each, from 101.
func heard(of ...cases.CaseRef) *shelf {
	st := &shelf{}
	st.threads.own = cases.ResidentView{CanAdd: true}
	for i, c := range of {
		st.threads.spoken = append(st.threads.spoken, cases.Spoken{CaseRef: c, Message: 101 + i})
	}
	return st
}

// note is a message with a number.
func note(id int, words string) bot.Update { return bot.Update{MessageID: id, Text: words} }

func answering(message int, words string, buttons ...string) bot.Update {
	return bot.Update{MessageID: 900, Text: words, Quoted: &bot.Quoted{MessageID: message, Data: buttons}}
}

func TestWordsGoToTheCaseTheyBelongTo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		st   *shelf
		say  bot.Update
		want string // the first answer
		into string // the case, "" = none
	}{
		"no case":                      {heard(), text("Quán vẫn mở"), "outside", ""},
		"the last case":                {heard(aReport), text("Quán vẫn mở"), "thread.report", aReport.ID},
		"help":                         {heard(aHelp), text("Chiều em tới được"), "thread.help", aHelp.ID},
		"both: the person is asked":    {heard(aHelp, aReport), text("Chiều em tới được"), "outside", ""},
		"quote by its number":          {heard(aHelp, aReport), answering(101, "Chiều em tới được"), "thread.help", aHelp.ID},
		"quote by its button":          {heard(aHelp), answering(7, "Quán vẫn mở", addAction(aReport.Stream, aReport.ID)), "thread.report", aReport.ID},
		"quote of a menu message":      {heard(aReport), answering(7, "Quán vẫn mở", "lang|vi"), "thread.report", aReport.ID},
		"quote of somebody unknown":    {heard(), answering(7, "Quán vẫn mở"), "outside", ""},
		"greeting":                     {heard(aReport), text("Alo cho em hỏi ạ"), "talk.greeting", ""},
		"greeting with content":        {heard(aReport), text("Chào cán bộ, quán vẫn mở"), "thread.report", aReport.ID},
		"thanks":                       {heard(aHelp), text("cam on nhe"), "talk.thanks", ""},
		"thumb":                        {heard(aHelp), text("👍🏻"), "talk.thanks", ""},
		"a sticker":                    {heard(aHelp), bot.Update{MessageID: 5, Odd: true}, "dialog.odd", ""},
		"a lost code":                  {heard(), text("Em làm mất mã rồi ạ"), "code.lost", ""},
		"the menu without marks":       {heard(aReport), text("tra cuu ma"), "lookup.ask", ""},
		"nothing to cancel":            {heard(aReport), text("Dừng"), "dialog.nothing", ""},
		"a code that does not exist":   {heard(aReport), text("Mã: " + rightCode), "receipt.notfound", ""},
		"danger while both are open":   {heard(aHelp, aReport), text("cứu em với, em bị nhốt"), "danger.first", aHelp.ID},
		"a place":                      {heard(aReport), bot.Update{MessageID: 5, Place: &cases.Place{Lat: 20.95512, Lon: 105.74871}}, "thread.report", aReport.ID},
		"a photo":                      {heard(aHelp), photo("", "Chỗ em ở"), "thread.help", aHelp.ID},
		"a refused file with words":    {heard(aHelp), bot.Update{Text: "Chỗ em ở", File: &cases.OfferedFile{MIME: "program"}}, "file.exe", aHelp.ID},
		"a question is no lost code":   {heard(aReport), text("Tối qua có người mất xe, bị đánh, tôi không biết là ai"), "danger.first", aReport.ID},
		"an answer that only says yes": {heard(aReport), text("Vâng ạ"), "thread.report", aReport.ID},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keys := talk(t, desk(t), c.st, c.say)
			if len(keys) == 0 || !strings.HasPrefix(keys[0], c.want) {
				t.Errorf("answered %v, want %s", keys, c.want)
			}
			if got := c.st.into; (c.into == "") != (len(got) == 0) || len(got) > 0 && got[0] != c.into {
				t.Errorf("went to %v, want %q", got, c.into)
			}
		})
	}
}

func TestMessagesInARowAreConfirmedOnceAndTakenBackTogether(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard(aHelp)
	first := talk(t, d, st, note(11, "Em ở gần chợ"))
	if more := talk(t, d, st, note(12, "Chiều em rảnh")); len(first) != 1 || len(more) != 0 {
		t.Fatalf("answered %v, then %v", first, more)
	}
	keys := talk(t, d, st, press(bot.Action(undoVerb, strconv.FormatInt(st.threads.thread.Run.ID, 36))))
	if len(st.threads.taken) != 2 || keys[0] != "thread.taken" {
		t.Errorf("taken back: %v, answered %v", st.threads.taken, keys)
	}
	if got := strings.Join(answersOf(st)["text"], "/"); got != "Em ở gần chợ/Chiều em rảnh" {
		t.Errorf("kept %q", got)
	}
	if talk(t, d, st, press(bot.Action(undoVerb, "1"))); len(st.threads.taken) != 2 || len(answersOf(st)["text"]) != 2 {
		t.Errorf("an old button took back %v", st.threads.taken)
	}
}

func TestAnAlbumThatAnswersIsConfirmedOnce(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard(aHelp)
	var keys []string
	for range 10 {
		u := photo("album", "")
		u.Quoted = &bot.Quoted{MessageID: 101}
		keys = append(keys, talk(t, d, st, u)...)
	}
	if len(keys) != 1 || len(st.into) != 10 {
		t.Errorf("answered %v, added %d", keys, len(st.into))
	}
}

func TestChoicesNeverBeginWithReportsAfterHelp(t *testing.T) {
	t.Parallel()
	if first := choices(true)[0][0].Do; first != bot.Action("go", helpID) {
		t.Errorf("first comes %s", first)
	}
	st := heard(aReport, aHelp)
	rows, err := threadChoices(t.Context(), st)
	if err != nil || rows[0][0].Do != bot.Action(threadVerb, "h", aHelp.ID) || rows[2][0].Do != bot.Action("go", helpID) {
		t.Errorf("%v %v", rows, err)
	}
}

func TestEditsAreTaken(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard()
	edit := func(id int, words string) bot.Update { return bot.Update{MessageID: id, Text: words, Edited: true} }
	talk(t, d, st, note(11, "Quán mở lúc 22h"))
	if keys := talk(t, d, st, edit(11, "Quán mở lúc 23h")); keys[0] != "edited.draft" || answersOf(st)["text"][0] != "Quán mở lúc 23h" {
		t.Errorf("unsent words: %v %v", keys, answersOf(st))
	}
	st = heard(aReport)
	st.threads.last = cases.Addition{In: aReport.ID, Talk: 3}
	talk(t, d, st, note(11, "Quán mở lúc 22h"))
	if keys := talk(t, d, st, edit(11, "Quán mở lúc 23h")); keys[0] != "edited.sent" || len(st.threads.taken) != 1 || st.added[1] != "Quán mở lúc 23h" {
		t.Errorf("words just sent: %v %v", keys, st.added)
	}
	st.threads.thread.Own[0].At -= int64(cases.TakeBack/time.Second) + 10
	if keys := talk(t, d, st, edit(11, "Quán mở lúc 24h")); keys[0] != "edited.added" || !strings.HasSuffix(st.added[2], " Quán mở lúc 24h") || len(st.added[2]) == len("Quán mở lúc 24h") {
		t.Errorf("words sent earlier: %v %v", keys, st.added)
	}
	if keys := talk(t, d, st, edit(44, "Gì đó")); keys[0] != "edited" {
		t.Errorf("unknown words: %v", keys)
	}
}

// A place in an answer to the ward is heard at once, blurred; the exact one only after a
// press, once, and by no later button.
func TestExactPlaceInAnAnswer(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard(aHelp)
	keys := talk(t, d, st, bot.Update{MessageID: 5, Place: &cases.Place{Lat: 20.95512, Lon: 105.74871}})
	if !slices.Contains(keys, "share.more") || len(st.added) != 1 || strings.Contains(st.added[0], "20.95512") {
		t.Fatalf("%v, %q", keys, st.added)
	}
	agree := press(bot.Action(exactVerb, bot.StreamMark(aHelp.Stream), aHelp.ID))
	for range 2 {
		talk(t, d, st, agree)
	}
	if len(st.added) != 2 || len(cases.PointsIn(st.added[1])) != 1 || !strings.Contains(st.added[1], "20.95512") || strings.Contains(string(st.draft), "20.95512") {
		t.Errorf("%q, %s", st.added, st.draft)
	}
	if done, err := d.Tend(st.draft, st.Now().Add(-31*time.Minute), st.Now()); err != nil || done.Draft != nil || done.Reply != nil {
		t.Errorf("%+v, %v", done, err)
	}
}
