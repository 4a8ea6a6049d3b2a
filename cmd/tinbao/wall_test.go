package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
	"tinbao/storage"
	"tinbao/telegramsim"
)

// clearance is what a role may learn, written down apart from cases.RightsTable so
// that a slip there is noticed here.
type clearance struct {
	reports   reach
	help      bool
	own       bool // of help only what is that person's, or waits for the support team
	figures   bool // how many reports there are
	helpCount bool // how many asked for help
	looks     bool // who opened which request for help how often, by its number alone
}

// reach is how many of the reports a role may see.
type reach int

const (
	none   reach = iota
	handed       // to the police
	all
)

var clearances = map[cases.Role]clearance{
	cases.Officer:  {reports: all, help: true, figures: true, helpCount: true},
	cases.Police:   {reports: handed, figures: true},
	cases.Health:   {help: true, figures: true, helpCount: true},
	cases.Support:  {help: true, own: true},
	cases.Leader:   {reports: all, figures: true, helpCount: true, looks: true},
	cases.Clerk:    {figures: true, helpCount: true},
	cases.Admin:    {},
	cases.Observer: {figures: true, helpCount: true},
}

// planted is a case with words that stand nowhere else.
type planted struct {
	cases.Number
	receipt string
	public  []string // words the person may read, too
	words   []string // all words
	office  []string // those that staff wrote
	handed  bool     // to the police
	alerted bool     // the police were called to it, and read what the person wrote
	own     bool     // is or was a support worker's, or waited for the support team
}

// sees is the whole wall in one place: what crosses it by another rule is a field
// of planted and a term here.
func (c clearance) sees(p *planted) bool {
	if p.Stream == cases.HelpStream {
		return c.help && (!c.own || p.own)
	}
	return c.reports == all || c.reports == handed && (p.handed || p.alerted)
}

// half are the words of a case the role sees that it may not read: of a report the police
// were only called to, what staff wrote.
func (c clearance) half(p *planted) []string {
	if c.reports == handed && p.alerted && !p.handed {
		return p.office
	}
	return nil
}

// handset is somebody's Telegram and what has been read on it.
type handset struct {
	id     int64
	role   cases.Role // "" = a resident
	shown  map[int]string
	toasts int
}

// borough is a town with staff of every role and cases in every state.
type borough struct {
	*town
	phones []*handset
	cases  []*planted
	files  map[string]*planted // by SHA-256 of their bytes
	owner  *pgx.Conn
	rng    *rand.Rand
	labels locale.Catalogue
	faults []string
	forged int
}

const firstStranger, firstPlanter = 5550090001, 5550100001

// newBorough is a town with phones of the roles, and of the officer, who works.
func newBorough(t *testing.T, seed uint64, roles ...cases.Role) *borough {
	t.Helper()
	t.Logf("seed %d", seed)
	b := &borough{town: newTown(t), files: map[string]*planted{}, rng: rand.New(rand.NewPCG(seed, seed))}
	var err error
	if b.owner, err = pgx.Connect(t.Context(), b.settings.DatabaseURL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = b.owner.Close(t.Context()) })
	for i, role := range cases.Roles {
		p := b.staffed(role, int64(firstStranger+i))
		if role == cases.Officer || slices.Contains(roles, role) {
			b.phones = append(b.phones, p)
		}
	}
	b.phones = append(b.phones, &handset{id: cast["an"].ID}, &handset{id: cast["binh"].ID})
	b.settle()
	b.plant()
	b.settle()
	work(t, &care{app: b.app}) // what is due anyway does not come between two looks
	b.settle()
	if _, err := b.owner.Exec(t.Context(), "create table public.pins as select id, pin from ward.staff"); err != nil {
		t.Fatal(err)
	}
	for _, p := range b.phones {
		p.shown = map[int]string{}
		b.read(p)
	}
	return b
}

// staffed is the phone of a role, of the cast or of somebody new.
func (b *borough) staffed(role cases.Role, id int64) *handset {
	b.t.Helper()
	for _, who := range slices.Sorted(maps.Keys(posts)) {
		if posts[who].role == role {
			return &handset{id: cast[who].ID, role: role}
		}
	}
	b.sim.AddUser(telegramsim.User{ID: id, FirstName: "Cán bộ", LanguageCode: "vi", Side: telegramsim.Staff})
	if _, err := b.app.store.AddStaff(b.t.Context(), role, "Cán bộ "+string(role), testPIN, cases.Route{Chat: id, Lang: "vi"}); err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.sim.Start(id, ""); err != nil {
		b.t.Fatal(err)
	}
	return &handset{id: id, role: role}
}

