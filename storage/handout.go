package storage

import (
	"context"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// A file that staff send to the person goes the same way as one of the person: it is
// fetched, cleaned and sealed with the case first.

// attach writes down a file that goes to the person with a step.
func (t *Tx) attach(ctx context.Context, o *opened, ch cases.Change, by *cases.Staff) error {
	if ch.File == nil || by == nil {
		return nil
	}
	if !public(ch.Verb) {
		return cases.Fail(cases.NotAllowed, "error.step")
	}
	n, err := t.q.CountFiles(ctx, db.CountFilesParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID})
	if err != nil {
		return interpret(err)
	}
	ids, err := t.offer(ctx, o.stream(), o.id(), o.key, int(n), []cases.OfferedFile{*ch.File})
	if err != nil {
		return err
	}
	return interpret(t.q.MarkFile(ctx, db.MarkFileParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, ID: ids[0], ByStaff: staffRef(by.ID)}))
}

// staffFiles are the files of a case that staff sent.
func (t *Tx) staffFiles(ctx context.Context, o *opened, files int) ([]uuid.UUID, error) {
	if files == 0 {
		return nil, nil
	}
	ids, err := t.q.StaffFiles(ctx, db.StaffFilesParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID})
	return ids, interpret(err)
}

// Handout is a file that staff send to the person.
type Handout struct {
	By       cases.Staff // who sent it; no route when the account is locked
	Number   cases.Number
	Kind     cases.MediaKind
	Received time.Time // of the case
}

// HandoutOf tells about a file that staff send; nil for one of the person.
func (s *Store) HandoutOf(ctx context.Context, stream cases.Stream, fileID string) (out *Handout, err error) {
	err = s.inTx(ctx, func(t *Tx) error {
		out, _, err = t.handout(ctx, stream, fileID)
		return err
	})
	return out, err
}

func (t *Tx) handout(ctx context.Context, stream cases.Stream, fileID string) (*Handout, string, error) {
	id, err := parseID(fileID)
	if err != nil {
		return nil, "", err
	}
	if err := t.enter(ctx, stream); err != nil {
		return nil, "", err
	}
	row, err := t.q.FileSender(ctx, db.FileSenderParams{Stream: string(stream), ID: id, WardID: int32(t.s.conf.Ward)})
	if err != nil || row.ByStaff == nil {
		return nil, "", interpret(err)
	}
	all, err := t.StaffList(ctx)
	if err != nil {
		return nil, "", err
	}
	h := &Handout{Number: cases.Number{Stream: stream, Year: int(row.Year), Seq: int(row.Seq)}, Kind: cases.MediaKind(row.Kind), Received: row.ReceivedAt}
	for _, s := range all {
		if s.ID == cases.StaffID(*row.ByStaff) && !s.Locked {
			h.By = s
		}
	}
	return h, row.CaseID.String(), nil
}

// StoreHandout seals the cleaned bytes of a file that staff send, and sends it to each
// person who waits for news of the case: both, or neither.
func (s *Store) StoreHandout(ctx context.Context, stream cases.Stream, fileID string, clean []byte, mime string, deliver func(cases.Route) Message) error {
	return s.inTx(ctx, func(t *Tx) error {
		row, err := t.fileToFetch(ctx, stream, fileID)
		if err != nil || row.State != string(cases.FileWaiting) {
			return err
		}
		if err := t.storeFile(ctx, stream, row, clean, mime); err != nil {
			return err
		}
		return t.toRoutes(ctx, stream, row.CaseID.String(), deliver)
	})
}

// RefuseHandout writes down why a file that staff send is not kept, and tells who
// sent it.
func (s *Store) RefuseHandout(ctx context.Context, stream cases.Stream, fileID, fault string, tell Message) error {
	return s.refuse(ctx, stream, fileID, fault, func(t *Tx, _ string) error {
		if tell.Chat == 0 {
			return nil
		}
		return t.send(ctx, []Message{tell})
	})
}

// toRoutes sends a word to each person who waits for news of a case.
func (t *Tx) toRoutes(ctx context.Context, stream cases.Stream, caseID string, word func(cases.Route) Message) error {
	o, err := t.own(ctx, stream, caseID)
	if err != nil {
		return err
	}
	routes, err := t.routes(ctx, stream, caseID)
	if err != nil {
		return err
	}
	messages := make([]Message, 0, len(routes))
	for _, r := range routes {
		r.CaseID, r.Received = caseID, o.row.ReceivedAt
		m := word(r)
		m.Stream, m.CaseID = stream, caseID
		messages = append(messages, m)
	}
	return t.send(ctx, messages)
}
