package storage

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Destroyed tells what was destroyed in transactions from a mark on, in every ward,
// and the mark to go on from. Some may be told again. From 0 on it is everything.
func Destroyed(ctx context.Context, url string, since int64) (list []cases.Destruction, next int64, err error) {
	conn, err := owned(ctx, url)
	if err != nil {
		return nil, since, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return destroyed(ctx, db.New(conn), since)
}

func destroyed(ctx context.Context, q *db.Queries, since int64) (list []cases.Destruction, next int64, err error) {
	if next, err = q.DestroyedMark(ctx); err != nil {
		return nil, since, interpret(err)
	}
	rows, err := q.Destroyed(ctx, since)
	if err != nil {
		return nil, since, interpret(err)
	}
	for _, r := range rows {
		list = append(list, cases.Destruction{
			ID: r.ID.String(), At: r.At, Ward: cases.WardID(r.WardID), What: r.What,
			Stream: cases.Stream(r.Stream), Case: r.CaseID, Ref: r.Ref,
		})
	}
	return list, next, nil
}

// destroyedLook is how often the list is looked at when nobody told of something new.
const destroyedLook = 30 * time.Second

// WatchDestroyed hands what was destroyed to keep, at first everything and then what is
// new as soon as it is committed, until ctx ends or something fails. What keep has seen
// may come again.
func WatchDestroyed(ctx context.Context, url string, keep func([]cases.Destruction) error) error {
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "listen tinbao_destroyed"); err != nil {
		return interpret(err)
	}
	for mark := int64(0); ; {
		list, next, err := destroyed(ctx, db.New(conn), mark)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			if err := keep(list); err != nil {
				return err
			}
		}
		mark = next
		limited, cancel := context.WithTimeout(ctx, destroyedLook)
		_, err = conn.WaitForNotification(limited)
		expired := limited.Err() != nil
		cancel()
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && !expired {
			return interpret(err)
		}
	}
}

// Settled counts what settling a restored database did.
type Settled struct {
	Cases, Receipts, Routes, Files, News int64 // destroyed again
	Sessions, Invites, Messages, Dialogs int64 // closed, withdrawn, dropped, forgotten
}

// clockMargin is by how much a way back may seem younger than its end, because one was
// timed by the program's machine and the other by the database's.
const clockMargin = time.Minute

// Settle makes a restored database fit to be used, in one transaction. What was
// destroyed since the backup is destroyed again, with a row in the history of its case.
// What was under way then is not taken up: staff need their PIN, unused invitations,
// open dialogs and messages that waited to be sent are gone.
func Settle(ctx context.Context, url string, list []cases.Destruction) (done Settled, err error) {
	conn, err := owned(ctx, url)
	if err != nil {
		return done, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		s := settling{q: db.New(tx), now: time.Now().Truncate(time.Microsecond), done: &done}
		for _, d := range list {
			if err := s.again(ctx, d); err != nil {
				return err
			}
		}
		if err := s.calm(ctx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, settleMark)
		return err
	})
	return done, interpret(err)
}

// settling is a restored database while it is made fit.
type settling struct {
	q    *db.Queries
	now  time.Time
	done *Settled
}

// again destroys one thing again, if it is there.
func (s settling) again(ctx context.Context, d cases.Destruction) error {
	id, err := uuid.Parse(d.ID)
	if err != nil {
		return cases.Reason("a line of the list has no number of its own")
	}
	if d.What == cases.DestroyedNews {
		n, err := s.q.DropSubscriberByRoute(ctx, db.DropSubscriberByRouteParams{WardID: int32(d.Ward), Ref: d.Ref})
		s.done.News += n
		return errors.Join(err, s.q.PutDeparture(ctx, db.PutDepartureParams{ID: id, WardID: int32(d.Ward), Ref: d.Ref, At: d.At}))
	}
	of, err := uuid.Parse(d.Case)
	if err != nil {
		return cases.Reason("a line of the list names no case")
	}
	if err := s.ofCase(ctx, d, of); err != nil {
		return err
	}
	return s.q.PutDestruction(ctx, db.PutDestructionParams{
		ID: id, Stream: string(d.Stream), CaseID: of, WardID: int32(d.Ward), What: d.What, Ref: d.Ref, At: d.At,
	})
}