func (b *borough) fault(p *handset, format string, args ...any) {
	who := string(p.role)
	if who == "" {
		who = "resident"
	}
	b.faults = append(b.faults, who+": "+fmt.Sprintf(format, args...))
}

// reading is something new on a phone: a message, a changed one, or a toast.
type reading struct {
	text string // all of it, buttons and file name included
	said string // the words alone
	id   int    // of the message, 0 = a toast
}

// read gives what is new on a phone.
func (b *borough) read(p *handset) (news []reading) {
	b.t.Helper()
	for _, m := range b.sim.Messages(p.id) {
		if !m.FromBot {
			continue
		}
		text := m.Text
		for _, button := range slices.Concat(m.Inline...) {
			text += "\n[" + button.Text + "](" + button.Data + button.URL + ")"
		}
		if f, _ := m.File(); f != nil {
			body, err := b.sim.FileBody(f.ID)
			if err != nil {
				b.t.Fatal(err)
			}
			sum := sha256.Sum256(body)
			text += "\nfile " + f.Name + " " + hex.EncodeToString(sum[:])
		}
		if p.shown[m.ID] != text {
			p.shown[m.ID] = text
			news = append(news, reading{text, m.Text, m.ID})
		}
	}
	toasts := b.sim.Toasts(p.id)
	for _, t := range toasts[p.toasts:] {
		news = append(news, reading{text: t.Text, said: t.Text})
	}
	p.toasts = len(toasts)
	return news
}

// inspect reads every phone and looks for what should not be there. after says
// what had been done.
func (b *borough) inspect(after string) map[*handset][]reading {
	b.t.Helper()
	b.handOver()
	out := map[*handset][]reading{}
	for _, p := range b.phones {
		out[p] = b.read(p)
		if p.role == "" {
			continue
		}
		text := strings.Join(slices.Concat(b.sim.ReplyKeyboard(p.id)...), "\n")
		for _, c := range b.sim.Commands(p.id) {
			text += "\n" + c.Command + " " + c.Description
		}
		for _, r := range out[p] {
			text += "\n" + r.text
		}
		b.judge(p, after, text)
	}
	return out
}

// oneLook is a line of /luotxem, in either language.
var oneLook = regexp.MustCompile(`(?m)^• [^\n:]+: HT-\d\d-\d+ – \d+ (lượt|times), (đang phụ trách|in charge|(không phụ trách|not in charge) \((lần cuối|last) [\d:/ ]+\))$`)

var anyHelpNumber = regexp.MustCompile(`HT-\d\d-\d+`)

// judge looks for what a role may not learn in what its phone shows.
func (b *borough) judge(p *handset, after, text string) {
	c := clearances[p.role]
	if c.looks {
		text = oneLook.ReplaceAllString(text, "")
	}
	if found := anyHelpNumber.FindString(text); found != "" && !c.help {
		b.fault(p, "%s shows %s", after, found)
	}
	for _, k := range b.cases {
		hidden := append(slices.Clone(k.words), k.String())
		if c.sees(k) {
			hidden = c.half(k)
		}
		for _, word := range hidden {
			if strings.Contains(text, word) {
				b.fault(p, "%s shows %q of %s", after, word, k)
			}
		}
	}
	for sum, k := range b.files {
		if !c.sees(k) && strings.Contains(text, sum) {
			b.fault(p, "%s sends a file of %s", after, k)
		}
	}
}

