package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

func (t *Tx) files(ctx context.Context, o *opened) ([]cases.File, error) {
	rows, err := t.q.Files(ctx, db.FilesParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID})
	if err != nil {
		return nil, interpret(err)
	}
	own, err := t.staffFiles(ctx, o, len(rows))
	if err != nil {
		return nil, err
	}
	list := make([]cases.File, 0, len(rows))
	for _, r := range rows {
		f := cases.File{
			ID: r.ID.String(), Kind: cases.MediaKind(r.Kind), State: cases.FileState(r.State), Fault: r.Fault,
			MIME: r.Mime, Size: r.Size, SHA256: hex.EncodeToString(r.Sha256), ByStaff: slices.Contains(own, r.ID),
		}
		if r.Facts != nil && !o.erased() {
			if f.Size, f.SHA256, err = openFacts(o.key, f.ID, r.Facts); err != nil {
				return nil, err
			}
		}
		list = append(list, f)
	}
	return list, nil
}

// Attachment opens the cleaned bytes of a file; NotAllowed when its case has ended.
func (d Desk) Attachment(ctx context.Context, viewer cases.Staff, fileID string) ([]byte, string, error) {
	id, err := parseID(fileID)
	if err != nil {
		return nil, "", err
	}
	if err := d.enter(ctx, viewer); err != nil {
		return nil, "", err
	}
	row, err := d.t.q.FileBody(ctx, db.FileBodyParams{Stream: string(d.stream), ID: id, WardID: int32(d.t.s.conf.Ward)})
	if err != nil {
		return nil, "", interpret(err)
	}
	if cases.Status(row.Status).Final() {
		return nil, "", cases.Fail(cases.NotAllowed, "error.shut")
	}
	key, err := d.t.s.vault.CaseKey(d.stream, d.t.s.conf.Ward, row.CaseID.String(), row.CaseKey)
	if err != nil {
		return nil, "", err
	}
	if whole, err := d.t.original(ctx, d.stream, row.CaseID, key, partFile, fileID); err != nil || whole != nil {
		return whole, row.Mime, err
	}
	body, err := key.OpenBody(bodyColumn, fileID, row.Body)
	return body, row.Mime, err
}

// fileFacts seals what tells two files apart: the true size and the SHA-256 of the bytes.
func fileFacts(key vault.CaseKey, fileID string, clean []byte) []byte {
	sum := sha256.Sum256(clean)
	return key.Seal(factsColumn, fileID, binary.BigEndian.AppendUint64(sum[:], uint64(len(clean))))
}

func openFacts(key vault.CaseKey, fileID string, sealed []byte) (size int64, sum string, err error) {
	plain, err := key.Open(factsColumn, fileID, sealed)
	if err != nil {
		return 0, "", err
	}
	if len(plain) != sha256.Size+8 {
		return 0, "", cases.Reason("the facts of a file cannot be read")
	}
	return int64(binary.BigEndian.Uint64(plain[sha256.Size:])), hex.EncodeToString(plain[:sha256.Size]), nil
}

// clearSize is what the database says of the size of a file.
func clearSize(bytes int64) int64 {
	if bytes <= 0 {
		return 0
	}
	return int64(vault.BodySize(int(bytes)))
}

// bareBatch is how many files are sealed in one transaction; each may be some megabytes.
const bareBatch = 4

// CoverFacts seals the sums and sizes of files that programs of the release before stored,
// and gives their bytes the size of a step. It tells how many.
func (s *Store) CoverFacts(ctx context.Context) (done int, err error) {
	for _, stream := range streams {
		for more := true; more; {
			err := s.inTx(ctx, func(t *Tx) error {
				n, err := t.coverFacts(ctx, stream)
				done, more = done+n, n == bareBatch
				return err
			})
			if err != nil {
				return done, err
			}
		}
	}
	return done, nil
}

