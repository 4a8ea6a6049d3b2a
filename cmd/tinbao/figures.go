package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/storage"
)

// figuresCommand compares the figures with a full count.
type figuresCommand struct {
	settings
	Recount bool `help:"Make the figures anew from all reports."`
}

// Run prints numbers only; it fails when a figure is wrong.
func (c *figuresCommand) Run(ctx context.Context) error {
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	if c.Recount {
		if err := a.store.RecountFigures(ctx); err != nil {
			return err
		}
		fmt.Println("counted anew")
	}
	found, err := a.store.CheckFigures(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d figures compared with a full count, %d differ\n", found.Cells, found.Wrong)
	if found.Wrong > 0 {
		return fmt.Errorf("%d figures are wrong; --recount makes them anew", found.Wrong)
	}
	return nil
}

const (
	foldEvery   = time.Minute
	checkHour   = 2                // of the night in Vietnam
	countLimit  = 30 * time.Minute // of a count of all reports
	checkNotice = "figures.wrong"
)

// atNight is once a day, when few write.
type atNight struct{}

// Next is the next such hour.
func (atNight) Next(t time.Time) time.Time {
	at := cases.DayOf(t).Start().Add(checkHour * time.Hour)
	if !at.After(t) {
		at = cases.DayOf(t).Add(1).Start().Add(checkHour * time.Hour)
	}
	return at
}

func nightly(args river.JobArgs) *river.PeriodicJob {
	return river.NewPeriodicJob(atNight{}, func() (river.JobArgs, *river.InsertOpts) {
		return args, &river.InsertOpts{Queue: careQueue, MaxAttempts: 1}
	}, nil)
}

// foldFigures keeps short what has to be read beside the figures, and closes a half-year
// of requests for help when it has ended.
type foldFigures struct {
	river.WorkerDefaults[cases.FoldFiguresArgs]
	app *app
}

// Work folds once.
func (w *foldFigures) Work(ctx context.Context, _ *river.Job[cases.FoldFiguresArgs]) error {
	start := time.Now()
	_, err := w.app.store.FoldFigures(ctx)
	_, closing := w.app.store.CloseHelpFigures(ctx)
	_, months := w.app.store.CloseMonths(ctx)
	w.app.metrics.took.WithLabelValues("fold_figures").Observe(time.Since(start).Seconds())
	return errors.Join(err, closing, months)
}

// checkFigures looks every night whether the figures are right.
type checkFigures struct {
	river.WorkerDefaults[cases.CheckFiguresArgs]
	app *app
}

// Timeout is longer than that of other jobs. The queue may write a job off that runs so
// long; it is not repeated, and goes on to its end.
func (*checkFigures) Timeout(*river.Job[cases.CheckFiguresArgs]) time.Duration { return countLimit }

// Work tells everybody who manages the ward's accounts when a figure is wrong, in numbers.
// In the same quiet hour it makes the partitions of the year to come, where its login may; else
// tinbao migrate makes them.
func (w *checkFigures) Work(ctx context.Context, _ *river.Job[cases.CheckFiguresArgs]) error {
	owns, err := storage.OwnsTables(ctx, w.app.settings.DatabaseURL)
	if owns {
		err = storage.Partition(ctx, w.app.settings.DatabaseURL, w.app.clock())
	}
	return errors.Join(err, w.check(ctx))
}

func (w *checkFigures) check(ctx context.Context) error {
	found, err := w.app.store.CheckFigures(ctx)
	if err != nil {
		return err
	}
	w.app.metrics.wrong.Set(float64(found.Wrong))
	if found.Wrong == 0 {
		return nil
	}
	w.app.log.Error("the figures differ from a full count", "compared", found.Cells, "wrong", found.Wrong)
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	text := bot.T(checkNotice, "wrong", found.Wrong, "cells", found.Cells)
	return w.app.store.Send(ctx, w.app.notices(staff, cases.ManageStaff, checkNotice, text)...)
}
