package storage_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

const told = "Quán mở cửa sau 12 giờ đêm. Tôi là Nguyễn Văn Kín, số 0912 345 678."

// black stands for the drawing: which cells were asked for shows in the bytes.
func black(photo []byte, cells []int) ([]byte, error) {
	if len(cells) == 0 {
		return photo, nil
	}
	return bytes.Repeat([]byte("█"), len(cells)), nil
}

// covered is a report with a message of the person and a photo, some of which is covered,
// handed to the police.
func (b *bench) covered(o cases.Staff) cases.Case {
	b.t.Helper()
	var c cases.Case
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{
			Report: &cases.ReportContent{Concern: cases.SawSigns, Where: "đối diện nhà tôi", Text: told}, Source: cases.FromBot,
			Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "a"}, {Kind: cases.Photo, FileID: "b"}},
		})
		return err
	})
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		c, err = tx.AddInfo(ctx, cases.ReportStream, c.ID, cases.Route{Chat: an, Lang: "vi"}, "Nhà tôi ở số 7.", nil)
		return err
	})
	for _, f := range c.Files {
		if err := b.StoreFile(b.t.Context(), cases.ReportStream, f.ID, []byte("photo"), "image/jpeg", nil); err != nil {
			b.t.Fatal(err)
		}
	}
	b.cover(o, c.Number, func(v *cases.Covering) { v.Marks.Cells = map[string][]int{c.Files[0].ID: {0, 7}} })
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	return b.must(o, c.Number, cases.Change{Verb: cases.Forward})
}

// cover changes what is marked and makes the covered copy.
func (b *bench) cover(o cases.Staff, n cases.Number, change func(*cases.Covering)) {
	b.t.Helper()
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		d := tx.Desk(cases.ReportStream)
		v, err := d.Covering(ctx, o, n)
		if err != nil {
			return err
		}
		change(&v)
		if err := d.Mark(ctx, o, n, v.Marks); err != nil {
			return err
		}
		_, err = d.CoverWith(ctx, o, n, v.Version, black)
		return err
	})
}

func (b *bench) reads(s cases.Staff, n cases.Number) (c cases.Case, photos []string) {
	b.t.Helper()
	b.do(s.Route.Chat, func(ctx context.Context, tx *storage.Tx) (err error) {
		d := tx.Desk(cases.ReportStream)
		if c, err = d.Open(ctx, s, n); err != nil {
			return err
		}
		for _, f := range c.Files {
			body, _, err := d.Attachment(ctx, s, f.ID)
			if err != nil {
				return err
			}
			photos = append(photos, string(body))
		}
		return nil
	})
	return c, photos
}

func lines(c cases.Case) string {
	out := c.Report.Where + "|" + c.Report.Text
	for _, t := range c.Talks {
		out += "|" + t.Text
	}
	return out
}

// The police read the covered copy, the office what was written, and neither loses a
// word that the other wrote.
func TestPoliceReadTheCoveredCopy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	n := b.covered(o).Number
	const shown = "đối diện nhà tôi|Quán mở cửa sau 12 giờ đêm. Tôi là ■■■, số ■■■.|Nhà tôi ■■■."
	c, photos := b.reads(p, n)
	if lines(c) != shown || photos[0] != "██" || photos[1] != "photo" {
		t.Errorf("the police read %q %q", lines(c), photos)
	}
	if c.Files[0].Size != int64(len("██")) || c.Files[0].SHA256 == c.Files[1].SHA256 {
		t.Error("the list of files is that of the whole ones")
	}
	b.do(policeman, func(ctx context.Context, tx *storage.Tx) error { // its number is not taken by a message they do not see
		_, err := tx.Desk(cases.ReportStream).Act(ctx, p, n, -1, cases.Change{Verb: cases.AskOffice, Text: "Quán nào?"})
		return err
	})
	c, photos = b.reads(o, n)
	if lines(c) != "đối diện nhà tôi|"+told+"|Nhà tôi ở số 7.|Quán nào?" || photos[0] != "photo" {
		t.Errorf("the office reads %q %q", lines(c), photos)
	}
	if c, _ = b.reads(p, n); lines(c) != shown+"|Quán nào?" {
		t.Errorf("the police read %q", lines(c))
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) (err error) {
		d := tx.Desk(cases.ReportStream)
		if c, err = d.Handover(ctx, o, n); err != nil {
			return err
		}
		if lines(c) != shown+"|Quán nào?" {
			t.Errorf("on the paper stands %q", lines(c))
		}
		_, err = d.Covering(ctx, o, n)
		if cases.KindOf(err) != cases.NotAllowed {
			t.Errorf("covered after it was handed over: %v", err)
		}
		return nil
	})
	if got := verbsOf(c); !strings.Contains(got, "redact verify classify forward") || !strings.HasSuffix(got, "slip") {
		t.Errorf("history %s", got)
	}
}

