package storage

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// Update is one update as it came from Telegram. Chat orders it; 0 = of no chat.
type Update struct {
	ID      int64
	Chat    int64
	Payload []byte
}

func (s *Store) updatePlace(id int64) vault.Place {
	return vault.Place{Ward: s.conf.Ward, Column: "updates.payload", Row: updateRow(s.conf.Bot, id)}
}

func updateRow(bot, id int64) string {
	return strconv.FormatInt(bot, 10) + "/" + strconv.FormatInt(id, 10)
}

// Keep makes updates durable. After it returned nil Telegram may forget them. Nobody is
// told; see TellReplicas.
func (s *Store) Keep(ctx context.Context, updates []Update) error {
	return interpret(s.keep(ctx, s.pool, updates))
}

func (s *Store) keep(ctx context.Context, on db.DBTX, updates []Update) error {
	p := db.KeepUpdatesParams{BotID: s.conf.Bot, WardID: int32(s.conf.Ward), Now: s.now()}
	for _, u := range updates {
		p.UpdateIds = append(p.UpdateIds, u.ID)
		p.Lanes, p.Asides = append(p.Lanes, s.vault.Who(u.Chat)), append(p.Asides, s.vault.MuteName(u.Chat))
		p.Payloads = append(p.Payloads, s.vault.SealEdgeText(s.updatePlace(u.ID), u.Payload))
	}
	return db.New(on).KeepUpdates(ctx, p)
}

// TellReplicas wakes the other programs that share the database, because updates are kept
// which this one cannot handle at once.
func (s *Store) TellReplicas(ctx context.Context) error {
	return interpret(s.queries().TellReplicas(ctx, s.replica.String()))
}

// Handler handles one update in its transaction.
type Handler func(ctx context.Context, t *Tx, payload []byte) error

const (
	maxAttempts = 5 // of an update that fails by itself, then it is set aside
	retryMin    = time.Second
)

// retryIn is the pause before a failed update is tried again.
func retryIn(attempts int32) time.Duration { return retryMin << min(attempts, maxAttempts) }

// HandleOne handles the next waiting update; false when none is ready. A failure
// of the handler is remembered with the update and returned; nothing of what the
// handler did is kept. While Postgres is away, the error is Transient and no
// attempt is counted. The text of an error quotes nothing a handler has seen.
func (s *Store) HandleOne(ctx context.Context, handle Handler) (bool, error) {
	tx, err := s.span(ctx)
	if err != nil {
		return false, interpret(err)
	}
	defer tx.Rollback(context.WithoutCancel(ctx)) //nolint:errcheck // after a commit this does nothing
	t := &Tx{s: s, tx: tx, q: db.New(tx), now: s.now()}
	claim, err := tx.beginning().ClaimUpdate(ctx, db.ClaimUpdateParams{BotID: s.conf.Bot, Now: t.now, WardID: int32(s.conf.Ward)})
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, interpret(err)
	}
	if err := s.guarded(func() error { return s.run(ctx, t, tx, claim, handle) }); err != nil {
		return true, s.failed(ctx, tx, claim, err)
	}
	t.tell()
	return true, nil
}

func (s *Store) run(ctx context.Context, t *Tx, tx *span, claim db.ClaimUpdateRow, handle Handler) error {
	t.update = claim.UpdateID
	payload, err := s.vault.OpenEdgeText(s.updatePlace(claim.UpdateID), claim.Payload)
	if err != nil {
		return err
	}
	if err := t.know(claim); err != nil {
		return err
	}
	if err := handle(ctx, t, payload); err != nil {
		return err
	}
	return t.finish(ctx, tx)
}

// guarded turns a panic into an error without its value, which could be something a
// person wrote.
func (s *Store) guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.conf.Log.Error("a handler panicked", "stack", Stack())
			err = cases.Reason("a handler panicked")
		}
	}()
	return work()
}

func (s *Store) failed(ctx context.Context, tx pgx.Tx, claim db.ClaimUpdateRow, cause error) error {
	cause = blame(tx, cause)
	ctx = context.WithoutCancel(ctx)
	if err := tx.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
		return interpret(err)
	}
	if cases.KindOf(cause) == cases.Transient {
		return Plain(cause)
	}
	err := s.queries().FailUpdate(ctx, db.FailUpdateParams{
		BotID: s.conf.Bot, UpdateID: claim.UpdateID, Fault: cases.KindOf(cause).String(),
		NotBefore: s.now().Add(retryIn(claim.Attempts)), LimitAttempts: maxAttempts,
	})
	if err != nil {
		return interpret(err)
	}
	return fmt.Errorf("update %d, attempt %d: %w", claim.UpdateID, claim.Attempts+1, Plain(cause))
}

// SetAside is an update that failed too often.
type SetAside struct {
	UpdateID int64
	Attempts int
	Fault    string // kind of the last failure
	Kept     time.Time
}

// SetAside lists updates that failed too often, at most 100.
func (s *Store) SetAside(ctx context.Context) ([]SetAside, error) {
	rows, err := s.queries().SetAsideUpdates(ctx, s.conf.Bot)
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]SetAside, 0, len(rows))
	for _, r := range rows {
		list = append(list, SetAside{UpdateID: r.UpdateID, Attempts: int(r.Attempts), Fault: r.Fault, Kept: r.KeptAt})
	}
	return list, nil
}

// RetrySetAside gives updates that were set aside another chance and tells how many.
func (s *Store) RetrySetAside(ctx context.Context) (int64, error) {
	n, err := s.queries().RetrySetAside(ctx, db.RetrySetAsideParams{BotID: s.conf.Bot, Now: s.now()})
	return n, interpret(err)
}

// Waiting counts updates that are kept and not yet handled.
func (s *Store) Waiting(ctx context.Context) (int64, error) {
	n, err := s.queries().WaitingUpdates(ctx, s.conf.Bot)
	return n, interpret(err)
}