// handOver notes which reports the police have got meanwhile.
func (b *borough) handOver() {
	b.t.Helper()
	for _, k := range b.cases {
		if err := b.owner.QueryRow(b.t.Context(), "select forwarded_at is not null, alerted_at is not null from casework.cases where stream = $1 and ward_id = 1 and year = $2 and seq = $3",
			k.Stream, k.Year, k.Seq).Scan(&k.handed, &k.alerted); err != nil {
			b.t.Fatal(err)
		}
		if k.Stream == cases.ReportStream || k.own {
			continue
		}
		if err := b.owner.QueryRow(b.t.Context(), `select coalesce(s.role = 'support', c.assignee is null and c.wanted = any($1)) from casework.cases c
			left join ward.staff s on s.id = c.assignee where c.stream = 'help' and c.ward_id = 1 and c.year = $2 and c.seq = $3`,
			cases.SupportServices, k.Year, k.Seq).Scan(&k.own); err != nil {
			b.t.Fatal(err)
		}
	}
}

// plant receives a case for every way there is and walks it.
func (b *borough) plant() {
	b.t.Helper()
	staff, err := b.app.store.StaffList(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.app.store.Do(b.t.Context(), func(ctx context.Context, t *storage.Tx) error {
		y := &year{tx: t, present: b.clock.now(), staff: map[cases.Role][]cases.Staff{}, calendar: cases.Holidays()}
		for _, s := range staff {
			y.staff[s.Role] = append(y.staff[s.Role], s)
		}
		called := path(reportPaths["urgent_confirmed"], []walked{
			by(cases.Officer, hours, cases.Change{Verb: cases.Note, Text: "ghi chú"}),
			by(cases.Officer, hours, cases.Change{Verb: cases.Answer, Text: "trả lời"}),
		})
		if err := b.grow(ctx, y, 90, called, cases.NewCase{Report: &cases.ReportContent{Concern: cases.Danger}}); err != nil {
			return err
		}
		for i, name := range slices.Sorted(maps.Keys(reportPaths)) {
			content := &cases.ReportContent{Concern: cases.SawSigns, Hamlet: 1}
			if strings.Contains(name, "urgent") {
				content.Concern = cases.Danger
			}
			if err := b.grow(ctx, y, i, reportPaths[name], cases.NewCase{Report: content}); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		services := []cases.Service{cases.Counselling, cases.HealthCare, cases.LegalAid}
		for i, name := range slices.Sorted(maps.Keys(helpPaths)) {
			content := &cases.HelpContent{Service: services[i%len(services)], Under18: i%4 == 0}
			if err := b.grow(ctx, y, 100+i, helpPaths[name], cases.NewCase{Help: content}); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}); err != nil {
		b.t.Fatal(err)
	}
	b.attach()
	b.handOver()
}

// grow receives one case with words of its own and walks it.
func (b *borough) grow(ctx context.Context, y *year, i int, way []walked, n cases.NewCase) error {
	k := &planted{}
	word := func(what string) string {
		w := fmt.Sprintf("chimhoangyen%03d%s", i, what)
		k.words = append(k.words, w)
		return w
	}
	if n.Report != nil {
		n.Report.Where, n.Report.Text, n.Report.When = word("noi"), word("loi"), word("luc")
	} else {
		n.Help.Contact, n.Help.Text = word("goi"), word("loi")
	}
	n.Source = cases.FromBot
	if i%3 == 0 {
		n.Files = []cases.OfferedFile{{Kind: cases.Photo, FileID: "none"}}
	}
	way = slices.Clone(way)
	for j := range way {
		if way[j].Text == "" {
			continue
		}
		way[j].Text = word(fmt.Sprint("tin", j))
		if way[j].role != "" {
			k.office = append(k.office, way[j].Text)
		}
		if v := way[j].Verb; v == cases.Answer || v == cases.AskInfo || v == cases.AddInfo {
			k.public = append(k.public, way[j].Text)
		}
	}
	y.now = y.present.Add(-90 * days)
	y.played++
	back := cases.Route{Chat: int64(firstPlanter + i), Lang: "vi"}
	receipt, made, err := y.tx.At(y.now).Receive(ctx, back, n)
	if err != nil {
		return err
	}
	k.Number, k.receipt = made.Number, string(receipt)
	b.cases = append(b.cases, k)
	return y.walk(ctx, made, back, way, cases.Feedback)
}

// attach gives the files of the cases bytes that differ.
func (b *borough) attach() {
	b.t.Helper()
	rows, err := b.owner.Query(b.t.Context(), "select f.id::text, c.stream, c.year, c.seq from casework.files f join casework.cases c on c.stream = f.stream and c.id = f.case_id")
	if err != nil {
		b.t.Fatal(err)
	}
	var id string
	var n cases.Number
	if _, err := pgx.ForEachRow(rows, []any{&id, &n.Stream, &n.Year, &n.Seq}, func() error {
		body := phonePhoto(b.t, 1000+len(b.files))
		sum := sha256.Sum256(body)
		b.files[hex.EncodeToString(sum[:])] = b.planted(n)
		return b.app.store.StoreFile(b.t.Context(), n.Stream, id, body, "image/jpeg", nil)
	}); err != nil || len(b.files) < 5 {
		b.t.Fatal(len(b.files), err)
	}
}

func (b *borough) planted(n cases.Number) *planted {
	return b.cases[slices.IndexFunc(b.cases, func(k *planted) bool { return k.Number == n })]
}

// spelledWhole is how many spellings name the stream.
const spelledWhole = 4

// spellings are the ways to type a number; those after spelledWhole leave out the stream.
func spellings(n cases.Number, home cases.Stream) []string {
	prefix := strings.ToLower(n.String()[:2])
	out := []string{n.String(), fmt.Sprintf("%s-%d-%d", prefix, n.Year%100, n.Seq), fmt.Sprintf("%s%04d", prefix, n.Seq), fmt.Sprintf("%s %d %d", prefix, n.Year%100, n.Seq)}
	if n.Stream == home {
		out = append(out, fmt.Sprintf("%d-%d", n.Year%100, n.Seq), fmt.Sprintf("%04d", n.Seq)) // two digits could be a year, one an account
	}
	return out
}

// tails is what can follow a number, by the usage line of the command. A command
// with another usage fails the test until it stands here.
var tails = map[string][]string{
	"":               {""},
	"usage.case":     {"", " ok", " v1", " v1 ok", " 2"},
	"usage.text":     {"", " có lời"},
	"usage.choice":   {"", " founded", " phan_anh", " health", " out_of_scope", " out_of_scope ok", " founded ok", " done", " done loi lời", " done ok"},
	"usage.queue":    {"", " moi", " xong 2", " khan", " hotro", " phananh"},
	"usage.stream":   {""},
	"usage.stats":    {"", " nam", " 2026 loai", " 2026 hotro", " tuchon", " 20260101 20260630 nguon"},
	"usage.bieudo":   {"", " nam", " 20260101 20260630 loai", " xuhuong toi"},
	"usage.search":   {"", " tu", " khuya dang mo", " \"ngõ\"", " 1/1-31/12", " hotro", " phananh"},
	"usage.merge":    {"", " 1", " PA-26-1 ok", " HT-26-1 ok"},
	"usage.lock":     {"", " lock ok"},
	"usage.invite":   {"", " tên"},
	"usage.language": {""},
	"usage.assign":   {"", " 1", " 1 ok", " Lan", " 1 lời"},
	"usage.remind":   {"", " 1h", " bo"},
	"usage.away":     {""},
	"usage.canned":   {"", " traloi", " hoi"},
	"usage.service":  {"", " health", " e1", " e1 free"},
	"usage.page":     {"", " vi xem", " vi dang 1 ok"},
	"usage.register": {"", " moi", " e1", " tong nam"},
	"usage.coso":     {"", " 1", " karaoke"},
	"usage.kiemtra":  {"", " 1"},
	"usage.gan":      {"", " + 1", " - 1", " karaoke"},
	"usage.baocao":   {"", " mo half1 2026", " 1", " 1 phan", " 1 nhom D", " 1 nhom H", " 1 nguon H.requests", " 1 nguon D.received", " 1 gop ok", " 1 duyet ok", " 1 dieuchinh ok", " mau", " kyhan"},
	"usage.calendar": {"", " them", " 2 14", " 2 14 holiday"},
}

func draw[T any](rng *rand.Rand, list []T) T { return list[rng.IntN(len(list))] }

func homeOf(r cases.Role) cases.Stream {
	if clearances[r].help && clearances[r].reports == none {
		return cases.HelpStream
	}
	return cases.ReportStream
}

// atOnce is how many lines are typed before the answers are waited for.
const atOnce = 10

// ask types lines on a phone and gives the one answer to each.
func (b *borough) ask(lines map[*handset][]string, after string) map[*handset][]reading {
	b.t.Helper()
	got := map[*handset][]reading{}
	for at, more := 0, true; more; at += atOnce {
		more = false
		b.clock.pass(cases.Quotas[cases.Messages].Window / 5) // nobody types too fast
		for p, list := range lines {
			for _, line := range list[min(at, len(list)):min(at+atOnce, len(list))] {
				more = true
				if _, err := b.sim.SendText(p.id, line); err != nil {
					b.t.Fatal(err)
				}
			}
		}
		b.settle()
		for p, news := range b.inspect(after) {
			got[p] = append(got[p], news...)
		}
	}
	for p, list := range lines {
		if len(got[p]) != len(list) {
			b.fault(p, "%d answers to %d lines: %q", len(got[p]), len(list), list[min(len(got[p]), len(list)-1)])
		}
	}
	return got
}

// strangers asks every command of every role about cases that do not exist for it,
// and about the same that exist for nobody: the answers are the same.
func (b *borough) strangers() (asked int) {
	b.t.Helper()
	lines := map[*handset][]string{}
	for _, p := range b.phones {
		var foreign []*planted
		for _, k := range b.cases {
			if p.role != "" && !clearances[p.role].sees(k) {
				foreign = append(foreign, k)
			}
		}
		if len(foreign) == 0 {
			continue
		}
		b.rng.Shuffle(len(foreign), func(i, j int) { foreign[i], foreign[j] = foreign[j], foreign[i] })
		for i, c := range append(b.app.commands, staffcmds.Command{}) {
			if c.Is(locking) {
				continue
			}
			if c.Args == "usage.stream" && (staffcmds.Command{Rights: c.Rights}).May(&cases.Staff{Role: p.role}) {
				continue // takes a case and no number
			}
			if _, ok := tails[c.Args]; !ok {
				b.t.Fatalf("no arguments known for /%s with %s", c.Name, c.Args)
			}
			for k := range slices.Values(foreign[i%len(foreign):][:1]) {
				absent := k.Number
				absent.Seq += 5000
				ways := len(spellings(k.Number, homeOf(p.role)))
				if c.Args == "usage.stats" || c.Args == "usage.bieudo" {
					ways = spelledWhole // they take days, and 26-4 is one
				}
				way := b.rng.IntN(ways)
				word, tail := draw(b.rng, append([]string{c.Name}, c.Aliases...)), draw(b.rng, tails[c.Args])
				for _, n := range []cases.Number{k.Number, absent} {
					line := spellings(n, homeOf(p.role))[way]
					if c.Name != "" {
						line = "/" + word + " " + line + tail
					}
					lines[p] = append(lines[p], line)
				}
			}
		}
	}
	got := b.ask(lines, "asking about a foreign case")
	for p, list := range lines {
		for i := 0; i+1 < min(len(list), len(got[p])); i += 2 {
			asked++
			if a, z := got[p][i].said, got[p][i+1].said; steady(a) != steady(z) {
				b.fault(p, "%q answers %q, %q answers %q", list[i], a, list[i+1], z)
			}
		}
	}
	return asked
}

// locking ends the session of the phone, after which everything answers alike; it is
// left to the random part, which unlocks.
const locking = "khoalai"

// questions are what anybody can ask without naming a case.
func (b *borough) questions() []string {
	var out []string
	for _, c := range b.app.commands {
		if c.Is(locking) {
			continue
		}
		switch c.Args {
		case "usage.queue":
			for _, stream := range []string{"phananh", "hotro"} {
				for _, view := range []string{"", "moi", "cuatoi", "quahan", "khan", "derieng", "xong"} {
					out = append(out, "/"+c.Name+" "+stream+" "+view)
				}
			}
		case "usage.stats":
			out = append(out, "/"+c.Name, "/"+c.Name+" tuan", "/"+c.Name+" thang", "/"+c.Name+" nam")
		case "usage.stream": // would take a case
		default:
			out = append(out, "/"+c.Name)
		}
	}
	return out
}

// moved lets a stream move, new cases and old, and asks everybody before and
// after: whoever may not know of the stream sees no difference, and gets no word.
func (b *borough) moved(stream cases.Stream) (compared int) {
	b.t.Helper()
	lines := map[*handset][]string{}
	for _, p := range b.phones {
		if c := clearances[p.role]; p.role != "" && (stream == cases.HelpStream && !c.help || stream == cases.ReportStream && c.reports != all) {
			lines[p] = b.questions()
		}
	}
	before := b.ask(lines, "asking in general")
	b.happen(stream)
	for p, news := range b.inspect("cases of " + string(stream) + " moving") {
		if lines[p] != nil && len(news) > 0 {
			b.fault(p, "hears unasked of %s: %q", stream, news[0].said)
		}
	}
	after := b.ask(lines, "asking again")
	for p, list := range lines {
		for i := range min(len(list), len(before[p]), len(after[p])) {
			a, z := b.without(p, stream, before[p][i].said), b.without(p, stream, after[p][i].said)
			if compared++; a != z {
				b.fault(p, "%q tells that %s moved: %q, then %q", list[i], stream, a, z)
			}
		}
	}
	return compared
}

// without leaves out of an answer the figures the role may know.
func (b *borough) without(p *handset, stream cases.Stream, said string) string {
	c := clearances[p.role]
	figure := func(key string) string {
		text := b.labels.Format("vi", key, nil, noNesting)
		label, _, _ := strings.Cut(text, "{")
		return label
	}
	head, _, _ := strings.Cut(figure("stats.received"), ":")
	if !strings.Contains(said, head) {
		return steady(said)
	}
	if stream == cases.ReportStream && c.figures {
		return ""
	}
	lines := strings.Split(steady(said), "\n")
	if stream == cases.HelpStream && c.helpCount {
		label := figure("stats.help")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, label) })
	}
	return strings.Join(lines, "\n")
}

