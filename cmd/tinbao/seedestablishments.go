package main

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tinbao/cases"
)

//go:embed seed/establishments.txt
var seedEstablishments string

// firstPhone makes phone numbers that belong to nobody.
const firstPhone = 900_000_100

// ago sets the clock to the morning so many days before the present.
func (y *year) ago(days string) (cases.Day, error) {
	n, err := strconv.Atoi(days)
	if err != nil {
		return cases.Day{}, fmt.Errorf("not a number: %s", days)
	}
	day := cases.DayOf(y.present).Add(-n)
	if y.now = day.Start().Add(hours * officeOpens).Add(y.minutes(n)); y.now.After(y.present) {
		y.now = y.present
	}
	y.tx.At(y.now)
	return day, nil
}

// establishment enters one into the register, with its inspections.
func (y *year) establishment(ctx context.Context, f []string) error {
	y.played++
	if _, err := y.ago(f[0]); err != nil {
		return err
	}
	officers, police := y.staff[cases.Officer], y.staff[cases.Police]
	officer, policeman := officers[y.played%len(officers)], police[y.played%len(police)]
	hamlet, err := strconv.Atoi(f[3])
	if err != nil {
		return fmt.Errorf("hamlet: %w", err)
	}
	e, err := y.tx.PutEstablishment(ctx, policeman, cases.Establishment{
		EstablishmentWords: cases.EstablishmentWords{Name: f[1], Address: f[4], Owner: f[7], Phone: "0" + strconv.Itoa(firstPhone+y.played)},
		Type:               f[2], Hamlet: hamlet, Risk: f[5], Security: strings.Contains(f[6], "a"), Vulnerable: strings.Contains(f[6], "d"),
		Status: cases.EstablishmentOpen, Deed: cases.DeedAdd,
	})
	if err != nil {
		return err
	}
	if f[10] != "" {
		for visit := range strings.SplitSeq(f[10], "//") {
			if err := y.inspect(ctx, e, officer, policeman, strings.TrimSpace(visit)); err != nil {
				return err
			}
		}
	}
	return y.keep(ctx, e, officer, f)
}

// keep plays what became of an entry since: a commitment, a review, a pause or an end.
func (y *year) keep(ctx context.Context, e cases.Establishment, by cases.Staff, f []string) (err error) {
	if f[9] == "" {
		return nil
	}
	if e.Reviewed, err = y.ago(f[9]); err != nil {
		return err
	}
	e.Deed = cases.DeedReview
	if e, err = y.tx.PutEstablishment(ctx, by, e); err != nil {
		return err
	}
	if strings.Contains(f[6], "c") {
		e.Commitment, e.Deed = true, cases.DeedCommit
		if e, err = y.tx.PutEstablishment(ctx, by, e); err != nil {
			return err
		}
	}
	state, reason, _ := strings.Cut(f[8], ":")
	switch cases.EstablishmentStatus(state) {
	case cases.EstablishmentPaused:
		e.Deed = cases.DeedPause
	case cases.EstablishmentClosed:
		e.Deed = cases.DeedClose
	default:
		return nil
	}
	e.Status, e.Reason = cases.EstablishmentStatus(state), strings.TrimSpace(reason)
	_, err = y.tx.PutEstablishment(ctx, by, e)
	return err
}

// planAhead is how long before its day an inspection is planned.
const planAhead = 6

// inspect plans an inspection and, unless that is all, finishes it.
func (y *year) inspect(ctx context.Context, e cases.Establishment, officer, policeman cases.Staff, visit string) error {
	what, words, _ := strings.Cut(visit, ":")
	when, result, _ := strings.Cut(what, " ")
	n, err := strconv.Atoi(when)
	if err != nil {
		return fmt.Errorf("not a number: %s", when)
	}
	if _, err := y.ago(strconv.Itoa(max(n, 0) + planAhead)); err != nil {
		return err
	}
	checks := cases.Questions(cases.DefaultLists()[cases.CheckList])
	i, err := y.tx.PutInspection(ctx, policeman, cases.Inspection{
		Establishment: e.ID, Planned: cases.DayOf(y.present).Add(-n), Deed: cases.InspectionPlan,
		InspectionWords: cases.InspectionWords{Team: []cases.StaffID{policeman.ID, officer.ID}, Checks: checks},
	})
	if err != nil || result == "plan" {
		return err
	}
	if i.Done, err = y.ago(when); err != nil {
		return err
	}
	i.Result, i.Violations, i.Deed = cases.InspectionResult(result), strings.TrimSpace(words), cases.InspectionDone
	if i.Checks = slices.Clone(checks); i.Counts() {
		for k := range i.Checks {
			i.Checks[k].Answer = cases.CheckYes
		}
		if i.Result != cases.NoViolation {
			i.Checks[y.played%len(i.Checks)].Answer = cases.CheckNo
		}
	}
	_, err = y.tx.PutInspection(ctx, policeman, i)
	return err
}
