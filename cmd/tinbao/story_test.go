package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/rogpeppe/go-internal/txtar"

	"tinbao/cases"
	"tinbao/internal/testservers"
	"tinbao/media"
	"tinbao/storage"
	"tinbao/telegramsim"
)

var update = flag.Bool("update", false, "rewrite the transcripts")

func TestMain(m *testing.M) {
	media.Child()
	switch mark := os.Getenv(childMark); mark {
	case "":
	case childMarked:
		main() // the test program is the program, for tests that kill it
		return
	case hooked:
		if err := serveHooked(); err != nil {
			fmt.Fprintln(os.Stderr, "tinbao:", err)
			os.Exit(1)
		}
		return
	default:
		if err := servePlanted(mark); err != nil {
			fmt.Fprintln(os.Stderr, "tinbao:", err)
			os.Exit(1)
		}
		return
	}
	testservers.Main(m)
}

// began is when the tests started; older temporary files are not theirs.
var began = time.Now()

const (
	childMark     = "TINBAO_TEST_CHILD"
	childMarked   = "1" // anything else is a plant, see servePlanted
	testToken     = "424242:end-to-end-token"
	testPIN       = "260611"
	patience      = 20 * time.Second
	longAfternoon = 10 * 365 * 24 * 60 // minutes: stories that are not about it never need the PIN
	unhurried     = 100_000            // messages a second: stories do not wait for Telegram's limits
)

// people of the stories, by the names the stories use
var cast = map[string]telegramsim.User{
	"an":   {ID: 5550070001, FirstName: "Nguyễn Kín", LastName: "Danh", Username: "an_private_name", LanguageCode: "vi"},
	"binh": {ID: 5550070002, FirstName: "Bình Kín", Username: "binh_private_name", LanguageCode: "vi"},
	"chi":  {ID: 5550070003, FirstName: "Chi Kín", Username: "chi_private_name"},
	"eve":  {ID: 5550070004, FirstName: "Eve Kín", Username: "eve_private_name", LanguageCode: "en-GB"},
	"hoa":  {ID: 5550080001, FirstName: "Hoa", Username: "hoa_officer", Side: telegramsim.Staff},
	"lan":  {ID: 5550080002, FirstName: "Lan", Username: "lan_officer", Side: telegramsim.Staff},
	"dung": {ID: 5550080003, FirstName: "Dũng", Username: "dung_police", Side: telegramsim.Staff},
	"yen":  {ID: 5550080004, FirstName: "Yến", Username: "yen_health", Side: telegramsim.Staff},
	"tam":  {ID: 5550080005, FirstName: "Tâm", Username: "tam_admin", Side: telegramsim.Staff},
	"khoi": {ID: 5550080006, FirstName: "Khôi", Username: "khoi_leader", Side: telegramsim.Staff},
}

// posts are the accounts that exist when a story begins.
var posts = map[string]struct {
	role cases.Role
	name string
}{
	"hoa": {cases.Officer, "Cô Hoa"}, "lan": {cases.Officer, "Cô Lan"}, "dung": {cases.Police, "Anh Dũng"},
	"yen": {cases.Health, "Chị Yến"}, "tam": {cases.Admin, "Anh Tâm"}, "khoi": {cases.Leader, "Ông Khôi"},
}

// town is a running tinbao with a simulated Telegram before it.
type town struct {
	t        *testing.T
	sim      *telegramsim.Server
	telegram *httptest.Server
	settings settings
	login    string // the address under which the program serves; "" = as the owner
	log      *journal
	clock    *clock
	stop     func()
	app      *app
	rows     *testservers.Recording // nil = nobody records the database
	exact    []string               // who gave an exact place to staff
	tamper   func(*app)             // changes the program before it runs; nil = as it is
}

// journal keeps everything the program logs.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// clock is the town's time; it runs from a fixed morning and can be moved on.
type clock struct {
	mu    sync.Mutex
	begin time.Time
	moved time.Duration
}

