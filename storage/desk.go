package storage

import (
	"context"
	"strconv"
	"time"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// Desk is the work on the cases of one stream within a transaction. What the
// viewer may not see does not exist for it.
type Desk struct {
	t      *Tx
	stream cases.Stream
}

// Desk gives the desk of a stream.
func (t *Tx) Desk(s cases.Stream) Desk { return Desk{t, s} }

const (
	pageSize  = 8             // lines of a queue on a phone
	countMost = 500           // counted beyond the page that is shown
	leaseHold = 4 * time.Hour // whoever took a case has it to himself so long after the last step
)

// opened is a case's row with its key, while it is being worked on.
type opened struct {
	row   db.CaseworkCase
	key   vault.CaseKey
	talks int  // number of the message just written
	rung  bool // its alarm has just begun
}

func (o *opened) stream() cases.Stream { return cases.Stream(o.row.Stream) }
func (o *opened) id() string           { return o.row.ID.String() }
func (o *opened) status() cases.Status { return cases.Status(o.row.Status) }
func (o *opened) number() cases.Number {
	return cases.Number{Stream: o.stream(), Year: int(o.row.Year), Seq: int(o.row.Seq)}
}

// erased reports whether the key was destroyed.
func (o *opened) erased() bool { return o.row.CaseKey == nil }

func (t *Tx) opened(row db.CaseworkCase) (*opened, error) {
	if row.CaseKey == nil {
		return &opened{row: row}, nil
	}
	key, err := t.s.vault.CaseKey(cases.Stream(row.Stream), t.s.conf.Ward, row.ID.String(), row.CaseKey)
	return &opened{row: row, key: key}, err
}

// find locks a case by its number for a step; NotFound also when the viewer may not see
// it. The police take no step but to confirm on what they were only alerted to.
func (d Desk) find(ctx context.Context, viewer cases.Staff, n cases.Number) (*opened, error) {
	o, err := d.see(ctx, viewer, n)
	if err == nil && d.t.role == rolePolice && o.row.ForwardedAt == nil {
		return nil, cases.Fail(cases.NotAllowed, "error.alerted")
	}
	return o, err
}

// see locks a case by its number; NotFound also when the viewer may not see it.
func (d Desk) see(ctx context.Context, viewer cases.Staff, n cases.Number) (*opened, error) {
	if n.Stream != d.stream {
		return nil, cases.Fail(cases.NotFound, "")
	}
	if err := d.enter(ctx, viewer); err != nil {
		return nil, err
	}
	row, err := d.t.q.CaseByNumberForUpdate(ctx, db.CaseByNumberForUpdateParams{
		Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), Year: int32(n.Year), Seq: int32(n.Seq),
	})
	if err != nil {
		return nil, interpret(err)
	}
	return d.t.opened(row.CaseworkCase)
}

// Open gives a case to somebody who may see it, and writes down that it was seen.
func (d Desk) Open(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error) {
	o, err := d.see(ctx, viewer, n)
	if err != nil {
		return cases.Case{}, err
	}
	if err := d.t.record(ctx, o, cases.View, o.status(), o.status(), &viewer, ""); err != nil {
		return cases.Case{}, err
	}
	if err := d.t.save(ctx, o); err != nil {
		return cases.Case{}, err
	}
	return d.t.assemble(ctx, o)
}

// Act takes a step in a case's life. version is the one the viewer saw, -1 = any;
// Conflict when the case has moved on since.
func (d Desk) Act(ctx context.Context, viewer cases.Staff, n cases.Number, version int, ch cases.Change) (cases.Case, error) {
	if ch.Verb == cases.Confirm {
		return d.Confirm(ctx, viewer, n)
	}
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return cases.Case{}, err
	}
	if version >= 0 && version != int(o.row.Version) {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	if ch.Verb == cases.Take && !d.t.free(o, viewer) {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	had := staffOf(o.row.Assignee)
	c, err := d.take(ctx, viewer, o, ch)
	if ch.Verb == cases.Assign {
		c.Former = had
	}
	if err != nil || ch.Verb != cases.Alarm {
		return c, err
	}
	c.Crossed, err = d.t.alarm(ctx, c, ch.Text)
	return c, err
}

// free reports whether a case can be taken.
func (t *Tx) free(o *opened, viewer cases.Staff) bool {
	return o.row.Assignee == nil || *o.row.Assignee == int64(viewer.ID) || o.row.LeaseUntil == nil || o.row.LeaseUntil.Before(t.now)
}

// TakeNext gives the viewer the most pressing case that nobody has; NotFound when
// none waits. Two people who ask at once get two cases.
func (d Desk) TakeNext(ctx context.Context, viewer cases.Staff) (cases.Case, error) {
	if err := d.enter(ctx, viewer); err != nil {
		return cases.Case{}, err
	}
	row, err := d.t.q.NextCase(ctx, db.NextCaseParams{
		Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), Statuses: waiting(d.stream), Now: &d.t.now,
	})
	if err != nil {
		return cases.Case{}, interpret(err)
	}
	o, err := d.t.opened(row.CaseworkCase)
	if err != nil {
		return cases.Case{}, err
	}
	return d.take(ctx, viewer, o, cases.Change{Verb: cases.Take})
}

