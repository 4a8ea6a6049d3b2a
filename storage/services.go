package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const servicesColumn = "services.sealed"

func serviceRow(entry, version int32) []byte { return fmt.Appendf(nil, "%d.%d", entry, version) }

// Services lists the directory as it is now, in the order of the plan.
func (t *Tx) Services(ctx context.Context) ([]cases.ServiceEntry, error) {
	rows, err := t.q.ServiceEntries(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	var all []cases.ServiceEntry
	for _, s := range cases.Services {
		for _, r := range rows {
			if r.Service != string(s) {
				continue
			}
			e, err := t.serviceEntry(ctx, r)
			if err != nil {
				return nil, err
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// ServiceHistory gives all versions of an entry, the newest first; NotFound when the
// ward has none of that number.
func (t *Tx) ServiceHistory(ctx context.Context, id int) ([]cases.ServiceEntry, error) {
	rows, err := t.q.ServiceVersions(ctx, db.ServiceVersionsParams{WardID: int32(t.s.conf.Ward), Entry: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	if len(rows) == 0 {
		return nil, cases.Fail(cases.NotFound, "")
	}
	all := make([]cases.ServiceEntry, 0, len(rows))
	for _, r := range rows {
		e, err := t.serviceEntry(ctx, db.ServiceEntriesRow(r))
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (t *Tx) serviceEntry(ctx context.Context, r db.ServiceEntriesRow) (cases.ServiceEntry, error) {
	e := cases.ServiceEntry{
		ID: int(r.Entry), Version: int(r.Version), Service: cases.Service(r.Service), Free: r.Free, Youth: r.Youth, Shown: r.Shown, At: r.At,
	}
	plain, err := t.s.vault.OpenEdge(t.s.place(servicesColumn, serviceRow(r.Entry, r.Version)), r.Sealed)
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(plain, &e.ServiceWords); err != nil {
		return e, cases.Reason("reading an entry of the directory: malformed")
	}
	e.By, err = t.staffName(ctx, r.ByStaff)
	return e, err
}

// PutService keeps an entry as a new version; one without a number becomes a new
// entry. Conflict when somebody else has changed it since it was read.
func (t *Tx) PutService(ctx context.Context, by cases.Staff, e cases.ServiceEntry) (cases.ServiceEntry, error) {
	ward := int32(t.s.conf.Ward)
	if e.ID == 0 {
		next, err := t.q.NextServiceEntry(ctx, ward)
		if err != nil {
			return e, interpret(err)
		}
		e.ID, e.Version = int(next), 0
	}
	e.Version++
	e.At, e.By = t.now, by.Name
	plain, err := json.Marshal(e.ServiceWords)
	if err != nil {
		return e, fmt.Errorf("writing an entry of the directory: %w", err)
	}
	row := serviceRow(int32(e.ID), int32(e.Version))
	n, err := t.q.AddServiceVersion(ctx, db.AddServiceVersionParams{
		WardID: ward, Entry: int32(e.ID), Version: int32(e.Version), At: t.now, ByStaff: staffRef(by.ID), Service: string(e.Service),
		Free: e.Free, Youth: e.Youth, Shown: e.Shown, Sealed: t.s.vault.SealEdge(t.s.place(servicesColumn, row), plain),
	})
	if err == nil && n == 0 {
		err = cases.Fail(cases.Conflict, "")
	}
	return e, interpret(err)
}

func nextServices(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldServices(ctx, db.OldServicesParams{WardID: int32(b.ward), AfterEntry: int32(b.after.n), After: int32(b.after.m), Old: b.former.Edge, Most: b.most})
	var out []value
	for _, r := range rows {
		b.after.n, b.after.m = int64(r.Entry), int64(r.Version)
		at := b.place(servicesColumn, serviceRow(r.Entry, r.Version))
		out = append(out, edgeValue(t, at, r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealService(ctx, db.ResealServiceParams{WardID: int32(b.ward), Entry: r.Entry, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		}))
	}
	return out, err
}
