package intake

import (
	"context"
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// after is what a person said about a case that has ended.
type after struct {
	stars cases.Stars
	words string
	wish  string
	late  error // refuses everything; nil = it is taken
}

func (s *shelf) Rate(_ context.Context, _ cases.Stream, _ string, stars cases.Stars) error {
	if s.after.late == nil {
		s.after.stars = stars
	}
	return s.after.late
}

func (s *shelf) RateWords(_ context.Context, _ cases.Stream, _, text string) error {
	if s.after.late == nil {
		s.after.words = text
	}
	return s.after.late
}

func (s *shelf) AskAgain(_ context.Context, stream cases.Stream, _, text string, _ cases.Route) (cases.Case, error) {
	if s.after.late == nil {
		s.after.wish = text
	}
	return cases.Case{Number: cases.Number{Stream: stream, Year: 2026, Seq: 1}}, s.after.late
}

// Stars and words are taken once; a wish that comes too late is not thrown away.
func TestAfterTheEnd(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	if got := talk(t, d, st, press("rate|r|x|4")); st.after.stars != 4 || !slices.Contains(got, "rate.thanks") {
		t.Errorf("%d stars, %v", st.after.stars, got)
	}
	talk(t, d, st, press("star|r|x"))
	if got := talk(t, d, st, bot.Update{Text: "Cảm ơn"}); st.after.words != "Cảm ơn" || st.draft != nil {
		t.Errorf("%q, %v", st.after.words, got)
	}
	talk(t, d, st, press("wish|h|x"))
	talk(t, d, st, bot.Update{Text: "Chưa xong"})
	if st.after.wish != "Chưa xong" || st.draft != nil {
		t.Errorf("%q", st.after.wish)
	}
	st.after.late = cases.Fail(cases.NotAllowed, "")
	talk(t, d, st, press("wish|r|x"))
	if got := talk(t, d, st, bot.Update{Text: "Vẫn chưa"}); !slices.Contains(got, "again.late") || st.draft == nil {
		t.Errorf("too late: %v, kept %v", got, st.draft != nil)
	}
	for _, forged := range []string{"rate|x|x|4", "rate|r|x", "star|q|x", "wish|r"} {
		st := &shelf{}
		if talk(t, d, st, press(forged)); st.after != (after{}) || st.draft != nil {
			t.Errorf("%s does something", forged)
		}
	}
	// something that was begun is not thrown away for it
	st = &shelf{}
	talk(t, d, st, bot.Update{Command: "baotin"})
	talk(t, d, st, bot.Update{Text: "Đang viết"})
	before := string(st.draft)
	if talk(t, d, st, press("wish|r|x")); !strings.Contains(string(st.draft), "Đang viết") {
		t.Errorf("%s became %s", before, st.draft)
	}
}