// What the office wrote before it handed a report over stays with it, unless it was picked;
// and what is picked goes as it was covered. The police, the paper and the question before
// handing over have one list.
func TestNotesStayWithTheOfficeUnlessPicked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, c := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Text: "Quán mở khuya."})
	b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "Người báo là bà Kín ở số 7."})
	b.must(o, c.Number, cases.Change{Verb: cases.Answer, Text: "Chào bà Kín, phường đã nhận."})
	b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "Bà Kín nói chủ quán tên Tám."})
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
	goes := func() (list []string) {
		b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
			h, err := tx.Desk(cases.ReportStream).HandedOver(ctx, o, c.Number)
			for _, part := range append(h.Notes, h.Words...) {
				list = append(list, part.Text)
			}
			return err
		})
		return list
	}
	if got := goes(); !slices.Equal(got, []string{"Quán mở khuya."}) {
		t.Errorf("before anything is picked goes %q", got)
	}
	b.cover(o, c.Number, func(v *cases.Covering) {
		if len(v.Notes) != 3 || len(v.Parts) != 1 {
			t.Errorf("offered %+v", v)
		}
		v.Marks.Notes = []int{v.Notes[2].Seq}
		v.Marks.Words[cases.TalkPart+"3"] = []int{0, 1}
	})
	if got := goes(); !slices.Equal(got, []string{"■■■ nói chủ quán tên Tám.", "Quán mở khuya."}) {
		t.Errorf("goes %q", got)
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Forward})
	for _, verb := range []cases.Verb{cases.Note, cases.Answer} { // afterwards, too
		b.must(o, c.Number, cases.Change{Verb: verb, Text: "Nói riêng với bà Kín."})
	}
	const want = "|Quán mở khuya.|■■■ nói chủ quán tên Tám."
	seen, _ := b.reads(p, c.Number)
	if lines(seen) != want || !seen.Talks[0].Given {
		t.Errorf("the police read %q", lines(seen))
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		paper, err := tx.Desk(cases.ReportStream).Handover(ctx, o, c.Number)
		if lines(paper) != want {
			t.Errorf("on the paper stands %q", lines(paper))
		}
		return err
	})
	b.must(p, c.Number, cases.Change{Verb: cases.Return, Text: "Thiếu địa chỉ"})
	b.cover(o, c.Number, func(v *cases.Covering) { v.Marks.Notes = nil })
	if seen, _ = b.reads(p, c.Number); lines(seen) != "|Quán mở khuya.|Thiếu địa chỉ" {
		t.Errorf("taken back, the police read %q", lines(seen))
	}
}

// Whoever works in the database as the police finds nothing of what was covered.
func TestOriginalsAreOutOfReachOfThePolice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.covered(b.staff(officer, cases.Officer))
	conn := connect(t, b.url)
	for _, sql := range []string{"set role tinbao_police", "set tinbao.ward = 1"} {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	for _, sql := range []string{"select * from casework.originals", "delete from casework.originals", "update casework.covered_talks set body = ''", "update casework.cases set content = ''"} {
		if _, err := conn.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for sql, want := range map[string]int{
		"select count(*) from casework.talks": 0, "select count(*) from casework.covered_talks": 1, "select count(*) from casework.cases": 1,
	} {
		var n int
		if err := conn.QueryRow(t.Context(), sql).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d %v", sql, n, err)
		}
	}
}

