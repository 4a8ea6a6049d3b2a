package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/storage"
)

const leader = 2005

var dangerous = cases.ReportContent{Concern: cases.Danger, Hamlet: 2, Text: "Nghe tiếng kêu cứu"}

func roles(staff []cases.Staff) (list []cases.Role) { return cases.RolesOf(staff) }

func (b *bench) ringers(c cases.Case) (list []cases.Staff) {
	b.t.Helper()
	b.do(an, func(ctx context.Context, t *storage.Tx) (err error) {
		list, err = t.Ringers(ctx, c)
		return err
	})
	return list
}

func (b *bench) confirm(s cases.Staff, n cases.Number) (c cases.Case, err error) {
	b.t.Helper()
	err = b.try(s.Route.Chat, func(ctx context.Context, t *storage.Tx) (err error) {
		c, err = t.Desk(n.Stream).Confirm(ctx, s, n)
		return err
	})
	return c, err
}

func (b *bench) add(chat int64, c cases.Case, text string, calm bool) (got cases.Case) {
	b.t.Helper()
	b.do(chat, func(ctx context.Context, t *storage.Tx) (err error) {
		if calm {
			t.NobodyInDanger()
		}
		got, err = t.AddInfo(ctx, c.Number.Stream, c.ID, cases.Route{Chat: chat, Lang: "vi"}, text, nil)
		return err
	})
	return got
}

// rung is what alarms said when they rang again.
type rung struct {
	mu    sync.Mutex
	rings []string
	late  []int64
}

func (r *rung) say() storage.Alarms {
	return storage.Alarms{
		Ring: func(c cases.Case, staff []cases.Staff) []storage.Message {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.rings = append(r.rings, fmt.Sprint(c.Number, " ", c.Alarm.Rings, " ", roles(staff)))
			return nil
		},
		Late: func(_ cases.Case, to cases.Route) storage.Message {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.late = append(r.late, to.Chat)
			return storage.Message{Chat: to.Chat, Payload: []byte("{}")}
		},
	}
}

// again passes time and lets two programs look for alarms at once.
func (b *bench) again(d time.Duration) *rung {
	b.t.Helper()
	b.pass(d)
	r := &rung{}
	var work sync.WaitGroup
	for range 2 {
		work.Go(func() {
			if _, err := b.RingAgain(b.t.Context(), r.say()); err != nil {
				b.t.Error(err)
			}
		})
	}
	work.Wait()
	return r
}

// An urgent report calls the police, the office and the leader; a request for help those
// who work on help, and never the police or the leader. An ordinary case calls nobody.
func TestWhomAnAlarmReaches(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.staff(officer, cases.Officer)
	b.staff(policeman, cases.Police)
	b.staff(nurse, cases.Health)
	b.staff(leader, cases.Leader)
	_, c := b.report(an, dangerous)
	if c.Alarm == nil || !c.Ring || !slices.Equal(c.Alarm.Reached, []cases.Role{cases.Police, cases.Officer, cases.Leader}) || !c.AnswerBy.IsZero() {
		t.Errorf("a report: %+v, answer by %v", c.Alarm, c.AnswerBy)
	}
	if got := roles(b.ringers(c)); !slices.Equal(got, c.Alarm.Reached) {
		t.Error(got)
	}
	b.do(an, func(ctx context.Context, tx *storage.Tx) error {
		_, h, err := tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Help: &cases.HelpContent{Service: cases.HealthCare, Under18: true}})
		if h.Alarm == nil || !slices.Equal(h.Alarm.Reached, []cases.Role{cases.Officer, cases.Health}) {
			t.Errorf("help: %+v", h.Alarm)
		}
		return err
	})
	if _, c := b.report(an, sample); c.Alarm != nil || c.AnswerBy.IsZero() {
		t.Errorf("an ordinary report: %+v", c)
	}
	accuses := dangerous
	accuses.About = cases.AboutPolice
	if _, c := b.report(an, accuses); c.Alarm == nil || slices.Contains(c.Alarm.Reached, cases.Police) {
		t.Errorf("a report about the police: %+v", c.Alarm)
	}
	b.count("select count(*) from casework.cases where alerted_at is not null", 1)
}

