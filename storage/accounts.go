package storage

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// The history of accounts is one chain a ward. The code of a row is keyed, since names are
// soon guessed by whoever has a plain hash of one, and so that nobody without the keys makes
// a row that fits.

const (
	accountColumn = "account_events.sealed"
	accountBatch  = 500
)

// accountNames are the sealed part of a row.
type accountNames struct {
	Name   string `json:"name"`
	Former string `json:"former,omitempty"`
	By     string `json:"by,omitempty"`
}

func accountRow(seq int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(seq)) }

// accountCode is the code of a row after the one before.
func (s *Store) accountCode(previous []byte, e cases.AccountEvent, names []byte) []byte {
	var out []byte
	part := func(b []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(b)))
		out = append(out, b...)
	}
	number := func(n int64) { part(binary.BigEndian.AppendUint64(nil, uint64(n))) }
	part(previous)
	number(int64(s.conf.Ward))
	number(e.Seq)
	number(e.At.UnixMicro())
	part([]byte(e.Verb))
	number(int64(e.Account))
	number(int64(e.By))
	part([]byte(e.Role))
	part([]byte(e.From))
	part([]byte(e.Invite))
	part(names)
	return s.vault.AccountEvent(out)
}

// bindingCode binds who an account is, what it may and whether it is locked to the newest row
// of the history about it: what was so before a later row is so no more.
func (s *Store) bindingCode(event int64, id cases.StaffID, who []byte, role cases.Role, locked bool) []byte {
	out := []byte("binding")
	for _, n := range []int64{int64(s.conf.Ward), event, int64(id)} {
		out = binary.BigEndian.AppendUint64(out, uint64(n))
	}
	if out = append(out, 0); locked {
		out[len(out)-1] = 1
	}
	out = binary.BigEndian.AppendUint32(out, uint32(len(who)))
	return s.vault.AccountEvent(append(append(out, who...), role...))
}

// isBound reports whether a row of an account is what the history of accounts says. Before
// the history begins, after an update from a release without one, every row is.
func (s *Store) isBound(r db.StaffRow) bool {
	if !r.Begun {
		return true
	}
	return hmac.Equal(r.Bound, s.bindingCode(r.Event, cases.StaffID(r.ID), r.Who, cases.Role(r.Role), r.Locked))
}

// recordStep appends a row about an account of the ward, by the account of the update, before
// the step is done. NotFound when there is no such account, Conflict when it was altered: a
// step would make good what somebody did to it.
func (t *Tx) recordStep(ctx context.Context, verb cases.AccountVerb, id cases.StaffID) error {
	t.colleagues = nil
	all, err := t.StaffList(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(s cases.Staff) bool { return s.ID == id })
	switch {
	case i < 0:
		return cases.Fail(cases.NotFound, "")
	case all[i].Altered:
		return cases.Fail(cases.Conflict, "account.altered")
	}
	of := all[i]
	switch verb {
	case cases.AccountLocked:
		of.Locked = true
	case cases.AccountUnlocked:
		of.Locked = false
	}
	e := cases.AccountEvent{Verb: verb, Name: of.Name, Role: of.Role}
	if t.staff != nil {
		e.By = t.staff.ID
	}
	_, err = t.recordAccount(ctx, e, of)
	return err
}

// recordAccount appends a row to the history of accounts, about an account as it is after the
// step (the zero value for an invitation). With the first row of a ward the accounts that are
// there come into the history.
func (t *Tx) recordAccount(ctx context.Context, e cases.AccountEvent, of cases.Staff) (int64, error) {
	ward := int32(t.s.conf.Ward)
	e.Account = of.ID
	if e.By != 0 && e.ByName == "" {
		name, err := t.staffName(ctx, staffRef(e.By))
		if err != nil {
			return 0, err
		}
		e.ByName = name
	}
	if err := t.q.LockAccountHistory(ctx, ward); err != nil {
		return 0, interpret(err)
	}
	if e.Verb != cases.AccountFound {
		if err := t.adopt(ctx, of.ID); err != nil {
			return 0, err
		}
	}
	last, err := t.q.LastAccountEvent(ctx, ward)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return 0, interpret(err)
	}
	e.Seq, e.At = last.Seq+1, t.now
	names, err := json.Marshal(accountNames{Name: e.Name, Former: e.Former, By: e.ByName})
	if err != nil {
		return 0, fmt.Errorf("writing names: %w", err)
	}
	t.colleagues = nil
	var bound []byte
	if of.ID != 0 {
		bound = t.s.bindingCode(e.Seq, of.ID, t.s.vault.Who(of.Route.Chat), of.Role, of.Locked)
	}
	return e.Seq, interpret(t.q.AddAccountEvent(ctx, db.AddAccountEventParams{
		WardID: ward, Seq: e.Seq, At: e.At, Verb: string(e.Verb), Account: staffRef(e.Account), ByStaff: staffRef(e.By),
		Role: string(e.Role), RoleBefore: string(e.From), Invite: e.Invite,
		Sealed: t.s.vault.SealEdgeText(t.s.place(accountColumn, accountRow(e.Seq)), names), Code: t.s.accountCode(last.Code, e, names),
		Bound: bound,
	}))
}

