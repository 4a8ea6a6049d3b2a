package cases_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
)

func onDay(s string) cases.Day {
	at, err := time.ParseInLocation(time.DateOnly, s, cases.Vietnam)
	if err != nil {
		panic(err)
	}
	return cases.DayOf(at)
}

func between(from, to string) cases.Period { return cases.Period{From: onDay(from), To: onDay(to)} }

// told is an entry; its answers are written as key=value.
func told(form string, pairs ...string) cases.RegisterEntry {
	e := cases.RegisterEntry{ID: 1, Version: 1, Form: form, Answers: cases.Answers{}}
	for _, p := range pairs {
		key, value, _ := strings.Cut(p, "=")
		e.Answers[key] = value
	}
	return e
}

var firstHalf = between("2026-01-01", "2026-06-30")

func TestRegistersFollowTheirNames(t *testing.T) {
	t.Parallel()
	var names []string
	for _, r := range cases.Registers {
		names = append(names, r.Key)
		if _, ok := r.Question(cases.EventDay, nil); !ok {
			t.Errorf("%s asks for no day", r.Key)
		}
	}
	if !slices.Equal(names, cases.RegisterForms) {
		t.Error(names)
	}
	if _, err := cases.RegisterOf("nothing"); cases.KindOf(err) != cases.NotFound {
		t.Error(err)
	}
}

// Every typed field is given by one register of its group, and no computed one.
func TestEveryTypedFieldHasItsRegister(t *testing.T) {
	t.Parallel()
	known := map[cases.FieldKey]bool{}
	for _, f := range cases.Fields {
		known[f.Key] = true
		form := cases.FormOf(f.Key)
		if (form != "") != (f.Origin == cases.Typed) {
			t.Errorf("%s: %s, register %q", f.Key, f.Origin, form)
		}
		if r, err := cases.RegisterOf(form); form != "" && (err != nil || r.Group != f.Key.Group() || !r.FilledBy(f.Owner)) {
			t.Errorf("%s: register %q of group %s, owner %s", f.Key, form, r.Group, f.Owner)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		for key := range cases.Totals([]cases.RegisterEntry{entryOf(t)}, firstHalf) {
			if !known[key] {
				t.Fatalf("no field %s", key)
			}
		}
	})
}

func TestWhoFillsAndReads(t *testing.T) {
	t.Parallel()
	for _, r := range cases.Registers {
		police := r.Group == "F" || r.Group == "G"
		for _, role := range cases.Roles {
			may := r.FilledBy(role)
			if police && may != (role == cases.Police) {
				t.Errorf("%s is filled by %s: %v", r.Key, role, may)
			}
			if may && !role.May(cases.FillRegisters) || may && !r.ReadBy(role) {
				t.Errorf("%s fills %s and may not", role, r.Key)
			}
		}
		if !r.ReadBy(cases.Leader) || r.FilledBy(cases.Leader) || !r.ReadBy(cases.Clerk) || r.ReadBy(cases.Observer) || r.ReadBy(cases.Admin) {
			t.Errorf("%s: who reads it", r.Key)
		}
	}
}