// The police read an urgent report at once: the words and files of the person, also those
// that come later, and nothing that staff wrote or sent. They take no other step.
func TestAlertedPoliceReadThePersonOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	var c cases.Case
	b.do(an, func(ctx context.Context, tx *storage.Tx) (err error) {
		_, c, err = tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Report: &dangerous, Files: []cases.OfferedFile{{Kind: cases.Photo, FileID: "a"}}})
		return err
	})
	b.must(o, c.Number, cases.Change{Verb: cases.Note, Text: "ghi chú nội bộ"})
	full := b.must(o, c.Number, cases.Change{Verb: cases.Answer, Text: "Bạn ở đâu?", File: &cases.OfferedFile{Kind: cases.Photo, FileID: "b"}})
	for _, f := range full.Files {
		if err := b.StoreFile(t.Context(), cases.ReportStream, f.ID, []byte("photo "+f.ID), "image/jpeg", nil); err != nil {
			t.Fatal(err)
		}
	}
	b.add(an, c, "Ở cuối ngõ", false)
	seen, photos := b.reads(p, c.Number)
	if got := lines(seen); got != "|Nghe tiếng kêu cứu|Ở cuối ngõ" || len(photos) != 1 || !seen.Alerted {
		t.Errorf("%q, %d photos, %+v", got, len(photos), seen)
	}
	if got := verbsOf(seen); strings.Contains(got, "note") || strings.Contains(got, "answer") {
		t.Error(got)
	}
	for _, v := range []cases.Verb{cases.Acknowledge, cases.Return, cases.Note, cases.Handle, cases.Resolve, cases.Classify, cases.Slip} {
		if _, err := b.act(p, c.Number, cases.Change{Verb: v, Text: "x", Kind: cases.Feedback}); cases.KindOf(err) != cases.NotAllowed {
			t.Errorf("%s: %v", v, err)
		}
	}
	if err := b.try(policeman, func(ctx context.Context, tx *storage.Tx) error {
		return tx.Desk(cases.ReportStream).Remind(ctx, p, c.Number, b.at.Add(time.Hour))
	}); cases.KindOf(err) != cases.NotAllowed {
		t.Errorf("a reminder: %v", err)
	}
	_, plain := b.report(binh, sample)
	_, help := b.help(chi)
	for _, n := range []cases.Number{plain.Number, help.Number} {
		if err := b.try(policeman, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.Desk(cases.ReportStream).Confirm(ctx, p, n)
			return err
		}); cases.KindOf(err) != cases.NotFound {
			t.Errorf("%s: %v", n, err)
		}
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Forward})
	if seen, _ := b.reads(p, c.Number); seen.Alerted || strings.Contains(lines(seen), "ghi chú nội bộ") {
		t.Errorf("handed over: %q", lines(seen))
	}
}