func (s settling) ofCase(ctx context.Context, d cases.Destruction, id uuid.UUID) error {
	row, err := s.q.CaseToDestroy(ctx, db.CaseToDestroyParams{Stream: string(d.Stream), ID: id})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // it came after the backup and is not there
	}
	if err != nil {
		return err
	}
	switch d.What {
	case cases.DestroyedCase:
		if !row.Readable {
			return nil
		}
		return s.erase(ctx, d, id, row)
	case cases.DestroyedReceipt:
		if !row.HasReceipt {
			return nil
		}
		s.done.Receipts++
		return s.q.ForgetReceipt(ctx, db.ForgetReceiptParams{WardID: row.WardID, Stream: string(d.Stream), ID: id})
	case cases.DestroyedRoute:
		return s.cut(ctx, d, id, row)
	case cases.DestroyedFile:
		return s.wipe(ctx, d, row)
	}
	return cases.Reason("a line of the list tells of a kind that this program does not know")
}

// erase does what Tx.erase does, as the owner of the tables and without a key.
func (s settling) erase(ctx context.Context, d cases.Destruction, id uuid.UUID, row db.CaseToDestroyRow) error {
	s.done.Cases++
	if err := s.record(ctx, d, id, row, cases.Erase); err != nil {
		return err
	}
	if d.Stream == cases.ReportStream {
		if err := errors.Join(s.q.DropOriginals(ctx, id), s.q.UncoverTalks(ctx, id)); err != nil {
			return err
		}
	}
	if err := s.q.WipeRating(ctx, db.WipeRatingParams{Stream: string(d.Stream), CaseID: id}); err != nil {
		return err
	}
	return s.q.EraseCase(ctx, db.EraseCaseParams{WardID: row.WardID, Stream: string(d.Stream), ID: id, Now: &d.At})
}

func (s settling) cut(ctx context.Context, d cases.Destruction, id uuid.UUID, row db.CaseToDestroyRow) error {
	n, err := s.q.CutRoutesMadeBefore(ctx, db.CutRoutesMadeBeforeParams{WardID: row.WardID, Stream: string(d.Stream), CaseID: id, Until: d.At.Add(clockMargin)})
	if err != nil || n == 0 {
		return err
	}
	s.done.Routes += n
	if err := s.record(ctx, d, id, row, cases.CutRoute); err != nil {
		return err
	}
	if d.Stream == cases.HelpStream {
		if err := errors.Join(s.q.DropReminders(ctx, id), s.q.DropFollowUps(ctx, id)); err != nil {
			return err
		}
	}
	return s.q.SilenceWithoutRoutes(ctx, db.SilenceWithoutRoutesParams{WardID: row.WardID, Stream: string(d.Stream), ID: id})
}

func (s settling) wipe(ctx context.Context, d cases.Destruction, row db.CaseToDestroyRow) error {
	id, err := uuid.Parse(d.Ref)
	if err != nil {
		return cases.Reason("a line of the list names no file")
	}
	n, err := s.q.StoredFile(ctx, db.StoredFileParams{WardID: row.WardID, Stream: string(d.Stream), ID: id})
	if err != nil || n == 0 {
		return err
	}
	s.done.Files++
	if err := s.q.WipeFile(ctx, db.WipeFileParams{WardID: row.WardID, Stream: string(d.Stream), ID: id}); err != nil {
		return err
	}
	if d.Stream == cases.ReportStream {
		return s.q.DropOriginalFile(ctx, d.Ref)
	}
	return nil
}

// record appends a row to the history of a case. It is of the present: an anchor from
// before the backup covers no rows that came after it.
func (s settling) record(ctx context.Context, d cases.Destruction, id uuid.UUID, row db.CaseToDestroyRow, verb cases.Verb) error {
	status := cases.Status(row.Status)
	seq := row.Events + 1
	head := chain(row.Head, event{stream: d.Stream, caseID: id.String(), seq: int(seq), at: s.now, verb: verb, from: status, to: status})
	if err := s.q.AddEvent(ctx, db.AddEventParams{
		Stream: string(d.Stream), CaseID: id, Seq: seq, WardID: row.WardID, At: s.now,
		Verb: string(verb), FromStatus: row.Status, ToStatus: row.Status, Hash: head,
	}); err != nil {
		return err
	}
	return s.q.MoveHead(ctx, db.MoveHeadParams{WardID: row.WardID, Stream: string(d.Stream), ID: id, Events: seq, Head: head})
}

// calm drops what was under way when the backup was made.
func (s settling) calm(ctx context.Context) error {
	for _, do := range []func(context.Context) error{s.q.DropEchoes, s.q.DropAllDiscreet, s.q.AgeChosen} {
		if err := do(ctx); err != nil {
			return err
		}
	}
	for _, step := range []struct {
		count *int64
		do    func(context.Context) (int64, error)
	}{
		{&s.done.Sessions, s.q.CloseSessions},
		{&s.done.Invites, s.q.WithdrawInvites},
		{&s.done.Messages, s.q.DropOutbox},
		{&s.done.Dialogs, s.q.ForgetDialogs},
	} {
		n, err := step.do(ctx)
		if err != nil {
			return err
		}
		*step.count = n
	}
	return nil
}