func TestTotals(t *testing.T) {
	t.Parallel()
	type want = map[cases.FieldKey]int64
	for name, k := range map[string]struct {
		entries []cases.RegisterEntry
		want    want
	}{
		"a session": {
			[]cases.RegisterEntry{told("communication", "day=2026-03-12", "form=direct", "audience=residents", "sessions=1", "attendance=40", "leaflets=100", "regular=yes")},
			want{"B.sessions": 1, "B.sessions.direct": 1, "B.attendance": 40, "B.attendance.residents": 40, "B.leaflets": 100, "B.regular": 1},
		},
		"a session for nobody in particular": {
			[]cases.RegisterEntry{told("communication", "day=2026-03-12", "form=broadcast", "sessions=12", "regular=no")},
			want{"B.sessions": 12, "B.sessions.broadcast": 12, "B.regular": 0},
		},
		"outside of the period, after it, and void": {
			[]cases.RegisterEntry{
				told("meetings", "day=2025-12-31", "meetings=1"), told("meetings", "day=2026-07-01", "meetings=1"),
				{Form: "meetings", Answers: cases.Answers{"day": "2026-02-02", "meetings": "1"}, Void: true},
				told("no such form", "day=2026-02-02"),
			},
			want{},
		},
		"the first and the last day": {
			[]cases.RegisterEntry{told("meetings", "day=2026-01-01", "meetings=1"), told("meetings", "day=2026-06-30", "meetings=2")},
			want{"A.meetings": 3},
		},
		"states are the last ones told": {
			[]cases.RegisterEntry{
				told("training", "day=2026-02-02", "staff=45"), told("training", "day=2025-02-02", "staff=50", "updated=9"),
				told("taskforce", "day=2025-05-05", "taskforce=yes"),
			},
			want{"C.staff": 45, "C.ratio": 0, "A.taskforce": 1},
		},
		"results of the police": {
			[]cases.RegisterEntry{
				told("results", "day=2026-02-02", "kind=administrative", "administrative=2", "buying=2", "selling=3", "other=0", "decisions=5", "fines=12500000", "minors=0", "trafficking=0"),
				told("results", "day=2026-03-02", "kind=penal", "transferred=1", "prosecuted=1", "accused=2", "minors=1", "trafficking=0"),
			},
			want{
				"F.administrative": 2, "F.persons": 5, "F.persons.buying": 2, "F.persons.selling": 3, "F.persons.other": 0, "F.decisions": 5, "F.fines": 12500000,
				"F.transferred": 1, "F.prosecuted": 1, "F.accused": 2, "F.minors": 1, "F.trafficking": 0,
			},
		},
		"hot spots": {
			[]cases.RegisterEntry{
				told("hotspots", "kind=hotspot", "day=2024-02-02"), told("hotspots", "kind=hotspot", "day=2025-02-02", "cleared=2026-03-03"),
				told("hotspots", "kind=hotspot", "day=2025-02-02", "cleared=2025-03-03"), told("hotspots", "kind=hotspot", "day=2026-02-02", "cleared=2026-08-01"),
				told("hotspots", "kind=watched", "day=2026-02-02"), told("hotspots", "kind=watched", "day=2024-02-02", "cleared=2026-06-30"),
			},
			want{"G.start": 2, "G.new": 1, "G.cleared": 1, "G.left": 2, "G.watched": 1},
		},
		"money": {
			[]cases.RegisterEntry{
				told("budget", "day=2026-01-15", "kind=planned", "source=ward", "amount=50000000"), told("budget", "day=2026-04-15", "kind=spent", "source=ward", "amount=20000000"),
				told("budget", "day=2026-05-15", "kind=spent", "source=ward", "amount=5000000"),
			},
			want{"I.planned.ward": 50000000, "I.spent.ward": 25000000},
		},
		"harm reduction": {[]cases.RegisterEntry{told("harm", "day=2026-01-15", "reached=30", "items=0")}, want{"H.reached": 30, "H.items": 0}},
	} {
		got := want{}
		for key, v := range cases.Totals(k.entries, firstHalf) {
			if got[key] = v.N; !v.Given {
				t.Errorf("%s: %s is not given", name, key)
			}
		}
		if !maps.Equal(got, k.want) {
			t.Errorf("%s: %v, want %v", name, got, k.want)
		}
	}
}

func TestTextsAndStatesTell(t *testing.T) {
	t.Parallel()
	second, first := told("remarks", "day=2026-05-02", "kind=difficulties", "words=Thiếu kinh phí"), told("remarks", "day=2026-03-02", "kind=difficulties", "words=Thiếu người")
	got := cases.Totals([]cases.RegisterEntry{second, first, told("taskforce", "day=2026-02-03", "taskforce=yes")}, firstHalf)
	if v := got["K.difficulties"].Text; v != "Thiếu người\nThiếu kinh phí" {
		t.Errorf("%q", v)
	}
	if v := got["A.taskforce"].Text; v != "03/02/2026" {
		t.Errorf("%q", v)
	}
}