// Whoever opens the database as the police does not hand over to themselves what they were
// only alerted to, nor reach what hangs on it beside the words of the person.
func TestAlertedIsNotHandedOver(t *testing.T) {
	t.Parallel()
	f := newFort(t)
	_, conn := f.login("tinbao_police")
	for sql, want := range map[string]string{
		"update casework.cases set forwarded_at = now() where forwarded_at is null and alerted_at is not null":                                                       refused,
		"update casework.cases set alerted_at = now()":                                                                                                               refused,
		"insert into casework.alarms (stream, case_id, ward_id, began_at, rings, reached, alerted) select 'report', id, 1, now(), 1, '{}', true from casework.cases": refused,
		"update casework.alarms set alerted = true":                                                                                                                  refused,
		"insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, detail, hash) select 'report', id, 90, 1, now(), 'forward', '', '', '', '' from casework.cases where forwarded_at is null": refused,
		"insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, body) select 'report', id, 90, 1, now(), true, true, '' from casework.cases where forwarded_at is null":                             refused,
	} {
		if _, err := conn.Exec(t.Context(), sql); state(err) != want {
			t.Errorf("%s: %v", sql, err)
		}
	}
	for _, table := range []string{"routes", "clocks", "reminders", "mentions", "merges", "establishment_links"} {
		var n int
		if err := conn.QueryRow(t.Context(), "select count(*) from casework."+table+" t join casework.cases c on c.id = t.case_id where c.forwarded_at is null").Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows, %v", table, n, err)
		}
	}
	var talks, others int
	if err := conn.QueryRow(t.Context(), `select count(*), count(*) filter (where from_staff or internal) from casework.talks t
		join casework.cases c on c.id = t.case_id where c.forwarded_at is null`).Scan(&talks, &others); err != nil || talks == 0 || others != 0 {
		t.Errorf("%d messages, %d of staff, %v", talks, others, err)
	}
}

// An alarm rings again after 5 and after 15 minutes, each ring once however many programs
// look, at any hour, until somebody confirms; the person is told once that nobody has.
func TestAlarmRingsUntilConfirmed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.pass(17 * time.Hour) // it is two at night
	_, c := b.report(an, dangerous)
	if len(c.Alarm.Reached) != 0 {
		t.Fatalf("nobody is there: %+v", c.Alarm)
	}
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	n := c.Number.String()
	for _, step := range []struct {
		after time.Duration
		rings []string
		late  []int64
	}{
		{4 * time.Minute, nil, nil},
		{time.Minute, []string{n + " 2 [police officer]"}, nil},
		{9 * time.Minute, nil, nil},
		{time.Minute, []string{n + " 3 [police officer]"}, []int64{an}},
		{time.Minute, nil, nil},
		{3 * time.Hour, []string{n + " 5 [police officer]"}, nil}, // those missed meanwhile are one
	} {
		if got := b.again(step.after); !slices.Equal(got.rings, step.rings) || !slices.Equal(got.late, step.late) {
			t.Errorf("after %v: %v, told %v", step.after, got.rings, got.late)
		}
	}
	done, err := b.confirm(p, c.Number)
	if err != nil || done.Alarm.By != p.ID || done.Alarm.Role != cases.Police || done.Confirmation == nil {
		t.Fatalf("%+v %v", done.Alarm, err)
	}
	if got := done.Confirmation; !slices.Equal(roles(got.Rung), []cases.Role{cases.Police, cases.Officer}) || len(got.Routes) != 1 || got.Routes[0].Chat != an {
		t.Errorf("%+v", got)
	}
	if _, err := b.confirm(o, c.Number); cases.KindOf(err) != cases.Conflict {
		t.Errorf("confirmed twice: %v", err)
	}
	if got := b.again(8 * time.Hour); got.rings != nil {
		t.Errorf("after the confirmation: %v", got.rings)
	}
	if seen, _ := b.reads(o, c.Number); !strings.HasPrefix(verbsOf(seen), "submit ring ring ring confirm") {
		t.Error(verbsOf(seen))
	}
}

// An alarm stops when its case ends, and when it is older than a day.
func TestAlarmEnds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, one := b.report(an, dangerous)
	_, other := b.report(binh, dangerous)
	b.must(o, one.Number, cases.Change{Verb: cases.SetAside, Refusal: cases.Refusals[0]})
	if got := b.again(5 * time.Minute); len(got.rings) != 1 || !strings.HasPrefix(got.rings[0], other.Number.String()) {
		t.Error(got.rings)
	}
	if got := b.again(25 * time.Hour); got.rings != nil {
		t.Errorf("a day later: %v", got.rings)
	}
	b.count("select count(*) from casework.alarms where ring_at is not null", 0)
}

