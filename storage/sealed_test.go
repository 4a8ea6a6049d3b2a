package storage_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
)

// hashed are the columns of bytes that are no sealed values: keyed hashes, links of
// the history, and the numbers of keys.
var hashed = []string{
	"casework.establishment_links.tag",
	"casework.anchors.code", "casework.anchors.previous", "casework.cases.head", "casework.cases.receipt", "casework.events.hash", "casework.files.sha256", "casework.numbers.receipt",
	"edge.subscribers.who", "edge.web_forms.token", "ward.dashboard_links.hash", "ward.dashboard_sessions.hash", "ward.page_sends.after",
	"ward.account_events.bound", "ward.account_events.code", "ward.invites.code",
	"edge.chats.who", "edge.discreet.who", "edge.mutes.who", "edge.outbox.lane", "edge.retired_keys.prefix", "edge.updates.aside", "edge.updates.lane", "ward.invites.hash", "ward.staff.who",
}

// swapTest is a ward in which every sealed column has values that are read by the
// ways of the program.
type swapTest struct {
	*keyed
	by    map[cases.Stream]cases.Staff
	mine  map[cases.Stream]cases.Case // the case whose values are exchanged
	over  map[cases.Stream]cases.Case // one that has ended
	token string

	hidden []string // discreet messages of chats 9150 and 9151
}

// swapped is a sealed column: the value that is exchanged, and the way it is read.
type swapped struct {
	mine, other string // conditions that find the row, and another of the same column
	read        func(ctx context.Context, s *storage.Store) error
}

func newSwapTest(t *testing.T) *swapTest {
	t.Helper()
	w := &swapTest{keyed: setupKeyed(t), by: map[cases.Stream]cases.Staff{}, mine: map[cases.Stream]cases.Case{}, over: map[cases.Stream]cases.Case{}}
	if err := storage.PutWard(t.Context(), w.url, cases.Ward{ID: 2, Name: "phường khác"}); err != nil {
		t.Fatal(err)
	}
	w.by[cases.ReportStream], w.by[cases.HelpStream] = w.staff(officer, cases.Officer), w.staff(nurse, cases.Health)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range []*storage.Store{w.Store, w.store(w.live, 2)} {
		id, err := s.AddStaff(ctx, cases.Officer, "khác", pin, cases.Route{Chat: 3001})
		must(err)
		if s != w.Store {
			ours := w.by
			w.by = map[cases.Stream]cases.Staff{cases.ReportStream: {ID: id, Role: cases.Officer}, cases.HelpStream: {ID: id, Role: cases.Health}}
			defer func() { w.by = ours }()
		}
		must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error { return fillPages(ctx, tx, id) }))
		must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
			return fillReports(ctx, tx, cases.Staff{ID: id, Role: cases.Officer})
		}))
		must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error { return fillRegister(ctx, tx, cases.Staff{ID: id}) }))
		for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
			for range 2 {
				c, ended := w.full(s, stream), w.ended(s, stream)
				if s == w.Store {
					w.mine[stream], w.over[stream] = c, ended
				}
			}
		}
		for i := range 2 {
			invited, err := s.Invite(ctx, cases.Officer, fmt.Sprint("Mới ", i))
			must(err)
			if s == w.Store {
				w.token = invited.Token
			}
		}
		for range 2 {
			must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
				_, err := tx.PutService(ctx, w.by[cases.HelpStream], cases.ServiceEntry{Service: cases.LegalAid})
				return errors.Join(err, writeRegister(ctx, tx, w.by[cases.ReportStream]))
			}))
		}
		chat := int64(9000)
		if s == w.Store {
			chat = 9100
		}
		for i := range int64(2) {
			must(discreetlyTo(ctx, s, chat+50+i, &w.hidden))
		}
		for i := range int64(2) {
			must(s.Send(ctx, storage.Message{Chat: chat + i, Payload: []byte(`"x"`)}))
			must(s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error {
				return tx.Subscribe(ctx, cases.Route{Chat: chat + i, Lang: "vi"})
			}))
			must(s.Keep(ctx, []storage.Update{{ID: chat + i, Chat: chat + i, Payload: []byte(`{}`)}}))
			_, err := s.HandleOne(ctx, func(_ context.Context, tx *storage.Tx, _ []byte) error {
				tx.From(chat+i, 1)
				tx.SaveDraft([]byte("draft"), "vi")
				tx.KeepCode("222222222222222222")
				tx.Thread().Remember(cases.OwnWords{Message: 1, At: tx.Now().Unix()}, tx.Now())
				tx.KeepThread()
				tx.Chosen().SetDiscreet(true, tx.Now())
				tx.KeepChosen()
				return nil
			})
			must(err)
			must(s.Spoke(ctx, chat+i, 7, cases.HelpStream, "x"))
			must(s.Keep(ctx, []storage.Update{{ID: chat + 10 + i, Chat: chat + 10 + i, Payload: []byte(`{}`)}}))
		}
		must(s.Keep(ctx, []storage.Update{{ID: chat + 20, Chat: chat, Payload: []byte(`{}`)}})) // of a chat with a draft
	}
	return w
}

