package main

import (
	"testing"

	"tinbao/cases"
)

// The demo shows every register, a correction and a void entry, and nothing of the future.
func TestSeedFillsTheRegisters(t *testing.T) {
	t.Parallel()
	_, s := seeded(t)
	count := func(sql string) int64 {
		return query[int64](t, s.DatabaseURL, "select count(*) from ward.register_entries where "+sql)[0]
	}
	for _, form := range cases.RegisterForms {
		if count("form = '"+form+"'") == 0 {
			t.Errorf("nothing in %s", form)
		}
	}
	for what, sql := range map[string]string{"void": "void", "corrected": "version = 2 and not void", "of half a year": "day > now() - interval '180 days'"} {
		if count(sql) == 0 {
			t.Errorf("nothing is %s", what)
		}
	}
	if count("at > now() or day > now()") > 0 {
		t.Error("something is written in the future")
	}
	if n := len(query[int64](t, s.DatabaseURL, "select distinct by_staff from ward.register_entries")); n != 6 {
		t.Errorf("%d people write, want both officers, both police, the nurse and the clerk", n)
	}
}