// adopt begins the history of a ward with the accounts that are there, but for one that is
// about to come in. Where the history has begun it does nothing: an account that is not in it
// was not made by this program.
func (t *Tx) adopt(ctx context.Context, but cases.StaffID) error {
	if _, err := t.q.LastAccountEvent(ctx, int32(t.s.conf.Ward)); !errors.Is(err, pgx.ErrNoRows) {
		return interpret(err)
	}
	all, err := t.StaffList(ctx)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.ID == but {
			continue
		}
		if _, err := t.recordAccount(ctx, cases.AccountEvent{Verb: cases.AccountFound, Name: one.Name, Role: one.Role}, one); err != nil {
			return err
		}
	}
	return nil
}

// openAccountEvent opens a row; names are its sealed part.
func (s *Store) openAccountEvent(r db.AccountEventsRow) (e cases.AccountEvent, names []byte, err error) {
	e = cases.AccountEvent{
		Seq: r.Seq, At: r.At, Verb: cases.AccountVerb(r.Verb), Account: staffOf(r.Account), Role: cases.Role(r.Role), From: cases.Role(r.RoleBefore),
		By: staffOf(r.ByStaff), Invite: r.Invite,
	}
	names, in, err := s.openAccountNames(r.Seq, r.Sealed)
	e.Name, e.Former, e.ByName = in.Name, in.Former, in.By
	return e, names, err
}

func (s *Store) openAccountNames(seq int64, sealed []byte) (raw []byte, in accountNames, err error) {
	if raw, err = s.vault.OpenEdgeText(s.place(accountColumn, accountRow(seq)), sealed); err != nil {
		return nil, in, err
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		return nil, in, cases.Reason("storage: names in the history of accounts cannot be read")
	}
	return raw, in, nil
}

// AccountLog lists a page of the history of accounts, from page 0, the newest row first.
func (t *Tx) AccountLog(ctx context.Context, page, size int) (out cases.AccountLog, err error) {
	ward := int32(t.s.conf.Ward)
	last, err := t.q.LastAccountEvent(ctx, ward)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return out, interpret(err)
	}
	out.Total = int(last.Seq)
	rows, err := t.q.AccountEventsBack(ctx, db.AccountEventsBackParams{WardID: ward, Size: int32(size), Skip: int32(page * size)})
	if err != nil {
		return out, interpret(err)
	}
	for _, r := range rows {
		e, _, err := t.s.openAccountEvent(db.AccountEventsRow(r))
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, e)
	}
	return out, nil
}

// FindAccounts begins the history of the accounts that a program of the release before
// opened, with their names as they are.
func (s *Store) FindAccounts(ctx context.Context) error {
	return s.Do(ctx, func(ctx context.Context, t *Tx) error {
		if err := t.q.LockAccountHistory(ctx, int32(s.conf.Ward)); err != nil {
			return interpret(err)
		}
		return t.adopt(ctx, 0)
	})
}

// nameThen is the name of an account as it was when event was the newest row about it. Of a
// row of a case without one it is the first name the account had.
func (t *Tx) nameThen(ctx context.Context, id, event *int64) (string, error) {
	if id == nil {
		return "", nil
	}
	key := [2]int64{*id, 0}
	if event != nil {
		key[1] = *event
	}
	if name, ok := t.names[key]; ok {
		return name, nil
	}
	name, err := t.readNameThen(ctx, key)
	if errors.Is(err, pgx.ErrNoRows) {
		name, err = t.staffName(ctx, id)
	}
	if err != nil {
		return "", interpret(err)
	}
	if t.names == nil {
		t.names = map[[2]int64]string{}
	}
	t.names[key] = name
	return name, nil
}

func (t *Tx) readNameThen(ctx context.Context, key [2]int64) (string, error) {
	ward, seq := int32(t.s.conf.Ward), key[1]
	var sealed []byte
	var err error
	if seq != 0 {
		sealed, err = t.q.AccountEventSealed(ctx, db.AccountEventSealedParams{WardID: ward, Seq: seq})
	} else {
		var first db.FirstAccountEventRow
		first, err = t.q.FirstAccountEvent(ctx, db.FirstAccountEventParams{WardID: ward, Account: &key[0]})
		seq, sealed = first.Seq, first.Sealed
	}
	if err != nil {
		return "", err
	}
	_, in, err := t.s.openAccountNames(seq, sealed)
	return in.Name, err
}

// eventOf is the newest row of the history about an account, nil = none.
func (t *Tx) eventOf(ctx context.Context, id cases.StaffID) (*int64, error) {
	if t.staff != nil && t.staff.ID == id && t.staff.Event != 0 {
		return &t.staff.Event, nil
	}
	all, err := t.StaffList(ctx)
	for _, s := range all {
		if s.ID == id && s.Event != 0 {
			return &s.Event, nil
		}
	}
	return nil, err
}

