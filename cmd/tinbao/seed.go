package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
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

// seed fills an empty ward: staff of every role and a year of cases. Everything
// is one transaction, so an interrupted start leaves nothing half done.
func (d *demo) seed(ctx context.Context, s settings) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	y := &year{present: time.Now()}
	store, err := storage.Open(ctx, storage.Config{
		URL: s.DatabaseURL, Vault: v, Ward: demoWard.ID, MaxConns: 2, Calendar: cases.Holidays(), Log: d.log,
	})
	if err != nil {
		return err
	}
	defer store.Close()
	staff, err := store.StaffList(ctx)
	if err != nil || len(staff) > 0 {
		return err
	}
	if err := store.Do(ctx, func(ctx context.Context, t *storage.Tx) error {
		y.tx = t
		return y.play(ctx, d.command.Empty)
	}); err != nil {
		return fmt.Errorf("filling the demo's ward: %w", err)
	}
	for _, u := range demoPeople() {
		if _, err := d.sim.Start(u.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// year plays a year of work in one transaction.
type year struct {
	tx      *storage.Tx
	now     time.Time // of the step being played
	present time.Time
	staff   map[cases.Role]cases.Staff
}

func (y *year) play(ctx context.Context, empty bool) error {
	y.staff = map[cases.Role]cases.Staff{}
	for i, s := range demoStaff {
		back := cases.Route{Chat: staffChat(i), Lang: "vi"}
		id, err := y.tx.AddStaff(ctx, s.role, s.name, back)
		if err != nil {
			return err
		}
		if _, known := y.staff[s.role]; !known {
			y.staff[s.role] = cases.Staff{ID: id, Role: s.role, Name: s.name, Route: back}
		}
	}
	if empty {
		return nil
	}
	return errors.Join(
		each(seedReports, 9, func(f []string) error { return y.report(ctx, f) }),
		each(seedHelp, 7, func(f []string) error { return y.help(ctx, f) }),
	)
}

// each reads the lines of a seed file.
func each(file string, fields int, play func([]string) error) error {
	for line := range strings.SplitSeq(strings.TrimSpace(file), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != fields {
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
	y.now = cases.DayOf(y.present).Add(-n[0]).Start().Add(time.Duration(n[1])*time.Hour + 17*time.Minute)
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
	_, made, err := y.tx.At(y.now).Receive(ctx, back, cases.NewCase{Report: &c, Source: cases.FromBot})
	if err != nil {
		return err
	}
	return y.walk(ctx, made, back, reportPaths[f[6]], cases.Kind(f[7]))
}

func (y *year) help(ctx context.Context, f []string) error {
	back, err := y.received(f[0], f[1], f[2])
	if err != nil {
		return err
	}
	c := cases.HelpContent{Service: cases.Service(f[3]), Under18: f[4] == "yes", Text: f[6]}
	_, made, err := y.tx.At(y.now).Receive(ctx, back, cases.NewCase{Help: &c, Source: cases.FromBot})
	if err != nil {
		return err
	}
	return y.walk(ctx, made, back, helpPaths[f[5]], "")
}

// walked is one step of a path: who takes it, how long after the one before.
type walked struct {
	after time.Duration
	role  cases.Role // "" = the person who wrote
	cases.Change
}

// walk plays a path; steps that lie in the future have not happened yet.
func (y *year) walk(ctx context.Context, c cases.Case, back cases.Route, path []walked, kind cases.Kind) error {
	for _, w := range path {
		if y.now = y.now.Add(w.after); y.now.After(y.present) {
			return nil
		}
		if w.Verb == cases.Classify {
			w.Kind = kind
		}
		if w.Verb == cases.Refer {
			w.Service = c.Help.Service
		}
		t := y.tx.At(y.now)
		var err error
		if w.role == "" {
			_, err = t.AddInfo(ctx, c.Number.Stream, c.ID, back, w.Text, nil)
		} else {
			_, err = t.Desk(c.Number.Stream).Act(ctx, y.staff[w.role], c.Number, -1, w.Change)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", w.Verb, err)
		}
	}
	return nil
}
