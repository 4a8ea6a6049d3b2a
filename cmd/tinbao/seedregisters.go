package main

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tinbao/cases"
)

//go:embed seed/registers.txt
var seedRegisters string

const (
	demoYear    = 330 // days of work with the bot
	writtenHour = 15
	secondLook  = 2 // days until a slip is seen
)

// register writes an entry of a register down as staff do: each answer is read as if it
// had been typed.
func (y *year) register(ctx context.Context, f []string) error {
	ago, err := strconv.Atoi(f[0])
	if err != nil {
		return fmt.Errorf("day: %w", err)
	}
	role, number, _ := strings.Cut(f[1], " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(y.staff[cases.Role(role)]) {
		return fmt.Errorf("nobody is %s", f[1])
	}
	by := y.staff[cases.Role(role)][n-1]
	reg, err := cases.RegisterOf(f[2])
	if err != nil {
		return err
	}
	answers, err := y.answers(reg, cases.Answers{cases.EventDay: y.daysAgo(ago)}, strings.Split(f[3], " // "))
	if err != nil {
		return err
	}
	kept, err := reg.Complete(answers)
	if err != nil {
		return err
	}
	y.now = y.atWork(by.Role, y.dayBefore(min(ago, demoYear)-1).Start().Add(writtenHour*time.Hour+y.minutes(ago)))
	e, err := y.tx.At(y.now).PutRegisterEntry(ctx, by, cases.RegisterEntry{Form: reg.Key, Answers: kept})
	if err != nil || f[4] == "" {
		return err
	}
	return y.correct(ctx, reg, by, e, f[4])
}

func (y *year) dayBefore(ago int) cases.Day { return cases.DayOf(y.present).Add(-ago) }

func (y *year) daysAgo(ago int) string { return cases.DayText(y.dayBefore(ago)) }

// answers reads what is said to the questions one after another.
func (y *year) answers(reg cases.Register, a cases.Answers, said []string) (cases.Answers, error) {
	for _, s := range said {
		q, more := reg.Next(a)
		if !more {
			return nil, fmt.Errorf("nobody asks for %q", s)
		}
		kept, err := y.readAnswer(q, s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.Key, err)
		}
		a[q.Key] = kept
	}
	return a, nil
}

func (y *year) readAnswer(q cases.RegisterQuestion, s string) (string, error) {
	if ago, err := strconv.Atoi(s); err == nil && q.Type == cases.DayAnswer {
		s = y.daysAgo(ago)
	}
	return q.ReadAnswer(s, cases.DayOf(y.present))
}

// correct writes the next version of an entry, on the day after the one it tells of, or
// when somebody has looked again.
func (y *year) correct(ctx context.Context, reg cases.Register, by cases.Staff, e cases.RegisterEntry, how string) error {
	key, said, _ := strings.Cut(how, " = ")
	at := y.now.AddDate(0, 0, secondLook)
	if key == "void" {
		e.Void, e.Reason = true, said
	} else {
		q, ok := reg.Question(key, e.Answers)
		if !ok {
			return fmt.Errorf("nobody asks for %s", key)
		}
		kept, err := y.readAnswer(q, said)
		if err != nil {
			return err
		}
		e.Answers[key] = kept
		if ago, err := strconv.Atoi(said); err == nil && q.Type == cases.DayAnswer {
			at = y.dayBefore(ago - 1).Start().Add(writtenHour * time.Hour)
		}
	}
	if at = y.atWork(by.Role, at); at.After(y.present) {
		return nil
	}
	_, err := y.tx.At(at).PutRegisterEntry(ctx, by, e)
	return err
}
