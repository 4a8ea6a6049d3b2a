package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
	"github.com/riverqueue/river"

	"tinbao/bot"
)

// plants are leaks, each with a secret of its own, and where the search must find it.
// A place may be searched in several ways, and each has to find it.
var plants = map[string]struct {
	where []string
	leak  func(p planter, secret string)
}{
	"a message's words in a debug line": {[]string{"log"}, func(p planter, s string) { p.w.app.log.Debug("update", "text", s) }},
	"a label of a metric":               {[]string{"metrics"}, func(p planter, s string) { p.w.app.metrics.handled.WithLabelValues(s).Inc() }},

	"a column in clear": {everyRow, func(p planter, s string) { p.sql("update ward.wards set reception = $1", s) }},
	"a column in base64": {everyRow, func(p planter, s string) {
		p.sql("update ward.wards set name = $1", base64.StdEncoding.EncodeToString([]byte(s)))
	}},
	"a column in hex": {everyRow, func(p planter, s string) {
		p.sql("update ward.wards set hamlets = array[$1]", hex.EncodeToString([]byte(s)))
	}},
	"a column in JSON": {everyRow, func(p planter, s string) {
		p.sql("update ward.wards set phones = jsonb_build_object('police', $1::text)", s)
	}},
	"UTF-16 in a sealed one": {everyRow, func(p planter, s string) { p.sql(newChat, []byte("2"), forms(s)["UTF-16"]) }},
	"base64 in bytes": {everyRow, func(p planter, s string) {
		p.sql(newChat, []byte("3"), []byte(base64.RawURLEncoding.EncodeToString([]byte(s))))
	}},
	"an unsealed draft":    {everyRow, func(p planter, s string) { p.sql(newChat, []byte("4"), []byte(`{"answers":{"text":["`+s+`"]}}`)) }},
	"an unsealed update":   {everyRow, func(p planter, s string) { p.sql(newUpdate, 900_001, []byte(s), "") }},
	"a fault of an update": {everyRow, func(p planter, s string) { p.sql(newUpdate, 900_002, []byte("sealed"), s) }},
	"a fault of a message": {everyRow, func(p planter, s string) {
		p.sql("insert into edge.outbox (ward_id, lane, payload, not_before, queued_at, failed_at, fault) values (1, 'x', 'sealed', now(), now(), now(), $1)", s)
	}},
	"an argument of a job": {everyRow, func(p planter, s string) { p.job(s) }},
	"an error of a job": {everyRow, func(p planter, s string) {
		p.sql("update river.river_job set errors = array[jsonb_build_object('attempt', 1, 'error', $1::text)] where id = $2", s, p.job("nothing"))
	}},

	"a draft that was dropped": {[]string{"journal"}, func(p planter, s string) {
		p.sql(newChat, []byte("5"), []byte(s))
		p.sql("delete from edge.chats where who = '5'")
	}},
	"an update that was wiped": {[]string{"journal"}, func(p planter, s string) {
		p.sql(newUpdate, 900_003, []byte(s), "")
		p.sql("update edge.updates set payload = null, state = 'done' where update_id = 900003")
	}},
	"a message that was delivered": {[]string{"journal"}, func(p planter, s string) {
		p.sql("insert into edge.outbox (ward_id, lane, payload, not_before, queued_at, failed_at) values (1, 'y', $1, now(), now(), now())", []byte(s))
		p.sql("delete from edge.outbox where lane = 'y'")
	}},

	"a key of Redis": {everyKey, func(p planter, s string) { p.redis.Set(context.Background(), "send:chat:"+s, 1, 0) }},
	"a value in Redis that compresses well": {everyKey, func(p planter, s string) {
		p.redis.Set(context.Background(), "big", strings.Repeat("lặp lại ", 999)+s+strings.Repeat(" lặp lại", 999), 0)
	}},
	"a field in Redis": {everyKey, func(p planter, s string) { p.redis.HSet(context.Background(), "hash", "who", s) }},

	"a temporary file": {[]string{"temporary files"}, func(p planter, s string) { p.file(os.TempDir(), s) }},
	"a name of a temporary file": {[]string{"temporary files"}, func(p planter, s string) {
		p.file(filepath.Join(os.TempDir(), "upload-"+s), "nothing")
	}},
	"a file in a temporary folder": {[]string{"temporary files"}, func(p planter, s string) {
		p.file(filepath.Join(os.TempDir(), "upload-of-a-plant", "deep"), hex.EncodeToString([]byte(s)))
	}},
	"standard error": {[]string{"log"}, func(p planter, s string) {
		out, _ := command(p.w.t, nil, "backup", "keygen", filepath.Join("/none", s))
		p.w.log.Write([]byte(out)) // where a child's goes, see spawn
	}},
}

// The rows that stand, in three ways, and Redis in two.
var (
	everyRow = []string{"Postgres", "pg_dump", "journal"}
	everyKey = []string{"Redis", "snapshot of Redis"}
)

