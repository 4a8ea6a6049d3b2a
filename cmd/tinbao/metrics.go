package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage"
)

// metrics count what happens. No label ever holds anything about a person.
type metrics struct {
	registry   *prometheus.Registry
	kept       prometheus.Counter
	unreadable prometheus.Counter
	handled    *prometheus.CounterVec   // by outcome: done, failed
	sent       *prometheus.CounterVec   // by outcome: delivered, later, given_up
	waited     prometheus.Histogram     // seconds a message waited in the outbox
	files      *prometheus.CounterVec   // by outcome: stored, refused
	took       *prometheus.HistogramVec // seconds, by what was done
	jobs       *prometheus.CounterVec   // by kind and outcome: done, failed, later
	jobDone    *prometheus.GaugeVec     // Unix time a job of a kind last succeeded, or the program started
	wrong      prometheus.Gauge         // figures that differed from a full count at the last check
}

// What became of a piece of work, as metrics and traces say it.
const (
	wasDone      = "done"
	wasFailed    = "failed"
	wasDelivered = "delivered"
	wasPutOff    = "later"
	wasGivenUp   = "given_up"
	wasStored    = "stored"
	wasRefused   = "refused"
)

func newMetrics() *metrics {
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		kept:       prometheus.NewCounter(prometheus.CounterOpts{Name: "tinbao_updates_kept_total", Help: "Updates made durable, repetitions included."}),
		unreadable: prometheus.NewCounter(prometheus.CounterOpts{Name: "tinbao_updates_unreadable_total", Help: "Updates this program cannot read."}),
		handled:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tinbao_updates_handled_total", Help: "Attempts to handle an update."}, []string{"outcome"}),
		sent:       prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tinbao_messages_total", Help: "Attempts to deliver a message."}, []string{"outcome"}),
		waited:     prometheus.NewHistogram(prometheus.HistogramOpts{Name: "tinbao_message_wait_seconds", Help: "From queued to delivered.", Buckets: prometheus.ExponentialBuckets(0.01, 4, 8)}),
		files:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tinbao_files_total", Help: "Files of residents."}, []string{"outcome"}),
		took:       prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "tinbao_seconds", Help: "How long a piece of work took.", Buckets: prometheus.ExponentialBuckets(0.001, 4, 8)}, []string{"what"}),
		jobs:       prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tinbao_jobs_total", Help: "Jobs run, by kind."}, []string{"kind", "outcome"}),
		jobDone:    prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "tinbao_job_success_timestamp_seconds", Help: "When a job of this kind last succeeded here; until then, when the program started."}, []string{"kind"}),
		wrong:      prometheus.NewGauge(prometheus.GaugeOpts{Name: "tinbao_figures_wrong", Help: "Figures that differed from a full count at the last check."}),
	}
	m.registry.MustRegister(m.kept, m.unreadable, m.handled, m.sent, m.waited, m.files, m.took, m.jobs, m.jobDone, m.wrong,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.begin()
	return m
}

// begin gives every outcome its zero, so that the first one is seen to come, and every
// job that comes by itself a time from which its absence is counted.
func (m *metrics) begin() {
	for vec, outcomes := range map[*prometheus.CounterVec][]string{
		m.handled: {wasDone, wasFailed}, m.sent: {wasDelivered, wasPutOff, wasGivenUp}, m.files: {wasStored, wasRefused},
	} {
		for _, outcome := range outcomes {
			vec.WithLabelValues(outcome)
		}
	}
	m.took.WithLabelValues("update")
	for _, args := range []river.JobArgs{
		cases.ExpireDialogsArgs{},
		cases.RemindArgs{},
		cases.RingArgs{},
		cases.SweepArgs{},
		cases.AnchorArgs{},
		cases.RetainArgs{},
		cases.WarnArgs{},
		cases.CareArgs{},
		cases.ClocksArgs{},
		cases.DigestArgs{},
		cases.EscalateArgs{},
		cases.RemindReportsArgs{},
		cases.FoldFiguresArgs{},
		cases.CheckFiguresArgs{},
	} {
		m.jobDone.WithLabelValues(args.Kind()).SetToCurrentTime()
		m.jobs.WithLabelValues(args.Kind(), wasDone)
		m.jobs.WithLabelValues(args.Kind(), wasFailed)
	}
}

// job counts what became of a job.
func (m *metrics) job(kind, outcome string) {
	m.jobs.WithLabelValues(kind, outcome).Inc()
	if outcome == wasDone {
		m.jobDone.WithLabelValues(kind).SetToCurrentTime()
	}
}

// backlog adds gauges that ask the database when somebody looks.
func (m *metrics) backlog(a *app) {
	gauge := func(name, help string, read func(ctx context.Context) (float64, error)) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), readyLimit)
			defer cancel()
			v, err := read(ctx)
			if err != nil {
				return -1
			}
			return v
		}))
	}
	gauge("tinbao_updates_waiting", "Updates kept and not yet handled; -1 = unknown.", func(ctx context.Context) (float64, error) {
		n, err := a.sum(ctx, (*storage.Store).Waiting)
		return float64(n), err
	})
	gauge("tinbao_updates_set_aside", "Updates that failed too often; -1 = unknown.", func(ctx context.Context) (float64, error) {
		list, err := a.setAside(ctx)
		return float64(len(list)), err
	})
	gauge("tinbao_outbox_waiting", "Messages waiting to be delivered; -1 = unknown.", func(ctx context.Context) (float64, error) {
		n, _, _, err := a.store.OutboxState(ctx)
		return float64(n), err
	})
	gauge("tinbao_outbox_oldest_seconds", "Age of the oldest waiting message, 0 = none; -1 = unknown.", func(ctx context.Context) (float64, error) {
		_, _, oldest, err := a.store.OutboxState(ctx)
		if err != nil || oldest.IsZero() {
			return 0, err
		}
		return time.Since(oldest).Seconds(), nil
	})
}
