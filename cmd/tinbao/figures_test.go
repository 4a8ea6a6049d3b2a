package main

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

// Figures that differ from a full count are told to those who manage the ward's accounts,
// in numbers, and in the log; the command mends them.
func TestWrongFigures(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if err := (writer{w.sim, cast["an"].ID, textOf(1), nil}).report(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.settle()
	for range 2 {
		work(w.t, &foldFigures{app: w.app})
	}
	check := func(who string) string {
		t.Helper()
		work(w.t, &checkFigures{app: w.app})
		w.settle()
		m, _ := w.sim.LastMessage(cast[who].ID)
		return m.Text
	}
	const told = "Số liệu thống kê không khớp với hồ sơ"
	if got := check("khoi"); strings.Contains(got, told) {
		t.Errorf("told without need: %s", got)
	}
	if out, exit := command(t, w.environment(), "figures"); exit != 0 || !strings.Contains(out, "0 differ") {
		t.Errorf("%d %s", exit, out)
	}
	query[int](t, w.settings.DatabaseURL, "update casework.figures set received = 7 where dim = 'all' returning 1")
	for _, who := range []string{"khoi", "tam"} {
		if got := check(who); !strings.Contains(got, told+": 2 trong") {
			t.Errorf("%s is not told: %q", who, got)
		}
	}
	if m, _ := w.sim.LastMessage(cast["hoa"].ID); strings.Contains(m.Text, told) {
		t.Error("an officer is told")
	}
	if out, exit := command(t, w.environment(), "figures"); exit != 1 || !strings.Contains(out, "2 differ") {
		t.Errorf("%d %s", exit, out)
	}
	if out, exit := command(t, w.environment(), "figures", "--recount"); exit != 0 || !strings.Contains(out, "counted anew") || !strings.Contains(out, "0 differ") {
		t.Errorf("%d %s", exit, out)
	}
}

// The check comes every night, at the same hour of Vietnam.
func TestChecksComeAtNight(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 24, 1, 59, 0, 0, cases.Vietnam)
	for _, want := range []int{24, 25, 26} {
		if at = (atNight{}).Next(at); at.In(cases.Vietnam).Day() != want || at.In(cases.Vietnam).Hour() != checkHour {
			t.Errorf("%s, want the %dth", at, want)
		}
	}
}