// Chosen again after the police gave it back: the copy is made of what was written, not
// of the copy before.
func TestCoveredAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	n := b.covered(o).Number
	b.do(policeman, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).Act(ctx, p, n, -1, cases.Change{Verb: cases.Return, Text: "Thiếu địa chỉ"})
		return err
	})
	b.cover(o, n, func(v *cases.Covering) {
		if v.Suggested || len(v.Marks.Cells) != 1 {
			t.Errorf("forgotten: %+v", v)
		}
		v.Marks = cases.Marks{Words: map[string][]int{"text": {0}}}
	})
	c, photos := b.reads(p, n)
	if want := "đối diện nhà tôi|■■■" + strings.TrimPrefix(told, "Quán") + "|Nhà tôi ở số 7.|Thiếu địa chỉ"; lines(c) != want || photos[0] != "photo" {
		t.Errorf("the police read %q %q", lines(c), photos)
	}
}

// Nothing that was kept beside a report outlives it.
func TestOriginalsGoWithTheirCase(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	n := b.covered(o).Number
	b.owner("update casework.cases set status = 'closed', ended_at = received_at - interval '400 days'")
	if _, err := b.Retain(t.Context(), cases.DefaultRetention); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from casework.originals where part = 'file'", 0)
	b.count("select count(*) from casework.originals", 2)
	b.owner("update casework.cases set ended_at = received_at - interval '800 days'")
	if _, err := b.Retain(t.Context(), cases.DefaultRetention); err != nil {
		t.Fatal(err)
	}
	b.count("select count(*) from casework.originals", 0)
	b.count("select count(*) from casework.covered_talks", 0)
	if c, _ := b.reads(o, n); !c.Erased {
		t.Error("not erased")
	}
}

// The leader hears once of each time the police were too late, and not of others.
func TestEscalate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	n := b.covered(o).Number
	escalate := func() (numbers []cases.Number) {
		t.Helper()
		told, err := b.Escalate(t.Context(), func(c cases.Case) []storage.Message {
			numbers = append(numbers, c.Number)
			return nil
		})
		if err != nil || told != len(numbers) {
			t.Fatal(told, err)
		}
		return numbers
	}
	if got := escalate(); got != nil {
		t.Errorf("at once: %v", got)
	}
	b.pass(7 * 24 * time.Hour)
	if got := escalate(); len(got) != 1 || got[0] != n {
		t.Errorf("after a week: %v", got)
	}
	if got := escalate(); got != nil {
		t.Errorf("told twice: %v", got)
	}
	c, _ := b.reads(o, n)
	if got := verbsOf(c); !strings.Contains(got, "forward escalate") {
		t.Error(got)
	}
	p := b.staff(policeman, cases.Police)
	b.do(policeman, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).Act(ctx, p, n, c.Version, cases.Change{Verb: cases.Return, Text: "x"}) // the reminder made no button old
		return err
	})
	b.must(o, n, cases.Change{Verb: cases.Forward})
	b.pass(7 * 24 * time.Hour)
	if got := escalate(); len(got) != 1 {
		t.Errorf("handed over again: %v", got)
	}
}

// A job for a PDF names nobody, and opens only for an account that may still see the case.
func TestSlipOf(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	n := b.covered(o).Number
	b.do(officer, func(_ context.Context, tx *storage.Tx) error { return tx.AskPDF(n, o.ID) })
	raw := column[string](b, "select args::text from river.river_job where kind = 'slip_pdf'")
	if len(raw) != 1 || strings.Contains(raw[0], "26") && strings.Contains(raw[0], "number") {
		t.Fatalf("%q", raw)
	}
	var args cases.SlipPDFArgs
	b.row("select decode(args->>'slip', 'base64') from river.river_job where kind = 'slip_pdf'", &args.Slip)
	c, who, err := b.SlipOf(t.Context(), args)
	if err != nil || who.ID != o.ID || !strings.Contains(c.Report.Text, cases.CoverMark) {
		t.Errorf("%+v %v", c, err)
	}
	b.owner("update ward.staff set locked = true")
	if _, _, err := b.SlipOf(t.Context(), args); cases.KindOf(err) != cases.NotFound {
		t.Errorf("a locked account: %v", err)
	}
	b.owner("update ward.staff set locked = false")
	b.owner("update casework.cases set status = 'closed'")
	if _, _, err := b.SlipOf(t.Context(), args); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("an ended case: %v", err)
	}
}
