package staffcmds_test

import (
	"context"
	"slices"
	"strconv"

	"tinbao/cases"
)

// What a desk promises of papers: marks in memory, files that name what was asked for.

func (d desk) Covering(_ context.Context, who cases.Staff, n cases.Number) (cases.Covering, error) {
	c := d.find(who, n)
	if c == nil {
		return cases.Covering{}, cases.Fail(cases.NotFound, "")
	}
	if _, err := cases.Next(d.stream, c.Status, cases.Redact, c.Urgent); err != nil {
		return cases.Covering{}, err
	}
	v := cases.Covering{Number: n, Version: c.Version, Files: c.Files, Parts: []cases.Part{{Key: "text", Text: c.Report.Text}}}
	for _, talk := range c.Talks {
		if talk.Seq > 0 && talk.FromStaff {
			v.Notes = append(v.Notes, talk)
			if slices.Contains(d.marks[n].Notes, talk.Seq) {
				v.Parts = append(v.Parts, cases.Part{Key: cases.TalkPart + strconv.Itoa(talk.Seq), Text: talk.Text})
			}
		}
	}
	marks, chosen := d.marks[n]
	if v.Marks, v.Suggested = marks, !chosen; v.Suggested {
		v.Marks = cases.Marks{Words: map[string][]int{"text": cases.Suggest(c.Report.Text)}}
	}
	return v, d.fault
}

func (d desk) Mark(_ context.Context, _ cases.Staff, n cases.Number, marks cases.Marks) error {
	d.marks[n] = marks
	return d.fault
}

func (d desk) Cover(ctx context.Context, who cases.Staff, n cases.Number, version int) (cases.Case, error) {
	return d.Act(ctx, who, n, version, cases.Change{Verb: cases.Redact})
}

func (d desk) HandedOver(_ context.Context, who cases.Staff, n cases.Number) (h cases.HandedOver, err error) {
	c := d.find(who, n)
	if c == nil {
		return h, cases.Fail(cases.NotFound, "")
	}
	h.Words, h.Files = c.Report.Words(), c.Files
	for _, talk := range c.Talks {
		if slices.Contains(d.marks[n].Notes, talk.Seq) {
			h.Notes = append(h.Notes, cases.Part{Key: cases.TalkPart + strconv.Itoa(talk.Seq), Text: talk.Text})
		}
	}
	return h, d.fault
}

func (d desk) Ruled(_ context.Context, _ cases.Staff, file string, cells []int) ([]byte, error) {
	return []byte("ruled " + file + " " + strconv.Itoa(len(cells))), d.fault
}

func (d desk) Slip(_ context.Context, who cases.Staff, n cases.Number) ([]byte, bool, error) {
	if d.find(who, n) == nil {
		return nil, false, cases.Fail(cases.NotFound, "")
	}
	return []byte("slip of " + n.String()), d.helped == 0, d.fault
}
