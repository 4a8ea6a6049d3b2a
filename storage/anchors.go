package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// KeptAnchor is the newest anchor of a stream as it is kept outside of the database, where
// whoever can change the database does not reach it.
type KeptAnchor struct {
	Number int64  `json:"number"`
	Code   string `json:"code"`
}

// keptAnchors are those of all wards of an installation, by ward and stream.
type keptAnchors map[string]map[cases.Stream]KeptAnchor

// KeepAnchors writes the newest anchors of the ward into a file, over older ones only.
func (s *Store) KeepAnchors(ctx context.Context, file string) error {
	all, err := readAnchors(file)
	if err != nil {
		return err
	}
	ward := strconv.Itoa(int(s.conf.Ward))
	if all[ward] == nil {
		all[ward] = map[cases.Stream]KeptAnchor{}
	}
	for _, stream := range streams {
		last, err := s.lastAnchor(ctx, stream)
		if err != nil {
			return err
		}
		if last.Number > all[ward][stream].Number {
			all[ward][stream] = last
		}
	}
	raw, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("writing anchors: %w", err)
	}
	return replaceFile(file, append(raw, '\n'))
}

func (s *Store) lastAnchor(ctx context.Context, stream cases.Stream) (k KeptAnchor, err error) {
	err = s.Do(ctx, func(ctx context.Context, t *Tx) error {
		if err := t.enter(ctx, stream); err != nil {
			return err
		}
		last, err := t.q.LastAnchor(ctx, db.LastAnchorParams{Stream: string(stream), WardID: int32(s.conf.Ward)})
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		k = KeptAnchor{Number: last.N, Code: readable(last.Code)}
		return interpret(err)
	})
	return k, err
}

// Compare tells which anchors that are kept outside the database it no longer has: it was
// put back to an earlier state, or anchors were taken out of it. kept is false when the file
// does not exist.
func (s *Store) Compare(file string, found Audit) (faults []string, kept bool, err error) {
	all, err := readAnchors(file)
	if err != nil || len(all) == 0 {
		return nil, false, err
	}
	for stream, want := range all[strconv.Itoa(int(s.conf.Ward))] {
		held := false
		for _, a := range found.Anchors {
			held = held || a.Stream == stream && a.Number == want.Number && a.Code == want.Code
		}
		if !held && want.Number > 0 {
			faults = append(faults, fmt.Sprintf("%s: the anchor %d, %s, is kept outside of the database and not in it", stream, want.Number, want.Code))
		}
	}
	return faults, true, nil
}

func readAnchors(file string) (keptAnchors, error) {
	all := keptAnchors{}
	raw, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading anchors: %w", err)
	}
	if json.Unmarshal(raw, &all) != nil {
		return nil, cases.Reason("reading anchors: the file is malformed")
	}
	return all, nil
}

// replaceFile puts a file in the place of another, whole or not at all.
func replaceFile(name string, body []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*") // mode 0600
	if err != nil {
		return fmt.Errorf("writing anchors: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(body)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("writing anchors: %w", err)
	}
	return os.Rename(f.Name(), name)
}
