package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

func (b *bench) search(s cases.Staff, stream cases.Stream, q cases.Search, page int) (f cases.Found) {
	b.t.Helper()
	b.do(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		f, err = t.Desk(stream).Search(ctx, s, q, page)
		return err
	})
	return f
}

func numbers(f cases.Found) (list []string) {
	for _, item := range f.Items {
		list = append(list, item.Number.String())
	}
	return list
}

func TestSearch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p, n := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police), b.staff(nurse, cases.Health)
	first := b.at
	_, one := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: "Nha\u0300 nghi\u0309 o\u031b\u0309 đ\u01b0\u01a1\u0300ng Phúc La mở đêm", Where: "cạnh chợ"})
	b.pass(24 * time.Hour)
	_, two := b.report(binh, cases.ReportContent{Concern: cases.Danger, Hamlet: 3, Text: "Đêm qua ở quán hát"})
	_, ended := b.report(chi, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: "Quán hát đã đóng"})
	b.must(o, ended.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	b.must(o, two.Number, cases.Change{Verb: cases.Forward})
	_, h := b.help(an)
	seen := b.opens(o, ended.Number)
	for name, try := range map[string]struct {
		who    cases.Staff
		stream cases.Stream
		q      cases.Search
		want   []string
	}{
		"everything":                   {o, cases.ReportStream, cases.Search{}, []string{"PA-26-0003", "PA-26-0002", "PA-26-0001"}},
		"number":                       {o, cases.ReportStream, cases.Search{Number: one.Number}, []string{"PA-26-0001"}},
		"words without marks":          {o, cases.ReportStream, cases.Search{Words: []string{"duong", "nghi", "dem"}}, []string{"PA-26-0001"}},
		"words of two texts":           {o, cases.ReportStream, cases.Search{Words: []string{"cho", "nghi"}}, []string{"PA-26-0001"}},
		"a word of two cases":          {o, cases.ReportStream, cases.Search{Words: []string{"dem"}}, []string{"PA-26-0002", "PA-26-0001"}},
		"what has ended is shut":       {o, cases.ReportStream, cases.Search{Words: []string{"hat"}}, []string{"PA-26-0002"}},
		"an alias, also of an end":     {o, cases.ReportStream, cases.Search{Words: cases.WordsOf(seen.Alias)}, []string{"PA-26-0003"}},
		"words and a hamlet":           {o, cases.ReportStream, cases.Search{Words: []string{"dem"}, Hamlet: 3}, []string{"PA-26-0002"}},
		"status":                       {o, cases.ReportStream, cases.Search{Statuses: []cases.Status{cases.OutOfScope}}, []string{"PA-26-0003"}},
		"urgent":                       {o, cases.ReportStream, cases.Search{Urgent: true}, []string{"PA-26-0002"}},
		"dates":                        {o, cases.ReportStream, cases.Search{From: first.Add(-time.Hour), To: first.Add(time.Hour)}, []string{"PA-26-0001"}},
		"kind":                         {o, cases.ReportStream, cases.Search{Kind: cases.Feedback}, nil},
		"no such word":                 {o, cases.ReportStream, cases.Search{Words: []string{"khongco"}}, nil},
		"part of a word":               {o, cases.ReportStream, cases.Search{Words: []string{"ngh"}}, nil},
		"the police: handed over":      {p, cases.ReportStream, cases.Search{Words: []string{"dem"}}, []string{"PA-26-0002"}},
		"the police: another's number": {p, cases.ReportStream, cases.Search{Number: one.Number}, nil},
		"help":                         {n, cases.HelpStream, cases.Search{Words: []string{"can", "kham"}}, []string{"HT-26-0001"}},
		"help by service":              {n, cases.HelpStream, cases.Search{Wanted: cases.HealthCare}, []string{"HT-26-0001"}},
		"a number of the other stream": {n, cases.HelpStream, cases.Search{Number: one.Number}, nil},
		"help is not among reports":    {o, cases.ReportStream, cases.Search{Words: []string{"kham"}}, nil},
	} {
		if got := numbers(b.search(try.who, try.stream, try.q, 0)); !slices.Equal(got, try.want) {
			t.Errorf("%s: %v, want %v", name, got, try.want)
		}
	}
	before := len(b.opens(o, one.Number).History)
	b.search(o, cases.ReportStream, cases.Search{Words: []string{"nghi"}}, 0)
	if after := len(b.opens(o, one.Number).History); after != before+1 {
		t.Errorf("searching wrote %d rows", after-before-1)
	}
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := tx.Forget(ctx, cases.HelpStream, h.ID)
		return err
	})
	if got := b.search(n, cases.HelpStream, cases.Search{Words: []string{"kham"}}, 0); got.Total != 0 {
		t.Errorf("what was forgotten is found: %+v", got)
	}
}

