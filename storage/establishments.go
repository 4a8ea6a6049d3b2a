package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5/pgtype"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// columns of sealed values of the register
const (
	establishmentColumn     = "establishments.sealed"
	inspectionColumn        = "inspections.sealed"
	inspectionPhotoColumn   = "inspection_photos.payload"
	establishmentListColumn = "establishment_lists.sealed"
	importColumn            = "establishment_imports.sealed"
)

// numbered is the name of a row with two numbers for the vault.
func numbered(a, b int32) []byte { return fmt.Appendf(nil, "%d.%d", a, b) }

func listRow(list string, version int32) []byte {
	return []byte(list + "." + strconv.Itoa(int(version)))
}

// maybeDay is a day that may be missing, as the database has it.
func maybeDay(d cases.Day) pgtype.Date {
	if !d.Valid() {
		return pgtype.Date{}
	}
	return day(d)
}

func dayFrom(d pgtype.Date) cases.Day {
	if !d.Valid {
		return cases.Day{}
	}
	y, m, n := d.Time.Date()
	return cases.Day{Year: y, Month: m, Day: n}
}

// Establishments is the register as it is now, by number, without what was removed.
func (t *Tx) Establishments(ctx context.Context) ([]cases.Establishment, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.Establishments(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	all := make([]cases.Establishment, 0, len(rows))
	for _, r := range rows {
		if r.Status == string(cases.EstablishmentRemoved) {
			continue
		}
		e, err := t.establishment(ctx, r)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// EstablishmentHistory gives all versions of an establishment, the newest first;
// NotFound when the ward has none of that number.
func (t *Tx) EstablishmentHistory(ctx context.Context, id int) ([]cases.Establishment, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.EstablishmentVersions(ctx, db.EstablishmentVersionsParams{WardID: int32(t.s.conf.Ward), ID: int32(id)})
	if err != nil {
		return nil, interpret(err)
	}
	if len(rows) == 0 {
		return nil, cases.Fail(cases.NotFound, "")
	}
	all := make([]cases.Establishment, 0, len(rows))
	for _, r := range rows {
		e, err := t.establishment(ctx, db.EstablishmentsRow(r))
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (t *Tx) establishment(ctx context.Context, r db.EstablishmentsRow) (cases.Establishment, error) {
	e := cases.Establishment{
		ID: int(r.ID), Version: int(r.Version), Type: r.Type, Risk: r.Risk, Hamlet: int(r.Hamlet), Security: r.Security, Vulnerable: r.Vulnerable,
		Commitment: r.Committed, Status: cases.EstablishmentStatus(r.Status), Reviewed: dayFrom(r.Reviewed), Import: int(r.Import),
		Deed: cases.EstablishmentDeed(r.Deed), At: r.At,
	}
	plain, err := t.s.vault.OpenEdge(t.s.place(establishmentColumn, numbered(r.ID, r.Version)), r.Sealed)
	if err != nil {
		return e, err
	}
	if json.Unmarshal(plain, &e.EstablishmentWords) != nil {
		return e, cases.Reason("reading an establishment: malformed")
	}
	e.By, err = t.staffName(ctx, r.ByStaff)
	return e, err
}

// PutEstablishment keeps an establishment as a new version; one without a number becomes
// a new entry. e.Deed says what changed. Conflict when somebody else has changed it since
// it was read.
func (t *Tx) PutEstablishment(ctx context.Context, by cases.Staff, e cases.Establishment) (cases.Establishment, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return e, err
	}
	fresh := e.ID == 0
	if fresh {
		next, err := t.q.NextEstablishment(ctx, int32(t.s.conf.Ward))
		if err != nil {
			return e, interpret(err)
		}
		e.ID, e.Version = int(next), 0
	}
	e.Version++
	e.At, e.By = t.now, by.Name
	row, err := t.establishmentRow(by.ID, e)
	if err != nil {
		return e, err
	}
	n, err := t.q.AddEstablishmentVersion(ctx, row)
	if err == nil && n == 0 {
		err = taken(fresh)
	}
	return e, interpret(err)
}

// taken is why a row could not be added: somebody else wrote this version, or took the
// number of a new entry in the same moment, which is tried again by itself.
func taken(fresh bool) error {
	if fresh {
		return cases.Fail(cases.Transient, "")
	}
	return cases.Fail(cases.Conflict, "")
}

func (t *Tx) establishmentRow(by cases.StaffID, e cases.Establishment) (db.AddEstablishmentVersionParams, error) {
	plain, err := json.Marshal(e.EstablishmentWords)
	if err != nil {
		return db.AddEstablishmentVersionParams{}, fmt.Errorf("writing an establishment: %w", err)
	}
	if e.Deed != cases.DeedImport && e.Deed != cases.DeedUndo {
		e.Import = 0
	}
	id, version := int32(e.ID), int32(e.Version)
	return db.AddEstablishmentVersionParams{
		WardID: int32(t.s.conf.Ward), ID: id, Version: version, At: t.now, ByStaff: staffRef(by), Deed: string(e.Deed), Type: e.Type, Risk: e.Risk,
		Hamlet: int32(e.Hamlet), Security: e.Security, Vulnerable: e.Vulnerable, Committed: e.Commitment, Status: string(e.Status),
		Reviewed: maybeDay(e.Reviewed), Import: int32(e.Import), Sealed: t.s.vault.SealEdge(t.s.place(establishmentColumn, numbered(id, version)), plain),
	}, nil
}

// EstablishmentLists are the lists of the ward, the defaults where it has none.
func (t *Tx) EstablishmentLists(ctx context.Context) (cases.EstablishmentLists, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return nil, err
	}
	rows, err := t.q.EstablishmentLists(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	lists := cases.DefaultLists()
	for _, r := range rows {
		plain, err := t.s.vault.OpenEdge(t.s.place(establishmentListColumn, listRow(r.List, r.Version)), r.Sealed)
		if err != nil {
			return nil, err
		}
		var items []cases.ListItem
		if json.Unmarshal(plain, &items) != nil {
			return nil, cases.Reason("reading a list of the ward: malformed")
		}
		lists[cases.ListName(r.List)] = items
	}
	return lists, nil
}

// PutEstablishmentList keeps a list as a new version. Conflict when somebody else wrote
// one at the same time.
func (t *Tx) PutEstablishmentList(ctx context.Context, by cases.StaffID, name cases.ListName, items []cases.ListItem) error {
	if err := t.as(ctx, roleDesk); err != nil {
		return err
	}
	ward := int32(t.s.conf.Ward)
	version, err := t.q.NextEstablishmentList(ctx, db.NextEstablishmentListParams{WardID: ward, List: string(name)})
	if err != nil {
		return interpret(err)
	}
	plain, err := json.Marshal(items)
	if err != nil {
		return fmt.Errorf("writing a list of the ward: %w", err)
	}
	n, err := t.q.PutEstablishmentList(ctx, db.PutEstablishmentListParams{
		WardID: ward, List: string(name), Version: version, At: t.now, ByStaff: staffRef(by),
		Sealed: t.s.vault.SealEdge(t.s.place(establishmentListColumn, listRow(string(name), version)), plain),
	})
	if err == nil && n == 0 {
		err = cases.Fail(cases.Conflict, "")
	}
	return interpret(err)
}

// Coverage counts the register at the end of a period; see cases.CoverageAt. The labels
// are those of the ward's lists.
func (t *Tx) Coverage(ctx context.Context, p cases.Period) (cases.Coverage, error) {
	if err := t.as(ctx, roleDesk); err != nil {
		return cases.Coverage{}, err
	}
	rows, err := t.q.EstablishmentFacts(ctx, int32(t.s.conf.Ward))
	if err != nil {
		return cases.Coverage{}, interpret(err)
	}
	versions := make([]cases.Establishment, 0, len(rows))
	for _, r := range rows {
		versions = append(versions, cases.Establishment{
			ID: int(r.ID), Version: int(r.Version), Type: r.Type, Risk: r.Risk, Hamlet: int(r.Hamlet), Security: r.Security, Vulnerable: r.Vulnerable,
			Commitment: r.Committed, Status: cases.EstablishmentStatus(r.Status), Reviewed: dayFrom(r.Reviewed), At: r.At,
		})
	}
	inspections, err := t.Inspections(ctx)
	if err != nil {
		return cases.Coverage{}, err
	}
	lists, err := t.EstablishmentLists(ctx)
	if err != nil {
		return cases.Coverage{}, err
	}
	c := cases.CoverageAt(p, versions, inspections)
	c.Labels = map[string]string{}
	for _, name := range []cases.ListName{cases.TypeList, cases.RiskList} {
		for _, item := range lists[name] {
			c.Labels[item.Key] = item.Label
		}
	}
	return c, nil
}

// Coverage is Tx.Coverage in a transaction of its own.
func (s *Store) Coverage(ctx context.Context, p cases.Period) (c cases.Coverage, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		c, err = t.Coverage(ctx, p)
		return err
	})
	return c, err
}