var morning = time.Date(2026, 11, 23, 9, 0, 0, 0, cases.Vietnam) // a Monday

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begin.IsZero() {
		return time.Now()
	}
	return morning.Add(time.Since(c.begin) + c.moved)
}

// real makes the clock the machine's, for towns that share a database with
// programs of their own.
func (c *clock) real() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begin = time.Time{}
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved += d
}

func newTown(t *testing.T) *town {
	t.Helper()
	address := testservers.Database(t)
	rows := testservers.Record(t, address)
	w := newTownUnder(t, address, testservers.Login(t, address, storage.AllowLogin), testservers.Redis(t), polling)
	w.rows = rows
	return w
}

// newKeys makes a key file, and the key that wraps it in a folder of its own.
func newKeys(t *testing.T) keyFile {
	t.Helper()
	k := keyFile{Keys: filepath.Join(t.TempDir(), "keys.json"), KEK: "file:" + filepath.Join(t.TempDir(), "kek")}
	if err := k.ensure(); err != nil {
		t.Fatal(err)
	}
	return k
}

// simulated is a Telegram of the test's own and where it answers.
func simulated(t *testing.T, o telegramsim.Options) (*telegramsim.Server, *httptest.Server) {
	t.Helper()
	o.Token = testToken
	sim, err := telegramsim.New(o)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(sim.Handler())
	t.Cleanup(func() { sim.Close(); web.Close() })
	return sim, web
}

// addCast gives everybody a phone.
func addCast(sim *telegramsim.Server) {
	for _, u := range cast {
		sim.AddUser(u)
	}
}

// usual are the settings of tests: by polling, at any pace, on a port that is free.
func usual(database_, api, redis string, keys keyFile) settings {
	return settings{
		database: database{DatabaseURL: database_}, keyFile: keys, telegram: telegram_(api), RedisURL: redis,
		Ward: 1, Mode: polling, SendRate: unhurried, ChatRate: unhurried, IdleMinutes: longAfternoon,
		RouteDays: 90, FileDays: 365, ContentDays: 730, HTTPAddr: "127.0.0.1:0", Office: "none",
	}
}

// newTownOn is a town on the given servers, whose program owns the tables.
func newTownOn(t *testing.T, database_, redis, mode string) *town {
	t.Helper()
	return newTownUnder(t, database_, "", redis, mode)
}

// newTownUnder is a town whose program serves under a login.
func newTownUnder(t *testing.T, database_, login, redis, mode string) *town {
	t.Helper()
	sim, telegram := simulated(t, telegramsim.Options{})
	addCast(sim)
	w := &town{t: t, sim: sim, telegram: telegram, log: &journal{}, clock: &clock{begin: time.Now()}, login: login, settings: usual(database_, telegram.URL, redis, newKeys(t))}
	w.settings.Mode = mode
	if mode == webhook {
		w.settings.HTTPAddr = freeAddress(t)
		w.settings.WebhookURL = "http://" + w.settings.HTTPAddr + "/telegram"
	}
	w.stop = func() {} // until it is started
	t.Cleanup(func() { w.stop() })
	w.start()
	w.hire()
	return w
}

func telegram_(address string) telegram { return telegram{Token: testToken, API: address} }

func (w *town) start() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := w.settings
	if w.login != "" {
		s.DatabaseURL = w.login
	}
	a, err := wire(ctx, s, options{now: w.clock.now, log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		w.t.Fatal(err)
	}
	w.app = a
	if w.tamper != nil {
		w.tamper(a)
	}
	done := make(chan error, 1)
	go func() { done <- a.run(ctx) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("tinbao ended with: %v", err)
		}
		a.close()
	})
}

func (w *town) restart() {
	w.t.Helper()
	w.stop()
	w.start()
}

