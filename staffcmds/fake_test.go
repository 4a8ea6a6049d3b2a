package staffcmds_test

import (
	"context"
	"slices"
	"strconv"
	"time"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/staffcmds"
)

// fake is a ward in memory: what storage promises, without its guarantees.
type fake struct {
	bodies  []cases.Body
	now     time.Time
	chat    int64 // of the update being handled
	staff   []cases.Staff
	drafts  map[int64][]byte
	langs   map[int64]string
	cases   []*cases.Case
	files   map[string]string // mime by file
	routes  []cases.Route
	invites map[string]cases.Invitation
	pins    map[int64]string
	figures cases.Statistics
	totals  []cases.Tally // of the periods that are compared
	marks   map[cases.Number]cases.Marks
	spans   []cases.Period
	fault   error     // of every question to the store, nil = none
	before  time.Time // where searches end
	more    bool      // lists are longer than they are counted
	team    teamwork
	entries [][]cases.ServiceEntry // versions of the directory's entries, the oldest first
	helped  int                    // how often the desk of help was handed out
	times   timekeeping
	out     []bot.Out
	shelf   shelfed
	binding binding
	ledger  []*[]cases.RegisterEntry // versions of the entries, the newest first
	drawn   pictures

	register registered
}

var may28 = time.Date(2026, 5, 28, 3, 0, 0, 0, time.UTC) // a Thursday, 10:00 in Vietnam

// newFake has one account of every role; the chat of a role is its place, from 1.
func newFake() *fake {
	f := &fake{
		now: may28, drafts: map[int64][]byte{}, langs: map[int64]string{}, files: map[string]string{},
		routes: []cases.Route{{Chat: 900, Lang: "vi"}}, invites: map[string]cases.Invitation{}, pins: map[int64]string{}, marks: map[cases.Number]cases.Marks{},
	}
	for i, role := range cases.Roles {
		chat := int64(i + 1)
		f.staff = append(f.staff, cases.Staff{ID: cases.StaffID(chat), Role: role, Name: "Cán bộ " + string(role), Route: cases.Route{Chat: chat, Lang: "vi"}, Access: cases.Access{Chosen: true, Open: f.now.Add(10 * 365 * 24 * time.Hour), Since: f.now}})
	}
	return f
}

func chatOf(role cases.Role) int64 { return int64(slices.Index(cases.Roles, role) + 1) }

func (f *fake) report(change func(*cases.Case)) *cases.Case {
	return f.add(cases.ReportStream, func(c *cases.Case) {
		c.Report = &cases.ReportContent{Concern: cases.SawSigns, Hamlet: 2, When: "when.now", Text: "Nhà nghỉ ở đầu ngõ"}
	}, change)
}

func (f *fake) help(change func(*cases.Case)) *cases.Case {
	return f.add(cases.HelpStream, func(c *cases.Case) { c.Help = &cases.HelpContent{Service: cases.LegalAid, Text: "Tôi cần hỏi"} }, change)
}

func (f *fake) add(stream cases.Stream, fills ...func(*cases.Case)) *cases.Case {
	c := &cases.Case{Status: cases.Received, Version: 1, Received: f.now.Add(-time.Hour), Due: f.now.Add(48 * time.Hour), Alias: "Hoa Sen 12", Confirmed: true}
	c.Number = cases.Number{Stream: stream, Year: 2026, Seq: 1 + len(f.of(stream))}
	c.ID = "0123456789abcdef0123456789abcd" + strconv.Itoa(10+len(f.cases))
	c.History = []cases.Event{{Seq: 1, At: c.Received, Verb: cases.Submit, To: cases.Received}}
	for _, fill := range fills {
		if fill != nil {
			fill(c)
		}
	}
	f.cases = append(f.cases, c)
	return c
}

func (f *fake) of(stream cases.Stream) (list []*cases.Case) {
	for _, c := range f.cases {
		if c.Number.Stream == stream {
			list = append(list, c)
		}
	}
	return list
}

// bot.Work