// happen brings a new case by the bot, as a person does, and moves others.
func (b *borough) happen(stream cases.Stream) {
	b.t.Helper()
	s := &story{town: b.town, receipts: map[string]string{}}
	word := "chimsonca" + string(stream)
	lines := []string{"an starts", "an presses 🔔 Gửi phản ánh", "an presses Tôi thấy dấu hiệu vi phạm", "an presses Tổ 2", "an presses Hôm nay", "an says " + word, "an presses ✅ Gửi"}
	if stream == cases.HelpStream {
		lines = []string{"an starts", "an presses 🤝 Tôi cần hỗ trợ", "an presses Tư vấn tâm lý", "an presses Chưa đủ 18 tuổi", "an says " + word, "an presses ✅ Gửi"}
	}
	for _, line := range lines {
		s.play(line)
	}
	k := &planted{words: []string{word}, own: true, Number: cases.Number{Stream: stream, Year: cases.DayOf(b.clock.now()).Year}}
	if err := b.owner.QueryRow(b.t.Context(), "select max(seq) from casework.cases where stream = $1", stream).Scan(&k.Seq); err != nil {
		b.t.Fatal(err)
	}
	b.cases = append(b.cases, k)
	worker := b.phones[slices.IndexFunc(b.phones, func(p *handset) bool { return p.role == cases.Officer })]
	for _, line := range []string{"/nhanviec " + k.String(), "/traloi " + k.String() + " chimsonca", "/ghichu " + k.String() + " chimsonca"} {
		if _, err := b.sim.SendText(worker.id, line); err != nil {
			b.t.Fatal(err)
		}
	}
	b.settle()
}