func TestSearchPages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	for i := range 11 {
		b.report(int64(6000+i), cases.ReportContent{Concern: cases.SawSigns, Text: fmt.Sprintf("quán %d", i)})
	}
	for name, q := range map[string]cases.Search{"words": {Words: []string{"quan"}}, "facts": {Statuses: []cases.Status{cases.Received}}} {
		seen := map[string]bool{}
		for page := range 2 {
			f := b.search(o, cases.ReportStream, q, page)
			if f.Total != 11 || f.Page != page || !f.Before.IsZero() {
				t.Errorf("%s: page %d of %d, as far as %s", name, f.Page, f.Total, f.Before)
			}
			for _, n := range numbers(f) {
				seen[n] = true
			}
		}
		if len(seen) != 11 {
			t.Errorf("%s: %d on two pages", name, len(seen))
		}
		if f := b.search(o, cases.ReportStream, q, 9); f.Page != 1 || len(f.Items) != 3 {
			t.Errorf("%s: past the end: page %d with %d", name, f.Page, len(f.Items))
		}
	}
}

// A register too long to be looked through at once is looked through in parts, what is open
// at once.
func longSearches(t *testing.T, b *bench) {
	o := b.staff(officer1, cases.Officer)
	count := func(s cases.Search) (n int, before time.Time) {
		f := b.search(o, cases.ReportStream, s, 0)
		if f.More || len(f.Items) != min(f.Total, f.Size) {
			t.Errorf("%+v: %d of %d", s, len(f.Items), f.Total)
		}
		return f.Total, f.Before
	}
	// By kind, part for part: each begins on the day on which the one before ended.
	found, twice, parts := 0, 0, 0
	for part := (cases.Search{Kind: cases.Complaint}); ; parts++ {
		n, before := count(part)
		if found += n; before.IsZero() {
			break
		}
		between, _ := count(cases.Search{Kind: cases.Complaint, From: cases.DayOf(before).Start(), To: cases.DayOf(before).End()})
		twice += between
		part.To = cases.DayOf(before).End()
	}
	if want := planReports / 5; parts == 0 || found < want || found-twice > want {
		t.Errorf("%d in %d parts, %d on the days between, are not %d", found, parts+1, twice, want)
	}
	if n, before := count(cases.Search{Statuses: []cases.Status{cases.Received}}); n != planReports/planOpen+1 || !before.IsZero() {
		t.Errorf("%d open ones, as far as %s", n, before)
	}
	if n, before := count(cases.Search{Number: cases.Number{Stream: cases.ReportStream, Year: 2025, Seq: 1_019_999}}); n != 1 || !before.IsZero() {
		t.Errorf("%d of an old number, as far as %s", n, before)
	}
	b.do(officer1, func(ctx context.Context, tx *storage.Tx) error {
		for _, page := range []int{0, 100} {
			q, err := tx.Desk(cases.ReportStream).Queue(ctx, o, cases.QueueDone, page)
			if want := 500 + page*q.Size; err != nil || q.Total != want || !q.More || len(q.Items) != q.Size {
				t.Errorf("page %d of what has ended: %d and more: %t, %v", page, q.Total, q.More, err)
			}
			log, err := tx.Desk(cases.ReportStream).Log(ctx, o, page, 20)
			if want := 500 + page*20; err != nil || log.Total != want || !log.More || len(log.Rows) != 20 {
				t.Errorf("page %d of the log: %d and more: %t, %v", page, log.Total, log.More, err)
			}
		}
		return nil
	})
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	pin := func(lat float64) *cases.Place { p := cases.Place{Lat: lat, Lon: 105.75}.Blur(); return &p }
	const story = "Nhà nghỉ ở đầu ngõ có nhiều người lạ ra vào ban đêm"
	_, old := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: story})
	b.pass((cases.SimilarDays + 1) * 24 * time.Hour)
	_, base := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Place: pin(20.95), Text: story})
	_, same := b.report(binh, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 5, Text: "nha nghi o dau ngo co nhieu nguoi la ra vao ban dem"})
	_, cell := b.report(binh, cases.ReportContent{Concern: cases.SawSigns, Place: pin(20.95), Text: "Chuyện khác hẳn"})
	_, hamlet := b.report(chi, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: "Tiếng ồn"})
	b.report(chi, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 7, Place: pin(20.97), Text: "Tiếng ồn"})
	_, ended := b.report(chi, cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: story})
	b.must(o, ended.Number, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
	var got []cases.Similar
	b.do(officer, func(ctx context.Context, tx *storage.Tx) (err error) {
		got, err = tx.Desk(cases.ReportStream).Similar(ctx, o, base.Number)
		return err
	})
	var list []string
	for _, s := range got {
		list = append(list, s.Number.String()+" "+string(s.Likeness))
	}
	want := []string{same.Number.String() + " very", cell.Number.String() + " place", hamlet.Number.String() + " place"}
	if !slices.Equal(list, want) {
		t.Errorf("%v, want %v (old %s)", list, want, old.Number)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if _, err := tx.Desk(cases.ReportStream).Similar(ctx, o, ended.Number); cases.KindOf(err) != cases.NotAllowed {
			t.Errorf("an ended report was compared: %v", err)
		}
		return nil
	})
}
