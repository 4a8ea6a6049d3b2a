package cases

import (
	"slices"
	"time"
)

// What a person chooses for a chat. Both are off until somebody who holds the phone says so.

// How long what was chosen is kept.
const (
	ListKept      = 30 * 24 * time.Hour      // a list nobody has opened
	DiscreetKept  = 2 * 365 * 24 * time.Hour // discreet messages, since they were chosen or used; longer than any case is kept
	DiscreetWords = 30 * 24 * time.Hour      // the words of a discreet message
	mostListed    = 50                       // cases of a list; the oldest goes first
)

// Chosen is what a person has chosen for a chat, sealed in its row.
type Chosen struct {
	Discreet int64   `json:"d,omitempty"` // until when messages come as one neutral line, seconds since 1970; 0 = they do not
	List     *Listed `json:"l,omitempty"` // nil = there is no list
}

// Listed is a list of the cases that were sent from a chat.
type Listed struct {
	Until int64        `json:"u"` // when it ends unless it is opened, seconds since 1970
	Last  int          `json:"n"` // the highest ordinal given
	Cases []ListedCase `json:"c,omitempty"`
}

// ListedCase is a line of the list: an ordinal and the time, and nothing of what the case is.
type ListedCase struct {
	CaseRef
	N  int   `json:"n"` // in the order they came, from 1; not given again
	At int64 `json:"t"` // when it was sent, seconds since 1970
}

// IsDiscreet reports whether messages come as one neutral line.
func (c *Chosen) IsDiscreet(now time.Time) bool { return now.Unix() < c.Discreet }

// SetDiscreet chooses it, or the contrary.
func (c *Chosen) SetDiscreet(on bool, now time.Time) {
	if c.Discreet = 0; on {
		c.Discreet = now.Add(DiscreetKept).Unix()
	}
}

// Opened keeps a list for longer, and begins one where there is none.
func (c *Chosen) Opened(now time.Time) {
	if c.List == nil {
		c.List = &Listed{}
	}
	c.List.Until = now.Add(ListKept).Unix()
}

// Add puts a case on the list, if there is one and the case is not there.
func (c *Chosen) Add(of CaseRef, sent time.Time) (added bool) {
	if c.List == nil || c.Has(of) {
		return false
	}
	c.List.Last++
	c.List.Cases = append(c.List.Cases, ListedCase{CaseRef: of, N: c.List.Last, At: sent.Unix()})
	c.List.Cases = c.List.Cases[max(0, len(c.List.Cases)-mostListed):]
	return true
}

// Has reports whether a case is on the list.
func (c *Chosen) Has(of CaseRef) bool {
	return c.List != nil && slices.ContainsFunc(c.List.Cases, func(l ListedCase) bool { return l.CaseRef == of })
}

// Remove takes a case off the list.
func (c *Chosen) Remove(of CaseRef) {
	if c.List != nil {
		c.List.Cases = slices.DeleteFunc(c.List.Cases, func(l ListedCase) bool { return l.CaseRef == of })
	}
}

// Tidy drops what is past its time, and says when there is more to drop; zero = nothing is
// left.
func (c *Chosen) Tidy(now time.Time) (next time.Time) {
	if c.List != nil && now.Unix() >= c.List.Until {
		c.List = nil
	}
	if !c.IsDiscreet(now) {
		c.Discreet = 0
	}
	sooner := func(at int64) {
		if at > 0 && (next.IsZero() || at < next.Unix()) {
			next = time.Unix(at, 0)
		}
	}
	if c.List != nil {
		sooner(c.List.Until)
	}
	sooner(c.Discreet)
	return next
}
