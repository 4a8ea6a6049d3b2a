package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// Covering is what can be covered of a report, and what is marked. Before anybody chose,
// the marks are suggestions.
func (d Desk) Covering(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Covering, error) {
	o, err := d.allows(ctx, viewer, n, cases.Redact)
	if err != nil {
		return cases.Covering{}, err
	}
	return d.t.covering(ctx, o)
}

func (t *Tx) covering(ctx context.Context, o *opened) (cases.Covering, error) {
	out := cases.Covering{Number: o.number(), Version: int(o.row.Version)}
	c, err := t.assemble(ctx, o)
	if err != nil {
		return out, err
	}
	out.Files = c.Files
	raw, err := t.original(ctx, o.stream(), o.row.ID, o.key, partMarks, "")
	if err != nil {
		return out, err
	}
	if raw != nil {
		if err := json.Unmarshal(raw, &out.Marks); err != nil {
			return out, cases.Reason("reading marks: malformed")
		}
	}
	out.Parts, out.Notes = partsOf(c, out.Marks.Notes), notesOf(c)
	if raw != nil {
		return out, nil
	}
	out.Suggested, out.Marks.Words = true, map[string][]int{}
	for _, p := range out.Parts {
		if marked := cases.Suggest(p.Text); len(marked) > 0 {
			out.Marks.Words[p.Key] = marked
		}
	}
	return out, nil
}

// partsOf lists what the police get to read of a report: the person's words, and after
// them the notes of the office with the given numbers.
func partsOf(c cases.Case, notes []int) []cases.Part {
	out := c.Report.Words()
	add := func(wanted func(cases.Talk) bool) {
		for _, talk := range c.Talks {
			if talk.Seq > 0 && talk.Text != "" && wanted(talk) {
				out = append(out, cases.Part{Key: cases.TalkPart + strconv.Itoa(talk.Seq), Text: talk.Text})
			}
		}
	}
	add(func(t cases.Talk) bool { return !t.FromStaff })
	add(func(t cases.Talk) bool { return isNote(t) && slices.Contains(notes, t.Seq) })
	return out
}

// isNote reports whether a message is one of the office that stays with it unless it is
// handed over.
func isNote(t cases.Talk) bool { return t.Seq > 0 && t.FromStaff && !t.ToPolice }

func notesOf(c cases.Case) (list []cases.Talk) {
	for _, talk := range c.Talks {
		if isNote(talk) {
			list = append(list, talk)
		}
	}
	return list
}

// HandedOver lists what the police get of a report once it is handed over as it is now.
func (d Desk) HandedOver(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.HandedOver, error) {
	var out cases.HandedOver
	o, err := d.find(ctx, viewer, n)
	if err != nil {
		return out, err
	}
	c, err := d.t.asShared(ctx, o)
	if err != nil || c.Report == nil {
		return out, err
	}
	out.Words, out.Files = partsOf(c, nil), c.Files
	for _, talk := range c.Talks {
		if talk.Given {
			out.Notes = append(out.Notes, cases.Part{Key: cases.TalkPart + strconv.Itoa(talk.Seq), Text: talk.Text})
		}
	}
	return out, nil
}

// Mark remembers what is being chosen; nothing is covered yet.
func (d Desk) Mark(ctx context.Context, viewer cases.Staff, n cases.Number, marks cases.Marks) error {
	o, err := d.allows(ctx, viewer, n, cases.Redact)
	if err != nil {
		return err
	}
	return d.t.saveMarks(ctx, o, marks)
}

func (t *Tx) saveMarks(ctx context.Context, o *opened, marks cases.Marks) error {
	raw, err := json.Marshal(marks)
	if err != nil {
		return fmt.Errorf("writing marks: %w", err)
	}
	return interpret(t.q.SaveMarks(ctx, db.SaveMarksParams{
		CaseID: o.row.ID, WardID: int32(t.s.conf.Ward), Body: o.key.SealText(originalColumn, originalRow(partMarks, ""), raw),
	}))
}

// Blacken makes cells of a picture black.
type Blacken func(photo []byte, cells []int) ([]byte, error)

// CoverWith makes the covered copy that the police get, from what is marked. Conflict
// when the case has moved on since version, as with Act.
func (d Desk) CoverWith(ctx context.Context, viewer cases.Staff, n cases.Number, version int, black Blacken) (cases.Case, error) {
	o, err := d.allows(ctx, viewer, n, cases.Redact)
	if err != nil {
		return cases.Case{}, err
	}
	if version >= 0 && version != int(o.row.Version) {
		return cases.Case{}, cases.Fail(cases.Conflict, "")
	}
	chosen, err := d.t.covering(ctx, o)
	if err != nil {
		return cases.Case{}, err
	}
	if err := d.t.saveMarks(ctx, o, chosen.Marks); err != nil {
		return cases.Case{}, err
	}
	if err := d.t.coverContent(ctx, o, chosen); err != nil {
		return cases.Case{}, err
	}
	for _, f := range chosen.Files {
		if err := d.t.coverFile(ctx, o, f, chosen.Marks.Cells[f.ID], black); err != nil {
			return cases.Case{}, err
		}
	}
	if err := d.t.step(ctx, o, cases.Change{Verb: cases.Redact}, &viewer); err != nil {
		return cases.Case{}, err
	}
	return d.t.assemble(ctx, o)
}