// state is everything the cases hold, as a sum.
func (b *borough) state() (sum string) {
	b.t.Helper()
	if err := b.owner.QueryRow(b.t.Context(), `select md5(string_agg(c.id || c.status || c.version || c.events || coalesce(c.assignee, 0), ',' order by c.stream, c.id))
		|| (select count(*) from casework.talks) || (select count(*) from ward.staff where locked) || (select count(*) from ward.invites) from casework.cases c`).Scan(&sum); err != nil {
		b.t.Fatal(err)
	}
	return sum
}

// steal presses buttons of each phone on every other one. Nothing happens.
func (b *borough) steal(each int) (stolen int) {
	b.t.Helper()
	b.idle() // pictures that were asked for before come by themselves
	b.inspect("waiting for what was asked for")
	was := b.state()
	for _, victim := range b.phones {
		var buttons []telegramsim.Button
		for _, m := range b.sim.Messages(victim.id) {
			for _, button := range slices.Concat(m.Inline...) {
				if button.Data != "" {
					buttons = append(buttons, button)
				}
			}
		}
		for _, thief := range b.phones {
			if thief == victim || len(buttons) == 0 {
				continue
			}
			for range each {
				stolen++
				b.press(thief, draw(b.rng, buttons).Data)
			}
		}
	}
	b.settle()
	for p, news := range b.inspect("pressing a stolen button") {
		if len(news) > 0 {
			b.fault(p, "a stolen button answers %q", news[0].said)
		}
	}
	if b.state() != was {
		b.faults = append(b.faults, "a stolen button did something")
	}
	return stolen
}