// full is a case with a message, a file that waits and one that is stored.
func (w *swapTest) full(s *storage.Store, stream cases.Stream) (c cases.Case) {
	w.t.Helper()
	n := cases.NewCase{Source: cases.FromBot, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "a"}, {Kind: cases.Photo, FileID: "b"}}}
	if stream == cases.HelpStream {
		n.Help = &cases.HelpContent{Service: cases.HealthCare, Text: "x"}
	} else {
		n.Report = &sample
	}
	err := s.Do(w.t.Context(), func(ctx context.Context, tx *storage.Tx) (err error) {
		if _, c, err = tx.Receive(ctx, cases.Route{Chat: an}, n); err != nil {
			return err
		}
		if c, err = tx.Desk(stream).Act(ctx, w.by[stream], c.Number, -1, cases.Change{Verb: cases.Note, Text: "ghi chú"}); err != nil {
			return err
		}
		if c, err = w.openedAgain(ctx, tx, stream, c); err != nil {
			return err
		}
		return tx.Desk(stream).AddCanned(ctx, "", "mẫu")
	})
	if err == nil {
		err = s.StoreFile(w.t.Context(), stream, c.Files[0].ID, []byte("photo"), "image/jpeg", nil)
	}
	if err == nil && stream == cases.ReportStream {
		err = w.cover(s, c)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// ended is a case that has ended.
func (w *swapTest) ended(s *storage.Store, stream cases.Stream) (c cases.Case) {
	w.t.Helper()
	n := cases.NewCase{Source: cases.FromBot, Report: &sample}
	if stream == cases.HelpStream {
		n.Report, n.Help = nil, &cases.HelpContent{Service: cases.HealthCare, Text: "x"}
	}
	err := s.Do(w.t.Context(), func(ctx context.Context, tx *storage.Tx) (err error) {
		if _, c, err = tx.Receive(ctx, cases.Route{Chat: an}, n); err != nil {
			return err
		}
		for _, ch := range ending(stream) {
			if c, err = tx.Desk(stream).Act(ctx, w.by[stream], c.Number, -1, ch); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// ending are the steps that end a new case.
func ending(stream cases.Stream) []cases.Change {
	if stream == cases.HelpStream {
		return []cases.Change{{Verb: cases.Contact}, {Verb: cases.Close, Ending: cases.EndDone}}
	}
	return []cases.Change{{Verb: cases.Verify, Finding: cases.Founded}, {Verb: cases.Close, Ending: cases.EndHandled}}
}

const ownWord = "hoa sữa"

// openedAgain ends a case that is then rated and opened again.
func (w *swapTest) openedAgain(ctx context.Context, tx *storage.Tx, stream cases.Stream, c cases.Case) (cases.Case, error) {
	for _, ch := range ending(stream) {
		if _, err := tx.Desk(stream).Act(ctx, w.by[stream], c.Number, -1, ch); err != nil {
			return c, err
		}
	}
	tx.From(an, 1)
	if err := errors.Join(tx.SetWord(ctx, stream, c.ID, ownWord), tx.Rate(ctx, stream, c.ID, 3), tx.RateWords(ctx, stream, c.ID, "x")); err != nil {
		return c, err
	}
	if _, err := tx.AskAgain(ctx, stream, c.ID, "x", cases.Route{Chat: an}); err != nil {
		return c, err
	}
	return tx.Desk(stream).Act(ctx, w.by[stream], c.Number, -1, cases.Change{Verb: cases.Reopen})
}

// columns says for each sealed column how it is read.
func (w *swapTest) columns(stream cases.Stream) map[string]swapped {
	mine, by := w.mine[stream], w.by[stream]
	desk := func(work func(ctx context.Context, d storage.Desk, tx *storage.Tx) error) func(context.Context, *storage.Store) error {
		return func(ctx context.Context, s *storage.Store) error {
			return s.Do(ctx, func(ctx context.Context, tx *storage.Tx) error { return work(ctx, tx.Desk(stream), tx) })
		}
	}
	show := desk(func(ctx context.Context, d storage.Desk, _ *storage.Tx) error {
		_, err := d.Open(ctx, by, mine.Number)
		return err
	})
	shared := w.shared(stream, show)
	of := func(column string) (string, string) {
		return fmt.Sprintf("stream = '%s' and ward_id = 1 and %s = '%s'", stream, column, mine.ID), fmt.Sprintf("stream = '%s' and ward_id = 1 and %s <> '%s'", stream, column, mine.ID)
	}
	caseMine, caseOther := of("id")
	partMine, partOther := of("case_id")
	handle := func(update int) func(context.Context, *storage.Store) error {
		return func(ctx context.Context, s *storage.Store) error {
			w.owner(fmt.Sprintf("update edge.updates set not_before = 'infinity' where update_id <> %d", update))
			_, err := s.HandleOne(ctx, func(context.Context, *storage.Tx, []byte) error { return errRead })
			return err
		}
	}
	list := func(ctx context.Context, s *storage.Store) error {
		all, err := s.StaffList(ctx)
		for _, one := range all {
			if one.Name == "?" { // the others are there all the same
				return errors.New("one account does not open")
			}
		}
		return err
	}
	who := func(chat int64) string { return fmt.Sprintf("\\x%x", w.live.Who(chat)) }
	news := func(chat int64) string { return fmt.Sprintf("\\x%x", w.live.NewsName(chat)) }
	first := fmt.Sprintf("(select k.id from casework.canned k where k.stream = '%s' and k.ward_id = 1 order by k.id limit 1)", stream)
	table := map[string]swapped{
		"casework.cases.case_key": {caseMine, caseOther, show},
		"casework.cases.content":  {caseMine, caseOther, shared},
		"casework.cases.result": {
			fmt.Sprintf("stream = '%s' and ward_id = 1 and id = '%s'", stream, w.over[stream].ID),
			fmt.Sprintf("stream = '%s' and ward_id = 1 and id <> '%s' and result is not null", stream, w.over[stream].ID),
			desk(func(ctx context.Context, d storage.Desk, _ *storage.Tx) error {
				_, err := d.Open(ctx, by, w.over[stream].Number)
				return err
			}),
		},
		"casework.cases.word": {caseMine, caseOther + " and word is not null", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			tx.Prove(ownWord)
			_, err := tx.Ownership(ctx, stream, mine.ID)
			return err
		})},
		"casework.talks.body":    {partMine + " and seq = 1", partOther + " and seq = 1", show},
		"casework.ratings.words": {partMine, partOther, show},
		"casework.canned.sealed": {first + " = id", first + " <> id and stream = '" + string(stream) + "' and ward_id = 1", desk(func(ctx context.Context, d storage.Desk, _ *storage.Tx) error {
			_, err := d.Canned(ctx)
			return err
		})},
		"casework.routes.sealed": {partMine, partOther, desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.Routes(ctx, stream, mine.ID)
			return err
		})},
		"casework.files.body": {partMine + " and n = 1", partOther + " and n = 1", desk(func(ctx context.Context, d storage.Desk, _ *storage.Tx) error {
			_, _, err := d.Attachment(ctx, by, mine.Files[0].ID)
			return err
		})},
		"casework.files.facts": {partMine + " and n = 1", partOther + " and n = 1", show},
		"casework.files.source": {partMine + " and n = 2", partOther + " and n = 2", func(ctx context.Context, s *storage.Store) error {
			_, err := s.FileToFetch(ctx, stream, mine.Files[1].ID)
			return err
		}},
		"ward.staff.name":  {"ward_id = 1 and id = 1", "ward_id = 1 and id = 2", list},
		"ward.staff.route": {"ward_id = 1 and id = 1", "ward_id = 1 and id = 2", list},
		"ward.staff.pin": {"ward_id = 1 and id = 1", "ward_id = 1 and id = 2", func(ctx context.Context, s *storage.Store) error {
			w.owner("update edge.updates set not_before = 'infinity'")
			if err := s.Keep(ctx, []storage.Update{{ID: 9300, Chat: officer, Payload: []byte(`{}`)}}); err != nil {
				return err
			}
			_, err := s.HandleOne(ctx, func(ctx context.Context, tx *storage.Tx, _ []byte) error {
				if _, err := tx.TryPIN(ctx, otherPIN); err != nil {
					return err
				}
				return errRead
			})
			return err
		}},
		"ward.invites.name": {fmt.Sprintf("hash = '\\x%x'", w.live.Token(w.token)), fmt.Sprintf("ward_id = 1 and hash <> '\\x%x'", w.live.Token(w.token)), desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, _, err := tx.AcceptInvite(ctx, w.token, cases.Route{Chat: 3100})
			return errors.Join(err, errRead) // and nobody accepts it
		})},
		"ward.account_events.sealed": {"ward_id = 1 and seq = 1", "ward_id = 1 and seq = 2", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.AccountLog(ctx, 0, 100)
			return err
		})},
		"ward.services.sealed": {"ward_id = 1 and entry = 1", "ward_id = 1 and entry = 2", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.Services(ctx)
			return err
		})},
		"ward.register_entries.sealed": {"ward_id = 1 and entry = 1", "ward_id = 1 and entry = 2", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.RegisterHistory(ctx, 1)
			return err
		})},
		"ward.pages.sealed": {"ward_id = 1 and version = 1", "ward_id = 1 and version = 2", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.Page(ctx, cases.PageRisk, "vi", 1)
			return err
		})},
		"ward.pages.payload": {"ward_id = 1 and version = 1", "ward_id = 1 and version = 2", desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error {
			_, err := tx.PageFile(ctx, cases.Page{Key: cases.PageRisk, Lang: "vi", Version: 1})
			return err
		})},
		"edge.subscribers.route": {"who = '" + news(9100) + "'", "who = '" + news(9101) + "'", w.news},
		"edge.outbox.payload": {"lane = '" + who(9100) + "'", "lane = '" + who(9101) + "'", func(ctx context.Context, s *storage.Store) error {
			_, err := s.Next(ctx, w.live.Who(9100))
			return err
		}},
		"edge.updates.payload": {"update_id = 9110", "update_id = 9111", handle(9110)},
		"edge.chats.draft":     {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", handle(9120)}, // of the same chat
		"edge.chats.code":      {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", handle(9120)},
		"edge.chats.spoken":    {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", handle(9120)},
		"edge.chats.thread":    {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", handle(9120)},
		"edge.chats.chosen":    {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", handle(9120)},
		"edge.discreet.body": {"id = '" + w.hidden[0] + "'", "id = '" + w.hidden[1] + "'", func(ctx context.Context, s *storage.Store) error {
			w.owner("update edge.updates set not_before = 'infinity'")
			if err := s.Keep(ctx, []storage.Update{{ID: 9301, Chat: 9150, Payload: []byte(`{}`)}}); err != nil {
				return err
			}
			_, err := s.HandleOne(ctx, func(ctx context.Context, tx *storage.Tx, _ []byte) error {
				_, _, err := tx.DiscreetWords(ctx, w.hidden[0])
				return errors.Join(err, errRead)
			})
			return err
		}},
		"edge.chats.back": {"who = '" + who(9100) + "'", "who = '" + who(9101) + "'", w.farewell},
	}
	registerTable(table, desk)
	w.papers(table, stream, partMine, partOther, show, shared)
	w.periodic(table)
	return table
}

// errRead ends a transaction in which everything opened.
var errRead = errors.New("it was read")

// farewell fails unless the writer of the draft of 9100 is told of its end.
func (w *swapTest) farewell(ctx context.Context, s *storage.Store) error {
	told := false
	_, err := s.TendDrafts(ctx, -time.Hour, func(d storage.LeftDraft) ([]byte, []storage.Message, error) {
		told = told || d.Back.Chat == 9100
		return nil, []storage.Message{{Chat: d.Back.Chat, Payload: []byte(`"bye"`)}}, nil
	})
	if err == nil && !told {
		return errors.New("does not open")
	}
	return err
}

// lately are the tables whose rows are gone once they are read.
var lately = []string{"chats", "outbox", "updates"}

// keep remembers what is in them, and again puts it back.
func (w *swapTest) keep() {
	for _, table := range lately {
		w.owner("create table public." + table + " as table edge." + table)
	}
}

func (w *swapTest) again() {
	var sql strings.Builder
	for _, table := range lately {
		fmt.Fprintf(&sql, "delete from edge.%[1]s; insert into edge.%[1]s overriding system value table public.%[1]s;", table)
	}
	w.owner(sql.String())
}

// put exchanges a value, as the owner of the tables.
func (w *swapTest) put(column, where, value string, args ...any) error {
	table, field, _ := cutLast(column)
	conn, err := pgx.Connect(w.t.Context(), w.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	tag, err := conn.Exec(w.t.Context(), fmt.Sprintf("update %s set %s = (%s) where %s", table, field, value, where), args...)
	if err == nil && tag.RowsAffected() == 0 {
		return errors.New("no such row")
	}
	return err
}

// Whatever somebody who owns the database copies into a sealed column, from another
// row, column, ward or stream: it does not open there. The table is complete, for
// the database itself says which columns there are.
func TestNothingSealedOpensElsewhere(t *testing.T) {
	t.Parallel()
	w := newSwapTest(t)
	w.owner("alter table casework.talks disable trigger wipe_only")
	w.keep()
	conn, err := pgx.Connect(t.Context(), w.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	rows, _ := conn.Query(t.Context(), `select table_schema || '.' || table_name || '.' || column_name from information_schema.columns c
		join pg_class r on r.oid = format('%I.%I', table_schema, table_name)::regclass and not r.relispartition
		where data_type = 'bytea' and table_schema in ('edge', 'ward', 'casework') order by 1`)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, stream := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		table := w.columns(stream)
		for _, column := range all {
			if slices.Contains(hashed, column) {
				continue
			}
			c, known := table[column]
			if only := onlyReports[column]; only && stream == cases.HelpStream {
				continue
			}
			if !known {
				t.Errorf("%s: a sealed column that is not in the table", column)
				continue
			}
			delete(table, column)
			tried += w.exchange(t, conn, stream, column, c)
		}
		for column := range table {
			t.Errorf("%s: no such column", column)
		}
	}
	t.Logf("%d exchanges", tried)
}

// exchange tries every wrong value in one place.
func (w *swapTest) exchange(t *testing.T, conn *pgx.Conn, stream cases.Stream, column string, c swapped) (tried int) {
	t.Helper()
	ctx := t.Context()
	table, field, _ := cutLast(column)
	one := func(sql string) (value []byte) {
		t.Helper()
		if err := conn.QueryRow(ctx, sql).Scan(&value); err != nil || len(value) == 0 {
			t.Fatalf("%s: %s: %v", column, sql, err)
		}
		return value
	}
	right := one("select " + field + " from " + table + " where " + c.mine)
	wrongs := map[string][]byte{
		"row":    one("select " + field + " from " + table + " where " + c.other + " limit 1"),
		"ward":   one("select " + field + " from " + table + " where ward_id = 2 and octet_length(" + field + ") > 0 limit 1"),
		"column": one("select name from ward.staff where id = 1"),
	}
	if strings.HasPrefix(column, "casework.") {
		other := table
		if onlyReports[column] {
			other, field = "casework.talks", "body"
		}
		wrongs["stream"] = one(fmt.Sprintf("select %s from %s where stream <> '%s' and ward_id = 1 and octet_length(%s) > 0 limit 1", field, other, stream, field))
		wrongs["column"] = one("select content from casework.cases where id = '" + w.mine[stream].ID + "'")
		if field == "content" {
			wrongs["column"] = one("select body from casework.talks where case_id = '" + w.mine[stream].ID + "'")
		}
	}
	if column == "ward.staff.name" {
		wrongs["column"] = one("select route from ward.staff where id = 1")
	}
	read := func(value []byte) error {
		w.again()
		if err := w.put(column, c.mine, "$1", value); err != nil {
			t.Fatalf("%s: %v", column, err)
		}
		return c.read(ctx, w.Store)
	}
	for what, value := range wrongs {
		tried++
		if err := read(value); err == nil || !strings.Contains(err.Error(), "does not open") {
			t.Errorf("%s (%s): opened with the value of another %s: %v", column, stream, what, err)
		}
	}
	if err := read(right); err != nil && !errors.Is(err, errRead) {
		t.Errorf("%s (%s): its own value: %v", column, stream, err)
	}
	w.again()
	return tried
}