// coverContent covers the words of a report and of the person's messages.
func (t *Tx) coverContent(ctx context.Context, o *opened, chosen cases.Covering) error {
	whole, err := t.written(ctx, o)
	if err != nil {
		return err
	}
	var content cases.ReportContent
	if err := json.Unmarshal(whole, &content); err != nil {
		return cases.Reason("reading content: malformed")
	}
	if err := t.keep(ctx, o, partContent, "", whole); err != nil {
		return err
	}
	for _, p := range chosen.Parts {
		marked := chosen.Marks.Words[p.Key]
		if content.SetWords(p.Key, cases.Cover(p.Text, marked)) {
			continue
		}
		if err := t.coverTalk(ctx, o, p, marked, chosen.IsNote(p)); err != nil {
			return err
		}
	}
	for _, note := range chosen.Notes {
		if !slices.Contains(chosen.Marks.Notes, note.Seq) {
			if err := t.uncoverTalk(ctx, o, note.Seq); err != nil {
				return err
			}
		}
	}
	raw, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("writing content: %w", err)
	}
	o.row.Content = o.key.SealText(contentColumn, "", raw)
	return interpret(t.q.ShareContent(ctx, db.ShareContentParams{WardID: int32(t.s.conf.Ward), ID: o.row.ID, Content: o.row.Content}))
}

// coverTalk makes the copy of a message that the police get. A message of the person in
// which nothing is covered needs none: they read it itself.
func (t *Tx) coverTalk(ctx context.Context, o *opened, p cases.Part, marked []int, note bool) error {
	seq := p.Talk()
	if seq == 0 {
		return cases.Reason("a part with no number")
	}
	if len(marked) == 0 && !note {
		return t.uncoverTalk(ctx, o, seq)
	}
	return interpret(t.q.CoverTalk(ctx, db.CoverTalkParams{
		WardID: int32(t.s.conf.Ward),
		CaseID: o.row.ID, Seq: int32(seq),
		Body: o.key.SealText(coveredColumn, strconv.Itoa(seq), []byte(cases.Cover(p.Text, marked))),
	}))
}

func (t *Tx) uncoverTalk(ctx context.Context, o *opened, seq int) error {
	return interpret(t.q.UncoverTalk(ctx, db.UncoverTalkParams{CaseID: o.row.ID, Seq: int32(seq)}))
}

// coverFile blackens cells of a photo, or gives back what was blackened before.
func (t *Tx) coverFile(ctx context.Context, o *opened, f cases.File, cells []int, black Blacken) error {
	before, err := t.original(ctx, o.stream(), o.row.ID, o.key, partFile, f.ID)
	if err != nil || f.State != cases.FileStored || len(cells) == 0 && before == nil {
		return err
	}
	whole, mime, err := Desk{t, o.stream()}.Attachment(ctx, cases.Staff{}, f.ID)
	if err != nil {
		return err
	}
	shown := whole
	if len(cells) > 0 {
		if shown, err = black(whole, cells); err != nil {
			return err
		}
		if err := t.keep(ctx, o, partFile, f.ID, whole); err != nil {
			return err
		}
	}
	id, err := parseID(f.ID)
	if err != nil {
		return err
	}
	return interpret(t.q.ShareFile(ctx, db.ShareFileParams{
		WardID: int32(t.s.conf.Ward),
		ID:     id, Body: o.key.SealBody(bodyColumn, f.ID, shown), Size: clearSize(int64(len(shown))), Facts: fileFacts(o.key, f.ID, shown), Mime: mime,
	}))
}

// coverTalks leaves of the messages what the police get: the person's words, or the copy
// in which parts are covered; what the police wrote and what was written to them; and the
// notes of the office that it chose to hand over.
func (t *Tx) coverTalks(ctx context.Context, o *opened, c *cases.Case) error {
	if o.stream() != cases.ReportStream || t.role != rolePolice && !t.shared {
		return nil
	}
	rows, err := t.q.CoveredTalks(ctx, o.row.ID)
	if err != nil {
		return interpret(err)
	}
	copied := map[int]bool{}
	shown := make([]cases.Talk, 0, len(c.Talks)+len(rows))
	for _, r := range rows {
		text, err := o.key.OpenText(coveredColumn, strconv.Itoa(int(r.Seq)), r.Body)
		if err != nil {
			return err
		}
		by, err := t.staffName(ctx, r.ByStaff)
		if err != nil {
			return err
		}
		copied[int(r.Seq)] = true
		shown = append(shown, cases.Talk{
			Seq: int(r.Seq), At: r.At, FromStaff: r.FromStaff, Internal: r.FromStaff, ToPolice: r.FromStaff, Given: r.FromStaff, By: by, Text: string(text),
		})
	}
	for _, talk := range c.Talks {
		if talk.Seq > 0 && !copied[talk.Seq] && (!talk.FromStaff || talk.ToPolice) {
			shown = append(shown, talk)
		}
	}
	slices.SortStableFunc(shown, func(a, b cases.Talk) int { return cmp.Or(a.At.Compare(b.At), a.Seq-b.Seq) })
	c.Talks = shown
	return nil
}

// lastTalk is the number of the last message of a case, also of one that the police do
// not see.
func (t *Tx) lastTalk(ctx context.Context, o *opened) (int, error) {
	if t.role == rolePolice {
		n, err := t.q.LastTalk(ctx, o.row.ID)
		return int(n), interpret(err)
	}
	n, err := t.q.CountTalks(ctx, db.CountTalksParams{WardID: int32(t.s.conf.Ward), Stream: o.row.Stream, CaseID: o.row.ID})
	return int(n), interpret(err)
}
