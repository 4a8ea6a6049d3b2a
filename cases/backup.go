package cases

import (
	"fmt"
	"slices"
	"time"
)

// Contents is what a database held at one moment: what a backup says of itself, and
// what is compared after it was restored. It quotes nothing.
type Contents struct {
	Taken     time.Time   `json:"taken"`
	Schema    int64       `json:"schema"`   // version of the newest migration
	Postgres  int         `json:"postgres"` // major version of the server
	Wards     []WardID    `json:"wards"`
	Tables    []TableSum  `json:"tables"`    // by name
	Histories []ChainHead `json:"histories"` // by ward and stream
}

// TableSum is how many rows a table has and a checksum over them that does not depend
// on their order.
type TableSum struct {
	Name   string `json:"name"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of the sorted SHA-256 of the rows
}

// ChainHead tells where the history of a stream stood: how many rows it had, a hash of
// the heads of all its cases, and the newest anchor.
type ChainHead struct {
	Ward   WardID    `json:"ward"`
	Stream Stream    `json:"stream"`
	Cases  int64     `json:"cases"`
	Rows   int64     `json:"rows"`
	Heads  string    `json:"heads"`
	Anchor string    `json:"anchor,omitempty"` // the code the leader's chat has; "" = none yet
	At     time.Time `json:"anchor_at,omitzero"`
}

// Rows is the number of rows of all tables.
func (c Contents) Rows() (n int64) {
	for _, t := range c.Tables {
		n += t.Rows
	}
	return n
}

// Differences tells in one line each how a database differs from what it should hold;
// none = it is the same. It names tables and numbers of rows only.
func (c Contents) Differences(got Contents) (list []string) {
	have := map[string]TableSum{}
	for _, t := range got.Tables {
		have[t.Name] = t
	}
	for _, want := range c.Tables {
		t, there := have[want.Name]
		delete(have, want.Name)
		switch {
		case !there:
			list = append(list, want.Name+" is missing")
		case t.Rows != want.Rows:
			list = append(list, fmt.Sprintf("%s has %d rows, not %d", want.Name, t.Rows, want.Rows))
		case t.SHA256 != want.SHA256:
			list = append(list, want.Name+" has other content")
		}
	}
	for name := range have {
		list = append(list, name+" was not in the backup")
	}
	if !slices.Equal(c.Histories, got.Histories) {
		list = append(list, "the history ends elsewhere")
	}
	slices.Sort(list)
	return list
}

// What can be destroyed for good.
const (
	DestroyedCase    = "case"    // its key, and everything that was written
	DestroyedReceipt = "receipt" // the case is found by its receipt no more
	DestroyedRoute   = "route"   // every way back to the people of a case so far
	DestroyedFile    = "file"
	DestroyedNews    = "news" // the way back of somebody who got news of the ward
)

// Destroyed are all of them.
var Destroyed = []string{DestroyedCase, DestroyedReceipt, DestroyedRoute, DestroyedFile, DestroyedNews}

// Destruction is one thing that was destroyed and must stay so, also in a database
// that is restored from a backup made before.
type Destruction struct {
	ID     string // a UUID of its own
	At     time.Time
	Ward   WardID
	What   string // one of Destroyed
	Stream Stream // "" for news
	Case   string // a UUID; "" for news
	Ref    string // file: its UUID; news: SHA-256 of the sealed way back; else ""
}