// farAhead is beyond the numbers of updates that the simulator gives itself.
const farAhead = 1_900_000_000

// press sends a press that Telegram would not let through: of a button that is on
// no message of the phone.
func (b *borough) press(p *handset, data string) {
	b.t.Helper()
	b.forged++
	raw, err := json.Marshal(map[string]any{"update_id": farAhead + b.forged, "callback_query": map[string]any{
		"id": fmt.Sprint(b.rng.Uint64()), "from": map[string]any{"id": p.id, "first_name": "x"}, "chat_instance": "1", "data": data,
		"message": map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": p.id, "type": "private"}},
	}})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.sim.InjectUpdate(raw); err != nil {
		b.t.Fatal(err)
	}
}

// explore lets everybody type and press at random, whatever their phones offer,
// buttons that buttons bring included.
func (b *borough) explore(rounds int) (pressed, typed int) {
	b.t.Helper()
	done := map[string]bool{}
	for range rounds {
		for _, p := range b.phones {
			if p.role == "" {
				continue
			}
			if id, button, ok := b.fresh(p, done); ok && b.rng.IntN(3) > 0 {
				if err := b.sim.Press(p.id, id, button.Data); err != nil {
					b.t.Fatal(err)
				}
				pressed++
				continue
			}
			c, k := draw(b.rng, b.app.commands), draw(b.rng, b.cases)
			line := "/" + draw(b.rng, append([]string{c.Name}, c.Aliases...)) + " " + draw(b.rng, spellings(k.Number, homeOf(p.role))) + draw(b.rng, tails[c.Args])
			if b.rng.IntN(4) == 0 {
				line = "/" + c.Name + draw(b.rng, tails[c.Args])
			}
			if _, err := b.sim.SendText(p.id, line); err != nil {
				b.t.Fatal(err)
			}
			typed++
		}
		b.settle()
		b.inspect("trying at random")
		b.unlock()
	}
	return pressed, typed
}