func (f *fake) Now() time.Time { return f.now }
func (f *fake) Lang() string   { return f.langs[f.chat] }
func (f *fake) Staff() *cases.Staff {
	for _, s := range f.staff {
		if s.Route.Chat == f.chat {
			return &s
		}
	}
	return nil
}
func (f *fake) Draft() []byte                    { return f.drafts[f.chat] }
func (f *fake) SaveDraft(draft []byte, _ string) { f.drafts[f.chat] = draft }
func (f *fake) DropDraft()                       { delete(f.drafts, f.chat) }
func (f *fake) Queue(out []bot.Out)              { f.out = append(f.out, out...) }
func (f *fake) Discreet() bool                   { return false }
func (f *fake) Undo(context.Context) error       { return nil }
func (f *fake) SetLang(lang string)              { f.langs[f.chat] = lang }

// staffcmds.Store

func (f *fake) Reports() staffcmds.Reports { return desk{f, cases.ReportStream} }

func (f *fake) Help() staffcmds.Help {
	f.helped++
	return desk{f, cases.HelpStream}
}

func (f *fake) Routes(context.Context, cases.Stream, string) ([]cases.Route, error) {
	return f.routes, nil
}

func (f *fake) Statistics(_ context.Context, who cases.Staff, p cases.Period) (cases.Statistics, error) {
	f.spans = append(f.spans, p)
	s := f.figures
	s.Period = p
	if who.Role == cases.Police {
		s.Help = nil
	}
	return s, f.fault
}

func (f *fake) Totals(_ context.Context, periods ...cases.Period) ([]cases.Tally, error) {
	f.spans = append(f.spans, periods...)
	return append(slices.Clone(f.totals), make([]cases.Tally, len(periods))...)[:len(periods)], f.fault
}

func (f *fake) Ward(context.Context) (cases.Ward, error) {
	return cases.Ward{Name: "phường Yên Nghĩa", Hamlets: []string{"Tổ dân phố 1", "Hòa Bình", "Do Lộ"}, Bodies: f.bodies}, f.fault
}

func (f *fake) Invite(_ context.Context, by cases.StaffID, role cases.Role, name string) (cases.Invitation, error) {
	inv := cases.Invitation{Token: "token" + strconv.Itoa(len(f.invites)), Role: role, Name: name, By: by, Expires: f.now.Add(24 * time.Hour)}
	if inv.Second = cases.NeedsSecond(by, role, f.staff); inv.Second {
		inv.Agree, inv.Waits, inv.Ref = cases.MayAgree(by, f.staff), true, "ref"+inv.Token
	}
	f.invites[inv.Token] = inv
	return inv, f.fault
}

func (f *fake) WaitingInvites(_ context.Context, by cases.Staff) (list []cases.Invitation, _ error) {
	for _, inv := range f.invites {
		if inv.Waits && cases.Agrees(by, cases.MayAgree(inv.By, f.staff)) {
			list = append(list, inv)
		}
	}
	return list, f.fault
}

func (f *fake) AgreeInvite(_ context.Context, by cases.Staff, ref string, yes bool) (cases.Invitation, error) {
	for token, inv := range f.invites {
		if inv.Ref != ref || !inv.Waits {
			continue
		}
		if !cases.Agrees(by, cases.MayAgree(inv.By, f.staff)) {
			return inv, cases.Fail(cases.NotAllowed, "invite.notyours")
		}
		if inv.Waits = false; yes {
			f.invites[token] = inv
		} else {
			delete(f.invites, token)
		}
		return inv, f.fault
	}
	return cases.Invitation{}, cases.Fail(cases.NotFound, "invite.gone")
}

func (f *fake) AcceptInvite(_ context.Context, token string, back cases.Route) (cases.Staff, cases.Invitation, error) {
	if f.fault != nil {
		return cases.Staff{}, cases.Invitation{}, f.fault
	}
	inv, ok := f.invites[token]
	switch {
	case !ok:
		return cases.Staff{}, inv, cases.Fail(cases.NotFound, "")
	case inv.Waits:
		return cases.Staff{}, inv, cases.Fail(cases.NotAllowed, "invite.waits")
	}
	delete(f.invites, token)
	s := cases.Staff{ID: cases.StaffID(100 + len(f.staff)), Role: inv.Role, Name: inv.Name, Route: back}
	f.staff = append(f.staff, s)
	return s, inv, nil
}

