package main

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
	"tinbao/storage"
	"tinbao/telegramsim"
)

//go:embed seed/reports.txt
var seedReports string

//go:embed seed/help.txt
var seedHelp string

// firstDemoChat is the account of the first person of the demo.
const firstDemoChat = 9_000_000_001

// demoResidents are the people on the left phone.
var demoResidents = []telegramsim.User{
	{FirstName: "Mai", LanguageCode: "vi", Label: "Người dân 1 – chị Mai"},
	{FirstName: "Hùng", LanguageCode: "vi", Label: "Người dân 2 – anh Hùng"},
	{FirstName: "Thảo", LanguageCode: "vi", Label: "Người dân 3 – chị Thảo"},
	{FirstName: "Ông Bình", LanguageCode: "vi", Label: "Người dân 4 – ông Bình"},
	{FirstName: "Ngân", LanguageCode: "vi", Label: "Người dân 5 – em Ngân"},
	{FirstName: "Emily", LanguageCode: "en", Label: "Người dân 6 – Emily (English)"},
}

// demoStaff are the people on the right phone, one or two of every role.
var demoStaff = []struct {
	role        cases.Role
	name, label string
}{
	{cases.Officer, "Cô Hạnh", "Cô Hạnh – Phòng VH-XH"},
	{cases.Officer, "Anh Tuấn", "Anh Tuấn – Phòng VH-XH"},
	{cases.Police, "Đại úy Dũng", "Đại úy Dũng – Công an phường"},
	{cases.Police, "Trung úy Sơn", "Trung úy Sơn – Công an phường"},
	{cases.Health, "Y sĩ Yến", "Y sĩ Yến – Trạm Y tế"},
	{cases.Support, "Chị Thu", "Chị Thu – Đội CTXH tình nguyện"},
	{cases.Support, "Anh Phúc", "Anh Phúc – Đội CTXH tình nguyện"},
	{cases.Leader, "Ông Khôi", "Ông Khôi – Lãnh đạo UBND phường"},
	{cases.Clerk, "Chị Vân", "Chị Vân – Tổng hợp báo cáo"},
	{cases.Admin, "Anh Tâm", "Anh Tâm – Quản trị hệ thống"},
	{cases.Observer, "Bà Lệ", "Bà Lệ – Theo dõi, Sở Y tế"},
}

func residentChat(i int) int64 { return firstDemoChat + int64(i) }
func staffChat(i int) int64    { return firstDemoChat + int64(len(demoResidents)+i) }

// demoPeople are all accounts of the simulated Telegram.
func demoPeople() []telegramsim.User {
	var all []telegramsim.User
	for i, u := range demoResidents {
		u.ID, u.Side = residentChat(i), telegramsim.Resident
		all = append(all, u)
	}
	for i, s := range demoStaff {
		all = append(all, telegramsim.User{ID: staffChat(i), FirstName: s.name, LanguageCode: "vi", Side: telegramsim.Staff, Label: s.label})
	}
	return all
}