// take takes a step on an opened case, which may confirm its alarm.
func (d Desk) take(ctx context.Context, viewer cases.Staff, o *opened, ch cases.Change) (cases.Case, error) {
	if err := d.t.step(ctx, o, ch, &viewer); err != nil {
		return cases.Case{}, err
	}
	confirmed, err := d.t.stepConfirms(ctx, o, ch.Verb, viewer)
	if err != nil {
		return cases.Case{}, err
	}
	c, err := d.t.assemble(ctx, o)
	if err == nil && confirmed {
		c.Confirmation, err = d.t.confirmation(ctx, c, viewer)
	}
	return c, err
}

// waiting are the statuses from which cases are handed out, as the database knows
// them.
func waiting(stream cases.Stream) []string { return cases.Strings(cases.Waiting(stream)) }

// Queue lists a page of the cases the viewer may see.
func (d Desk) Queue(ctx context.Context, viewer cases.Staff, view cases.QueueView, page int) (cases.QueuePage, error) {
	out := cases.QueuePage{View: view, Page: max(page, 0), Size: pageSize}
	if err := d.enter(ctx, viewer); err != nil {
		return out, err
	}
	rows, err := d.t.queueRows(ctx, d.stream, viewer, view, out.Page)
	if err != nil {
		return out, err
	}
	if len(rows) == 0 && out.Page > 0 { // the last page has emptied since it was shown
		return d.Queue(ctx, viewer, view, out.Page-1)
	}
	for _, r := range rows {
		item, err := d.t.queueItem(ctx, d.stream, r)
		if err != nil {
			return out, err
		}
		out.Items, out.Total = append(out.Items, item), int(r.Total)
	}
	if view == cases.QueueDone {
		out.Total, out.More = counted(out.Total, out.Page*pageSize)
	}
	return out, nil
}

// counted is how many rows there are at least, and whether there are more, when no more than
// countTo(skip) were counted.
func counted(n, skip int) (total int, more bool) {
	most := skip + countMost
	return min(n, most), n > most
}

// countTo is how many rows are counted at most for a page that begins after some.
func countTo(skip int) int32 { return int32(skip + countMost + 1) }

func (t *Tx) queueRows(ctx context.Context, stream cases.Stream, viewer cases.Staff, view cases.QueueView, page int) ([]db.QueuePageRow, error) {
	if view != cases.QueueDone {
		rows, err := t.q.QueuePage(ctx, db.QueuePageParams{
			Stream: string(stream), WardID: int32(t.s.conf.Ward), View: string(view), Now: &t.now, Waiting: waiting(stream),
			Viewer: new(int64(viewer.ID)), Size: pageSize, Skip: int32(page * pageSize),
		})
		return rows, interpret(err)
	}
	ended, err := t.q.EndedPage(ctx, db.EndedPageParams{
		Stream: string(stream), WardID: int32(t.s.conf.Ward), Now: &t.now, Size: pageSize, Skip: int32(page * pageSize), Most: countTo(page * pageSize),
	})
	rows := make([]db.QueuePageRow, len(ended))
	for i, r := range ended {
		rows[i] = db.QueuePageRow(r)
	}
	return rows, interpret(err)
}

func (t *Tx) queueItem(ctx context.Context, stream cases.Stream, r db.QueuePageRow) (cases.QueueItem, error) {
	holder, err := t.staffName(ctx, staffRef(cases.StaffID(r.Holder)))
	return cases.QueueItem{
		Number: cases.Number{Stream: stream, Year: int(r.Year), Seq: int(r.Seq)},
		Status: cases.Status(r.Status), Finding: cases.Finding(r.Finding), Urgent: r.Urgent, Concern: cases.Concern(r.Concern), Wanted: cases.Service(r.Wanted),
		Hamlet: int(r.Hamlet), Received: r.ReceivedAt, Due: instant(r.DueAt), Holder: holder,
	}, err
}