// Everybody is to be taught every year, so the ratio is of one year.
func TestRatioOfStaffTaught(t *testing.T) {
	t.Parallel()
	entries := []cases.RegisterEntry{
		told("training", "day=2026-02-02", "staff=50", "updated=40"), told("training", "day=2027-02-02", "updated=20"), told("training", "day=2027-03-02", "updated=10", "city=2"),
	}
	for p, want := range map[cases.Period]cases.Ratio{
		between("2026-01-01", "2026-12-31"): {Part: 40, Whole: 50},
		between("2026-01-01", "2027-12-31"): {Part: 30, Whole: 50},
		between("2027-03-01", "2027-06-30"): {Part: 10, Whole: 50},
	} {
		if got := cases.Totals(entries, p)["C.ratio"]; got.Ratio != want || !got.Given {
			t.Errorf("%v: %+v", p, got)
		}
	}
	if _, told := cases.Totals(entries[1:], firstHalf)["C.ratio"]; told {
		t.Error("a ratio of unknown staff")
	}
}

// entryOf is any complete entry.
func entryOf(t *rapid.T) cases.RegisterEntry {
	r := rapid.SampledFrom(cases.Registers).Draw(t, "register")
	return filled(t, r)
}

func filled(t *rapid.T, r cases.Register) cases.RegisterEntry {
	today := onDay("2027-12-31")
	a := cases.Answers{}
	for q, more := r.Next(a); more; q, more = r.Next(a) {
		var said string
		switch {
		case q.Optional && rapid.Bool().Draw(t, "skip"):
			said = cases.Skipped
		case q.Type == cases.DayAnswer:
			first := onDay("2025-01-01")
			if opened := a[cases.EventDay]; opened != "" {
				first = onDay(opened)
			}
			said = cases.DayText(first.Add(rapid.IntRange(0, 500).Draw(t, "day")))
		case q.Type == cases.ChoiceAnswer:
			said = rapid.SampledFrom(q.Choices).Draw(t, "choice")
		case q.Type == cases.YesNoAnswer:
			said = rapid.SampledFrom([]string{cases.SaidYes, cases.SaidNo}).Draw(t, "yes")
		case q.Type == cases.WordsAnswer:
			said = rapid.StringMatching(`[a-ză]{1,9}`).Draw(t, "words")
		case q.Type == cases.MoneyAnswer:
			said = strconv.Itoa(rapid.IntRange(1, 90).Draw(t, "money")) + " triệu"
		default:
			said = strconv.Itoa(rapid.IntRange(int(q.Least), 99).Draw(t, "n"))
		}
		kept, err := q.ReadAnswer(said, today.Add(600))
		if err != nil {
			t.Fatalf("%s %q: %v", q.Key, said, err)
		}
		a[q.Key] = kept
	}
	kept, err := r.Complete(a)
	if err != nil {
		return told("meetings", "day=2026-02-02", "meetings=1") // it counts for nothing, or more were taught than there are
	}
	return cases.RegisterEntry{ID: rapid.IntRange(1, 99).Draw(t, "id"), Version: 1, Form: r.Key, Answers: kept}
}