// hire opens the accounts of the cast; each has pressed Start in Telegram.
func (w *town) hire() {
	w.t.Helper()
	inOrder := slices.Sorted(maps.Keys(posts)) // accounts are numbered as they come
	for _, who := range inOrder {
		p := posts[who]
		if _, err := w.app.store.AddStaff(w.t.Context(), p.role, p.name, testPIN, cases.Route{Chat: cast[who].ID, Lang: "vi"}); err != nil {
			w.t.Fatal(err)
		}
	}
	for _, who := range inOrder {
		if _, err := w.sim.Start(cast[who].ID, ""); err != nil {
			w.t.Fatal(err)
		}
	}
	w.settle()
}

// settle waits until nothing is on its way any more.
func (w *town) settle() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	if err := w.sim.Idle(ctx); err != nil {
		w.t.Fatalf("updates stay with Telegram: %v\n%s", err, w.log)
	}
	outbox := func(ctx context.Context) (int64, error) {
		messages, _, _, err := w.app.store.OutboxState(ctx)
		return messages, err
	}
	// In the order of the work: updates make files, and both make messages.
	for _, waiting := range []func(context.Context) (int64, error){w.app.store.Waiting, w.app.store.FilesWaiting, outbox} {
		for {
			n, err := waiting(ctx)
			if err != nil {
				w.t.Fatal(err)
			}
			if n == 0 {
				break
			}
			wait(ctx, nil, 5*time.Millisecond)
		}
	}
}

// show writes what a phone shows: every message that is new or has changed since
// shown was filled (nil = everything), which it brings up to date. A message that
// only lost its buttons has nothing new to say.
func (w *town) show(who string, shown map[int]string) string {
	var b strings.Builder
	for _, m := range w.sim.Messages(cast[who].ID) {
		old, known := shown[m.ID]
		mark := ">"
		if m.FromBot {
			mark = "<"
		}
		if known {
			mark = "~" // changed in place
		}
		text := picture(m, mark)
		if shown != nil {
			shown[m.ID] = text[1:]
		}
		if known && (old == text[1:] || len(m.Inline) == 0 && strings.HasPrefix(old, text[1:])) {
			continue
		}
		b.WriteString(text)
	}
	return steady(b.String())
}