func instant(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// step moves an opened case by one change, with its history, its talk and its
// clocks, and saves it.
func (t *Tx) step(ctx context.Context, o *opened, ch cases.Change, by *cases.Staff) error {
	if o.erased() {
		return cases.Fail(cases.NotAllowed, "error.erased")
	}
	from := o.status()
	to, err := cases.Next(o.stream(), from, ch.Verb, o.row.Urgent)
	if err != nil {
		return err
	}
	if ch.Refusal != "" {
		to = ch.Refusal.Status()
	}
	if ch.To != "" {
		to = ch.To
	}
	if err := t.may(ctx, o, ch, by); err != nil {
		return err
	}
	if err := t.record(ctx, o, ch.Verb, from, to, by, detail(ch)); err != nil {
		return err
	}
	if ch.Text != "" {
		if err := t.say(ctx, o, ch, by); err != nil {
			return err
		}
	}
	if err := t.attach(ctx, o, ch, by); err != nil {
		return err
	}
	if ch.Verb == cases.Mute {
		if err := t.mute(ctx, o, ch.Days); err != nil {
			return err
		}
	}
	if err := t.describe(ctx, o, ch, by); err != nil {
		return err
	}
	if err := t.helped(ctx, o, ch, to); err != nil {
		return err
	}
	t.apply(o, ch, to, by)
	if err := o.conclude(ch, to); err != nil {
		return err
	}
	if err := t.setClock(ctx, o, ch, from); err != nil {
		return err
	}
	o.row.Version++
	return t.save(ctx, o)
}

// detail is what the history tells of a change beside its verb; never words.
func detail(ch cases.Change) string {
	switch {
	case ch.Finding != "":
		return string(ch.Finding)
	case ch.Kind != "":
		return string(ch.Kind)
	case ch.Verb == cases.Mute, ch.Verb == cases.Extend:
		return strconv.Itoa(ch.Days)
	case ch.Whom != 0:
		return strconv.FormatInt(int64(ch.Whom), 10)
	case !ch.Into.IsZero():
		return ch.Into.String()
	}
	for _, choice := range []string{string(ch.Grounds), string(ch.Act), string(ch.Level), string(ch.Body), string(ch.Refusal), string(ch.Dest), string(ch.Ending), ch.Choice} {
		if choice != "" {
			return choice
		}
	}
	return string(ch.Service)
}

// apply writes a change into the row.
func (t *Tx) apply(o *opened, ch cases.Change, to cases.Status, by *cases.Staff) {
	r := &o.row
	moved := string(to) != r.Status
	if moved && r.DueAt != nil && t.now.After(*r.DueAt) {
		r.Late = true
	}
	r.Status = string(to)
	r.Apart = r.Apart && by == nil // whoever does something about it brings it back
	first := func(at **time.Time) {
		if *at == nil {
			*at = new(t.now)
		}
	}
	switch ch.Verb {
	case cases.Verify:
		r.Finding = string(ch.Finding)
		first(&r.VerifiedAt)
	case cases.Classify:
		r.Kind = string(ch.Kind)
		r.Confirmed = !ch.Kind.Criminal() || by != nil && by.Role.May(cases.PoliceReports)
		first(&r.ClassifiedAt)
	case cases.Forward:
		first(&r.ForwardedAt)
	case cases.Refer:
		r.Service = string(ch.Service)
	case cases.Release:
		r.Assignee, r.LeaseUntil = nil, nil
	case cases.StayUnnamed:
		r.Kind, r.Confirmed = string(cases.Feedback), true
	case cases.AskConsent:
		r.ConsentTalk = new(int64(o.talks))
	case cases.Consent, cases.NoConsent:
		r.ConsentTalk = nil
	case cases.AskReopen:
		r.ReopenBy, r.ReopenAt = nil, new(t.now) // the person asks
		if by != nil {
			r.ReopenBy = staffRef(by.ID)
		}
	case cases.Assign:
		r.Assignee, r.LeaseUntil = staffRef(ch.Whom), new(t.now.Add(cases.AssignTime))
	case cases.KeepShut, cases.Reopen:
		r.ReopenBy, r.ReopenAt = nil, nil
	}
	t.hold(r, ch.Verb, by)
	switch {
	case !to.Final():
		r.EndedAt = nil
	case moved || r.EndedAt == nil: // a word to somebody after the end moves no time of retention
		r.EndedAt = new(t.now)
	}
	if to == cases.Reopened || to == cases.Returned {
		r.ClockAt = new(t.now)
	}
}

// hold gives a case to whoever takes it, or works on one that nobody has, and
// keeps it with the holder for a while after each step.
func (t *Tx) hold(r *db.CaseworkCase, verb cases.Verb, by *cases.Staff) {
	if by == nil || verb == cases.Release || verb == cases.Assign || !by.Role.MayAny(cases.WorkReports, cases.WorkHelp) {
		return
	}
	if verb == cases.Take || r.Assignee == nil {
		r.Assignee = staffRef(by.ID)
	}
	until := t.now.Add(holdOf(*by))
	given := r.LeaseUntil != nil && until.Before(*r.LeaseUntil) // by a colleague, for longer
	if *r.Assignee == int64(by.ID) && !given {
		r.LeaseUntil = &until
	}
}

func (t *Tx) save(ctx context.Context, o *opened) error {
	r := o.row
	return interpret(t.q.SaveCase(ctx, db.SaveCaseParams{
		WardID: int32(t.s.conf.Ward),
		Stream: r.Stream, ID: r.ID, Status: r.Status, Finding: r.Finding, Kind: r.Kind, Confirmed: r.Confirmed, Service: r.Service,
		Version: r.Version, Events: r.Events, Head: r.Head, Assignee: r.Assignee, LeaseUntil: r.LeaseUntil, DueAt: r.DueAt, ClockAt: r.ClockAt,
		VerifiedAt: r.VerifiedAt, ClassifiedAt: r.ClassifiedAt, ForwardedAt: r.ForwardedAt, EndedAt: r.EndedAt, Late: r.Late, Silent: r.Silent,
		Apart: r.Apart, ConsentTalk: r.ConsentTalk, ReopenBy: r.ReopenBy, ReopenAt: r.ReopenAt, Result: r.Result,
	}))
}

// assemble opens everything a card shows.
func (t *Tx) assemble(ctx context.Context, o *opened) (c cases.Case, err error) {
	r := o.row
	c = cases.Case{
		ID: o.id(), Number: o.number(), Alias: alias(r.ID), Status: o.status(), Urgent: r.Urgent,
		Finding: cases.Finding(r.Finding), Kind: cases.Kind(r.Kind), Confirmed: r.Confirmed, Service: cases.Service(r.Service),
		Hamlet: int(r.Hamlet), Version: int(r.Version), Received: r.ReceivedAt, Due: instant(r.DueAt), Silent: r.Silent, Apart: r.Apart, Announced: r.Announced, Source: cases.Source(r.Source),
		Acts: acts(r.Behaviours), Level: cases.Level(r.Level), Body: cases.Competence(r.Competence), Named: r.Named,
		ByWeb: r.Source == string(cases.FromWeb), About: cases.About(r.KeptFrom), Ring: o.rung, Alerted: r.AlertedAt != nil && r.ForwardedAt == nil,
	}
	if c.Result, err = o.result(); err != nil {
		return c, err
	}
	if c.Alarm, c.AnswerBy, err = t.promised(ctx, o); err != nil {
		return c, err
	}
	if r.Assignee != nil && r.LeaseUntil != nil && t.now.Before(*r.LeaseUntil) {
		c.Assignee = cases.StaffID(*r.Assignee)
	}
	c.Keeper, c.NewTalk = staffOf(r.Assignee), o.talks
	if r.ConsentTalk != nil {
		c.ConsentTalk = int(*r.ConsentTalk)
	}
	if err := t.merged(ctx, o, &c); err != nil {
		return c, err
	}
	c.Erased, c.Shut = o.erased(), o.status().Final()
	if c.Erased || c.Shut {
		return c, t.cover(ctx, o, &c)
	}
	if err := t.readContent(ctx, o, &c); err != nil {
		return c, err
	}
	return c, t.fill(ctx, o, &c)
}

// cover fills in what stands on the outside of a case that has ended: its history,
// and who asks for it to be opened again, with the reason.
func (t *Tx) cover(ctx context.Context, o *opened, c *cases.Case) (err error) {
	if c.History, err = t.history(ctx, o); err != nil {
		return err
	}
	if c.Stars, err = t.stars(ctx, o); err != nil || c.Erased || !asked(o.row).Stands(t.now) {
		return err
	}
	c.AskedBy, c.ByPerson = staffOf(o.row.ReopenBy), asked(o.row).Person
	if c.Asker, err = t.staffName(ctx, o.row.ReopenBy); err != nil {
		return err
	}
	all, err := t.talks(ctx, o.stream(), c.ID, o.key)
	for _, talk := range all {
		if (talk.Internal || c.ByPerson) && talk.At.Equal(*o.row.ReopenAt) {
			c.Talks = append(c.Talks, talk)
		}
	}
	return err
}

func (t *Tx) fill(ctx context.Context, o *opened, c *cases.Case) (err error) {
	if c.Assignee != 0 {
		if c.Holder, err = t.staffName(ctx, o.row.Assignee); err != nil {
			return err
		}
	}
	if c.Talks, err = t.talks(ctx, o.stream(), c.ID, o.key); err != nil {
		return err
	}
	if err := t.added(ctx, o, c); err != nil {
		return err
	}
	if err = t.coverTalks(ctx, o, c); err != nil {
		return err
	}
	if c.Files, err = t.files(ctx, o); err != nil {
		return err
	}
	if c.Word, err = t.ratingWord(ctx, o); err != nil {
		return err
	}
	c.History, err = t.history(ctx, o)
	return err
}
