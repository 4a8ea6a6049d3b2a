package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const registerColumn = "register_entries.sealed"

// registerWords is the sealed form of what an entry says in words.
type registerWords struct {
	Words  cases.Answers `json:"words"`
	Reason string        `json:"reason,omitempty"`
}

// Registers gives the typed fields of the report for a period. A field nobody gave
// anything for is missing.
func (t *Tx) Registers(ctx context.Context, p cases.Period) (cases.FieldValues, error) {
	all, err := t.registerUntil(ctx, "", p.To)
	if err != nil {
		return nil, err
	}
	return cases.Totals(all, p), nil
}

// RegisterEntries gives the entries of a register that stand behind its totals for a
// period, the newest first; NotFound when there is no such register. Who may read them,
// the caller decides by Register.ReadBy.
func (t *Tx) RegisterEntries(ctx context.Context, p cases.Period, form string) ([]cases.RegisterEntry, error) {
	r, err := cases.RegisterOf(form)
	if err != nil {
		return nil, err
	}
	all, err := t.registerUntil(ctx, form, p.To)
	return slices.DeleteFunc(all, func(e cases.RegisterEntry) bool { return !r.Behind(e, p) }), err
}

func (t *Tx) registerUntil(ctx context.Context, form string, until cases.Day) ([]cases.RegisterEntry, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.RegisterEntries(ctx, db.RegisterEntriesParams{WardID: int32(t.s.conf.Ward), Form: form, Until: day(until)})
	if err != nil {
		return nil, interpret(err)
	}
	return t.registerEntries(ctx, rows)
}

// RegisterPage gives a page of a register, from page 0, the newest day first, and how
// many entries there are. Those that count no more are in it.
func (t *Tx) RegisterPage(ctx context.Context, form string, page, size int) (list []cases.RegisterEntry, total int, err error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, 0, err
	}
	rows, err := t.q.RegisterPage(ctx, db.RegisterPageParams{WardID: int32(t.s.conf.Ward), Form: form, Most: int32(size), Past: int32(page * size)})
	if err != nil {
		return nil, 0, interpret(err)
	}
	plain := make([]db.RegisterEntriesRow, 0, len(rows))
	for _, r := range rows {
		total = int(r.Total)
		plain = append(plain, db.RegisterEntriesRow{Entry: r.Entry, Version: r.Version, Form: r.Form, Answers: r.Answers, Sealed: r.Sealed, Void: r.Void, ByStaff: r.ByStaff, At: r.At})
	}
	list, err = t.registerEntries(ctx, plain)
	return list, total, err
}

// RegisterHistory gives all versions of an entry, the newest first; NotFound when the
// ward has none of that number.
func (t *Tx) RegisterHistory(ctx context.Context, id int) ([]cases.RegisterEntry, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.RegisterVersions(ctx, db.RegisterVersionsParams{WardID: int32(t.s.conf.Ward), Entry: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	if len(rows) == 0 {
		return nil, cases.Fail(cases.NotFound, "")
	}
	plain := make([]db.RegisterEntriesRow, 0, len(rows))
	for _, r := range rows {
		plain = append(plain, db.RegisterEntriesRow(r))
	}
	return t.registerEntries(ctx, plain)
}

func (t *Tx) registerEntries(ctx context.Context, rows []db.RegisterEntriesRow) ([]cases.RegisterEntry, error) {
	all := make([]cases.RegisterEntry, 0, len(rows))
	for _, r := range rows {
		e := cases.RegisterEntry{ID: int(r.Entry), Version: int(r.Version), Form: r.Form, Void: r.Void, At: r.At}
		plain, err := t.s.vault.OpenEdge(t.s.place(registerColumn, entryRow(r.Entry, r.Version)), r.Sealed)
		if err != nil {
			return nil, err
		}
		var said registerWords
		if json.Unmarshal(plain, &said) != nil || json.Unmarshal(r.Answers, &e.Answers) != nil || e.Answers == nil {
			return nil, cases.Reason("reading an entry of a register: malformed")
		}
		maps.Copy(e.Answers, said.Words)
		e.Reason = said.Reason
		if e.By, err = t.staffName(ctx, r.ByStaff); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func entryRow(entry, version int32) []byte { return fmt.Appendf(nil, "%d.%d", entry, version) }

const registerLock = 0x72656769 // "regi"

// PutRegisterEntry keeps an entry as a new version; one without a number becomes a new
// entry. NotFound for a register that is not this person's to fill; Conflict when
// somebody else has changed the entry since it was read, or when it counts no more.
func (t *Tx) PutRegisterEntry(ctx context.Context, by cases.Staff, e cases.RegisterEntry) (cases.RegisterEntry, error) {
	r, err := cases.RegisterOf(e.Form)
	if err == nil && !r.FilledBy(by.Role) {
		err = cases.Fail(cases.NotFound, "")
	}
	if err != nil {
		return e, err
	}
	if err := t.as(ctx, roleDesk); err != nil {
		return e, err
	}
	if e.ID == 0 {
		ward := int32(t.s.conf.Ward)
		if err := t.q.AloneNumberingRegister(ctx, db.AloneNumberingRegisterParams{Lock: registerLock, WardID: ward}); err != nil {
			return e, interpret(err)
		}
		next, err := t.q.NextRegisterEntry(ctx, ward)
		if err != nil {
			return e, interpret(err)
		}
		e.ID, e.Version = int(next), 0
	}
	err = t.addRegisterVersion(ctx, by, &e)
	return e, err
}

// addRegisterVersion keeps the next version of an entry. Its register, and that it still
// counts, is compared with what is kept.
func (t *Tx) addRegisterVersion(ctx context.Context, by cases.Staff, e *cases.RegisterEntry) error {
	if e.Version > 0 {
		former, err := t.RegisterHistory(ctx, e.ID)
		if err != nil {
			return err
		}
		if now := former[0]; now.Form != e.Form || now.Void || now.Version != e.Version {
			return cases.Fail(cases.Conflict, "")
		}
	}
	e.Version++
	e.At, e.By = t.now, by.Name
	said, rest := e.Words()
	words, err := json.Marshal(registerWords{said, e.Reason})
	if err != nil {
		return fmt.Errorf("writing an entry of a register: %w", err)
	}
	answers, err := json.Marshal(rest)
	if err != nil {
		return fmt.Errorf("writing an entry of a register: %w", err)
	}
	n, err := t.q.AddRegisterVersion(ctx, db.AddRegisterVersionParams{
		WardID: int32(t.s.conf.Ward), Entry: int32(e.ID), Version: int32(e.Version), Form: e.Form, Day: day(e.Day()), Answers: answers,
		Sealed: t.s.vault.SealEdge(t.s.place(registerColumn, entryRow(int32(e.ID), int32(e.Version))), words),
		Void:   e.Void, ByStaff: staffRef(by.ID), At: t.now,
	})
	if err == nil && n == 0 {
		err = cases.Fail(cases.Conflict, "")
	}
	return interpret(err)
}

func nextRegisterEntries(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldRegisterEntries(ctx, db.OldRegisterEntriesParams{WardID: int32(b.ward), AfterEntry: int32(b.after.n), After: int32(b.after.m), Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldRegisterEntriesRow) value {
		b.after.n, b.after.m = int64(r.Entry), int64(r.Version)
		return edgeValue(t, b.place(registerColumn, entryRow(r.Entry, r.Version)), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealRegisterEntry(ctx, db.ResealRegisterEntryParams{WardID: int32(b.ward), Entry: r.Entry, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
