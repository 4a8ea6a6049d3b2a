package storage_test

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

// meeting is an entry of a register with words.
func meeting(day string) cases.RegisterEntry {
	return cases.RegisterEntry{Form: "meetings", Answers: cases.Answers{"day": day, "meetings": "1", "title": "Giao ban tháng ở hội trường"}}
}

func writeRegister(ctx context.Context, tx *storage.Tx, by cases.Staff) error {
	_, err := tx.PutRegisterEntry(ctx, by, meeting("2026-03-12"))
	return err
}

// put keeps an entry as a person.
func (b *bench) put(by cases.Staff, e cases.RegisterEntry) (kept cases.RegisterEntry, err error) {
	b.t.Helper()
	err = b.try(officer, func(ctx context.Context, t *storage.Tx) (err error) {
		kept, err = t.PutRegisterEntry(ctx, by, e)
		return err
	})
	return kept, err
}

var halfYear = cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 6, Day: 30}}

// An entry is corrected by a new version, of two who change it the second is told, and
// what is void counts no more and stays as it is.
func TestRegisterKeepsVersions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	first, err := b.put(o, cases.RegisterEntry{Form: "communication", Answers: cases.Answers{
		"day": "2026-03-12", "form": "direct", "audience": "residents", "sessions": "1", "attendance": "400", "leaflets": "100", "topic": "Nhà văn hóa tổ 3",
	}})
	if err != nil || first.ID != 1 || first.Version != 1 || first.By != o.Name {
		t.Fatal(first, err)
	}
	changed := first
	changed.Answers = maps.Clone(first.Answers)
	changed.Answers["attendance"] = "40"
	if changed, err = b.put(o, changed); err != nil || changed.Version != 2 {
		t.Fatal(changed, err)
	}
	if _, err := b.put(o, first); cases.KindOf(err) != cases.Conflict {
		t.Errorf("changed over a change: %v", err)
	}
	other := changed
	other.Form = "meetings"
	if _, err := b.put(o, other); cases.KindOf(err) != cases.Conflict {
		t.Errorf("moved to another register: %v", err)
	}
	second, err := b.put(o, meeting("2026-02-02"))
	if err != nil || second.ID != 2 {
		t.Fatal(second, err)
	}
	second.Void, second.Reason = true, "ghi nhầm"
	if second, err = b.put(o, second); err != nil {
		t.Fatal(err)
	}
	second.Void = false
	if _, err := b.put(o, second); cases.KindOf(err) != cases.Conflict {
		t.Errorf("a void entry counts again: %v", err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.Registers(ctx, halfYear)
		if err != nil || v["B.attendance"].N != 40 || v["B.sessions.direct"].N != 1 || v["A.meetings"].Given {
			t.Errorf("%+v %v", v, err)
		}
		list, err := tx.RegisterEntries(ctx, halfYear, "communication")
		if err != nil || len(list) != 1 || list[0].Answers["topic"] != "Nhà văn hóa tổ 3" || list[0].Answers["attendance"] != "40" {
			t.Errorf("%+v %v", list, err)
		}
		list, err = tx.RegisterEntries(ctx, halfYear, "meetings")
		if err != nil || len(list) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		history, err := tx.RegisterHistory(ctx, 1)
		if err != nil || len(history) != 2 || history[1].Answers["attendance"] != "400" {
			t.Errorf("%+v %v", history, err)
		}
		page, total, err := tx.RegisterPage(ctx, "meetings", 0, 5)
		if err != nil || total != 1 || !page[0].Void || page[0].Reason != "ghi nhầm" {
			t.Errorf("%+v %d %v", page, total, err)
		}
		if _, err := tx.RegisterHistory(ctx, 9); cases.KindOf(err) != cases.NotFound {
			t.Error(err)
		}
		_, err = tx.RegisterEntries(ctx, halfYear, "nothing")
		if cases.KindOf(err) != cases.NotFound {
			t.Error(err)
		}
		return nil
	})
}

// Results of the police are written by the police alone, whatever the caller lets through.
func TestRegisterIsWrittenByItsRoles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	staff := map[cases.Role]cases.Staff{}
	for i, role := range cases.Roles {
		staff[role] = b.staff(int64(3000+i), role)
	}
	answers := cases.Answers{"day": "2026-03-12", "kind": "licence", "licences": "1"}
	for role, s := range staff {
		_, err := b.put(s, cases.RegisterEntry{Form: "results", Answers: answers})
		if (err == nil) != (role == cases.Police) || err != nil && cases.KindOf(err) != cases.NotFound {
			t.Errorf("%s: %v", role, err)
		}
	}
	if _, err := b.put(staff[cases.Officer], cases.RegisterEntry{Form: "no such register"}); cases.KindOf(err) != cases.NotFound {
		t.Error(err)
	}
}

// Pages are the newest days first; nobody gets the number of somebody else's entry, and
// the other ward sees nothing.
func TestRegisterPagesAndNumbers(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	o := k.staff(officer, cases.Officer)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			err := k.Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.PutRegisterEntry(ctx, o, meeting(cases.DayText(halfYear.From.Add(i))))
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	k.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		page, total, err := tx.RegisterPage(ctx, "meetings", 2, 5)
		if err != nil || total != 12 || len(page) != 2 || page[0].Answers["day"] != "2026-01-02" || page[1].Answers["day"] != "2026-01-01" {
			t.Errorf("%+v %d %v", page, total, err)
		}
		v, err := tx.Registers(ctx, halfYear)
		if err != nil || v["A.meetings"].N != 12 {
			t.Errorf("%+v %v", v, err)
		}
		return nil
	})
	if err := storage.PutWard(t.Context(), k.url, cases.Ward{ID: 2, Name: "phường khác"}); err != nil {
		t.Fatal(err)
	}
	err := k.store(k.live, 2).Do(t.Context(), func(ctx context.Context, tx *storage.Tx) error {
		v, err := tx.Registers(ctx, halfYear)
		if len(v) != 0 {
			t.Errorf("the other ward counts %+v", v)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What is written in words is sealed in the database, and sealed anew when keys change.
func TestRegisterWordsAreSealed(t *testing.T) {
	t.Parallel()
	k := setupKeyed(t)
	o := k.staff(officer, cases.Officer)
	e, err := k.put(o, meeting("2026-03-12"))
	if err != nil {
		t.Fatal(err)
	}
	e.Void, e.Reason = true, "ghi nhầm ngày"
	if _, err := k.put(o, e); err != nil {
		t.Fatal(err)
	}
	k.pass(time.Hour)
	k.rotate()
	k.count("select count(*) from ward.register_entries", 2)
	k.count(`select count(*) from ward.register_entries e where to_jsonb(e)::text || encode(e.sealed, 'escape') ~ 'Giao ban|ghi nh'`, 0)
	k.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		history, err := tx.RegisterHistory(ctx, e.ID)
		if err != nil || history[0].Reason != "ghi nhầm ngày" || history[1].Answers["title"] == "" {
			t.Errorf("%+v %v", history, err)
		}
		return nil
	})
}
