package storage

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Merge counts one report with another: its clock stops, and who wrote it gets the
// news of the other. It gives the report that was merged.
func (d Desk) Merge(ctx context.Context, viewer cases.Staff, one, into cases.Number) (cases.Case, error) {
	a, b, err := d.pair(ctx, viewer, one, into)
	if err != nil {
		return cases.Case{}, err
	}
	if err := cases.MayMerge(outside(a), outside(b)); err != nil {
		return cases.Case{}, err
	}
	p := db.PutMergeParams{CaseID: a.row.ID, WardID: int32(d.t.s.conf.Ward), IntoID: b.row.ID, FromStatus: a.row.Status, Now: d.t.now}
	if err := d.t.step(ctx, a, cases.Change{Verb: cases.Merge, Into: into}, &viewer); err != nil {
		return cases.Case{}, err
	}
	if err := d.t.q.PutMerge(ctx, p); err != nil {
		return cases.Case{}, interpret(err)
	}
	return d.t.assemble(ctx, a)
}

// pair locks two reports, always in the same order.
func (d Desk) pair(ctx context.Context, viewer cases.Staff, one, into cases.Number) (a, b *opened, err error) {
	first, second := one, into
	swap := into.Year < one.Year || into.Year == one.Year && into.Seq < one.Seq
	if swap {
		first, second = into, one
	}
	if a, err = d.find(ctx, viewer, first); err != nil {
		return nil, nil, err
	}
	if b, err = d.find(ctx, viewer, second); err != nil {
		return nil, nil, err
	}
	if swap {
		a, b = b, a
	}
	return a, b, nil
}

// outside is what stands in clear of a case.
func outside(o *opened) cases.Case {
	return cases.Case{ID: o.id(), Number: o.number(), Status: o.status(), Urgent: o.row.Urgent, Erased: o.erased()}
}