// What is counted in two periods one after the other is counted in both together; the
// hot spots of a period begin with those left by the one before and add up.
func TestTotalsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.Custom(entryOf), 0, 30).Draw(t, "entries")
		middle := onDay("2025-06-01").Add(rapid.IntRange(0, 500).Draw(t, "middle"))
		one := cases.Period{From: onDay("2025-03-01"), To: middle}
		two := cases.Period{From: middle.Add(1), To: onDay("2027-01-31")}
		both := cases.Period{From: one.From, To: two.To}
		a, b, all := cases.Totals(entries, one), cases.Totals(entries, two), cases.Totals(entries, both)
		for _, f := range cases.Fields {
			switch {
			case f.Type != cases.CountField && f.Type != cases.MoneyField || f.Key == "C.staff":
			case f.Key.Group() == "G" && f.Key != "G.new" && f.Key != "G.cleared":
			case a[f.Key].N+b[f.Key].N != all[f.Key].N:
				t.Fatalf("%s: %d and %d make %d", f.Key, a[f.Key].N, b[f.Key].N, all[f.Key].N)
			}
		}
		for _, v := range []cases.FieldValues{a, b, all} {
			if v["G.start"].N+v["G.new"].N-v["G.cleared"].N != v["G.left"].N {
				t.Fatalf("hot spots: %+v", v)
			}
		}
		if a["G.left"].N != b["G.start"].N {
			t.Fatalf("left %d, at the start %d", a["G.left"].N, b["G.start"].N)
		}
	})
}

// Words and the rest of an entry make the entry again.
func TestWordsStandApart(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		e := entryOf(t)
		words, rest := e.Words()
		r, _ := cases.RegisterOf(e.Form)
		for _, q := range r.Questions {
			if _, left := rest[q.Key]; left && q.Type == cases.WordsAnswer {
				t.Fatalf("%s is left", q.Key)
			}
		}
		maps.Copy(rest, words)
		if !maps.Equal(rest, e.Answers) {
			t.Fatalf("%v", rest)
		}
	})
	if words, rest := told("no such form", "a=b").Words(); len(words) != 0 || len(rest) != 1 {
		t.Error(words, rest)
	}
}

func TestIncompleteEntries(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		e    cases.RegisterEntry
		want string
	}{
		{told("meetings", "day=2026-03-12", "meetings=1"), "registers.missing"},
		{told("hotspots", "kind=hotspot", "place=x", "day=2026-03-12", "cleared=2026-03-11", "note=-"), "registers.order"},
		{told("training", "day=2026-03-12", "staff=40", "updated=41", "city=-", "topic=-"), "registers.toomany"},
		{told("training", "day=2026-03-12", "staff=-", "updated=-", "city=-", "topic=x"), "registers.nothing"},
	} {
		r, err := cases.RegisterOf(k.e.Form)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Complete(k.e.Answers); cases.TextOf(err) != k.want {
			t.Errorf("%v: %v", k.e.Answers, err)
		}
	}
	// what was answered before another kind was chosen is not kept
	r, _ := cases.RegisterOf("results")
	e := told("results", "day=2026-03-12", "kind=licence", "licences=1", "fines=5000000", "note=-")
	if kept, err := r.Complete(e.Answers); err != nil || len(kept) != 3 {
		t.Error(kept, err)
	}
}

func TestEntriesBehindTotals(t *testing.T) {
	t.Parallel()
	for _, k := range []struct {
		e    cases.RegisterEntry
		want bool
	}{
		{told("meetings", "day=2026-01-01", "meetings=1"), true},
		{told("meetings", "day=2025-12-31", "meetings=1"), false},
		{told("meetings", "day=2026-07-01", "meetings=1"), false},
		{cases.RegisterEntry{Form: "meetings", Answers: cases.Answers{"day": "2026-02-02", "meetings": "1"}, Void: true}, false},
		{told("training", "day=2025-02-02", "staff=40"), true},
		{told("training", "day=2025-02-02", "updated=40"), false},
		{told("hotspots", "kind=hotspot", "day=2024-02-02"), true},
		{told("hotspots", "kind=hotspot", "day=2024-02-02", "cleared=2026-01-01"), true},
		{told("hotspots", "kind=hotspot", "day=2024-02-02", "cleared=2025-12-31"), false},
	} {
		r, err := cases.RegisterOf(k.e.Form)
		if err != nil || r.Behind(k.e, firstHalf) != k.want {
			t.Errorf("%v: %v", k.e, err)
		}
	}
	if r := cases.Registers[0]; r.Behind(told("meetings", "day=2026-01-01"), firstHalf) {
		t.Error("an entry of another register")
	}
}
