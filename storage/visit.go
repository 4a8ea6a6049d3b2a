package storage

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// formKept is how long it is remembered that a form was sent in, longer than any is
// taken.
const formKept = 24 * time.Hour

// Visit runs work for somebody who came by the web, in a transaction of its own, and
// sends the messages queued in it. visitor is a name for counting only; form is the
// number of the page that was sent in, nil = none.
func (s *Store) Visit(ctx context.Context, visitor, form []byte, work func(ctx context.Context, t *Tx) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		t.who, t.form = visitor, form
		if err := work(ctx, t); err != nil {
			return err
		}
		if err := t.as(ctx, roleDesk); err != nil {
			return err
		}
		if len(t.out) == 0 {
			return t.enqueue(ctx)
		}
		return t.send(ctx, t.out)
	})
}

// UseForm marks the form of the visit as sent in; false when it was already. It holds
// until the transaction ends, so of two at once the second waits for the first.
func (t *Tx) UseForm(ctx context.Context) (bool, error) {
	n, err := t.q.UseForm(ctx, db.UseFormParams{WardID: int32(t.s.conf.Ward), Token: t.s.vault.Form(t.form), Until: t.now.Add(formKept)})
	return n > 0, interpret(err)
}

// FormReceipt is the receipt of the case that came with the form of the visit.
func (t *Tx) FormReceipt() (cases.Receipt, error) { return cases.NewReceipt(t.random()) }

// random is where receipts are drawn from. A form sent in twice draws the same.
func (t *Tx) random() io.Reader {
	if t.form == nil {
		return rand.Reader
	}
	return t.s.vault.FormRandom(t.form)
}

// putFiles seals files that are here already and puts them to a case.
func (t *Tx) putFiles(ctx context.Context, stream cases.Stream, caseID string, key vault.CaseKey, already int, files []cases.CleanFile) error {
	owner, err := parseID(caseID)
	if err != nil {
		return err
	}
	for i, f := range files {
		id := uuid.New()
		err := t.q.AddStoredFile(ctx, db.AddStoredFileParams{
			Stream: string(stream), ID: id, CaseID: owner, WardID: int32(t.s.conf.Ward), N: int32(already + i + 1), Kind: string(f.Kind),
			Mime: f.MIME, Size: clearSize(int64(len(f.Body))), At: t.now,
			Facts: fileFacts(key, id.String(), f.Body), Body: key.SealBody(bodyColumn, id.String(), f.Body),
		})
		if err != nil {
			return interpret(err)
		}
	}
	return nil
}

// PutFiles puts files that are here already to a case, for the person who holds its
// receipt.
func (t *Tx) PutFiles(ctx context.Context, stream cases.Stream, caseID string, files []cases.CleanFile) error {
	o, err := t.own(ctx, stream, caseID)
	if err != nil || len(files) == 0 {
		return err
	}
	n, err := t.q.CountFiles(ctx, db.CountFilesParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), CaseID: o.row.ID})
	if err != nil {
		return interpret(err)
	}
	return t.putFiles(ctx, stream, caseID, o.key, int(n), files)
}