// fresh is a button of a phone that nobody has pressed there yet.
func (b *borough) fresh(p *handset, done map[string]bool) (id int, found telegramsim.Button, ok bool) {
	messages := b.sim.Messages(p.id)
	b.rng.Shuffle(len(messages), func(i, j int) { messages[i], messages[j] = messages[j], messages[i] })
	for _, m := range messages {
		for _, button := range slices.Concat(m.Inline...) {
			if key := fmt.Sprint(p.id, button.Data); button.Data != "" && !done[key] {
				done[key] = true
				return m.ID, button, true
			}
		}
	}
	return 0, found, false
}

// unlock opens the accounts somebody has locked, or whose PIN was reset, so that
// everybody goes on.
func (b *borough) unlock() {
	b.t.Helper()
	if _, err := b.owner.Exec(b.t.Context(), `update ward.staff s set locked = false, pin = p.pin, wrong = 0, barred_until = null, open_until = '2040-01-01'
		from public.pins p where p.id = s.id`); err != nil {
		b.t.Fatal(err)
	}
}

// receipts looks every case up: a receipt shows its own case, without the notes of
// staff and without a number.
func (b *borough) receipts() (shown int) {
	b.t.Helper()
	p := b.phones[len(b.phones)-1]
	for _, k := range b.cases {
		if k.receipt == "" {
			continue
		}
		if _, err := b.sim.SendText(p.id, k.receipt); err != nil {
			b.t.Fatal(err)
		}
		b.settle()
		text := ""
		for _, r := range b.inspect("looking up a receipt")[p] {
			text += r.text + "\n"
		}
		for _, other := range b.cases {
			for _, w := range append(other.words, other.String()) {
				if strings.Contains(text, w) && (other != k || !slices.Contains(k.public, w)) {
					b.fault(p, "the receipt of %s shows %q", k, w)
				}
			}
		}
		for _, w := range k.public {
			if strings.Contains(text, w) {
				shown++
			}
		}
	}
	return shown
}

