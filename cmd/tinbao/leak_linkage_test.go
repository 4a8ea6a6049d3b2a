package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"tinbao/cases"
)

// The linkage search plays somebody who has a copy and no key, and looks for what two rows
// have in common: rows of a chat and of a case, of two cases, or of a report and a request
// for help.

// fact is a value that joins two rows in which it stands.
type fact struct{ kind, value string }

// keeper is what a row belongs to: a chat, under whatever name, or a case.
type keeper struct{ kind, id string }

func (o keeper) chat() bool { return o.kind == ofChat }

const ofChat = "chat"

// link is what two rows of different owners have in common.
type link struct {
	what     string // a kind of fact
	one, two keeper
	from, to string // tables and columns
	joined   string
}

func (l link) String() string {
	return fmt.Sprintf("%s of a %s and %s of a %s: the same %s %s", l.from, l.one.kind, l.to, l.two.kind, l.what, l.joined)
}

// grid is the step from which on a time is shared by many: it joins nothing.
const grid = time.Minute

// factsOf are the facts of a value. A time of a chat counts by the second, too, so that what
// differs by a few microseconds is found as well.
func factsOf(kind, value string) []fact {
	switch kind {
	case "timestamp with time zone":
		at, err := time.Parse("2006-01-02T15:04:05.999999999Z07:00", value)
		if err != nil || at.Equal(at.Truncate(grid)) {
			return nil
		}
		return []fact{{"second", at.UTC().Truncate(time.Second).String()}, {"moment", at.UTC().Truncate(time.Millisecond).String()}}
	case "bytea":
		raw, err := hex.DecodeString(strings.TrimPrefix(value, `\x`))
		if err != nil || len(raw) < 8 {
			return nil
		}
		return []fact{{"bytes", string(raw)}}
	case "xid":
		return []fact{{"transaction", value}}
	case "uuid":
		if raw, err := uuid.Parse(value); err == nil && raw.Version() == 7 { // made of its time
			seconds, nanos := raw.Time().UnixTime()
			return factsOf("timestamp with time zone", time.Unix(seconds, nanos).UTC().Format(time.RFC3339Nano))
		}
		return []fact{{"text", value}}
	case "text":
		if len(value) < 20 {
			return nil
		}
		return []fact{{"text", value}}
	}
	return nil
}

// stood is a fact where it stands.
type stood struct {
	fact
	at string
	of keeper
}

// tableRows reads the rows of the tables that hold chats and cases.
func (w *town) tableRows() (all []stood) {
	w.t.Helper()
	ctx := context.Background()
	conn := w.connect()
	defer conn.Close(ctx)
	tables := texts_(w.t, conn, `select distinct format('%s.%s', table_schema, table_name) from information_schema.columns c
		where table_schema in ('edge', 'casework') and column_name in ('who', 'lane', 'case_id', 'receipt')
		and not (select relispartition from pg_class r where r.oid = format('%I.%I', table_schema, table_name)::regclass)`)
	for _, table := range tables {
		kinds := map[string]string{"xmin": "xid"}
		for _, line := range texts_(w.t, conn, `select column_name || '=' || data_type from information_schema.columns where format('%s.%s', table_schema, table_name) = '`+table+`'`) {
			name, kind, _ := strings.Cut(line, "=")
			kinds[name] = kind
		}
		for _, line := range texts_(w.t, conn, "select (jsonb_build_object('xmin', t.xmin::text) || to_jsonb(t))::text from "+table+" t") {
			var row map[string]any
			if err := json.Unmarshal([]byte(line), &row); err != nil {
				w.t.Fatal(err)
			}
			of, ok := keeperOf(row)
			if !ok {
				continue
			}
			for name, value := range row {
				text, ok := value.(string)
				if !ok || name == "stream" {
					continue
				}
				for _, f := range factsOf(kinds[name], text) {
					all = append(all, stood{f, table + "." + name, of})
				}
			}
		}
	}
	return all
}

// keeperOf tells whose row it is.
func keeperOf(row map[string]any) (keeper, bool) {
	text := func(name string) string { s, _ := row[name].(string); return s }
	stream := text("stream")
	switch {
	case stream != "" && text("case_id") != "":
		return keeper{stream, text("case_id")}, true
	case stream != "" && text("id") != "":
		return keeper{stream, text("id")}, true
	case text("who") != "":
		return keeper{ofChat, text("who")}, true
	case len(text("lane")) > len(`\x`):
		return keeper{ofChat, strings.TrimPrefix(text("lane"), `\x`+hex.EncodeToString([]byte("press")))}, true
	}
	return keeper{}, false
}

