package storage_test

import (
	"context"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

type holder struct {
	Chat int64 // 0 = the web form
	Word string
}

// holds runs f for who holds the receipt: a chat, or the web form (0), with a word.
func (b *bench) holds(h holder, f func(ctx context.Context, tx *storage.Tx) error) error {
	b.t.Helper()
	return b.try(max(h.Chat, binh), func(ctx context.Context, tx *storage.Tx) error {
		tx.From(h.Chat, 1)
		tx.Prove(h.Word)
		return f(ctx, tx)
	})
}

// Whoever saw the receipt of a request reads and adds, and decides nothing in the name of
// the person who sent it: not by a chat, not by the web form.
func TestAReceiptLetsNobodyDecideForTheSender(t *testing.T) {
	t.Parallel()
	b := setup(t)
	w := b.staff(nurse, cases.Health)
	receipt, c := b.help(an)
	b.must(w, c.Number, cases.Change{Verb: cases.AskConsent, Text: "Chuyển Công an?"})
	talk := 0
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		q, err := tx.Questions(ctx, cases.HelpStream, c.ID)
		talk = q.Consent
		return err
	})
	route := cases.Route{Chat: binh, Lang: "vi"}
	deeds := map[string]func(ctx context.Context, tx *storage.Tx) error{
		"consent": func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := tx.Consent(ctx, c.ID, talk, true, route)
			return err
		},
		"needs": func(ctx context.Context, tx *storage.Tx) error { _, err := tx.Needs(ctx, c.ID, true); return err },
		"meet":  func(ctx context.Context, tx *storage.Tx) error { _, err := tx.Meet(ctx, c.ID, talk, true); return err },
		"follow": func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.FollowUp(ctx, c.ID, 7, cases.FollowStop)
			return err
		},
		"calm": func(ctx context.Context, tx *storage.Tx) error { return tx.Calm(ctx, cases.HelpStream, c.ID) },
		"rate": func(ctx context.Context, tx *storage.Tx) error { return tx.Rate(ctx, cases.HelpStream, c.ID, 5) },
		"cut":  func(ctx context.Context, tx *storage.Tx) error { return tx.CutRoute(ctx, cases.HelpStream, c.ID) },
		"withdraw": func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.TakeBack(ctx, cases.HelpStream, c.ID)
			return err
		},
		"delete": func(ctx context.Context, tx *storage.Tx) error {
			_, _, err := tx.Forget(ctx, cases.HelpStream, c.ID)
			return err
		},
		"word": func(ctx context.Context, tx *storage.Tx) error {
			return tx.SetWord(ctx, cases.HelpStream, c.ID, "của tôi")
		},
		"claim": func(ctx context.Context, tx *storage.Tx) error { return tx.Claim(ctx, cases.HelpStream, c.ID, route) },
	}
	refused := func(h holder) {
		t.Helper()
		for name, deed := range deeds {
			if err := b.holds(h, deed); cases.TextOf(err) != cases.NotYours {
				t.Errorf("%s by %+v: %v", name, h, err)
			}
		}
	}
	for _, h := range []holder{{Chat: binh}, {}, {Word: "đoán bừa"}} {
		refused(h)
	}
	if err := b.holds(holder{Chat: binh}, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.AddInfo(ctx, cases.HelpStream, c.ID, route, "Thêm lời", nil) // and joins those who get news
		return err
	}); err != nil {
		t.Fatal(err)
	}
	refused(holder{Chat: binh})
	if err := b.holds(holder{Chat: an}, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.LookUp(ctx, receipt)
		if len(v.Elsewhere) != 0 {
			t.Errorf("the sender is told of itself: %+v", v.Elsewhere)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	told := func(h holder) (n int) {
		t.Helper()
		if err := b.holds(h, func(ctx context.Context, tx *storage.Tx) error {
			v, err := tx.LookUp(ctx, receipt)
			for _, r := range v.Elsewhere {
				if r.Chat != an {
					t.Errorf("told %d", r.Chat)
				}
			}
			n = len(v.Elsewhere)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if first, second := told(holder{Chat: binh}), told(holder{}); first != 1 || second != 0 {
		t.Errorf("told %d times, then %d", first, second)
	}
	b.pass(24 * time.Hour)
	if told(holder{}) != 1 {
		t.Error("not told of the web form, a day later")
	}
	if err := b.holds(holder{Chat: an}, deeds["consent"]); err != nil {
		t.Errorf("the sender may not agree: %v", err)
	}
}

// The word that the sender chose lets decide from anywhere, as one types it on another
// telephone, and a chat that knew it once decides from then on. It cannot be read.
func TestTheChosenWordLetsDecideFromAnywhere(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, c := b.help(an)
	set := func(word string) func(ctx context.Context, tx *storage.Tx) error {
		return func(ctx context.Context, tx *storage.Tx) error { return tx.SetWord(ctx, cases.HelpStream, c.ID, word) }
	}
	for _, word := range []string{"", "abc", "  a b  "} {
		if err := b.holds(holder{Chat: an}, set(word)); cases.KindOf(err) != cases.Invalid {
			t.Errorf("%q: %v", word, err)
		}
	}
	if err := b.holds(holder{Chat: an}, set("Hoa Sữa  mùa thu")); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from casework.cases where word is not null and position('hoa sua'::bytea in word) = 0", 1)
	route := cases.Route{Chat: binh, Lang: "vi"}
	claim := func(ctx context.Context, tx *storage.Tx) error { return tx.Claim(ctx, cases.HelpStream, c.ID, route) }
	if err := b.holds(holder{Chat: binh, Word: "hoa sua mua he"}, claim); cases.TextOf(err) != cases.NotYours {
		t.Errorf("a wrong word: %v", err)
	}
	if err := b.holds(holder{Chat: binh, Word: "hoa sua mua thu"}, claim); err != nil {
		t.Fatal(err)
	}
	if err := b.holds(holder{Chat: binh}, set("khác hẳn")); err != nil {
		t.Errorf("not its own: %v", err)
	}
	if err := b.holds(holder{Word: "khac han"}, func(ctx context.Context, tx *storage.Tx) error {
		_, _, err := tx.Forget(ctx, cases.HelpStream, c.ID)
		return err
	}); err != nil {
		t.Errorf("not deleted from the web form: %v", err)
	}
	b.count("select count(*) from casework.cases where word is not null", 0)
}

// A case of the web form, and one that was cut off from its chat, have their receipt alone.
func TestACaseWithoutAChatHasItsReceipt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	_, c := b.help(an)
	cut := func(ctx context.Context, tx *storage.Tx) error { return tx.CutRoute(ctx, cases.HelpStream, c.ID) }
	if err := b.holds(holder{Chat: an}, cut); err != nil {
		t.Fatal(err)
	}
	if err := b.holds(holder{}, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.TakeBack(ctx, cases.HelpStream, c.ID)
		return err
	}); err != nil {
		t.Error(err)
	}
}
