package staffcmds_test

import (
	"context"
	"slices"
	"sync"

	"tinbao/cases"
)

// What the store promises of searching and of reports put together, in memory.

// asked is the last search of each fake.
var asked sync.Map

func (d desk) Search(_ context.Context, who cases.Staff, s cases.Search, page int) (cases.Found, error) {
	asked.Store(d.fake, s)
	f := cases.Found{QueuePage: cases.QueuePage{Page: page, Size: pageSize}, Before: d.before}
	for _, c := range d.visible(who) {
		text := ""
		if c.Report != nil {
			text = c.Report.Text
		}
		switch {
		case !s.Number.IsZero() && s.Number != c.Number, len(s.Statuses) > 0 && !slices.Contains(s.Statuses, c.Status),
			s.Hamlet > 0 && s.Hamlet != c.Hamlet, s.Kind != "" && s.Kind != c.Kind, !s.Fits(c.Alias, text):
			continue
		}
		if f.Total++; (f.Total-1)/pageSize == page {
			item := cases.QueueItem{Number: c.Number, Status: c.Status, Received: c.Received, Due: c.Due, Concern: cases.SawSigns}
			if d.stream == cases.HelpStream {
				item.Concern, item.Wanted = "", c.Help.Service
			}
			f.Items = append(f.Items, item)
		}
	}
	return f, d.fault
}

func (d desk) Similar(_ context.Context, who cases.Staff, n cases.Number) (list []cases.Similar, _ error) {
	if d.find(who, n) == nil {
		return nil, cases.Fail(cases.NotFound, "")
	}
	for _, c := range d.visible(who) {
		if c.Number != n && !c.Status.Final() {
			list = append(list, cases.Similar{Number: c.Number, Status: c.Status, Received: c.Received, Likeness: cases.LikePart})
		}
	}
	return list, d.fault
}

func (d desk) Merge(ctx context.Context, who cases.Staff, one, into cases.Number) (cases.Case, error) {
	a, b := d.find(who, one), d.find(who, into)
	if a == nil || b == nil {
		return cases.Case{}, cases.Fail(cases.NotFound, "")
	}
	if err := cases.MayMerge(*a, *b); err != nil {
		return cases.Case{}, err
	}
	_, err := d.Act(ctx, who, one, -1, cases.Change{Verb: cases.Merge, Into: into})
	if err == nil {
		a.MergedInto, a.Shut = into, true
		b.Merged = append(b.Merged, one)
	}
	return *a, err
}

func (d desk) Unmerge(ctx context.Context, who cases.Staff, one cases.Number, version int) (cases.Case, error) {
	a := d.find(who, one)
	if a == nil {
		return cases.Case{}, cases.Fail(cases.NotFound, "")
	}
	if err := cases.MayPart(*a); err != nil {
		return cases.Case{}, err
	}
	c, err := d.Act(ctx, who, one, version, cases.Change{Verb: cases.Unmerge})
	if err == nil {
		b := d.find(who, a.MergedInto)
		b.Merged = slices.DeleteFunc(b.Merged, func(n cases.Number) bool { return n == one })
		a.MergedInto, a.Shut, c.MergedInto = cases.Number{}, false, cases.Number{}
	}
	return c, err
}