// Unmerge brings a report back to where it stood before it was counted with another.
func (d Desk) Unmerge(ctx context.Context, viewer cases.Staff, one cases.Number, version int) (cases.Case, error) {
	o, err := d.find(ctx, viewer, one)
	if err != nil {
		return cases.Case{}, err
	}
	if version >= 0 && version != int(o.row.Version) {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	c := outside(o)
	if err := d.t.merged(ctx, o, &c); err != nil {
		return cases.Case{}, err
	}
	if err := cases.MayPart(c); err != nil {
		return cases.Case{}, err
	}
	into, err := d.t.mergedInto(ctx, o.row.ID)
	if err != nil {
		return cases.Case{}, err
	}
	ch := cases.Change{Verb: cases.Unmerge, To: cases.Status(into.FromStatus), Into: c.MergedInto}
	if err := d.t.step(ctx, o, ch, &viewer); err != nil {
		return cases.Case{}, err
	}
	return d.t.assemble(ctx, o)
}

func (t *Tx) mergedInto(ctx context.Context, id uuid.UUID) (db.MergedIntoRow, error) {
	row, err := t.q.MergedInto(ctx, db.MergedIntoParams{CaseID: id, WardID: int32(t.s.conf.Ward)})
	return row, interpret(err)
}

func (t *Tx) followers(ctx context.Context, id uuid.UUID) ([]db.FollowersRow, error) {
	rows, err := t.q.Followers(ctx, db.FollowersParams{IntoID: id, WardID: int32(t.s.conf.Ward)})
	return rows, interpret(err)
}

func reportNumber(year, seq int32) cases.Number {
	return cases.Number{Stream: cases.ReportStream, Year: int(year), Seq: int(seq)}
}

// merged fills in what a report is counted with, or what is counted with it, as far as
// the viewer may see it.
func (t *Tx) merged(ctx context.Context, o *opened, c *cases.Case) error {
	if o.stream() != cases.ReportStream {
		return nil
	}
	if o.status() == cases.Duplicate {
		row, err := t.mergedInto(ctx, o.row.ID)
		if cases.KindOf(err) == cases.NotFound {
			return nil
		}
		if err == nil {
			c.MergedInto, c.MergedEnded = reportNumber(row.Year, row.Seq), cases.Status(row.Status).Final()
		}
		return err
	}
	rows, err := t.followers(ctx, o.row.ID)
	if err != nil {
		return err
	}
	for _, r := range rows {
		c.Merged = append(c.Merged, reportNumber(r.Year, r.Seq))
	}
	c.Sources, err = t.sources(ctx, o, rows)
	return err
}

// sources is how many of the reports come from different people, at least. The chats
// are compared here and nowhere kept. Of the reports put together, each is left out by
// a coin that falls the same whenever one looks, so that a number that stays low after
// a merge proves nothing about who wrote.
func (t *Tx) sources(ctx context.Context, o *opened, followers []db.FollowersRow) (int, error) {
	if len(followers)+1 < cases.SourcesShown {
		return 0, nil
	}
	ids := []string{o.id()}
	for _, f := range followers {
		ids = append(ids, f.ID.String())
	}
	chats := make([][]int64, len(ids))
	for i, id := range ids {
		list, err := t.routes(ctx, cases.ReportStream, id)
		if err != nil {
			return 0, err
		}
		for _, r := range list {
			chats[i] = append(chats[i], r.Chat)
		}
	}
	return cases.Sources(chats, func(i int) bool { return t.s.vault.Draw(cases.ReportStream, ids[0], ids[i]) }), nil
}

// withFollowers adds the ways back to whoever wrote what is counted with a report. They
// are all of them, also when the police act, who see none of it: they learn only that
// somebody was written to.
func (t *Tx) withFollowers(ctx context.Context, caseID string, own []cases.Route) ([]cases.Route, error) {
	id, err := parseID(caseID)
	if err != nil {
		return nil, err
	}
	if err := t.enterForPerson(ctx, cases.ReportStream); err != nil {
		return nil, err
	}
	rows, err := t.followers(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, f := range rows {
		more, err := t.routes(ctx, cases.ReportStream, f.ID.String())
		if err != nil {
			return nil, err
		}
		for _, r := range more {
			if !slices.ContainsFunc(own, func(k cases.Route) bool { return k.Chat == r.Chat }) {
				r.CaseID, r.Received = f.ID.String(), f.ReceivedAt
				own = append(own, r)
			}
		}
	}
	return own, t.enter(ctx, cases.ReportStream)
}

// addWords adds the person's words, and gives the case in which staff read them. Those
// about a duplicate move the report it is counted with, and stay with their own case,
// so that whoever wrote the other does not read them.
func (t *Tx) addWords(ctx context.Context, o *opened, text string) (*opened, error) {
	ch := cases.Change{Verb: cases.AddInfo, Text: text}
	if o.stream() != cases.ReportStream || o.status() != cases.Duplicate || o.erased() {
		return o, t.step(ctx, o, ch, nil)
	}
	into, err := t.mergedInto(ctx, o.row.ID)
	if err != nil {
		return nil, err
	}
	if err := t.record(ctx, o, ch.Verb, o.status(), o.status(), nil, ""); err != nil {
		return nil, err
	}
	if text != "" {
		if err := t.say(ctx, o, ch, nil); err != nil {
			return nil, err
		}
	}
	if err := t.save(ctx, o); err != nil {
		return nil, err
	}
	root, err := t.own(ctx, cases.ReportStream, into.ID.String())
	if err != nil {
		return nil, err
	}
	ch.Text = ""
	if cases.SignsIn(text).Any() { // whom the alarm calls may see the report alone
		ch.Text = text
	}
	if err := t.hear(ctx, root, text); err != nil {
		return nil, err
	}
	return root, t.step(ctx, root, ch, nil)
}

// added are the words that came since reports were counted with this one, from whoever
// wrote those.
func (t *Tx) added(ctx context.Context, o *opened, c *cases.Case) error {
	if len(c.Merged) == 0 {
		return nil
	}
	rows, err := t.followers(ctx, o.row.ID)
	if err != nil {
		return err
	}
	for _, f := range rows {
		if f.CaseKey == nil {
			continue
		}
		key, err := t.s.vault.CaseKey(o.stream(), t.s.conf.Ward, f.ID.String(), f.CaseKey)
		if err != nil {
			return err
		}
		talks, err := t.talks(ctx, o.stream(), f.ID.String(), key)
		if err != nil {
			return err
		}
		for _, talk := range talks {
			known := slices.ContainsFunc(c.Talks, func(own cases.Talk) bool { return own.At.Equal(talk.At) && own.Text == talk.Text && !own.FromStaff })
			if !talk.FromStaff && !talk.At.Before(f.MergedAt) && !known {
				talk.Seq = 0
				c.Talks = append(c.Talks, talk)
			}
		}
	}
	slices.SortStableFunc(c.Talks, func(a, b cases.Talk) int { return a.At.Compare(b.At) })
	return nil
}

// follow shows the person who wrote a duplicate what the ward wrote about the report it
// is counted with, since then, and its end.
func (t *Tx) follow(ctx context.Context, row db.CaseworkCase, v *cases.ResidentView) error {
	if row.Stream != string(cases.ReportStream) || row.Status != string(cases.Duplicate) {
		return nil
	}
	into, err := t.mergedInto(ctx, row.ID)
	if err != nil {
		if cases.KindOf(err) == cases.NotFound {
			return nil
		}
		return err
	}
	o, err := t.own(ctx, cases.ReportStream, into.ID.String())
	if err != nil {
		return err
	}
	v.CanAdd = can(o.row, cases.AddInfo)
	if o.status().Final() {
		v.Status, v.Finding = o.status(), cases.Finding(o.row.Finding)
	}
	if o.erased() {
		return nil
	}
	if v.Result, err = o.result(); err != nil {
		return err
	}
	history, err := t.history(ctx, o)
	if err != nil {
		return err
	}
	for _, m := range cases.WayOf(history) {
		if m.What != cases.WayReceived && !m.At.Before(into.MadeAt) {
			v.Way = append(v.Way, m)
		}
	}
	talks, err := t.talks(ctx, o.stream(), o.id(), o.key)
	for _, talk := range talks {
		if talk.FromStaff && !talk.Internal && !talk.At.Before(into.MadeAt) {
			talk.By = ""
			v.Talks = append(v.Talks, talk)
		}
	}
	return err
}
