package storage

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// can reports whether a step exists for a case now.
func can(row db.CaseworkCase, verb cases.Verb) bool {
	_, err := cases.Next(cases.Stream(row.Stream), cases.Status(row.Status), verb, row.Urgent)
	return err == nil && row.CaseKey != nil
}

// withdrawable reports whether the person may take a case back. An urgent report
// stays: whoever is in danger may be made to take it back.
func withdrawable(row db.CaseworkCase) bool {
	urgentReport := row.Urgent && row.Stream == string(cases.ReportStream)
	return can(row, cases.Withdraw) && !urgentReport
}

// own locks a case for the person who holds its receipt.
func (t *Tx) own(ctx context.Context, stream cases.Stream, caseID string) (*opened, error) {
	id, err := parseID(caseID)
	if err != nil {
		return nil, err
	}
	if err := t.enterForPerson(ctx, stream); err != nil {
		return nil, err
	}
	row, err := t.q.CaseByIDForUpdate(ctx, db.CaseByIDForUpdateParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), ID: id})
	if err != nil {
		return nil, interpret(err)
	}
	return t.opened(row.CaseworkCase)
}

// CutRoute destroys every way back to the person now. The case goes on; its
// receipt still shows how far it has come.
func (t *Tx) CutRoute(ctx context.Context, stream cases.Stream, caseID string) error {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return err
	}
	return t.cut(ctx, o)
}

func (t *Tx) cut(ctx context.Context, o *opened) error {
	n, err := t.q.CutRoutes(ctx, db.CutRoutesParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID})
	if err != nil || n == 0 {
		return interpret(err)
	}
	o.row.Silent = true
	if err := t.leaveAlone(ctx, o); err != nil {
		return err
	}
	if err := t.record(ctx, o, cases.CutRoute, o.status(), o.status(), nil, ""); err != nil {
		return err
	}
	return t.save(ctx, o)
}

// TakeBack withdraws a case for the person who sent it; NotAllowed when it has
// gone too far, or is urgent.
func (t *Tx) TakeBack(ctx context.Context, stream cases.Stream, caseID string) (cases.Case, error) {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	if !withdrawable(o.row) {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "own.out.late")
	}
	if err := t.step(ctx, o, cases.Change{Verb: cases.Withdraw}, nil); err != nil {
		return cases.Case{}, err
	}
	return t.assemble(ctx, o)
}

// Forget removes what the law lets a person have removed at once: of a request for
// help everything that was written; of a report the way back and the receipt,
// while its content stays for the time of retention. ended tells whether an open
// case was closed by it.
func (t *Tx) Forget(ctx context.Context, stream cases.Stream, caseID string) (c cases.Case, ended bool, err error) {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return c, false, err
	}
	if stream == cases.HelpStream && !o.status().Final() {
		if err := t.step(ctx, o, cases.Change{Verb: cases.Withdraw}, nil); err != nil {
			return c, false, err
		}
		ended = true
	}
	if err := t.cut(ctx, o); err != nil {
		return c, ended, err
	}
	if stream == cases.ReportStream {
		return c, ended, interpret(t.q.ForgetReceipt(ctx, db.ForgetReceiptParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), ID: o.row.ID}))
	}
	if err := t.erase(ctx, o); err != nil {
		return c, ended, err
	}
	c, err = t.assemble(ctx, o)
	return c, ended, err
}

// erase destroys the key of a case and wipes what it sealed.
func (t *Tx) erase(ctx context.Context, o *opened) error {
	if o.erased() {
		return nil
	}
	if err := t.record(ctx, o, cases.Erase, o.status(), o.status(), nil, ""); err != nil {
		return err
	}
	if err := t.save(ctx, o); err != nil {
		return err
	}
	if err := t.dropOriginals(ctx, o); err != nil {
		return err
	}
	if o.stream() == cases.ReportStream {
		if err := t.q.DropLinksOfReport(ctx, db.DropLinksOfReportParams{WardID: int32(t.s.conf.Ward), CaseID: o.row.ID}); err != nil {
			return interpret(err)
		}
	}
	o.row.CaseKey = nil
	if err := t.q.WipeRating(ctx, db.WipeRatingParams{Stream: o.row.Stream, CaseID: o.row.ID}); err != nil {
		return interpret(err)
	}
	return interpret(t.q.EraseCase(ctx, db.EraseCaseParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, ID: o.row.ID, Now: &t.now}))
}

// Retained counts what a run of retention removed, or would remove.
type Retained struct {
	Routes, Files, Cases int64
}

const retainBatch = 200