// whomEvent is eventOf the account that the detail of a row names.
func (t *Tx) whomEvent(ctx context.Context, verb cases.Verb, detail string) (*int64, error) {
	if verb != cases.Assign && verb != cases.CallOn {
		return nil, nil
	}
	id, err := strconv.ParseInt(detail, 10, 64)
	if err != nil || id == 0 {
		return nil, nil //nolint:nilerr // nobody
	}
	return t.eventOf(ctx, cases.StaffID(id))
}

// accountChain is what a check of the history of accounts found.
type accountChain struct {
	codes [][]byte // of rows 1, 2, …
	due   int64    // rows that must stand under an anchor
}

// code is that of row n, nil when it is not there.
func (c accountChain) code(n int64) []byte {
	if n < 1 || n > int64(len(c.codes)) {
		return nil
	}
	return c.codes[n-1]
}

// verifyAccounts checks the history of accounts: that each row is what its code says, and
// that none is missing.
func (t *Tx) verifyAccounts(ctx context.Context, out *Audit) (c accountChain, err error) {
	found := false
	fault := func(n int64, what string) { // the first; those after it follow from it
		if !found {
			found = true
			out.Faults = append(out.Faults, fmt.Sprintf("accounts: row %d %s", n, what))
		}
	}
	for after := int64(0); ; {
		rows, err := t.q.AccountEvents(ctx, db.AccountEventsParams{WardID: int32(t.s.conf.Ward), After: after, Most: accountBatch})
		if err != nil || len(rows) == 0 {
			return c, cmp.Or(interpret(err), t.verifyBound(ctx, out))
		}
		for _, r := range rows {
			want := int64(len(c.codes)) + 1
			if r.Seq != want {
				fault(want, "is missing")
				return c, nil
			}
			e, names, err := t.s.openAccountEvent(r)
			if err != nil || !bytes.Equal(t.s.accountCode(c.code(want-1), e, names), r.Code) {
				fault(r.Seq, "was changed")
			}
			c.codes = append(c.codes, r.Code)
			out.Accounts++
			if r.At.Before(t.now.Add(-anchorLate)) {
				c.due = r.Seq
			}
			after = r.Seq
		}
	}
}

// verifyBound checks that accounts are what the history says.
func (t *Tx) verifyBound(ctx context.Context, out *Audit) error {
	all, err := t.StaffList(ctx)
	for _, s := range all {
		if s.Altered {
			out.Faults = append(out.Faults, fmt.Sprintf("accounts: account %d was changed by other means", s.ID))
		}
	}
	return err
}

// anchorsAccounts is the stream whose anchors cover the history of accounts.
const anchorsAccounts = cases.ReportStream

// unanchored tells what the anchors say of the history of accounts that it does not bear out.
func (c accountChain) unanchored(anchors []*anchored) (faults []string) {
	var covered int64
	for _, a := range anchors {
		covered = max(covered, a.accounts)
	}
	if have := int64(len(c.codes)); covered > have {
		faults = append(faults, fmt.Sprintf("accounts: rows %d to %d are missing", have+1, covered))
	}
	if c.due > covered {
		faults = append(faults, fmt.Sprintf("accounts: %d rows are older than %d hours and under no anchor", c.due-covered, int(anchorLate.Hours())))
	}
	return faults
}

// accountsUntil is how many rows of the history of accounts an anchor covers, and the code
// of the last one.
func (t *Tx) accountsUntil(ctx context.Context, at time.Time) (n int64, code []byte, err error) {
	ward := int32(t.s.conf.Ward)
	n, err = t.q.AccountEventsUntil(ctx, db.AccountEventsUntilParams{WardID: ward, Until: at})
	if err != nil || n == 0 {
		return 0, nil, interpret(err)
	}
	code, err = t.q.AccountEventCode(ctx, db.AccountEventCodeParams{WardID: ward, Seq: n})
	return n, code, interpret(err)
}

// HelpViews lists who opened which request for help within some time, most often first;
// nothing of what stands in them.
func (t *Tx) HelpViews(ctx context.Context, from, to time.Time, most int) ([]cases.HelpViews, error) {
	if err := t.takeOn(ctx, cases.HelpStream); err != nil {
		return nil, err
	}
	if err := t.narrow(ctx, cases.HelpStream, cases.Staff{}); err != nil {
		return nil, err
	}
	rows, err := t.q.HelpViews(ctx, db.HelpViewsParams{WardID: int32(t.s.conf.Ward), Verb: string(cases.View), Since: from, Until: to, Most: int32(most)})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.HelpViews, 0, len(rows))
	for _, r := range rows {
		var event *int64
		if r.Named != 0 {
			event = &r.Named
		}
		name, err := t.nameThen(ctx, r.ByStaff, event)
		if err != nil {
			return nil, err
		}
		list = append(list, cases.HelpViews{
			Name: name, Number: cases.Number{Stream: cases.HelpStream, Year: int(r.Year), Seq: int(r.Seq)}, Times: int(r.Times), Last: r.Last, Holds: r.Holds,
		})
	}
	return list, nil
}