// seed fills an empty ward and lets every phone that never did press Start. An
// interrupted start leaves nothing half done: the ward is one transaction, and
// the phones are looked at each time.
func (d *demo) seed(ctx context.Context, s settings) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	store, err := storage.Open(ctx, storage.Config{
		URL: s.DatabaseURL, Vault: v, Ward: demoWard.ID, MaxConns: 2, Calendar: cases.Holidays(), Log: d.log,
	})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := fill(ctx, store, time.Now(), d.command.Empty); err != nil {
		return fmt.Errorf("filling the demo's ward: %w", err)
	}
	for _, u := range demoPeople() {
		if len(d.sim.Messages(u.ID)) > 0 {
			continue
		}
		if _, err := d.sim.Start(u.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// fill gives a ward without staff its people and the year that ends at present.
func fill(ctx context.Context, store *storage.Store, present time.Time, empty bool) error {
	return store.Do(ctx, func(ctx context.Context, t *storage.Tx) error {
		staff, err := t.StaffList(ctx)
		if err != nil || len(staff) > 0 {
			return err
		}
		y := &year{tx: t, present: present, staff: map[cases.Role][]cases.Staff{}, calendar: cases.Holidays()}
		return y.play(ctx, empty)
	})
}

// year plays a year of work in one transaction.
type year struct {
	tx       *storage.Tx
	now      time.Time // of the step being played
	present  time.Time
	calendar cases.Calendar
	staff    map[cases.Role][]cases.Staff
	played   int          // cases so far
	open     cases.Number // the last report that came to its last step and is open
}

func (y *year) play(ctx context.Context, empty bool) error {
	for i, s := range demoStaff {
		back := cases.Route{Chat: staffChat(i), Lang: "vi"}
		id, err := y.tx.AddStaff(ctx, s.role, s.name, demoPIN, back)
		if err != nil {
			return err
		}
		y.staff[s.role] = append(y.staff[s.role], cases.Staff{ID: id, Role: s.role, Name: s.name, Route: back})
	}
	if empty {
		return nil
	}
	if err := each(seedReports, 9, func(f []string) error { return y.report(ctx, f) }); err != nil {
		return err
	}
	if err := each(seedHelp, 7, func(f []string) error { return y.help(ctx, f) }); err != nil {
		return err
	}
	if err := each(seedRegisters, 4, func(f []string) error { return y.register(ctx, f) }); err != nil {
		return err
	}
	if err := each(seedEstablishments, 11, func(f []string) error { return y.establishment(ctx, f) }); err != nil {
		return err
	}
	return y.tx.Desk(cases.ReportStream).Link(ctx, y.staff[cases.Officer][0], y.open, 1, true)
}

// each reads the lines of a seed file. The field of words may be missing.
func each(file string, fields int, play func([]string) error) error {
	for line := range strings.SplitSeq(strings.TrimSpace(file), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) == fields {
			f = append(f, "")
		}
		if len(f) != fields+1 {
			return fmt.Errorf("seed line with %d fields: %s", len(f), line)
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		if err := play(f); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	return nil
}

// received sets the clock to the moment a case came in and gives its writer.
func (y *year) received(days, hour, who string) (cases.Route, error) {
	var n [3]int
	for i, s := range []string{days, hour, who} {
		v, err := strconv.Atoi(s)
		if err != nil {
			return cases.Route{}, fmt.Errorf("not a number: %s", s)
		}
		n[i] = v
	}
	y.played++
	y.now = cases.DayOf(y.present).Add(-n[0]).Start().Add(time.Duration(n[1])*time.Hour + y.minutes(2*n[1]))
	if y.now.After(y.present) {
		y.now = y.present.Add(-y.minutes(0) / 4)
	}
	lang := "vi"
	if demoResidents[n[2]-1].LanguageCode == "en" {
		lang = "en"
	}
	return cases.Route{Chat: residentChat(n[2] - 1), Lang: lang}, nil
}

func (y *year) report(ctx context.Context, f []string) error {
	back, err := y.received(f[0], f[1], f[2])
	if err != nil {
		return err
	}
	c := cases.ReportContent{Concern: cases.Concern(f[3]), Text: f[8]}
	if c.Hamlet, err = strconv.Atoi(f[4]); err != nil {
		return fmt.Errorf("hamlet: %w", err)
	}
	if where, text, ok := strings.Cut(f[8], " @ "); ok {
		c.Where, c.Text = where, text
	}
	if f[5] != "" {
		c.When = "when." + f[5]
	}
	way, err := wayOf(reportPaths, f[6], f[9])
	if err != nil {
		return err
	}
	_, made, err := y.tx.At(y.now).Receive(ctx, back, cases.NewCase{Report: &c, Source: cases.FromBot})
	if err != nil {
		return err
	}
	return y.walk(ctx, made, back, way, cases.Kind(f[7]))
}

func (y *year) help(ctx context.Context, f []string) error {
	back, err := y.received(f[0], f[1], f[2])
	if err != nil {
		return err
	}
	c := cases.HelpContent{Service: cases.Service(f[3]), Under18: f[4] == "yes", Text: f[6]}
	way, err := wayOf(helpPaths, f[5], f[7])
	if err != nil {
		return err
	}
	_, made, err := y.tx.At(y.now).Receive(ctx, back, cases.NewCase{Help: &c, Source: cases.FromBot})
	if err != nil {
		return err
	}
	return y.walk(ctx, made, back, way, "")
}

// walked is one step of a path: who takes it, how long after the one before.
type walked struct {
	after time.Duration
	role  cases.Role // "" = the person who wrote
	cases.Change
}

// wayOf is a path with the words of one case.
func wayOf(paths map[string][]walked, name, words string) ([]walked, error) {
	path, ok := paths[name]
	if !ok {
		return nil, fmt.Errorf("no path %q", name)
	}
	way := slices.Clone(path)
	if words == "" {
		return way, nil
	}
	said := strings.Split(words, " // ")
	for i := range way {
		if way[i].Text != "" && len(said) > 0 {
			way[i].Text, said = said[0], said[1:]
		}
	}
	if len(said) > 0 {
		return nil, fmt.Errorf("path %q says less than the words %q", name, said)
	}
	return way, nil
}

// walk plays a path; steps that lie in the future have not happened yet.
func (y *year) walk(ctx context.Context, c cases.Case, back cases.Route, way []walked, kind cases.Kind) error {
	for i, w := range way {
		if w.Verb == cases.Classify {
			w.Kind = kind
		}
		if w.Verb == cases.Refer {
			w.Service = c.Help.Service
		}
		onDuty := c.Urgent && (w.Verb == cases.Forward || w.Verb == cases.Acknowledge)
		if y.now = y.now.Add(w.after); !onDuty {
			y.now = y.atWork(w.role, y.now.Add(y.minutes(11*i)/3))
		}
		if y.now.After(y.present) {
			return nil
		}
		t := y.tx.At(y.now)
		var now cases.Case
		var err error
		switch {
		case w.Verb == cases.NeedsYes:
			t.From(back.Chat, 0)
			now, err = t.Needs(ctx, c.ID, true)
		case w.role == "":
			now, err = t.AddInfo(ctx, c.Number.Stream, c.ID, back, w.Text, nil)
		case w.Verb == cases.Merge:
			_, err = t.Desk(c.Number.Stream).Merge(ctx, y.worker(w.role, c), c.Number, y.open)
			return err
		default:
			now, err = t.Desk(c.Number.Stream).Act(ctx, y.worker(w.role, c), c.Number, -1, w.Change)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", w.Verb, err)
		}
		if c.Report != nil && !now.Status.Final() && i == len(way)-1 {
			y.open = c.Number
		}
	}
	return nil
}

// minutes is a part of an hour that differs from case to case.
func (y *year) minutes(more int) time.Duration {
	const prime, hour = 23, 60
	return time.Duration((prime*y.played+more)%hour) * time.Minute
}

// anyHelper stands in paths for whoever cares for the service asked for.
const anyHelper cases.Role = "helper"

// otherHelper stands for a colleague of another role who may agree with the helper.
const otherHelper cases.Role = "other helper"

// helperRoles tell who that is.
var helperRoles = map[cases.Service]cases.Role{
	cases.HealthCare: cases.Health, cases.Counselling: cases.Support, cases.LegalAid: cases.Officer, cases.Training: cases.Support,
	cases.JobReferral: cases.Support, cases.Livelihood: cases.Officer, cases.SocialSecurity: cases.Officer,
}

// worker is the member of staff who has a case: always the same of a role, not
// the same in every case.
func (y *year) worker(role cases.Role, c cases.Case) cases.Staff {
	switch role {
	case anyHelper:
		role = helperRoles[c.Help.Service]
	case otherHelper:
		role = cases.Health
		if helperRoles[c.Help.Service] == cases.Health {
			role = cases.Officer
		}
	}
	colleagues := y.staff[role]
	return colleagues[y.played/2%len(colleagues)]
}

// Hours in which people act: offices on working days, everybody else by day.
const (
	officeOpens, officeCloses = 8, 17
	dayBegins, dayEnds        = 7, 22
)

// atWork is when somebody who could act at t really does.
func (y *year) atWork(role cases.Role, t time.Time) time.Time {
	opens, closes, works := dayBegins, dayEnds, func(cases.Day) bool { return true }
	if role != "" && role != cases.Police {
		opens, closes, works = officeOpens, officeCloses, y.calendar.IsWorking
	}
	day, hour := cases.DayOf(t), t.In(cases.Vietnam).Hour()
	if works(day) && hour >= opens && hour < closes {
		return t
	}
	if hour >= closes {
		day = day.Add(1)
	}
	for !works(day) {
		day = day.Add(1)
	}
	return day.Start().Add(time.Duration(opens)*time.Hour + time.Duration(t.Minute()+1)*time.Minute/2)
}
