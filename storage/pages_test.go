package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

var (
	riskOne = cases.Page{Key: cases.PageRisk, Lang: "vi", Title: "Dấu hiệu", Body: "Một"}
	riskTwo = cases.Page{Key: cases.PageRisk, Lang: "vi", Title: "Dấu hiệu", Body: "Hai"}
	aFile   = cases.CleanFile{Kind: cases.Photo, MIME: "image/jpeg", Body: []byte("photo")}
)

// fillPages publishes a page that has two texts with files.
func fillPages(ctx context.Context, tx *storage.Tx, by cases.StaffID) error {
	for _, p := range []cases.Page{riskOne, riskTwo} {
		if _, err := tx.DraftPage(ctx, by, p, &aFile); err != nil {
			return err
		}
	}
	return tx.PublishPage(ctx, cases.PageRisk, "vi", 2)
}

// news fails unless the first subscriber gets the page.
func (w *swapTest) news(ctx context.Context, s *storage.Store) error {
	w.owner("delete from ward.page_sends")
	if err := s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error { return tx.SendPage(ctx, 1, cases.PageRisk, "vi", 2) }); err != nil {
		return err
	}
	told := false
	err := s.SendPageOn(ctx, cases.SendPageArgs{Key: cases.PageRisk, Lang: "vi", Version: 2}, func(_ context.Context, _ *storage.Tx, to cases.Route) (storage.Message, error) {
		told = told || to.Chat == 9100
		return storage.Message{Chat: to.Chat, Payload: []byte(`"x"`)}, nil
	})
	if err == nil && !told {
		return errors.New("does not open")
	}
	return err
}

// A text is a draft until it is published, one is published at a time, and everything
// that was written stays.
func TestPages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by := b.staff(officer, cases.Officer)
	work := func(do func(ctx context.Context, tx *storage.Tx) error) {
		t.Helper()
		if err := b.Do(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	body := func(version int) (got string) {
		work(func(ctx context.Context, tx *storage.Tx) error {
			p, err := tx.Page(ctx, cases.PageRisk, "vi", version)
			if got = p.Body; cases.KindOf(err) == cases.NotFound {
				got = "none"
				return nil
			}
			return err
		})
		return got
	}
	if got := body(0); got != "none" {
		t.Error(got)
	}
	work(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.DraftPage(ctx, by.ID, riskOne, nil)
		return err
	})
	if got := body(0); got != "none" {
		t.Errorf("a draft is read as %q", got)
	}
	work(func(ctx context.Context, tx *storage.Tx) error { return tx.PublishPage(ctx, cases.PageRisk, "vi", 1) })
	work(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.DraftPage(ctx, by.ID, riskTwo, &aFile)
		return err
	})
	if now, draft := body(0), body(2); now != "Một" || draft != "Hai" {
		t.Errorf("published %q, draft %q", now, draft)
	}
	work(func(ctx context.Context, tx *storage.Tx) error { return tx.PublishPage(ctx, cases.PageRisk, "vi", 2) })
	err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error { return tx.PublishPage(ctx, cases.PageRisk, "vi", 1) })
	if cases.KindOf(err) != cases.Conflict || body(0) != "Hai" || body(1) != "Một" {
		t.Error(err, body(0), body(1))
	}
	work(func(ctx context.Context, tx *storage.Tx) error {
		history, err := tx.PageHistory(ctx, cases.PageRisk, "vi")
		if len(history) != 2 || history[0].State != cases.PagePublished || !history[0].File || history[1].State != cases.PageFormer || history[1].By != by.Name {
			t.Errorf("%+v", history)
		}
		f, fileErr := tx.PageFile(ctx, cases.Page{Key: cases.PageRisk, Lang: "vi", Version: 2})
		if string(f.Body) != "photo" || f.MIME != aFile.MIME {
			t.Errorf("%+v", f)
		}
		return errors.Join(err, fileErr)
	})
}

// Readings are counted by page, language and week, of nobody in particular; they are told of
// weeks that have ended and rounded, so that nobody sees a single one come.
func TestReadings(t *testing.T) {
	t.Parallel()
	b := setup(t) // on a Tuesday
	read := func(lang string, times int) {
		for range times {
			if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error { return tx.CountReading(ctx, cases.PageTests, lang) }); err != nil {
				t.Fatal(err)
			}
		}
	}
	monday, week := b.at.AddDate(0, 0, -1), 7
	want := func(from, to time.Time, vi, en int) {
		t.Helper()
		if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			all, err := tx.Readings(ctx, from, to)
			got := map[string]int{}
			for _, r := range all {
				got[r.Lang] += r.N
			}
			if got["vi"] != vi || got["en"] != en {
				t.Errorf("%v, want %d and %d", got, vi, en)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	read("vi", 4)
	b.at = b.at.AddDate(0, 0, 1)
	read("vi", 3)
	read("en", 1)
	want(monday, b.at, 0, 0)
	b.at = b.at.AddDate(0, 0, week)
	want(monday, b.at, 5, 0)
	read("vi", 9)
	want(monday, b.at, 5, 0)
	b.at = b.at.AddDate(0, 0, week)
	want(monday, b.at, 15, 0)
	want(monday.AddDate(0, 0, week), b.at, 5, 0)
	b.count("select count(*) from ward.page_reads where extract(isodow from day) <> 1", 0)
}

// A published text reaches every subscriber of its language once, however often the
// work is begun again, and nobody who said no.
func TestNewsReachEverybodyOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by := b.staff(officer, cases.Officer)
	const readers = 250
	if err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		for i := range int64(readers) {
			lang := "vi"
			if i%10 == 0 {
				lang = "en"
			}
			if err := tx.Subscribe(ctx, cases.Route{Chat: 7000 + i, Lang: lang}); err != nil {
				return err
			}
		}
		had, err := tx.Unsubscribe(ctx, 7001)
		again, err2 := tx.Unsubscribe(ctx, 7001)
		n, err3 := tx.Subscribers(ctx)
		if !had || again || n != readers-1 {
			t.Error(had, again, n)
		}
		return errors.Join(err, err2, err3, fillPages(ctx, tx, by.ID), tx.SendPage(ctx, by.ID, cases.PageRisk, "vi", 2))
	}); err != nil {
		t.Fatal(err)
	}
	got := map[int64]int{}
	fail := errors.New("killed")
	for run := range 8 {
		before := len(got)
		err := b.SendPageOn(t.Context(), cases.SendPageArgs{Key: cases.PageRisk, Lang: "vi", Version: 2}, func(_ context.Context, _ *storage.Tx, to cases.Route) (storage.Message, error) {
			if run == 1 {
				return storage.Message{}, fail
			}
			got[to.Chat]++
			return storage.Message{Chat: to.Chat, Payload: []byte(`"x"`)}, nil
		})
		if (run == 1) != errors.Is(err, fail) || len(got)-before > 100 {
			t.Fatal(run, err, len(got)-before)
		}
	}
	if len(got) != readers-readers/10-1 || got[7001] != 0 || got[7002] != 1 {
		t.Errorf("%d reached", len(got))
	}
	for _, version := range []int{1, 2} {
		err := b.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
			return tx.SendPage(ctx, by.ID, cases.PageRisk, "vi", version)
		})
		if cases.KindOf(err) != cases.Conflict {
			t.Errorf("version %d is sent again: %v", version, err)
		}
	}
}
