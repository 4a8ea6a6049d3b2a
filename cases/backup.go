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
	Years     []int       `json:"years"`     // for which cases have partitions of their own
	Jobs      int         `json:"jobs"`      // version of the schema of the job queue
	Tables    []TableSum  `json:"tables"`    // each after those its foreign keys name; a partitioned one is one
	Sequences []Sequence  `json:"sequences"` // by name
	Histories []ChainHead `json:"histories"` // by ward and stream
}

// TableSum is how many rows a table has and a checksum over them that does not depend
// on their order.
type TableSum struct {
	Name    string `json:"name"`
	Columns string `json:"columns"` // with their types, by name; generated ones are left out
	Rows    int64  `json:"rows"`
	SHA256  string `json:"sha256"` // of the sorted SHA-256 of the rows
}

// Sequence is where a sequence stands.
type Sequence struct {
	Name string `json:"name"`
	Last int64  `json:"last"` // the last number given; 0 = none yet
}

// Foreign tells in one line each which tables, columns and sequences a schema does not
// have as they stand here, and what it has more; none = rows of c fit into it.
func (c Contents) Foreign(schema Contents) (list []string) {
	have := map[string]string{}
	for _, t := range schema.Tables {
		have["table "+t.Name] = t.Columns
	}
	for _, s := range schema.Sequences {
		have["sequence "+s.Name] = ""
	}
	compare := func(name, columns string) {
		own, known := have[name]
		delete(have, name)
		switch {
		case !known:
			list = append(list, fmt.Sprintf("%.80q is unknown, or stands twice", name))
		case own != columns:
			list = append(list, name+" has other columns")
		}
	}
	for _, t := range c.Tables {
		compare("table "+t.Name, t.Columns)
	}
	for _, s := range c.Sequences {
		compare("sequence "+s.Name, "")
	}
	for name := range have {
		list = append(list, name+" is missing")
	}
	slices.Sort(list)
	return list
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
	if !slices.Equal(c.Sequences, got.Sequences) {
		list = append(list, "a sequence stands elsewhere")
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
