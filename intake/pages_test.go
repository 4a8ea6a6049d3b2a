package intake

import (
	"context"
	"slices"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// Pages of the shelf: every page has its key for a title.

func (s *shelf) Page(_ context.Context, key cases.PageKey, lang string, _ int) (cases.Page, error) {
	p := cases.Page{Key: key, Lang: lang, Title: string(key), Body: "# Một\n- hai"}
	if key == cases.PageTests {
		p.File = cases.Photo
	}
	return p, nil
}

func (s *shelf) PageFile(context.Context, cases.Page) (cases.CleanFile, error) {
	return cases.CleanFile{Kind: cases.Photo}, nil
}

func (s *shelf) CountReading(_ context.Context, key cases.PageKey, lang string) error {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[string(key)+lang]++
	return nil
}

func (s *shelf) Subscribe(context.Context, cases.Route) error {
	s.news = true
	return nil
}

func (s *shelf) Unsubscribe(context.Context, int64) (bool, error) {
	had := s.news
	s.news = false
	return had, nil
}

func (s *shelf) Subscribed(context.Context, int64) (bool, error) { return s.news, nil }

func pressed(data string) bot.Update {
	return bot.Update{Press: &bot.Press{Data: data, MessageID: 5}}
}

// A page is read and counted without ending what is being written; news begin and end
// by a button, and by a word.
func TestPages(t *testing.T) {
	t.Parallel()
	st, d := &shelf{}, desk(t)
	for _, c := range []struct {
		do   bot.Update
		want []string
	}{
		{bot.Update{Command: "huongdan"}, []string{"pages.ask"}},
		{pressed("pg|risk"), []string{"pages.title", "pages.head", "pages.item"}},
		{pressed("pg|how"), []string{"guide"}},
		{pressed("pg|menu"), []string{"pages.ask"}},
		{pressed("news|on"), []string{"pages.subscribed"}},
		{pressed("news|off"), []string{"pages.unsubscribed"}},
		{bot.Update{Command: "huytin"}, []string{"pages.notin"}},
	} {
		if keys := talk(t, d, st, c.do); !slices.Equal(keys, c.want) {
			t.Errorf("%+v: %v, want %v", c.do, keys, c.want)
		}
	}
	if st.counts["riskvi"] != 1 || len(st.counts) != 1 {
		t.Error(st.counts)
	}
}