// DueForRetention counts what will be past its time in a while, of each stream.
func (s *Store) DueForRetention(ctx context.Context, r cases.Retention, ahead time.Duration) (map[cases.Stream]Retained, error) {
	out := map[cases.Stream]Retained{}
	for _, stream := range streams {
		err := s.Do(ctx, func(ctx context.Context, t *Tx) (err error) {
			out[stream], err = t.dueForRetention(ctx, stream, r, ahead)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (t *Tx) dueForRetention(ctx context.Context, stream cases.Stream, r cases.Retention, ahead time.Duration) (Retained, error) {
	if err := t.enter(ctx, stream); err != nil {
		return Retained{}, err
	}
	then := t.now.Add(ahead)
	row, err := t.q.CountRetention(ctx, db.CountRetentionParams{
		Stream: string(stream), WardID: int32(t.s.conf.Ward), RoutesBefore: before(then, r.Routes),
		FilesBefore: before(then, r.Files), CasesBefore: before(then, r.Content),
	})
	return Retained{Routes: row.Routes, Files: row.Files, Cases: row.Cases}, interpret(err)
}

// WarnOfRetention lets announce tell the staff of a stream what will be removed within
// a while, when there is something, and not again before a time has passed.
func (s *Store) WarnOfRetention(ctx context.Context, r cases.Retention, ahead, every time.Duration, announce func(cases.Stream, Retained) []Message) error {
	for _, stream := range streams {
		err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
			due, err := t.dueForRetention(ctx, stream, r, ahead)
			if err != nil || due == (Retained{}) {
				return err
			}
			if err := t.as(ctx, roleDesk); err != nil {
				return err
			}
			n, err := t.q.Hit(ctx, db.HitParams{WardID: int32(s.conf.Ward), Name: t.s.wardMeter(time.Time{}, "retention "+string(stream)), Until: t.now.Add(every), Now: t.now})
			if err != nil || n > 1 {
				return interpret(err)
			}
			return t.send(ctx, announce(stream, due))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func before(now time.Time, days int) *time.Time { return new(now.AddDate(0, 0, -days)) }

// Retain removes what is past its time: ways back first, then files, then the keys
// of whole cases. Each batch is a transaction of its own, so a run that is cut off
// goes on where it stopped. Figures keep their numbers.
func (s *Store) Retain(ctx context.Context, r cases.Retention) (Retained, error) {
	var out Retained
	for _, stream := range streams {
		for _, kind := range []struct {
			count *int64
			run   func(ctx context.Context, t *Tx, stream cases.Stream, r cases.Retention) (int, error)
		}{{&out.Routes, retainRoutes}, {&out.Files, retainFiles}, {&out.Cases, retainCases}} {
			for more := true; more; {
				err := s.Do(ctx, func(ctx context.Context, t *Tx) error {
					if err := t.enter(ctx, stream); err != nil {
						return err
					}
					n, err := kind.run(ctx, t, stream, r)
					*kind.count += int64(n)
					more = n == retainBatch
					return err
				})
				if err != nil {
					return out, err
				}
			}
		}
	}
	return out, nil
}

func retainRoutes(ctx context.Context, t *Tx, stream cases.Stream, r cases.Retention) (int, error) {
	ids, err := t.q.RoutesTooOld(ctx, db.RoutesTooOldParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), Before: before(t.now, r.Routes), Most: retainBatch})
	if err != nil {
		return 0, interpret(err)
	}
	return len(ids), t.forEach(ctx, stream, ids, t.cut)
}

func retainCases(ctx context.Context, t *Tx, stream cases.Stream, r cases.Retention) (int, error) {
	ids, err := t.q.CasesTooOld(ctx, db.CasesTooOldParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), Before: before(t.now, r.Content), Most: retainBatch})
	if err != nil {
		return 0, interpret(err)
	}
	return len(ids), t.forEach(ctx, stream, ids, t.erase)
}

func retainFiles(ctx context.Context, t *Tx, stream cases.Stream, r cases.Retention) (int, error) {
	rows, err := t.q.FilesTooOld(ctx, db.FilesTooOldParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), Before: before(t.now, r.Files), Most: retainBatch})
	if err != nil {
		return 0, interpret(err)
	}
	for _, f := range rows {
		if err := t.q.WipeFile(ctx, db.WipeFileParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), ID: f.ID}); err != nil {
			return 0, interpret(err)
		}
		if stream == cases.ReportStream {
			if err := t.q.DropOriginalFile(ctx, f.ID.String()); err != nil {
				return 0, interpret(err)
			}
		}
	}
	return len(rows), nil
}

func (t *Tx) forEach(ctx context.Context, stream cases.Stream, ids []uuid.UUID, do func(context.Context, *opened) error) error {
	for _, id := range ids {
		o, err := t.own(ctx, stream, id.String())
		if err != nil {
			return err
		}
		if err := do(ctx, o); err != nil {
			return err
		}
	}
	return nil
}