// The wall as everybody's phone sees it: every command with every role about both
// streams, every list and figure before and after the other stream moves, buttons
// pressed wherever they lead, buttons of others, receipts.
func TestTheWallOnEveryPhone(t *testing.T) {
	t.Parallel()
	b := newBorough(t, uint64(time.Now().UnixNano()), cases.Roles...)
	asked := b.strangers()
	help, reports := b.moved(cases.HelpStream), b.moved(cases.ReportStream)
	shown := b.receipts()
	pressed, typed := b.explore(wallRounds)
	stolen := b.steal(2)
	b.strangers()
	for _, f := range slices.Compact(slices.Sorted(slices.Values(b.faults))) {
		t.Error(f)
	}
	t.Logf("%d cases, %d pairs of foreign and absent numbers, %d and %d answers compared, %d words by receipts, %d pressed, %d typed, %d stolen", len(b.cases), asked, help, reports, shown, pressed, typed, stolen)
	if min(asked, help, reports, shown, pressed, typed, stolen) == 0 {
		t.Error("a part of the test tried nothing")
	}
}

// wallRounds bounds the random part: so many acts of each role.
const wallRounds = 30

// A wall with a hole does not pass: each guard is taken away in turn, and a phone
// shows it. The table of rights is the program's own, so nothing runs beside this.
func TestEveryHoleShowsOnAPhone(t *testing.T) {
	rights := maps.Clone(cases.RightsTable)
	for _, hole := range []struct {
		role  cases.Role
		right cases.Right
	}{
		{cases.Police, cases.ReadHelp},
		{cases.Police, cases.ReadReports}, // and nothing more: the database still holds, which is no hole
		{cases.Health, cases.ReadReports},
		{cases.Support, cases.ReadReports},
		{cases.Leader, cases.ReadHelp},
		{cases.Clerk, cases.ReadHelp},
		{cases.Admin, cases.WorkReports},
		{cases.Admin, cases.SeeLog},
		{cases.Observer, cases.WorkHelp},
	} {
		t.Run(string(hole.role)+" "+string(hole.right), func(t *testing.T) {
			t.Cleanup(func() { cases.RightsTable[hole.role] = rights[hole.role] })
			cases.RightsTable[hole.role] = append(slices.Clone(rights[hole.role]), hole.right)
			b := newBorough(t, 1, hole.role)
			b.strangers()
			for _, stream := range []cases.Stream{cases.HelpStream, cases.ReportStream} {
				if len(b.faults) == 0 {
					b.moved(stream)
				}
			}
			held := hole.role == cases.Police && hole.right == cases.ReadReports
			if found := len(b.faults) > 0; found == held {
				t.Errorf("noticed: %v, by %q", found, b.faults)
			}
		})
	}
	t.Run("the database hands the police every report", func(t *testing.T) {
		b := newBorough(t, 1, cases.Police)
		for _, table := range []string{"cases", "numbers"} { // by the names, what hangs on a report is handed over with it
			if _, err := b.owner.Exec(t.Context(), "alter policy handed_over on casework."+table+" using (stream = 'report' and ward_id = ward.present())"); err != nil {
				t.Fatal(err)
			}
		}
		if b.strangers(); len(b.faults) == 0 {
			t.Error("nothing was noticed")
		}
	})
	t.Run("every button is good for every chat", func(t *testing.T) {
		b := newBorough(t, 1, cases.Leader)
		b.tamper = func(a *app) { a.router.Tags, a.renderer.Tags = sameTag{}, sameTag{} }
		b.restart()
		lines := map[*handset][]string{}
		for _, p := range b.phones {
			if p.role != "" {
				lines[p] = []string{"/hangdoi", "/thongke"}
			}
		}
		b.ask(lines, "asking")
		if b.steal(40); len(b.faults) == 0 {
			t.Error("nothing was noticed")
		}
	})
}

// sameTag takes every button for one of the chat's own.
type sameTag struct{}

// CallbackTag is always the same.
func (sameTag) CallbackTag(int64, string) string { return "tag" }