func (f *fake) StaffList(context.Context) ([]cases.Staff, error) {
	return slices.Clone(f.staff), f.fault
}

func (f *fake) Lock(_ context.Context, id cases.StaffID, locked bool) error {
	for i := range f.staff {
		if f.staff[i].ID == id {
			f.staff[i].Locked = locked
		}
	}
	return nil
}

// account is the account of the update.
func (f *fake) account() *cases.Staff {
	i := slices.IndexFunc(f.staff, func(s cases.Staff) bool { return s.Route.Chat == f.chat })
	return &f.staff[i]
}

func (f *fake) SetPIN(_ context.Context, pin string) error {
	f.pins[f.chat] = pin
	f.account().Access = cases.Access{Chosen: true, Open: f.now.Add(time.Hour), Since: f.now}
	return f.fault
}

func (f *fake) TryPIN(_ context.Context, pin string) (cases.Access, error) {
	a := &f.account().Access
	switch {
	case a.IsBarred(f.now):
	case pin == f.pins[f.chat]:
		*a = cases.Access{Chosen: true, Open: f.now.Add(time.Hour), Since: f.now}
	default:
		a.Wrong++
		a.Open, a.Since = time.Time{}, time.Time{}
		if pause := cases.PINPause(a.Wrong); pause > 0 {
			a.Barred = f.now.Add(pause)
		}
	}
	return *a, f.fault
}

func (f *fake) ForgetPIN(_ context.Context, id cases.StaffID) error {
	for i := range f.staff {
		if f.staff[i].ID == id {
			f.staff[i].Access = cases.Access{}
		}
	}
	return f.fault
}

func (f *fake) Shut(context.Context) error {
	f.account().Access.Open = time.Time{}
	return f.fault
}

func (f *fake) StaffWith(_ context.Context, right cases.Right) (list []cases.Staff, _ error) {
	for _, s := range f.staff {
		if s.Role.May(right) && !s.Locked {
			list = append(list, s)
		}
	}
	return list, f.fault
}

// desk is the work on one stream. The police see what was handed over to them.
type desk struct {
	*fake
	stream cases.Stream
}

func (d desk) visible(who cases.Staff) (list []*cases.Case) {
	over := []cases.Status{cases.Forwarded, cases.Acknowledged, cases.InHandling, cases.Resolved}
	for _, c := range d.of(d.stream) {
		if who.Role != cases.Police || slices.Contains(over, c.Status) {
			list = append(list, c)
		}
	}
	return list
}

const pageSize = 3

func (d desk) Queue(_ context.Context, who cases.Staff, view cases.QueueView, page int) (cases.QueuePage, error) {
	p := cases.QueuePage{View: view, Page: page, Size: pageSize, More: d.more}
	for _, c := range d.visible(who) {
		fits := map[cases.QueueView]bool{
			cases.QueueOpen: !c.Status.Final(), cases.QueueNew: c.Assignee == 0, cases.QueueMine: c.Assignee == who.ID,
			cases.QueueOverdue: c.Overdue(d.now), cases.QueueUrgent: c.Urgent, cases.QueueDone: c.Status.Final(),
		}
		if !fits[view] {
			continue
		}
		if p.Total++; (p.Total-1)/pageSize == page {
			item := cases.QueueItem{Number: c.Number, Status: c.Status, Finding: c.Finding, Urgent: c.Urgent, Received: c.Received, Due: c.Due, Holder: c.Holder, Hamlet: c.Hamlet}
			if item.Concern, item.Wanted = cases.SawSigns, ""; d.stream == cases.HelpStream {
				item.Concern, item.Wanted = "", c.Help.Service
			}
			p.Items = append(p.Items, item)
		}
	}
	return p, d.fault
}

func (d desk) TakeNext(ctx context.Context, who cases.Staff) (cases.Case, error) {
	if d.fault != nil {
		return cases.Case{}, d.fault
	}
	for _, c := range d.visible(who) {
		if c.Assignee == 0 && !c.Status.Final() {
			return d.Act(ctx, who, c.Number, -1, cases.Change{Verb: cases.Take})
		}
	}
	return cases.Case{}, cases.Fail(cases.NotFound, "")
}

