package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage"
)

var elsewhere = cases.Body{Name: "Công an thành phố", Address: "Số 87 Trần Hưng Đạo", Phone: "069 234 2224"}

// looks is what a receipt shows.
func (b *bench) looks(r cases.Receipt) (v cases.ResidentView) {
	b.t.Helper()
	b.do(chi, func(ctx context.Context, t *storage.Tx) (err error) {
		v, err = t.LookUp(ctx, r)
		return err
	})
	return v
}

func ways(v cases.ResidentView) (list []cases.Way) {
	for _, m := range v.Way {
		list = append(list, m.What)
	}
	return list
}

// Whatever ends a case, its receipt tells what came of it; what the person ended does not.
func TestEveryEndIsTold(t *testing.T) {
	t.Parallel()
	for name, way := range map[string]struct {
		steps []cases.Change
		want  *cases.Result
	}{
		"closed": {
			[]cases.Change{{Verb: cases.Verify, Finding: cases.Founded}, {Verb: cases.Close, Ending: cases.EndHandled}},
			&cases.Result{Ending: cases.EndHandled},
		},
		"belongs elsewhere": {
			[]cases.Change{{Verb: cases.Verify, Finding: cases.Founded}, {Verb: cases.Close, Ending: cases.EndElsewhere, Where: &elsewhere}},
			&cases.Result{Ending: cases.EndElsewhere, Body: &elsewhere},
		},
		"set aside": {
			[]cases.Change{{Verb: cases.SetAside, Refusal: cases.OtherField, Where: &elsewhere}},
			&cases.Result{Ending: cases.EndElsewhere, Body: &elsewhere},
		},
		"nothing to act on": {[]cases.Change{{Verb: cases.SetAside, Refusal: cases.NotCheckable}}, &cases.Result{Ending: cases.EndUnclear}},
		"needs a name":      {[]cases.Change{{Verb: cases.SetAside, Refusal: cases.NeedsName}}, &cases.Result{Ending: cases.EndNamed}},
		"handed on": {
			[]cases.Change{{Verb: cases.Transfer, Dest: cases.ToCity, Where: &elsewhere, Text: "x"}},
			&cases.Result{Ending: cases.EndElsewhere, Dest: cases.ToCity, Body: &elsewhere},
		},
		"a word after the end": {
			[]cases.Change{
				{Verb: cases.Verify, Finding: cases.Founded},
				{Verb: cases.Close, Ending: cases.EndWatched},
				{Verb: cases.Answer, Text: "x"},
			},
			&cases.Result{Ending: cases.EndWatched},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			o := b.staff(officer, cases.Officer)
			r, c := b.report(an, sample)
			var last cases.Case
			for _, ch := range way.steps {
				last = b.must(o, c.Number, ch)
			}
			if diff := cmp.Diff(way.want, b.looks(r).Result); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(way.want, last.Result); diff != "" {
				t.Errorf("on the card: %s", diff)
			}
		})
	}
}

func TestNoCaseIsClosedWithoutAnEnding(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	for _, e := range []cases.Ending{"", cases.EndDone, cases.EndNamed, "x"} {
		if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Close, Ending: e}); cases.KindOf(err) != cases.Invalid {
			t.Errorf("%q: %v", e, err)
		}
	}
}

// A case that is opened again has no end until it ends again; then it is the new one. One
// that ended before there were endings is read as it was.
func TestAnEndingGoesWithTheEnd(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, boss := b.staff(officer, cases.Officer), b.staff(nurse, cases.Leader)
	r, c := b.report(an, sample)
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndWatched})
	b.must(o, c.Number, cases.Change{Verb: cases.AskReopen, Text: "x"})
	b.must(boss, c.Number, cases.Change{Verb: cases.Reopen})
	if v := b.looks(r); v.Result != nil || !slices.Equal(ways(v), []cases.Way{cases.WayReceived, cases.WaySeen, cases.WayAgain}) {
		t.Errorf("%+v %v", v.Result, ways(v))
	}
	b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, c.Number, cases.Change{Verb: cases.Close, Ending: cases.EndHandled, Text: "Cảm ơn bạn đã báo."})
	v := b.looks(r)
	if v.Result == nil || v.Result.Ending != cases.EndHandled || !slices.Contains(ways(v), cases.WayEnded) {
		t.Errorf("%+v %v", v.Result, ways(v))
	}
	if len(v.Talks) != 1 || v.Talks[0].Text != "Cảm ơn bạn đã báo." {
		t.Errorf("%+v", v.Talks)
	}
	b.owner("update casework.cases set result = null")
	if v := b.looks(r); v.Result != nil || v.Status != cases.Closed {
		t.Errorf("an old one: %+v", v)
	}
}

