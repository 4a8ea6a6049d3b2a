package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/media"
	"tinbao/storage"
)

// careQueue is for periodic jobs, so that they never wait behind a backlog of
// messages.
const careQueue = "care"

// workers is the list of all jobs.
func (a *app) workers() *river.Workers {
	w := river.NewWorkers()
	river.AddWorker(w, delivered[cases.DeliverArgs]{})
	river.AddWorker(w, &fetchAttachment{app: a})
	river.AddWorker(w, &expireDialogs{app: a})
	river.AddWorker(w, delivered[cases.ReviveArgs]{})
	river.AddWorker(w, &sweep{app: a})
	river.AddWorker(w, &anchor{app: a})
	river.AddWorker(w, &retain{app: a})
	river.AddWorker(w, &warn{app: a})
	river.AddWorker(w, &remind{app: a})
	river.AddWorker(w, &ring{app: a})
	river.AddWorker(w, &care{app: a})
	river.AddWorker(w, &sendPage{app: a})
	river.AddWorker(w, &fetchPageFile{app: a})
	river.AddWorker(w, &clocks{app: a})
	river.AddWorker(w, &digest{app: a})
	river.AddWorker(w, &slipPDF{app: a})
	river.AddWorker(w, &escalate{app: a})
	river.AddWorker(w, &drawChart{app: a})
	river.AddWorker(w, &periodicReport{app: a})
	river.AddWorker(w, &remindReports{app: a})
	river.AddWorker(w, &foldFigures{app: a})
	river.AddWorker(w, &checkFigures{app: a})
	river.AddWorker(w, &fetchImport{app: a})
	river.AddWorker(w, &fetchInspectionPhoto{app: a})
	return w
}

const (
	expireEvery = time.Minute
	sweepEvery  = time.Hour
	anchorEvery = 24 * time.Hour
)

// periodic is the list of jobs that come by themselves; one replica inserts them.
func periodic() []*river.PeriodicJob {
	every := func(d time.Duration, atStart bool, args river.JobArgs) *river.PeriodicJob {
		return river.NewPeriodicJob(river.PeriodicInterval(d), func() (river.JobArgs, *river.InsertOpts) {
			return args, &river.InsertOpts{Queue: careQueue, MaxAttempts: 1}
		}, &river.PeriodicJobOpts{RunOnStart: atStart})
	}
	return []*river.PeriodicJob{
		every(expireEvery, true, cases.ExpireDialogsArgs{}),
		every(remindEvery, true, cases.RemindArgs{}), every(ringEvery, true, cases.RingArgs{}),
		every(sweepEvery, true, cases.SweepArgs{}), every(sweepEvery, false, cases.AnchorArgs{}),
		every(sweepEvery, false, cases.RetainArgs{}), every(sweepEvery, false, cases.WarnArgs{}), every(careEvery, true, cases.CareArgs{}),
		every(clocksEvery, false, cases.ClocksArgs{}), every(clocksEvery, false, cases.DigestArgs{}),
		every(escalateEvery, false, cases.EscalateArgs{}),
		every(remindReportsEvery, false, cases.RemindReportsArgs{}),
		every(foldEvery, true, cases.FoldFiguresArgs{}), nightly(cases.CheckFiguresArgs{}),
	}
}

// jobLimit is the longest run of a job.
const jobLimit = 5 * time.Minute

