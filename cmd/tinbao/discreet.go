package main

import (
	"context"
	"net/http"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"go.opentelemetry.io/otel/attribute"

	"tinbao/cases"
	"tinbao/storage"
)

// guarded runs a part of the program. A panic becomes an error without its value,
// which could be something a person wrote, and which Go would print.
func (a *app) guarded(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			a.log.Error("a part of the program panicked", "stack", storage.Stack())
			err = cases.Reason("a part of the program panicked")
		}
	}()
	return work()
}

// discreet keeps what a failing job says out of the log and of the queue's table,
// where the queue would write the value of a panic and the text of an error.
type discreet struct {
	river.MiddlewareDefaults
	app *app
}

// Work runs a job, counts it and shows it as a span: its kind, and what became of it.
func (d *discreet) Work(ctx context.Context, job *rivertype.JobRow, inner func(context.Context) error) (err error) {
	ctx, end := d.app.traces.begin(ctx, spanJob, attribute.String(attrKind, job.Kind))
	defer func() {
		outcome := outcomeOf(ctx, err)
		d.app.metrics.job(job.Kind, outcome)
		end(outcome)
	}()
	defer func() {
		if r := recover(); r != nil {
			d.app.log.Error("a job panicked", "kind", job.Kind, "job", job.ID, "stack", storage.Stack())
			err = cases.Reason("a job panicked")
		}
	}()
	return storage.Plain(inner(ctx))
}

// outcomeOf says what became of a job. One that was interrupted comes again.
func outcomeOf(ctx context.Context, err error) string {
	switch {
	case err == nil:
		return wasDone
	case ctx.Err() != nil:
		return wasPutOff
	}
	return wasFailed
}

// discreetly answers 500 to a request whose handling panics.
func (a *app) discreetly(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if a.guarded(func() error { h.ServeHTTP(w, r); return nil }) != nil {
			http.Error(w, "try again", http.StatusInternalServerError)
		}
	})
}