// Who wrote what is counted with a report reads what came of that one.
func TestFollowersReadTheEnd(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o := b.staff(officer, cases.Officer)
	_, head := b.report(an, sample)
	r, one := b.report(binh, sample)
	if _, err := b.merge(o, one.Number, head.Number); err != nil {
		t.Fatal(err)
	}
	if v := b.looks(r); v.Result != nil || slices.Contains(ways(v), cases.WayEnded) {
		t.Errorf("before the end: %+v %v", v.Result, ways(v))
	}
	b.must(o, head.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	b.must(o, head.Number, cases.Change{Verb: cases.Close, Ending: cases.EndElsewhere, Where: &elsewhere})
	if v := b.looks(r); v.Result == nil || v.Result.Body == nil || v.Result.Body.Name != elsewhere.Name || !slices.Contains(ways(v), cases.WayEnded) {
		t.Errorf("%+v %v", v.Result, ways(v))
	}
}

// What accuses the ward police is never theirs: the office cannot hand it over, urgent or
// not, and the table refuses whoever tries it past the program.
func TestThePoliceNeverGetWhatAccusesThem(t *testing.T) {
	t.Parallel()
	for _, concern := range []cases.Concern{cases.SawSigns, cases.Danger} {
		b := setup(t)
		o, p := b.staff(officer, cases.Officer), b.staff(policeman, cases.Police)
		_, c := b.report(an, cases.ReportContent{Concern: concern, Text: "x", About: cases.AboutPolice})
		b.must(o, c.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
		b.must(o, c.Number, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
		if _, err := b.act(o, c.Number, cases.Change{Verb: cases.Forward}); cases.KindOf(err) != cases.NotAllowed {
			t.Errorf("%s: %v", concern, err)
		}
		if err := b.exec("update casework.cases set forwarded_at = now()"); err == nil {
			t.Errorf("%s: the table takes it", concern)
		}
		if _, err := b.act(p, c.Number, cases.Change{Verb: cases.Note, Text: "x"}); cases.KindOf(err) != cases.NotFound {
			t.Errorf("%s: %v", concern, err)
		}
	}
}

// What accuses the office is not there for its accounts: no card, queue, search or next
// case, nor a row of it in the database. The leader and the person see it.
func TestTheOfficeDoesNotSeeWhatAccusesIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	o, boss := b.staff(officer, cases.Officer), b.staff(nurse, cases.Leader)
	r, c := b.report(an, cases.ReportContent{Concern: cases.SawSigns, Text: "x", About: cases.AboutOfficer})
	_, other := b.report(binh, sample)
	for _, ch := range []cases.Change{{Verb: cases.Take}, {Verb: cases.Note, Text: "x"}, {Verb: cases.Forward}} {
		if _, err := b.act(o, c.Number, ch); cases.KindOf(err) != cases.NotFound {
			t.Errorf("%s: %v", ch.Verb, err)
		}
	}
	for who, want := range map[*cases.Staff]int{&o: 1, &boss: 2} {
		b.do(who.Route.Chat, func(ctx context.Context, t *storage.Tx) error {
			page, err := t.Desk(cases.ReportStream).Queue(ctx, *who, cases.QueueOpen, 0)
			if len(page.Items) != want {
				b.t.Errorf("%s sees %d", who.Role, len(page.Items))
			}
			return err
		})
	}
	if next, err := b.takeNextOf(cases.ReportStream, o); err != nil || next.Number != other.Number {
		t.Errorf("%v %v", next.Number, err)
	}
	if got := b.opens(boss, c.Number); got.About != cases.AboutOfficer || got.Report == nil {
		t.Errorf("%+v", got)
	}
	if v := b.looks(r); v.Status != cases.Received || !v.CanAdd {
		t.Errorf("%+v", v)
	}
	conn, err := pgx.Connect(t.Context(), b.url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	for table, column := range map[string]string{"cases": "id", "events": "case_id", "routes": "case_id"} {
		for unit, sees := range map[cases.About]bool{cases.AboutOfficer: false, cases.AboutNobody: true} {
			var some bool
			for _, sql := range []string{"set role tinbao_report", "set tinbao.ward = 1", "set tinbao.unit = '" + string(unit) + "'"} {
				if _, err := conn.Exec(t.Context(), sql); err != nil {
					t.Fatal(err)
				}
			}
			sql := fmt.Sprintf("select exists (select from casework.%s where stream = 'report' and %s = $1)", table, column)
			if err := conn.QueryRow(t.Context(), sql, c.ID).Scan(&some); err != nil || some != sees {
				t.Errorf("%s for %q: %v %v", table, unit, some, err)
			}
		}
	}
}

// A promised day that passes is owned up to once, by day, with the reason; not to whoever
// had an answer or is in danger, and to those whose report is counted with another as well.
func TestALateAnswerIsOwnedUpTo(t *testing.T) {
	t.Parallel()
	b, s := setup(t), &said{}
	o := b.staff(officer, cases.Officer)
	_, head := b.report(an, sample)
	_, one := b.report(binh, sample)
	_, answered := b.report(chi, sample)
	b.report(chi, cases.ReportContent{Concern: cases.Danger, Text: "x"})
	b.must(o, answered.Number, cases.Change{Verb: cases.Answer, Text: "Đang xem."})
	b.must(o, head.Number, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
	if _, err := b.merge(o, one.Number, head.Number); err != nil {
		t.Fatal(err)
	}
	b.pass(head.AnswerBy.Sub(b.now()) - time.Minute)
	b.care(s)
	if len(s.late) != 0 {
		t.Fatalf("before the day has passed: %v", s.late)
	}
	b.pass(2 * time.Hour) // it ends at midnight
	b.care(s)
	if len(s.late) != 0 {
		t.Fatalf("at night: %v", s.late)
	}
	for range 3 {
		b.pass(9 * time.Hour)
		b.care(s)
	}
	slices.Sort(s.late)
	if want := []string{fmt.Sprint(an, " ", cases.LateResult), fmt.Sprint(binh, " ", cases.LateResult)}; !slices.Equal(s.late, want) {
		t.Errorf("%v, want %v", s.late, want)
	}
	if n := b.opens(o, head.Number).History; !slices.ContainsFunc(n, func(e cases.Event) bool { return e.Verb == cases.TellLate }) {
		t.Error("the history does not tell")
	}
}
