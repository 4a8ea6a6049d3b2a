package storage_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/storage"
	"tinbao/vault"
)

// What a person wrote or sent tells its size by steps only: a short report and one of
// thrice its length look alike from the moment they are kept, and so do jobs for a report
// and for a request for help.
func TestSizesTellLittle(t *testing.T) {
	t.Parallel()
	b := setup(t)
	seen := map[string][]int32{}
	look := func(what, sql string) {
		t.Helper()
		for _, n := range column[int32](b, sql) {
			if !slices.Contains(seen[what], n) {
				seen[what] = append(seen[what], n)
			}
		}
	}
	for i, words := range []string{"ngắn", strings.Repeat("dài hơn nhiều ", 3)} {
		for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
			n := cases.NewCase{Source: cases.FromBot, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "id-" + words, Size: int64(100_000 + 300*i)}}}
			if stream == cases.HelpStream {
				n.Help = &cases.HelpContent{Service: cases.HealthCare, Text: words}
			} else {
				n.Report = &cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, Text: words}
			}
			b.do(an, func(ctx context.Context, tx *storage.Tx) error {
				tx.SaveDraft([]byte(`{"dialog":"`+words+`"}`), "vi")
				tx.Queue(storage.Message{Chat: an, Payload: []byte(`"` + words + `"`), Slot: "receipt"})
				_, c, err := tx.Receive(ctx, cases.Route{Chat: an}, n)
				if err != nil {
					return err
				}
				_, err = tx.AddInfo(ctx, stream, c.ID, cases.Route{Chat: an}, words, nil)
				return err
			})
			for what, sql := range map[string]string{
				"content":         "select octet_length(content) from casework.cases",
				"what was added":  "select octet_length(body) from casework.talks",
				"sources":         "select octet_length(source) from casework.files",
				"sizes of files":  "select size::int from casework.files",
				"drafts":          "select octet_length(draft) from edge.chats",
				"receipts":        "select octet_length(code) from edge.chats",
				"messages":        "select octet_length(payload) from edge.outbox",
				"arguments":       "select octet_length(args::text) from river.river_job",
				"ways back":       "select octet_length(sealed) from casework.routes",
				"labels":          "select octet_length(slot) from edge.outbox where slot is not null",
				"names of meters": "select octet_length(name) from edge.meters",
			} {
				look(what, sql)
			}
		}
	}
	for what, sizes := range seen {
		if len(sizes) != 1 {
			t.Errorf("%s have the sizes %v", what, sizes)
		}
	}
}

// A copy of the tables joins no chat with a case by a moment, and a message that was given
// up holds the name of no chat.
func TestRowsOfChatsTellNoMoment(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.pass(17*time.Minute + 23*time.Second + 456_789*time.Microsecond)
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte(`{}`), "vi"); return nil })
	b.pass(7 * time.Second)
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		tx.DropDraft()
		tx.Queue(storage.Message{Chat: an, Payload: []byte(`{}`), Slot: "step PA-26-0001"})
		_, _, err := tx.Receive(ctx, cases.Route{Chat: an}, cases.NewCase{Source: cases.FromBot, Report: &sample})
		return err
	})
	for _, sql := range map[string]string{
		"day of a chat":        `select count(*) from edge.chats where touched_at <> date_trunc('day', touched_at, 'Asia/Ho_Chi_Minh')`,
		"end of a receipt":     `select count(*) from edge.chats where extract(epoch from code_until)::numeric % 600 <> 0`,
		"time in the outbox":   `select count(*) from edge.outbox where extract(epoch from queued_at)::numeric % 60 <> 0 or not_before <> queued_at`,
		"number of a case":     `select count(*) from edge.outbox where slot like '%0001%'`,
		"draft that is gone":   `select count(*) from edge.chats where draft is not null or back is not null`,
		"row without anything": `select count(*) from edge.chats where code is null`,
	} {
		b.count(sql, 0)
	}
	m := b.taken(b.lane())
	if m.Queued.Equal(m.Queued.Truncate(time.Minute)) {
		t.Error("the program itself does not know when a message was queued")
	}
	if err := b.GiveUp(t.Context(), m.ID, "403"); err != nil {
		t.Fatal(err)
	}
	b.count(`select count(*) from edge.outbox where failed_at is not null and lane = '' and slot is null and payload = ''`, 1)
}

// Once nothing is left to remember of a chat there is no row of it, without a sweep.
func TestAChatWithNothingToRememberHasNoRow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.SaveDraft([]byte(`{}`), ""); return nil })
	b.count("select count(*) from edge.chats", 1)
	b.do(an, func(_ context.Context, tx *storage.Tx) error { tx.DropDraft(); return nil })
	b.count("select count(*) from edge.chats", 0)
	b.report(an, sample)
	b.do(binh, func(_ context.Context, tx *storage.Tx) error { tx.SetLang("en"); return nil })
	b.count("select count(*) from edge.chats", 2)
	for _, chat := range []int64{an, binh} { // the quick exit forgets the receipt and the language, too
		b.do(chat, func(_ context.Context, tx *storage.Tx) error { tx.ForgetThreads(); return nil })
	}
	b.count("select count(*) from edge.chats", 0)
}