// picture is one message as it looks.
func picture(m telegramsim.Message, mark string) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(covered(m)), "\n") {
		if i == 0 {
			fmt.Fprintf(&b, "%s %s%s\n", mark, fileMark(m), line)
			continue
		}
		fmt.Fprintf(&b, "  %s\n", line)
	}
	for _, row := range m.Inline {
		b.WriteString("   ")
		for _, button := range row {
			fmt.Fprintf(&b, " [%s]", button.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func fileMark(m telegramsim.Message) string {
	_, kind := m.File()
	mark := ""
	if kind != "" {
		mark = "(" + string(kind) + ") "
	}
	if m.Location != nil {
		mark = "(location) "
	}
	if m.Venue != nil {
		mark = "(venue) "
	}
	if m.Origin != nil {
		mark = "(forwarded) "
	}
	if m.Contact != nil {
		mark = "(contact) "
	}
	if m.Protected {
		mark = "🔒 " + mark
	}
	return mark
}

// What differs from run to run is written the same way in transcripts.
var unsteady = []struct {
	find *regexp.Regexp
	put  string
}{
	{regexp.MustCompile(`[2-9A-HJ-KM-NP-Z]{6}-[2-9A-HJ-KM-NP-Z]{6}-[2-9A-HJ-KM-NP-Z]{6}`), "XXXXXX-XXXXXX-XXXXXX"},
	{regexp.MustCompile(`\([A-Z]\d\d\)`), "(MARK)"},
	{regexp.MustCompile(`(ký hiệu|the mark) [A-Z]\d\d\b`), "$1 MARK"},
	{regexp.MustCompile(`\b\d\d:\d\d (ngày |on |)(\d\d/\d\d/\d{4})`), "hh:mm $1$2"},
	{regexp.MustCompile(`\b\d\d:\d\d (\(MARK\) |)(hôm nay|today)`), "hh:mm $1$2"},
	{regexp.MustCompile(`(Sen|Mai|Đào|Cúc|Lan|Hồng|Huệ|Nhài|Quỳnh|Ban|Gạo|Sim|Bưởi|Lựu|Súng|Bằng Lăng|Hướng Dương|Phượng|Cẩm Chướng|Thạch Thảo) \d\d\b`), "ALIAS"},
	{regexp.MustCompile(`start=[\w-]+`), "start=TOKEN"},
	{regexp.MustCompile(`/start [\w-]{20,}`), "/start TOKEN"},
}

func steady(s string) string {
	for _, u := range unsteady {
		s = u.find.ReplaceAllString(s, u.put)
	}
	return s
}

// story plays one txtar file: its comment is a list of acts, its files are what
// the phones showed.
type story struct {
	*town
	seen     map[string]map[int]string // by person and message
	toasts   map[string]int
	keys     map[string]string
	receipts map[string]string
	shown    []txtar.File
}

var receiptForm = unsteady[0].find

// play runs one line of a story.
func (s *story) play(line string) {
	s.t.Helper()
	defer func(t time.Time) { s.t.Log(time.Since(t).Round(time.Millisecond), line) }(time.Now())
	who, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	verb, what, _ := strings.Cut(strings.TrimSpace(rest), " ")
	what = strings.TrimSpace(what)
	for name, code := range s.receipts {
		what = strings.ReplaceAll(what, "$"+name, code)
	}
	what = odd.ReplaceAllStringFunc(what, unquoted)
	switch who {
	case "restart":
		s.restart()
		return
	case "pass":
		d, err := time.ParseDuration(verb)
		if err != nil {
			s.t.Fatal(err)
		}
		s.clock.pass(d)
		s.alarms()
		return
	case "expire":
		s.expire()
		return
	case "care":
		s.care()
		return
	case "bodies": // the settings name places outside the ward
		s.bodies()
		return
	case "queue": // until no job is left that makes messages
		s.idle()
		return
	case "closing": // the half-years that have ended are closed, here or by the job that does so
		s.closeHalfYears()
		return
	case "remind":
		s.remind()
		return
	case "clock": // the jobs of limits and of the morning
		s.clockJobs()
		return
	}
	if err := s.act(cast[who].ID, who, verb, what); err != nil {
		s.t.Fatalf("%s: %v\n%s", line, err, s.show(who, nil))
	}
	s.settle()
}

// odd are characters a story cannot show, written as Go writes them.
var odd = regexp.MustCompile(`\\n|\\u[0-9a-f]{4}`)

func unquoted(s string) string {
	if plain, err := strconv.Unquote(`"` + s + `"`); err == nil {
		return plain
	}
	return s
}

// bodies puts those of the demo into the settings of the ward.
func (s *story) bodies() {
	s.t.Helper()
	w := testservers.Yen
	w.Bodies = demoWard.Bodies
	if err := storage.PutWard(s.t.Context(), s.settings.DatabaseURL, w); err != nil {
		s.t.Fatal(err)
	}
}

func (s *story) act(id int64, who, verb, what string) (err error) {
	switch verb {
	case "starts":
		_, err = s.sim.Start(id, what)
	case "says":
		_, err = s.sim.SendText(id, what)
	case "presses":
		if slices.Contains(exactly, what) {
			s.exact = append(s.exact, who)
		}
		err = s.sim.PressText(id, what)
	case "opens": // a line of the list of own cases, by its number
		err = s.open(id, what)
	case "types": // a PIN on the keys
		for _, digit := range what {
			if err := s.sim.PressText(id, string(digit)); err != nil {
				return err
			}
			s.settle()
		}
	case "represses": // the oldest button of that name, as somebody who scrolls back
		for _, m := range s.sim.Messages(id) {
			for _, b := range slices.Concat(m.Inline...) {
				if b.Text == what {
					return s.sim.Press(id, m.ID, b.Data)
				}
			}
		}
		return errors.New("no such button")
	case "answers": // the newest message in which the words before " : " stand
		words, answer, _ := strings.Cut(what, " : ")
		var to int
		if to, err = s.withWords(id, words); err == nil {
			_, err = s.sim.Reply(id, to, answer)
		}
	case "changes": // an own message, found by its words
		words, next, _ := strings.Cut(what, " : ")
		var which int
		if which, err = s.withWords(id, words); err == nil {
			err = s.sim.EditText(id, which, next)
		}
	case "edits":
		err = s.sim.EditText(id, s.lastOwn(id), what)
	case "sends":
		err = s.sendFile(id, what)
	case "blocks":
		err = s.sim.Block(id)
	case "unblocks":
		err = s.sim.Unblock(id)
	case "pins":
		_, err = s.sim.SendLocation(id, telegramsim.Location{Latitude: 20.95512, Longitude: 105.74871})
	case "picks": // a place by name: its title, " | " and its address
		s.exact = append(s.exact, who)
		title, address, _ := strings.Cut(what, " | ")
		_, err = s.sim.SendVenue(id, telegramsim.Venue{Location: telegramsim.Location{Latitude: 20.95531, Longitude: 105.74872}, Title: title, Address: address})
	case "forwards": // of a channel "title @name | text", else "name | text"
		from, text, _ := strings.Cut(what, " | ")
		o := telegramsim.Origin{Name: from}
		if title, name, channel := strings.Cut(from, " @"); channel {
			o = telegramsim.Origin{Title: title, Username: name}
		}
		_, err = s.sim.Forward(id, o, text)
	case "writes": // so many characters
		var n int
		if n, err = strconv.Atoi(what); err == nil {
			_, err = s.sim.SendText(id, string([]rune(strings.Repeat("Ngõ nhỏ. ", n/9+1))[:n]))
		}
	case "cleaned": // no file the bot sent tells who made it
		return s.cleaned(who)
	case "shares": // the own phone number
		_, err = s.sim.SendContact(id, telegramsim.Contact{Phone: "+84900000001", FirstName: cast[who].FirstName, UserID: id})
	case "meets": // a message that Telegram itself writes into the chat
		err = s.sim.Service(id, what)
	case "sticks":
		_, err = s.sim.SendSticker(id)
	case "keeps":
		s.receipts[what] = s.receipt(who)
	case "token": // of the newest invitation
		links := linkForm.FindAllStringSubmatch(s.show_(who), -1)
		if len(links) == 0 {
			return errors.New("no invitation on the phone")
		}
		s.receipts[what] = links[len(links)-1][1]
	case "sees":
		if text := s.show(who, nil); !strings.Contains(text, what) {
			return fmt.Errorf("%q is not on the phone", what)
		}
	case "unseen":
		if text := s.show(who, nil); strings.Contains(text, what) {
			return fmt.Errorf("%q is on the phone", what)
		}
	case "covers": // it came, and a locked screen does not show it
		came := false
		for _, m := range s.sim.Messages(cast[who].ID) {
			if came = came || m.FromBot && strings.Contains(m.Text, what); m.FromBot && strings.Contains(glimpsed(m), what) {
				return fmt.Errorf("%q is seen without a touch", what)
			}
		}
		if !came {
			return fmt.Errorf("%q did not come", what)
		}
	case "shows":
		s.shown = append(s.shown, txtar.File{Name: what, Data: []byte(s.show(who, s.seen[who]) + s.around(who))})
	default:
		return fmt.Errorf("no such verb %q", verb)
	}
	return err
}

var linkForm = regexp.MustCompile(`start=([\w-]+)`)

// around is what a phone shows around its messages and the story has not shown
// yet: short answers to pressed buttons, and the keyboard when it has changed.
func (s *story) around(who string) string {
	var b strings.Builder
	toasts := s.sim.Toasts(cast[who].ID)
	for _, t := range toasts[s.toasts[who]:] {
		fmt.Fprintf(&b, "* %s\n", t.Text)
	}
	s.toasts[who] = len(toasts)
	var keys strings.Builder
	for _, row := range s.sim.ReplyKeyboard(cast[who].ID) {
		fmt.Fprintf(&keys, "# [%s]\n", strings.Join(row, "] ["))
	}
	if s.keys[who] != keys.String() {
		s.keys[who] = keys.String()
		b.WriteString(keys.String())
	}
	return b.String()
}

// open presses the newest button that begins with a number.
func (s *story) open(id int64, number string) error {
	for _, m := range slices.Backward(s.sim.Messages(id)) {
		for _, b := range slices.Concat(m.Inline...) {
			if strings.HasPrefix(b.Text, number+" · ") {
				return s.sim.Press(id, m.ID, b.Data)
			}
		}
	}
	return errors.New("no such line")
}

// withWords is the newest message of a phone in which words stand.
func (s *story) withWords(id int64, words string) (int, error) {
	for _, m := range slices.Backward(s.sim.Messages(id)) {
		if strings.Contains(m.Text, words) {
			return m.ID, nil
		}
	}
	return 0, fmt.Errorf("%q is in no message", words)
}

func (s *story) lastOwn(id int64) (last int) {
	for _, m := range s.sim.Messages(id) {
		if !m.FromBot {
			last = m.ID
		}
	}
	return last
}

func (s *story) receipt(who string) string {
	codes := receiptForm.FindAllString(s.show_(who), -1)
	if len(codes) == 0 {
		s.t.Fatalf("no receipt on the phone of %s", who)
	}
	return codes[len(codes)-1]
}

// show_ is the text of a phone as it is.
func (s *story) show_(who string) string {
	var b strings.Builder
	for _, m := range s.sim.Messages(cast[who].ID) {
		b.WriteString(m.Text + "\n")
	}
	return b.String()
}

// work does a job now, and as the job queue does, again when what it needs was away.
func work[A river.JobArgs](t *testing.T, w river.Worker[A]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		err := w.Work(ctx, nil)
		if err == nil {
			return
		}
		if !transient(err) || ctx.Err() != nil {
			t.Fatal(err)
		}
		wait(ctx, nil, awayPause)
	}
}

func (s *story) expire() {
	s.t.Helper()
	work(s.t, &expireDialogs{app: s.app})
	s.settle()
}

// alarms lets what has become due of alarms ring, here or by the job that does so.
func (s *story) alarms() {
	s.t.Helper()
	work(s.t, &ring{app: s.app})
	s.settle()
}

func (s *story) clockJobs() {
	s.t.Helper()
	work(s.t, &clocks{app: s.app})
	work(s.t, &digest{app: s.app})
	work(s.t, &remindReports{app: s.app})
	s.settle()
}

func TestStories(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			tell(t, file)
		})
	}
}