func (t *Tx) coverFacts(ctx context.Context, stream cases.Stream) (int, error) {
	if err := t.enterForPerson(ctx, stream); err != nil {
		return 0, err
	}
	rows, err := t.q.BareFiles(ctx, db.BareFilesParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), Most: bareBatch})
	if err != nil {
		return 0, interpret(err)
	}
	for _, r := range rows {
		key, err := t.s.vault.CaseKey(stream, t.s.conf.Ward, r.CaseID.String(), r.CaseKey)
		if err != nil {
			return 0, err
		}
		id := r.ID.String()
		clean, err := key.OpenBody(bodyColumn, id, r.Body)
		if err != nil {
			return 0, err
		}
		err = t.q.CoverFileFacts(ctx, db.CoverFileFactsParams{
			Stream: string(stream), WardID: int32(t.s.conf.Ward), ID: r.ID, Size: clearSize(int64(len(clean))),
			Facts: fileFacts(key, id, clean), Body: key.SealBody(bodyColumn, id, clean),
		})
		if err != nil {
			return 0, interpret(err)
		}
	}
	return len(rows), nil
}

// fileRef names a file to a job without telling anybody else.
func (s *Store) fileRef(stream cases.Stream, fileID string) []byte {
	return s.vault.SealEdgeText(s.place("river_job.file", nil), []byte(string(stream)+" "+fileID))
}

// FileOf reads which file a job is about.
func (s *Store) FileOf(job cases.FetchAttachmentArgs) (stream cases.Stream, fileID string, err error) {
	plain, err := s.vault.OpenEdgeText(s.place("river_job.file", nil), job.File)
	name, fileID, _ := strings.Cut(string(plain), " ")
	return cases.Stream(name), fileID, err
}

// WaitingFile is a file that is still at Telegram.
type WaitingFile struct {
	Kind   cases.MediaKind
	FileID string // opens it there
}

// FileToFetch tells where a file waits; nil when it needs no fetching any more.
func (s *Store) FileToFetch(ctx context.Context, stream cases.Stream, fileID string) (*WaitingFile, error) {
	var out *WaitingFile
	err := s.inTx(ctx, func(t *Tx) error {
		row, err := t.fileToFetch(ctx, stream, fileID)
		if err != nil || row.State != string(cases.FileWaiting) {
			return err
		}
		key, err := s.vault.CaseKey(stream, s.conf.Ward, row.CaseID.String(), row.CaseKey)
		if err != nil {
			return err
		}
		source, err := key.OpenText(sourceColumn, fileID, row.Source)
		out = &WaitingFile{Kind: cases.MediaKind(row.Kind), FileID: string(source)}
		return err
	})
	return out, err
}

// fileRow is the row of a file to fetch, with its own name.
type fileRow struct {
	db.FileToFetchRow
	id uuid.UUID
}

func (t *Tx) fileToFetch(ctx context.Context, stream cases.Stream, fileID string) (fileRow, error) {
	id, err := parseID(fileID)
	if err != nil {
		return fileRow{}, err
	}
	if err := t.enter(ctx, stream); err != nil {
		return fileRow{}, err
	}
	row, err := t.q.FileToFetch(ctx, db.FileToFetchParams{Stream: string(stream), ID: id, WardID: int32(t.s.conf.Ward)})
	return fileRow{row, id}, interpret(err)
}

// Explain makes the word to a person who waits for news of a case about the files that were
// sent together, in their order; some of them are refused.
type Explain func(cases.Route, []cases.File) Message

// StoreFile seals the cleaned bytes of a file. Storing twice changes nothing. explain is
// called as by RefuseFile.
func (s *Store) StoreFile(ctx context.Context, stream cases.Stream, fileID string, clean []byte, mime string, explain Explain) error {
	return s.inTx(ctx, func(t *Tx) error {
		row, err := t.fileToFetch(ctx, stream, fileID)
		if err != nil || row.State != string(cases.FileWaiting) {
			return err
		}
		return t.settle(ctx, stream, row, explain, func() (cases.File, error) {
			return cases.File{State: cases.FileStored}, t.storeFile(ctx, stream, row, clean, mime)
		})
	})
}

