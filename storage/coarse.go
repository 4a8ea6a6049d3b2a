package storage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"tinbao/cases"
)

// Times and labels beside the name of a chat are content: one that equals a time of a case
// says whose case it is. Where no draft is open they stand by the day; where one is, by the
// minute, and never as of a transaction that received a case. What must be exact is sealed.
const (
	draftRound  = time.Minute
	queuedRound = time.Minute
	codeRound   = 10 * time.Minute
)

// dayStart is the beginning of the day of a moment, in Vietnam.
func dayStart(t time.Time) time.Time {
	t = t.In(cases.Vietnam)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, cases.Vietnam)
}

func roundUp(t time.Time, to time.Duration) time.Time {
	if down := t.Truncate(to); down.Before(t) {
		return down.Add(to)
	}
	return t
}

// touched is what the row of the chat says of when it was touched.
func (t *Tx) touched() time.Time {
	if t.chat.draft == nil || t.chat.code != nil { // a receipt is kept: a case was received now
		return dayStart(t.now)
	}
	return t.now.Truncate(draftRound)
}

// timedCode is a receipt with the moment until which it is shown again.
func timedCode(code []byte, end time.Time) []byte {
	return strconv.AppendInt(append(slices.Clone(code), '\n'), end.UnixMilli(), 10)
}

// shownCode is the receipt, nil once its time is over. One of a program of the release
// before has no time of its own.
func shownCode(kept []byte, now time.Time) []byte {
	code, end, timed := bytes.Cut(kept, []byte("\n"))
	until, err := strconv.ParseInt(string(end), 10, 64)
	if timed && (err != nil || !now.Before(time.UnixMilli(until))) {
		return nil
	}
	return code
}

// draftBack is the way back to the writer of a draft, and when it was touched.
type draftBack struct {
	cases.Route
	At int64 `json:"at,omitempty"` // Unix milliseconds; 0 = of a program of the release before
}

func (s *Store) sealDraftBack(who []byte, b draftBack) ([]byte, error) {
	raw, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("writing a way back: %w", err)
	}
	return s.vault.SealEdgeText(s.place("chats.back", who), raw), nil
}

func (s *Store) openDraftBack(who, sealed []byte) (b draftBack, err error) {
	raw, err := s.vault.OpenEdgeText(s.place("chats.back", who), sealed)
	if err == nil && json.Unmarshal(raw, &b) != nil {
		err = cases.Reason("a way back cannot be read")
	}
	return b, err
}

// slot is the label under which a waiting message is replaced by a newer one. It changes
// every day and with the chat, and says nothing of what the message is about.
func (s *Store) slot(lane []byte, label string, now time.Time) string {
	if label == "" {
		return ""
	}
	return s.vault.DailyHash(now, "slot", string(lane), label)
}