// delivered are jobs of which a program of the release before this one may queue more
// while it runs beside: the couriers deliver what they were about.
type delivered[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Work has nothing to do.
func (delivered[T]) Work(context.Context, *river.Job[T]) error { return nil }

// fetchAttachment fetches, cleans and seals one file.
type fetchAttachment struct {
	river.WorkerDefaults[cases.FetchAttachmentArgs]
	app *app
}

// Work is repeated by the queue until the file is stored or refused.
func (f *fetchAttachment) Work(ctx context.Context, job *river.Job[cases.FetchAttachmentArgs]) error {
	stream, id, err := f.app.store.FileOf(job.Args)
	if err != nil {
		return err
	}
	w, err := f.app.store.FileToFetch(ctx, stream, id)
	if err != nil || w == nil {
		return err
	}
	body, why, err := f.app.fetchFile(ctx, w.FileID, media.MaxBytes, media.TextTooBig, job.Attempt >= job.MaxAttempts)
	if err != nil {
		return err
	}
	if why != "" {
		return f.refuse(ctx, stream, id, why)
	}
	clean, mime, err := f.app.clean(ctx, w.Kind, body)
	switch {
	case err == nil:
		f.app.metrics.files.WithLabelValues(wasStored).Inc()
		if done, err := f.handout(ctx, stream, id, clean, mime); done || err != nil {
			return err
		}
		return f.app.store.StoreFile(ctx, stream, id, clean, mime, f.explain(stream))
	case cases.KindOf(err) == cases.Invalid:
		return f.refuse(ctx, stream, id, cases.TextOf(err))
	}
	return err
}

func (f *fetchAttachment) refuse(ctx context.Context, stream cases.Stream, id, fault string) error {
	f.app.metrics.files.WithLabelValues(wasRefused).Inc()
	if done, err := f.refuseHandout(ctx, stream, id, fault); done || err != nil {
		return err
	}
	return f.app.store.RefuseFile(ctx, stream, id, fault, f.explain(stream))
}

// explain is one message for all files that were sent together: each that is refused has its
// place among those of its kind, as the person counts them, and the reason.
func (f *fetchAttachment) explain(stream cases.Stream) storage.Explain {
	return func(r cases.Route, files []cases.File) storage.Message {
		reply := bot.Reply{Chat: r.Chat, Lang: r.Lang, Of: &bot.CaseRef{Stream: stream}, Lines: []bot.Text{bot.T("file.refused", "received", cases.SentAs(r.CaseID, r.Received))}}
		total, at := map[cases.MediaKind]int{}, map[cases.MediaKind]int{}
		for _, file := range files {
			total[file.Kind]++
		}
		for _, file := range files {
			at[file.Kind]++
			if file.State != cases.FileRefused {
				continue
			}
			which := bot.T("paper." + string(file.Kind))
			if file.Kind == cases.Document { // so Telegram calls what is sent uncompressed, photos too
				which = bot.T("file.document")
			}
			if total[file.Kind] > 1 {
				which = bot.T("file.nth", "kind", which, "n", at[file.Kind])
			}
			if len(files) == 1 {
				reply.Lines = append(reply.Lines, bot.T(file.Fault))
			} else {
				reply.Lines = append(reply.Lines, bot.T("file.refused.one", "which", which, "why", bot.T(file.Fault)))
			}
		}
		reply.Lines = append(reply.Lines, bot.T("file.again"))
		return f.app.message(reply)
	}
}

// fetchFile gets the file of an id from Telegram, of so many bytes at most. why is the text of what
// is wrong with it: tooBig, or that it is gone, which is also said of one that does not
// come at the last try, as nobody would hear of it any more. An error means that it is
// worth another try.
func (a *app) fetchFile(ctx context.Context, id string, most int64, tooBig string, last bool) (body []byte, why string, err error) {
	body, err = a.stations.Fetch(ctx, id, most)
	var refused *bot.Failure
	switch {
	case errors.Is(err, bot.ErrTooBig):
		return nil, tooBig, nil
	case errors.As(err, &refused) && refused.Refused() || err != nil && last:
		return nil, textGone, nil
	case err != nil:
		return nil, "", cases.Reason("a file could not be fetched yet")
	}
	return body, "", nil
}

// clean cleans a file once a core is free for it.
func (a *app) clean(ctx context.Context, kind cases.MediaKind, body []byte) (clean []byte, mime string, err error) {
	err = a.withCore(ctx, func() error {
		clean, mime, err = media.Clean(ctx, kind, body)
		return err
	})
	return clean, mime, err
}

// toPDF makes a PDF of a document once a core is free for it.
func (a *app) toPDF(ctx context.Context, office string, document []byte) (pdf []byte, err error) {
	err = a.withCore(ctx, func() error {
		pdf, err = media.PDF(ctx, office, document)
		return err
	})
	return pdf, err
}

// withCore does what may take a core when one of those for files is free.
func (a *app) withCore(ctx context.Context, do func() error) error {
	select {
	case a.cores <- struct{}{}:
		defer func() { <-a.cores }()
		return do()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// textGone says that Telegram does not have a file any more.
const textGone = "file.gone"

// message renders something that answers no update.
func (a *app) message(r bot.Reply) storage.Message {
	return outgoing(a.renderer.Out(r))
}

// outgoing is a rendered call as the outbox takes it.
func outgoing(o bot.Out) storage.Message {
	m := storage.Message{Chat: o.Chat, Payload: o.Payload, Slot: o.Slot, Press: o.Press, Cover: o.Cover}
	if o.Of != nil {
		m.Stream, m.CaseID = o.Of.Stream, o.Of.ID
	}
	return m
}

// expireDialogs looks after drafts that were left alone.
type expireDialogs struct {
	river.WorkerDefaults[cases.ExpireDialogsArgs]
	app *app
}

// Work reminds writers of drafts and removes what is past its time. Each is told once, by
// whichever replica does the job.
func (e *expireDialogs) Work(ctx context.Context, _ *river.Job[cases.ExpireDialogsArgs]) error {
	if err := e.app.store.TendChosen(ctx); err != nil {
		return err
	}
	for {
		n, err := e.app.store.TendDrafts(ctx, intake.RemindAfter, func(d storage.LeftDraft) ([]byte, []storage.Message, error) {
			done, err := e.app.desk.Tend(d.Draft, d.Touched, d.Now)
			if err != nil || done.Reply == nil || d.Back.Chat == 0 {
				return done.Draft, nil, err
			}
			r := *done.Reply
			r.Chat, r.Lang = d.Back.Chat, d.Back.Lang
			return done.Draft, []storage.Message{e.app.message(r)}, nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// sweep removes traces that are needed no more.
type sweep struct {
	river.WorkerDefaults[cases.SweepArgs]
	app *app
}

// Work sweeps once.
func (s *sweep) Work(ctx context.Context, _ *river.Job[cases.SweepArgs]) error {
	return s.app.store.Sweep(ctx, "") // Vietnamese may have been chosen on a phone in another language
}

// anchor sets an anchor of the history once a day and sends its code to everybody
// who may read the log.
type anchor struct {
	river.WorkerDefaults[cases.AnchorArgs]
	app *app
}

// Work sets an anchor in each stream when a day has passed since the last.
func (w *anchor) Work(ctx context.Context, _ *river.Job[cases.AnchorArgs]) error {
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	err = w.app.store.SetAnchors(ctx, anchorEvery, func(a storage.Anchor) []storage.Message {
		return w.app.notices(staff, cases.SeeLog, "", bot.T("anchor", "at", a.At, "stream", bot.T("anchor."+string(a.Stream)), "code", a.Code))
	})
	if err != nil {
		return err
	}
	if err := w.app.store.KeepAnchors(ctx, w.app.settings.anchorFile()); err != nil { // the anchors are set, and the leader has them
		w.app.log.Error("the newest anchors are not kept outside of the database", "err", storage.Plain(err))
	}
	return nil
}

// retain removes what is past its time.
type retain struct {
	river.WorkerDefaults[cases.RetainArgs]
	app *app
}

// Work says in the log, and to everybody who may read that of the ward, what it
// removed, in numbers.
func (w *retain) Work(ctx context.Context, _ *river.Job[cases.RetainArgs]) error {
	done, err := w.app.store.Retain(ctx, w.app.settings.retention())
	_, bareErr := w.app.store.CoverFacts(ctx)
	err = errors.Join(err, bareErr)
	if done == (storage.Retained{}) {
		return err
	}
	w.app.log.Info("retention", "routes", done.Routes, "files", done.Files, "cases", done.Cases)
	staff, readErr := w.app.store.StaffList(ctx)
	return errors.Join(err, readErr, w.app.store.Send(ctx, w.app.notices(staff, cases.SeeLog, "", retainedText("retention.done", done))...))
}

// What is said before something is removed.
const (
	warnAhead = 7 * 24 * time.Hour
	warnEvery = 7 * 24 * time.Hour
)

// warn tells the staff of a stream what retention will remove within a week, once a
// week.
type warn struct {
	river.WorkerDefaults[cases.WarnArgs]
	app *app
}

// Work warns when there is something to say.
func (w *warn) Work(ctx context.Context, _ *river.Job[cases.WarnArgs]) error {
	staff, err := w.app.store.StaffList(ctx)
	if err != nil {
		return err
	}
	rights := map[cases.Stream]cases.Right{cases.ReportStream: cases.WorkReports, cases.HelpStream: cases.WorkHelp}
	return w.app.store.WarnOfRetention(ctx, w.app.settings.retention(), warnAhead, warnEvery, func(stream cases.Stream, due storage.Retained) []storage.Message {
		return w.app.notices(staff, rights[stream], "retention."+string(stream), retainedText("retention.soon."+string(stream), due))
	})
}

func retainedText(key string, r storage.Retained) bot.Text {
	return bot.T(key, "routes", int(r.Routes), "files", int(r.Files), "cases", int(r.Cases))
}

// notices are one text to everybody who has a right.
func (a *app) notices(staff []cases.Staff, right cases.Right, slot string, text bot.Text) []storage.Message {
	var out []storage.Message
	for _, s := range staff {
		if !s.Reachable() || !s.Role.May(right) {
			continue
		}
		m := a.message(bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Lines: []bot.Text{text}})
		m.Slot = slot
		out = append(out, m)
	}
	return out
}

// never is a schedule for upkeep that needs the owner of the tables.
type never struct{}

// Next is far beyond the life of any installation.
func (never) Next(t time.Time) time.Time { return t.AddDate(100, 0, 0) }

// quiet lets only warnings and errors of the job queue through.
type quiet struct{ slog.Handler }

// Enabled hides what is below a warning.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && q.Handler.Enabled(ctx, l)
}