func (d desk) find(who cases.Staff, n cases.Number) *cases.Case {
	for _, c := range d.visible(who) {
		if c.Number == n {
			return c
		}
	}
	return nil
}

func (d desk) Open(_ context.Context, who cases.Staff, n cases.Number) (cases.Case, error) {
	if c := d.find(who, n); c != nil {
		return *c, d.fault
	}
	return cases.Case{}, cases.Fail(cases.NotFound, "")
}

func (d desk) Act(_ context.Context, who cases.Staff, n cases.Number, version int, ch cases.Change) (cases.Case, error) {
	c := d.find(who, n)
	if c == nil {
		return cases.Case{}, cases.Fail(cases.NotFound, "")
	}
	if version >= 0 && version != c.Version {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	to, err := cases.Next(d.stream, c.Status, ch.Verb, c.Urgent)
	if err != nil {
		return cases.Case{}, err
	}
	if err := cases.MayEnd(d.stream, ch); err != nil {
		return cases.Case{}, err
	}
	detail := string(ch.Finding) + string(ch.Kind) + string(ch.Service) + string(ch.Refusal) + string(ch.Act) + string(ch.Level) + string(ch.Body) + string(ch.Ending)
	if ch.Refusal != "" {
		to = ch.Refusal.Status()
	}
	if ch.To != "" {
		to = ch.To
	}
	c.History = append(c.History, cases.Event{Seq: c.Version + 1, At: d.now, Verb: ch.Verb, From: c.Status, To: to, By: who.Name, Detail: detail})
	c.Status, c.Version, c.Result = to, c.Version+1, cases.ResultOf(ch, to)
	record(c, who, ch, d.now)
	return *c, d.fault
}

// record keeps what a change says.
func record(c *cases.Case, who cases.Staff, ch cases.Change, at time.Time) {
	switch ch.Verb {
	case cases.Take:
		c.Assignee, c.Holder = who.ID, who.Name
	case cases.Assign:
		c.Former, c.Assignee, c.Keeper = c.Assignee, ch.Whom, ch.Whom
	case cases.Release:
		c.Assignee, c.Holder = 0, ""
	case cases.Verify:
		c.Finding = ch.Finding
	case cases.Classify:
		c.Kind, c.Confirmed = ch.Kind, who.Role == cases.Police || !ch.Kind.Criminal()
	case cases.MarkAct:
		c.Acts = cases.Toggled(c.Acts, ch.Act)
	case cases.SetLevel:
		c.Level, c.Urgent = ch.Level, ch.Level == cases.LevelUrgent
	case cases.SetBody:
		c.Body = ch.Body
	case cases.AskName:
		c.Named = true
	case cases.Refer:
		c.Service = ch.Service
	}
	if ch.Verb == cases.Refer && ch.Text != "" {
		c.Talks = append(c.Talks, cases.Talk{At: at, FromStaff: true, Internal: true, By: who.Name, Text: ch.Text})
		c.NewTalk = len(c.Talks)
	}
	switch ch.Verb {
	case cases.Note, cases.Answer, cases.AskInfo:
		c.Talks = append(c.Talks, cases.Talk{At: at, FromStaff: true, Internal: ch.Verb == cases.Note, By: who.Name, Text: ch.Text})
	}
}

func (d desk) Attachment(_ context.Context, _ cases.Staff, id string) ([]byte, string, error) {
	return []byte("body of " + id), d.files[id], d.fault
}

func (d desk) Log(_ context.Context, _ cases.Staff, page, size int) (cases.LogPage, error) {
	var rows []cases.LogEntry
	for _, c := range d.cases {
		if c.Number.Stream != d.stream {
			continue
		}
		for _, e := range c.History {
			rows = append(rows, cases.LogEntry{Number: c.Number, Event: e})
		}
	}
	total := len(rows)
	return cases.LogPage{Rows: rows[min(page*size, total):min((page+1)*size, total)], Total: total, More: d.more}, d.fault
}
