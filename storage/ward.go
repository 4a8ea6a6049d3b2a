package storage

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

func putWard(ctx context.Context, q *db.Queries, w cases.Ward) error {
	if w.Phones == nil {
		w.Phones = map[string]string{}
	}
	phones, err := json.Marshal(w.Phones)
	if err != nil {
		return fmt.Errorf("writing phones: %w", err)
	}
	bodies, err := json.Marshal(append([]cases.Body{}, w.Bodies...))
	if err != nil {
		return fmt.Errorf("writing bodies: %w", err)
	}
	return q.PutWard(ctx, db.PutWardParams{
		ID: int32(w.ID), Name: w.Name, Reception: w.Reception, Hamlets: append([]string{}, w.Hamlets...), Phones: phones,
		PoliceException: w.PoliceException, Bodies: bodies, ExitUrl: w.Exit,
	})
}

// Ward tells what the bot must know of the ward.
func (t *Tx) Ward(ctx context.Context) (cases.Ward, error) { return ward(ctx, t.q, t.s.conf.Ward) }

// Ward tells what the program must know of the ward; NotFound when nobody has
// set it up.
func (s *Store) Ward(ctx context.Context) (cases.Ward, error) {
	return ward(ctx, s.queries(), s.conf.Ward)
}

func ward(ctx context.Context, q *db.Queries, id cases.WardID) (cases.Ward, error) {
	row, err := q.Ward(ctx, int32(id))
	if err != nil {
		return cases.Ward{}, interpret(err)
	}
	w := cases.Ward{ID: cases.WardID(row.ID), Name: row.Name, Reception: row.Reception, Hamlets: row.Hamlets, Phones: map[string]string{}, PoliceException: row.PoliceException, Exit: row.ExitUrl}
	if err := json.Unmarshal(row.Phones, &w.Phones); err != nil {
		return cases.Ward{}, fmt.Errorf("reading phones of the ward: %w", err)
	}
	if err := json.Unmarshal(row.Bodies, &w.Bodies); err != nil {
		return cases.Ward{}, fmt.Errorf("reading bodies of the ward: %w", err)
	}
	return w, nil
}

func (s *Store) place(column string, row []byte) vault.Place {
	return vault.Place{Ward: s.conf.Ward, Column: column, Row: hex.EncodeToString(row)}
}

func (s *Store) openStaff(r db.StaffRow) (cases.Staff, error) {
	name, err := s.vault.OpenEdge(s.place("staff.name", r.Who), r.Name)
	if err != nil {
		return cases.Staff{}, err
	}
	back, err := s.vault.OpenEdgeRoute(s.place("staff.route", r.Who), r.Route)
	if err != nil {
		return cases.Staff{}, err
	}
	altered := !s.isBound(r)
	return cases.Staff{
		ID: cases.StaffID(r.ID), Role: cases.Role(r.Role), Name: string(name), Locked: r.Locked || altered, Altered: altered, Route: back, Newest: int(r.Newest), Event: r.Event,
		Access: cases.Access{Chosen: r.Chosen, Wrong: int(r.Wrong), Barred: instant(r.BarredUntil), Open: instant(r.OpenUntil), Since: instant(r.OpenedAt)},
	}, nil
}

// StaffList lists all accounts of the ward.
func (t *Tx) StaffList(ctx context.Context) ([]cases.Staff, error) {
	if t.colleagues != nil {
		return t.colleagues, nil
	}
	list, err := t.s.staffList(ctx, t.q)
	t.colleagues = list
	return list, err
}

// StaffList lists all accounts of the ward.
func (s *Store) StaffList(ctx context.Context) ([]cases.Staff, error) {
	return s.staffList(ctx, s.queries())
}

func (s *Store) staffList(ctx context.Context, q *db.Queries) ([]cases.Staff, error) {
	rows, err := q.Staff(ctx, int32(s.conf.Ward))
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.Staff, 0, len(rows))
	opened := len(rows) == 0
	for _, r := range rows {
		one, fault := s.openStaff(r)
		if fault != nil { // it holds up no other, unless all are so: then the keys are others
			one, err = cases.Staff{ID: cases.StaffID(r.ID), Role: cases.Role(r.Role), Name: "?", Locked: true, Altered: true}, fault
		}
		opened = opened || fault == nil
		list = append(list, one)
	}
	if !opened {
		return nil, err
	}
	return list, nil
}

// StaffWith lists the accounts that have a right and are not locked. Instead of who
// is away stands whoever stands in.
func (t *Tx) StaffWith(ctx context.Context, right cases.Right) ([]cases.Staff, error) {
	all, err := t.StaffList(ctx)
	var list []cases.Staff
	for _, s := range all {
		if !s.Locked && s.Role.May(right) {
			list = append(list, s)
		}
	}
	if err != nil {
		return nil, err
	}
	return t.deputies(ctx, list)
}

// staffName is the name of a colleague, "" for nobody.
func (t *Tx) staffName(ctx context.Context, id *int64) (string, error) {
	if id == nil {
		return "", nil
	}
	all, err := t.StaffList(ctx)
	for _, s := range all {
		if int64(s.ID) == *id {
			return s.Name, nil
		}
	}
	return "", err
}

// staffOf is the account a row names; 0 = nobody.
func staffOf(id *int64) cases.StaffID {
	if id == nil {
		return 0
	}
	return cases.StaffID(*id)
}

func staffRef(id cases.StaffID) *int64 {
	if id == 0 {
		return nil
	}
	n := int64(id)
	return &n
}

func (s *Store) putStaff(ctx context.Context, q *db.Queries, now time.Time, role cases.Role, name string, back cases.Route) (cases.StaffID, error) {
	who := s.vault.Who(back.Chat)
	id, err := q.PutStaff(ctx, db.PutStaffParams{
		WardID: int32(s.conf.Ward), Who: who, Role: string(role), Now: now,
		Name:  s.vault.SealEdge(s.place("staff.name", who), []byte(name)),
		Route: s.vault.SealEdgeRoute(s.place("staff.route", who), back),
	})
	return cases.StaffID(id), interpret(err)
}

// AddStaff opens an account without an invitation, for a ward that is being set up.
// With a PIN it is open at once; without one its owner has to choose one first.
func (t *Tx) AddStaff(ctx context.Context, role cases.Role, name, pin string, back cases.Route) (cases.StaffID, error) {
	id, err := t.s.putStaff(ctx, t.q, t.now, role, name, back)
	t.colleagues = nil
	if err != nil {
		return id, err
	}
	of := cases.Staff{ID: id, Role: role, Name: name, Route: back}
	if _, err := t.recordAccount(ctx, cases.AccountEvent{Verb: cases.AccountOpened, Name: name, Role: role}, of); err != nil || pin == "" {
		return id, err
	}
	t.colleagues = nil
	return id, t.putPIN(ctx, id, t.s.vault.Who(back.Chat), pin)
}

// AddStaff is Tx.AddStaff in a transaction of its own.
func (s *Store) AddStaff(ctx context.Context, role cases.Role, name, pin string, back cases.Route) (id cases.StaffID, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		id, err = t.AddStaff(ctx, role, name, pin, back)
		return err
	})
	return id, err
}