// That a chat is muted, that it gets news, and that it writes stand under three names. Rows
// of the release before are found, and get names of their own.
func TestNamesOfAChatHaveAPurpose(t *testing.T) {
	t.Parallel()
	v := freshVault(t)
	b := setupWith(t, v, func(*storage.Config) {})
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Take})
	b.must(o, c.Number, cases.Change{Verb: cases.Mute, Days: 7})
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		if !tx.Muted() {
			return errors.New("not muted")
		}
		return tx.Subscribe(ctx, cases.Route{Chat: an, Lang: "vi"})
	})
	b.count(`select count(*) from (select who from edge.mutes union select who from edge.subscribers union select who from edge.chats) x`, 3)
	b.count(fmt.Sprintf(`select count(*) from edge.mutes where until <> date_trunc('day', until, 'Asia/Ho_Chi_Minh') or who = '\x%x'`, v.Who(an)), 0)

	name := fmt.Sprintf(`'\x%x'`, v.Who(binh))
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error {
		return tx.Subscribe(ctx, cases.Route{Chat: binh, Lang: "vi"})
	})
	b.owner("insert into edge.mutes (ward_id, who, until) values (1, " + name + ", now() + interval '10 years')")
	route := v.SealEdgeRoute(vault.Place{Ward: testservers.Yen.ID, Column: "subscribers.route", Row: hex.EncodeToString(v.Who(binh))}, cases.Route{Chat: binh, Lang: "vi"})
	b.owner(fmt.Sprintf(`update edge.subscribers set who = %s, route = '\x%x' where who = '\x%x'`, name, route, v.NewsName(binh)))
	subscribed := func() (yes bool) {
		b.do(binh, func(ctx context.Context, tx *storage.Tx) (err error) {
			if !tx.Muted() {
				t.Error("a mute of the release before is not found")
			}
			yes, err = tx.Subscribed(ctx, binh)
			return err
		})
		return yes
	}
	if !subscribed() {
		t.Error("a subscriber of the release before is not found")
	}
	for range 2 {
		if err := b.Sweep(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	b.count(fmt.Sprintf(`select count(*) from edge.subscribers where who in ('\x%x', '\x%x')`, v.NewsName(binh), v.NewsName(an)), 2)
	if !subscribed() {
		t.Error("lost with its new name")
	}
	b.do(binh, func(ctx context.Context, tx *storage.Tx) error { _, err := tx.Unsubscribe(ctx, binh); return err })
	b.count("select count(*) from edge.subscribers", 1)
}

// What is counted has another name for each purpose and says none.
func TestMetersSayNotWhatTheyCount(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for what := range cases.Quotas {
		b.hit(an, what, "")
	}
	names := column[string](b, "select name from edge.meters")
	if len(names) != len(cases.Quotas) {
		t.Errorf("%d purposes under %d names", len(cases.Quotas), len(names))
	}
	for _, name := range names {
		for what := range cases.Quotas {
			if strings.Contains(name, string(what)) && len(what) > 3 {
				t.Errorf("%s is counted under %s", what, name)
			}
		}
	}
}

// The same photo in a report and in a request for help leaves nothing in common, and staff
// still read its true size and sum. What the release before stored in clear is sealed later.
func TestTheSameFileJoinsNoTwoCases(t *testing.T) {
	t.Parallel()
	b := setup(t)
	photo := []byte(strings.Repeat("the same photo ", 3000))
	sum := sha256.Sum256(photo)
	viewers := map[cases.Stream]cases.Staff{cases.ReportStream: b.staff(officer, cases.Officer), cases.HelpStream: b.staff(nurse, cases.Health)}
	numbers := map[cases.Stream]cases.Number{}
	for stream := range viewers {
		n := cases.NewCase{Source: cases.FromBot, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "a", Size: int64(len(photo))}}}
		if stream == cases.HelpStream {
			n.Help = &cases.HelpContent{Service: cases.HealthCare, Text: "x"}
		} else {
			n.Report = &sample
		}
		b.do(an, func(ctx context.Context, tx *storage.Tx) error {
			_, c, err := tx.Receive(ctx, cases.Route{Chat: an}, n)
			numbers[stream] = c.Number
			return err
		})
		id := column[string](b, "select id::text from casework.files where stream = '"+string(stream)+"'")[0]
		if err := b.StoreFile(t.Context(), stream, id, photo, "image/jpeg", nil); err != nil {
			t.Fatal(err)
		}
	}
	look := func() {
		t.Helper()
		b.count("select count(*) from casework.files where sha256 is not null", 0)
		b.count("select count(distinct facts) from casework.files", 2)
		b.count(fmt.Sprintf("select count(*) from casework.files where size = %d or octet_length(body) < %d", len(photo), len(photo)), 0)
		for stream, viewer := range viewers {
			b.do(viewer.Route.Chat, func(ctx context.Context, tx *storage.Tx) error {
				c, err := tx.Desk(stream).Open(ctx, viewer, numbers[stream])
				if err != nil {
					return err
				}
				if f := c.Files[0]; f.Size != int64(len(photo)) || f.SHA256 != hex.EncodeToString(sum[:]) {
					t.Errorf("%s: %d bytes with the sum %s", stream, f.Size, f.SHA256)
				}
				body, _, err := tx.Desk(stream).Attachment(ctx, viewer, c.Files[0].ID)
				if string(body) != string(photo) {
					t.Errorf("%s: the file is another", stream)
				}
				return err
			})
		}
	}
	look()
	b.owner(fmt.Sprintf(`update casework.files set facts = null, size = %d, sha256 = '\x%x'`, len(photo), sum))
	if n, err := b.CoverFacts(t.Context()); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	look()
	if n, err := b.CoverFacts(t.Context()); n != 0 || err != nil {
		t.Error("sealed again: ", n, err)
	}
}
