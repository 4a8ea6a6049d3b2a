package storage

import (
	"context"
	"crypto/rand"
	"encoding/base64"
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
	return cases.Staff{
		ID: cases.StaffID(r.ID), Role: cases.Role(r.Role), Name: string(name), Locked: r.Locked, Route: back, Newest: int(r.Newest),
		Access: cases.Access{Chosen: r.Chosen, Wrong: int(r.Wrong), Barred: instant(r.BarredUntil), Open: instant(r.OpenUntil)},
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
	for _, r := range rows {
		one, err := s.openStaff(r)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
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

// InviteTime is how long an invitation can be used.
const InviteTime = 24 * time.Hour

const inviteBytes = 18 // 144 bits, 24 symbols in a link of at most 64

// Invite makes a one-time token that opens an account. by is 0 on the command line.
func (t *Tx) Invite(ctx context.Context, by cases.StaffID, role cases.Role, name string) (string, time.Time, error) {
	return t.s.invite(ctx, t.q, t.now, by, role, name)
}

// Invite makes a one-time token that opens an account.
func (s *Store) Invite(ctx context.Context, role cases.Role, name string) (string, time.Time, error) {
	return s.invite(ctx, s.queries(), s.now(), 0, role, name)
}

func (s *Store) invite(ctx context.Context, q *db.Queries, now time.Time, by cases.StaffID, role cases.Role, name string) (string, time.Time, error) {
	if _, err := cases.ParseRole(string(role)); err != nil {
		return "", time.Time{}, err
	}
	raw := make([]byte, inviteBytes)
	rand.Read(raw)
	token := base64.RawURLEncoding.EncodeToString(raw)
	hash, expires := s.vault.Token(token), now.Add(InviteTime)
	err := q.AddInvite(ctx, db.AddInviteParams{
		Hash: hash, WardID: int32(s.conf.Ward), Role: string(role), ExpiresAt: expires,
		Name: s.vault.SealEdge(s.place("invites.name", hash), []byte(name)), ByStaff: staffRef(by),
	})
	return token, expires, interpret(err)
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

// AcceptInvite opens the account an invitation was made for; Expired when the
// token is unknown, used or too old.
func (t *Tx) AcceptInvite(ctx context.Context, token string, back cases.Route) (cases.Staff, error) {
	hash := t.s.vault.Token(token)
	used, err := t.q.UseInvite(ctx, db.UseInviteParams{Hash: hash, WardID: int32(t.s.conf.Ward), Now: &t.now})
	if err = interpret(err); cases.KindOf(err) == cases.NotFound && err != nil {
		return cases.Staff{}, cases.Fail(cases.Expired, "error.expired")
	}
	if err != nil {
		return cases.Staff{}, err
	}
	name, err := t.s.vault.OpenEdge(t.s.place("invites.name", hash), used.Name)
	if err != nil {
		return cases.Staff{}, err
	}
	id, err := t.s.putStaff(ctx, t.q, t.now, cases.Role(used.Role), string(name), back)
	if err != nil {
		return cases.Staff{}, err
	}
	t.colleagues = nil
	t.staff = &cases.Staff{ID: id, Role: cases.Role(used.Role), Name: string(name), Route: back}
	return *t.staff, nil
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
	if err != nil || pin == "" {
		return id, err
	}
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

// Lock locks or unlocks an account; NotFound when the ward has none of that number.
// A locked one gets nothing of what still waits to be sent to it.
func (t *Tx) Lock(ctx context.Context, id cases.StaffID, locked bool) error {
	who, err := t.q.LockStaff(ctx, db.LockStaffParams{WardID: int32(t.s.conf.Ward), ID: int64(id), Locked: locked})
	if err != nil {
		return interpret(err)
	}
	t.colleagues = nil
	if !locked {
		return nil
	}
	return interpret(t.q.DropLane(ctx, db.DropLaneParams{Lane: who, Now: &t.now}))
}