// settle ends the waiting of a file. When it was the last of those that were sent together,
// one message explains which of them are refused.
func (t *Tx) settle(ctx context.Context, stream cases.Stream, row fileRow, explain Explain, end func() (cases.File, error)) error {
	// Locked in their order, so that one of two jobs is the last.
	rows, err := t.q.FilesSentWith(ctx, db.FilesSentWithParams{Stream: string(stream), WardID: int32(t.s.conf.Ward), CaseID: row.CaseID, ID: row.id})
	if err != nil {
		return interpret(err)
	}
	ended, err := end()
	if err != nil {
		return err
	}
	files := make([]cases.File, len(rows))
	for i, r := range rows {
		files[i] = cases.File{Kind: cases.MediaKind(r.Kind), State: cases.FileState(r.State), Fault: r.Fault}
		if r.ID == row.id {
			files[i].State, files[i].Fault = ended.State, ended.Fault
		}
	}
	in := func(state cases.FileState) bool {
		return slices.ContainsFunc(files, func(f cases.File) bool { return f.State == state })
	}
	if in(cases.FileWaiting) || !in(cases.FileRefused) {
		return nil
	}
	return t.toRoutes(ctx, stream, row.CaseID.String(), func(r cases.Route) Message { return explain(r, files) })
}

func (t *Tx) storeFile(ctx context.Context, stream cases.Stream, row fileRow, clean []byte, mime string) error {
	key, err := t.s.vault.CaseKey(stream, t.s.conf.Ward, row.CaseID.String(), row.CaseKey)
	if err != nil {
		return err
	}
	return interpret(t.q.StoreFile(ctx, db.StoreFileParams{
		WardID: int32(t.s.conf.Ward),
		Stream: string(stream), ID: row.id, Mime: mime, Size: clearSize(int64(len(clean))),
		Facts: fileFacts(key, row.id.String(), clean), Body: key.SealBody(bodyColumn, row.id.String(), clean),
	}))
}

// RefuseFile writes down why a file is not kept; fault is a locale key. Once none of the
// files that were sent with it waits, explain makes the word to each person who waits for
// news of the case.
func (s *Store) RefuseFile(ctx context.Context, stream cases.Stream, fileID, fault string, explain Explain) error {
	return s.inTx(ctx, func(t *Tx) error {
		row, err := t.fileToFetch(ctx, stream, fileID)
		if err != nil || row.State != string(cases.FileWaiting) {
			return err
		}
		return t.settle(ctx, stream, row, explain, func() (cases.File, error) {
			return cases.File{State: cases.FileRefused, Fault: fault}, t.refuseFile(ctx, stream, row, fault)
		})
	})
}

func (t *Tx) refuseFile(ctx context.Context, stream cases.Stream, row fileRow, fault string) error {
	return interpret(t.q.RefuseFile(ctx, db.RefuseFileParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), ID: row.id, Fault: fault}))
}

// refuse writes down why a file that waits is not kept, and lets tell send word of it.
func (s *Store) refuse(ctx context.Context, stream cases.Stream, fileID, fault string, tell func(t *Tx, caseID string) error) error {
	return s.inTx(ctx, func(t *Tx) error {
		row, err := t.fileToFetch(ctx, stream, fileID)
		if err != nil || row.State != string(cases.FileWaiting) {
			return err
		}
		if err := t.refuseFile(ctx, stream, row, fault); err != nil {
			return err
		}
		return tell(t, row.CaseID.String())
	})
}

// FilesWaiting counts files that are still at Telegram, of both streams.
func (s *Store) FilesWaiting(ctx context.Context) (int64, error) {
	total := int64(0)
	err := s.inTx(ctx, func(t *Tx) error {
		for _, stream := range streams {
			if err := t.enter(ctx, stream); err != nil {
				return err
			}
			n, err := t.q.WaitingFiles(ctx, db.WaitingFilesParams{Stream: string(stream), WardID: int32(s.conf.Ward)})
			if err != nil {
				return interpret(err)
			}
			total += n
		}
		return nil
	})
	return total, err
}