// newStory begins a story: nothing on the phones is new yet.
func newStory(t *testing.T) *story {
	t.Helper()
	s := &story{town: newTown(t), seen: map[string]map[int]string{}, toasts: map[string]int{}, keys: map[string]string{}, receipts: map[string]string{}}
	for who := range cast {
		s.seen[who] = map[int]string{}
		s.show(who, s.seen[who])
		s.around(who)
	}
	return s
}

func tell(t *testing.T, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := newStory(t)
	for line := range strings.SplitSeq(string(archive.Comment), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			s.play(line)
		}
	}
	s.leaks()
	if *update {
		archive.Files = s.shown
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(texts(archive.Files), texts(s.shown)); diff != "" {
		t.Errorf("the phones show something else (-update accepts it):\n%s", diff)
	}
}

func texts(files []txtar.File) map[string]string {
	m := map[string]string{}
	for _, f := range files {
		m[f.Name] = string(f.Data)
	}
	return m
}

// get asks the running program's HTTP side.
func (w *town) get(path string) (int, string) {
	w.t.Helper()
	rec := httptest.NewRecorder()
	routes, err := w.app.routes()
	if err != nil {
		w.t.Fatal(err)
	}
	routes.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
	return rec.Code, rec.Body.String()
}

// freeAddress is an address nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