// Words of danger that are added raise a case of either stream and ring, also when it was
// counted with another; the person's "no" keeps it as it is, and leaves a mark.
func TestAddedDangerRaisesAndRings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, c := b.report(an, sample)
	if got := b.add(an, c, "hôm qua có người bị đánh", true); got.Urgent || got.Ring || !strings.Contains(verbsOf(got), "deny_danger") {
		t.Errorf("denied: %+v", got)
	}
	if got := b.add(an, c, "có người bị nhốt, cứu với", false); !got.Urgent || !got.Ring || got.Alarm == nil || !got.AnswerBy.IsZero() {
		t.Errorf("raised: %+v", got)
	}
	if got := b.add(an, c, "cứu với", false); got.Ring {
		t.Error("it rings anew while it rings")
	}
	if _, err := b.confirm(p, c.Number); err != nil {
		t.Fatal(err)
	}
	if got := b.add(an, c, "cứu với", false); got.Ring {
		t.Error("it rings anew at once after the confirmation")
	}
	b.pass(cases.RingAgain)
	if got := b.add(an, c, "cứu với", false); !got.Ring || !got.Alarm.Open() {
		t.Errorf("an hour later: %+v", got.Alarm)
	}
	_, h := b.help(chi)
	if got := b.add(chi, h, "em bị nhốt", false); !got.Urgent || !got.Ring || slices.Contains(got.Alarm.Reached, cases.Police) {
		t.Errorf("help: %+v", got.Alarm)
	}
	_, same := b.report(binh, sample)
	_, into := b.report(an, sample)
	if _, err := b.merge(o, same.Number, into.Number); err != nil {
		t.Fatal(err)
	}
	if got := b.add(binh, same, "có người bị nhốt", false); got.Number != into.Number || !got.Ring {
		t.Errorf("counted with another: %s, %+v", got.Number, got.Alarm)
	}
	if seen, _ := b.reads(p, into.Number); strings.Count(lines(seen), "có người bị nhốt") != 1 {
		t.Errorf("the police read %q", lines(seen))
	}
	if seen, _ := b.reads(o, into.Number); strings.Count(lines(seen), "có người bị nhốt") != 1 {
		t.Errorf("the office reads %q", lines(seen))
	}
}

// A step by which somebody begins to deal with a case confirms its alarm.
func TestStepsThatConfirm(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
	_, c := b.report(an, dangerous)
	if got := b.must(o, c.Number, cases.Change{Verb: cases.Forward}); got.Confirmation != nil || !got.Alarm.Open() {
		t.Errorf("handing over: %+v", got.Alarm)
	}
	if got := b.must(p, c.Number, cases.Change{Verb: cases.Acknowledge}); got.Confirmation == nil || got.Alarm.By != p.ID {
		t.Errorf("acknowledged: %+v", got.Alarm)
	}
	_, c = b.report(an, dangerous)
	if got := b.must(o, c.Number, cases.Change{Verb: cases.Take}); got.Confirmation == nil || got.Alarm.By != o.ID {
		t.Errorf("taken: %+v", got.Alarm)
	}
}

// A receipt shows whom the alarm reached and that somebody confirmed, by role and not by
// name, and promises no day.
func TestReceiptTellsOfTheAlarm(t *testing.T) {
	t.Parallel()
	b := setup(t)
	p := b.staff(policeman, cases.Police)
	receipt, c := b.report(an, dangerous)
	look := func() (v cases.ResidentView) {
		b.do(an, func(ctx context.Context, t *storage.Tx) (err error) {
			v, err = t.LookUp(ctx, receipt)
			return err
		})
		return v
	}
	if v := look(); v.Alarm == nil || !v.Alarm.Open() || len(v.Alarm.Reached) != 1 || !v.AnswerBy.IsZero() {
		t.Errorf("%+v", v)
	}
	if _, err := b.confirm(p, c.Number); err != nil {
		t.Fatal(err)
	}
	if v := look(); v.Alarm == nil || v.Alarm.Open() || v.Alarm.Role != cases.Police || v.Alarm.Name != "" || v.Alarm.By != 0 {
		t.Errorf("%+v", v.Alarm)
	}
}