const (
	newChat   = "insert into edge.chats (ward_id, who, lang, draft, touched_at) values (1, $1, 'vi', $2, now())"
	newUpdate = "insert into edge.updates (bot_id, update_id, ward_id, state, payload, fault, not_before, kept_at) values (1, $1, 1, 'set_aside', $2, $3, now(), now())"
)

// planter puts leaks into a town.
type planter struct {
	w     *town
	redis *redis.Client
	queue *river.Client[pgx.Tx]
}

func (p planter) sql(statement string, args ...any) {
	p.w.t.Helper()
	conn := p.w.connect()
	defer conn.Close(context.Background())
	if tag, err := conn.Exec(context.Background(), statement, args...); err != nil || tag.RowsAffected() != 1 {
		p.w.t.Fatal(tag, err)
	}
}

// sqlAny runs a statement that changes at least one row.
func (p planter) sqlAny(statement string) {
	p.w.t.Helper()
	conn := p.w.connect()
	defer conn.Close(context.Background())
	if tag, err := conn.Exec(context.Background(), statement); err != nil || tag.RowsAffected() == 0 {
		p.w.t.Fatal(tag, err, statement)
	}
}

// job inserts a job that waits, with an argument, and gives its number.
func (p planter) job(argument string) int64 {
	p.w.t.Helper()
	inserted, err := p.queue.Insert(p.w.t.Context(), mishap{argument}, &river.InsertOpts{Queue: "nobody"})
	if err != nil {
		p.w.t.Fatal(err)
	}
	return inserted.Job.ID
}

// file writes a file below a folder and removes the file, and a folder of its own,
// with the test.
func (p planter) file(folder, words string) {
	p.w.t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		p.w.t.Fatal(err)
	}
	f, err := os.CreateTemp(folder, "plant-*")
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer f.Close()
	p.w.t.Cleanup(func() {
		os.Remove(f.Name())
		for ; folder != filepath.Clean(os.TempDir()); folder = filepath.Dir(folder) {
			os.Remove(folder)
		}
	})
	if _, err := f.WriteString(words); err != nil {
		p.w.t.Fatal(err)
	}
}

// Every place is really searched: a leak that is planted there is found, and before it
// was planted nothing was.
func TestPlantedLeaksAreFound(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	p := planter{w: w, redis: redisOf(t, w.settings.RedisURL)}
	defer p.redis.Close()
	workers := river.NewWorkers()
	river.AddWorker(workers, mishaps{})
	var err error
	if p.queue, err = w.app.queue(workers, nil); err != nil {
		t.Fatal(err)
	}
	all := secrets{}
	for i, what := range slices.Sorted(maps.Keys(plants)) {
		all[what] = fmt.Sprintf("Điều kín thứ %d, hẻm 9 của %s", i, t.Name())
	}
	if found := w.search(all); found != nil {
		t.Fatalf("found before anything was planted: %v", found)
	}
	for what, plant := range plants {
		plant.leak(p, all[what])
	}
	found := map[string][]string{}
	for _, f := range w.search(all) {
		t.Log(f)
		found[f.what] = append(found[f.what], f.where)
	}
	for what, plant := range plants {
		for _, where := range plant.where {
			if !slices.Contains(found[what], where) {
				t.Errorf("%s was planted and not found in: %s", what, where)
			}
		}
		for _, where := range found[what] {
			if !slices.Contains(plant.where, where) {
				t.Errorf("%s was found where it was not planted: %s", what, where)
			}
		}
	}
}

// say lets the bot send something of its own.
func (w *town) say(chat int64, method string, params map[string]string) error {
	params["chat_id"] = fmt.Sprint(chat)
	_, err := w.app.stations[0].Client.Do(w.t.Context(), method, params)
	return err
}

// What staff get is searched as well: texts, names of files, and the files.
func TestPlantedTracesReachStaff(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if left := find("what staff get", w.staffGet(), w.identities()); left != nil {
		t.Fatal(left)
	}
	hoa := cast["hoa"].ID
	for name, send := range map[string]func() error{
		"text": func() error { return w.say(hoa, "sendMessage", map[string]string{"text": "của an_private_name"}) },
		"button": func() error {
			return w.say(hoa, "sendMessage", map[string]string{"text": "x", "reply_markup": `{"inline_keyboard":[[{"text":"y","url":"https://t.me/binh_private_name"}]]}`})
		},
	} {
		before := len(find("what staff get", w.staffGet(), w.identities()))
		if err := send(); err != nil {
			t.Fatal(err)
		}
		if after := len(find("what staff get", w.staffGet(), w.identities())); after <= before {
			t.Errorf("not found in a %s", name)
		}
	}
	photo := phonePhoto(t, 1)
	if _, err := w.app.stations[0].Client.Upload(t.Context(), "sendDocument", map[string]string{"chat_id": fmt.Sprint(hoa)}, "document", bot.Attachment{Name: "x.jpg", Body: photo}); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range find("what staff get", w.staffGet(), w.identities()) {
		found[f.what] = true
	}
	for what, secret := range traces {
		if !bytes.Contains(photo, []byte(secret)) || !found[what] {
			t.Errorf("the %s is not in the photo, or not found there", what)
		}
	}
}