// ofLane are the columns in which one name of a chat stands: that of its lane.
var ofLane = []string{"edge.chats.who", "edge.discreet.who", "edge.outbox.lane", "edge.updates.lane"}

// joins reports whether a fact joins two rows. A report and a merged one say so in clear,
// and a few words may come to two cases within a second.
func joins(a, b stood) bool {
	if a.of.chat() && b.of.chat() { // a name under which another purpose finds a chat
		return a.kind == "bytes" && a.at != b.at && !(slices.Contains(ofLane, a.at) && slices.Contains(ofLane, b.at))
	}
	if a.of == b.of {
		return false
	}
	switch a.kind {
	case "second", "transaction", "text":
		return a.of.chat() != b.of.chat() || a.kind == "transaction" && a.of.kind != b.of.kind
	case "moment":
		return a.of.kind != b.of.kind
	}
	return true
}

// together are rows of chats that are written with a row of a case, or what a person did would
// be lost or done twice. Their number of a transaction is in no dump, and in the files of
// Postgres until the row is written again; docs/security.md says so.
var together = []string{"edge.chats.xmin", "edge.outbox.xmin", "edge.mutes.xmin"}

// linked finds what rows of different owners have in common; each pair of columns once.
func linked(all []stood, staff func(keeper) bool, crossed map[keeper]bool) (found []link) {
	by := map[fact][]stood{}
	for _, s := range all {
		if !s.of.chat() || !staff(s.of) {
			if s.kind != "transaction" || !crossed[s.of] && !slices.Contains(together, s.at) {
				by[s.fact] = append(by[s.fact], s)
			}
		}
	}
	seen := map[string]bool{}
	for f, where := range by {
		for i, a := range where {
			for _, b := range where[i+1:] {
				if !joins(a, b) {
					continue
				}
				if a.at > b.at {
					a, b = b, a
				}
				l := link{what: f.kind, one: a.of, two: b.of, from: a.at, to: b.at, joined: fmt.Sprintf("%.40q", f.value)}
				if key := l.what + l.from + l.to + l.one.kind + l.two.kind; !seen[key] {
					seen[key] = true
					found = append(found, l)
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b link) int { return strings.Compare(a.String(), b.String()) })
	return found
}

// linkage is what joins a resident's chat with a case, or two cases, in the tables.
func (w *town) linkage() []link {
	w.t.Helper()
	staff := map[string]bool{}
	conn := w.connect()
	defer conn.Close(context.Background())
	for _, who := range texts_(w.t, conn, "select who::text from ward.staff") {
		staff[who] = true
	}
	// What passes from a request for help to the police is both in one transaction, or it
	// could be lost or doubled; its number is in the files of Postgres and in no dump.
	crossed := map[keeper]bool{}
	for _, id := range texts_(w.t, conn, "select id::text from casework.cases where concern = '"+string(cases.Crossed)+"'") {
		crossed[keeper{string(cases.ReportStream), id}] = true
	}
	return linked(w.tableRows(), func(o keeper) bool { return staff[o.id] || staff[`\x`+o.id] }, crossed)
}

// written is one row in the decoded journal.
var writtenRow = regexp.MustCompile(`^table (\w+)\.(\w+): (INSERT|UPDATE|DELETE): (.*)$`)

// journal is which rows each transaction wrote: the tables, with the names of chats.
func (w *town) transactions() (all []map[string][]string) {
	w.t.Helper()
	var now map[string][]string
	for line := range bytes.Lines(w.recorded()) {
		text := strings.TrimSpace(string(line))
		switch text {
		case "BEGIN":
			now = map[string][]string{}
		case "COMMIT":
			all = append(all, now)
		default:
			if m := writtenRow.FindStringSubmatch(text); m != nil && now != nil {
				table := m[1] + "." + m[2]
				now[table] = append(now[table], m[3]+" "+m[4])
			}
		}
	}
	return all
}

// journalLinks tells which tables that name a chat are written in a transaction that makes
// a case.
func (w *town) journalLinks() []string {
	found := map[string]bool{}
	for _, tx := range w.transactions() {
		makes := false
		for table, rows := range tx {
			makes = makes || strings.HasPrefix(table, "casework.numbers") && slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, "INSERT") })
		}
		if !makes {
			continue
		}
		for table := range tx {
			if !strings.HasPrefix(table, "casework.") {
				found[table] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
