package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"tinbao/cases"
	"tinbao/media"
	"tinbao/storage"
	"tinbao/vault"
)

// doctorCommand checks an installation.
type doctorCommand struct {
	settings
	Retry bool `help:"Give updates that were set aside another chance."`
}

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

const checkLimit = 10 * time.Second

// finding is the result of one check: nil = fine, unless warn says what should be
// better; note is shown beside it.
type finding struct {
	note, warn string
	err        error
}

// Run prints a line a check and fails when one found something.
func (c *doctorCommand) Run(ctx context.Context) error {
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	checks := []struct {
		name string
		run  func(context.Context) finding
	}{
		{"token", a.checkToken},
		{"updates", a.checkUpdates},
		{"database", a.checkDatabase},
		{"schema", a.checkSchema},
		{"login", a.checkLogin},
		{"catalogue", a.checkCatalogue},
		{"partitions", a.checkPartitions},
		{"clock", a.checkClock},
		{"ward", a.checkWard},
		{"keys", a.checkKeys},
		{"accounts", a.checkAccounts},
		{"Redis", a.checkRedis},
		{"files", checkFiles},
		{"set aside", c.checkSetAside(a)},
		{"outbox", a.checkOutbox},
		{"destroyed", a.checkDestroyed},
		{"anchors", a.checkAnchors},
	}
	bad := 0
	for _, k := range checks {
		limited, cancel := context.WithTimeout(ctx, checkLimit)
		f := k.run(limited)
		cancel()
		if f.err != nil {
			bad++
			fmt.Fprintf(os.Stdout, "✗ %-10s %v\n", k.name, f.err)
			continue
		}
		if f.warn != "" {
			fmt.Fprintf(os.Stdout, "! %-10s %s; %s\n", k.name, f.note, f.warn)
			continue
		}
		fmt.Fprintf(os.Stdout, "✓ %-10s %s\n", k.name, f.note)
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d checks found something", bad, len(checks))
	}
	return nil
}

func (a *app) checkToken(ctx context.Context) finding {
	var names []string
	for i, s := range a.stations {
		name, err := s.Client.Username(ctx)
		if err != nil {
			setting := "TINBAO_TELEGRAM_TOKEN"
			if i > 0 {
				setting = fmt.Sprintf("token %d of %s", i, moreTokens)
			}
			return finding{err: fmt.Errorf("%w; check %s, TINBAO_TELEGRAM_API and TINBAO_PROXY", err, setting)}
		}
		names = append(names, "@"+name)
	}
	return finding{note: strings.Join(names, ", ")}
}

func (a *app) checkDatabase(ctx context.Context) finding {
	if err := a.store.Ping(ctx); err != nil {
		return finding{err: errors.New("no answer from Postgres; check DATABASE_URL, that the server runs, and that tinbao migrate was run")}
	}
	return finding{note: "answers"}
}

func (a *app) checkSchema(ctx context.Context) finding {
	schema, err := storage.ReadSchema(ctx, a.settings.DatabaseURL)
	return finding{note: schema.String(), err: unfit(schema, err)}
}

// unfit is why this program may not run on a schema, as it was read.
func unfit(schema storage.Schema, unread error) error {
	switch {
	case unread != nil:
		return errors.New("unknown version")
	case !schema.Fits():
		return errors.New(schema.String())
	}
	return nil
}

// checkLogin looks whether the program could change the wall that holds it.
func (a *app) checkLogin(ctx context.Context) finding {
	owns, err := storage.OwnsTables(ctx, a.settings.DatabaseURL)
	switch {
	case err != nil:
		return finding{err: errors.New("the owner of the tables cannot be read")}
	case owns:
		return finding{note: "owns the tables", warn: "whoever has its password may take the wall down; serve under another one: tinbao migrate --login NAME"}
	}
	return finding{note: "owns nothing"}
}

// checkCatalogue compares owners, grants, row security, policies, triggers, functions and
// roles with what migrations make.
func (a *app) checkCatalogue(ctx context.Context) finding {
	c, err := storage.ReadCatalogue(ctx, a.settings.DatabaseURL)
	if err != nil {
		return finding{err: errors.New("cannot be read; the account of DATABASE_URL may not")}
	}
	extra, missing, known := c.Strange()
	switch {
	case !known:
		return finding{note: "of another release", warn: "nothing is known of it here; run doctor of that release"}
	case len(extra)+len(missing) == 0:
		return finding{note: fmt.Sprintf("%d lines as migrations make them", len(c.Lines))}
	}
	return finding{err: byHand(extra, missing)}
}

// byHand says how a catalogue is not what migrations make.
func byHand(extra, missing []string) error {
	const shown = 5
	what := make([]string, 0, 2*shown)
	for _, l := range extra[:min(shown, len(extra))] {
		what = append(what, "is there: "+l)
	}
	for _, l := range missing[:min(shown, len(missing))] {
		what = append(what, "is missing: "+l)
	}
	return fmt.Errorf("%d things are not as migrations make them; somebody changed the database by hand\n    %s",
		len(extra)+len(missing), strings.Join(what, "\n    "))
}

// checkPartitions looks whether this year has its places, and in December the next.
func (a *app) checkPartitions(ctx context.Context) finding {
	now := a.clock()
	missing, ahead, err := storage.Unpartitioned(ctx, a.settings.DatabaseURL, now)
	switch {
	case err != nil:
		return finding{err: errors.New("cannot be read; the account of DATABASE_URL may not")}
	case missing > 0 || ahead > 0 && cases.DayOf(now).Month == time.December:
		return finding{note: fmt.Sprintf("%d are missing", missing+ahead), warn: "cases lie among the rest until they are made; run: tinbao migrate"}
	}
	return finding{note: "this year has its places"}
}

const clockSlack = 5 * time.Second

func (a *app) checkClock(ctx context.Context) finding {
	theirs, err := a.store.Clock(ctx)
	if err != nil {
		return finding{err: errors.New("the database's clock cannot be read")}
	}
	off := time.Since(theirs).Round(time.Millisecond)
	if off.Abs() > clockSlack {
		return finding{err: fmt.Errorf("this machine and the database differ by %v; set both by NTP", off)}
	}
	return finding{note: fmt.Sprint("differs from the database by ", off)}
}

func (a *app) checkWard(ctx context.Context) finding {
	w, err := a.store.Ward(ctx)
	if err != nil {
		return finding{err: errors.New("is not set up; run: tinbao migrate, then: tinbao ward FILE")}
	}
	notes := []string{w.Name}
	for _, name := range phoneNames {
		if w.Phones[name] == "" {
			notes = append(notes, "no phone of "+name)
		}
	}
	if len(w.Hamlets) == 0 {
		notes = append(notes, "no hamlets")
	}
	if next, err := a.store.CalendarYear(ctx, cases.DayOf(time.Now()).Year+1); err == nil && next.Checked.IsZero() {
		notes = append(notes, "next year's days off are not yet verified")
	}
	return finding{note: strings.Join(notes, "; ")}
}

// checkKeys proves that the keys fit the database: names of staff open.
func (a *app) checkKeys(ctx context.Context) finding {
	staff, err := a.store.StaffList(ctx)
	if err != nil {
		return finding{err: errors.New("the accounts do not open; TINBAO_KEYS is not the key file of this database")}
	}
	for _, s := range staff {
		if s.Altered {
			return finding{err: fmt.Errorf("account %d is not what the history of accounts says: somebody changed it by SQL, or a release before did; it cannot be used until it is invited again", s.ID)}
		}
	}
	f := finding{note: fmt.Sprintf("fit, %d accounts; wrapped by %s", len(staff), a.vault.KEK())}
	file, err := vault.Load(a.settings.Keys, a.vault.KEK())
	switch {
	case err != nil:
		return finding{err: wrong("TINBAO_KEYS", err)}
	case file.Added() || file.Promoted():
		f.warn = "a rotation is not finished; go on with: tinbao keys rotate"
	case a.vault.KEK().Beside(a.settings.Keys):
		f.warn = "the wrapping key lies in the folder of the key file, so one copy has both; move it: tinbao keys rewrap --to file:ELSEWHERE"
	}
	return f
}

func (a *app) checkRedis(ctx context.Context) finding {
	if a.redis == nil {
		return finding{note: "not set; each replica keeps its own limits"}
	}
	note, err := a.askRedis(ctx)
	if err != nil {
		return finding{err: errors.New(redisFault(err))}
	}
	return finding{note: note}
}

func checkFiles(ctx context.Context) finding {
	if !media.HasVideo() {
		return finding{err: errors.New("ffmpeg is missing, videos and recordings are refused; install it")}
	}
	if !media.HasPDF() {
		return finding{err: errors.New("pdftoppm, pdfinfo or qpdf is missing, PDFs are refused; install poppler-utils and qpdf")}
	}
	if !media.HasPhotos() {
		return finding{err: errors.New("djpeg or heif-convert is missing, damaged, very large and HEIC photos are refused; install libjpeg-turbo-progs and libheif-examples")}
	}
	if err := media.Check(ctx); err != nil {
		return finding{err: fmt.Errorf("a file cannot be cleaned in a process of its own: %w", err)}
	}
	return finding{note: "photos, videos, recordings and PDFs can be cleaned"}
}

func (c *doctorCommand) checkSetAside(a *app) func(context.Context) finding {
	return func(ctx context.Context) finding {
		list, err := a.setAside(ctx)
		if err != nil {
			return finding{err: errors.New("cannot be read")}
		}
		if len(list) == 0 {
			return finding{note: "no update failed for good"}
		}
		if c.Retry {
			n, err := a.sum(ctx, (*storage.Store).RetrySetAside)
			return finding{note: fmt.Sprintf("%d updates will be tried again", n), err: err}
		}
		lines := []string{"updates that failed too often (try again with: tinbao doctor --retry):"}
		for _, s := range list {
			lines = append(lines, fmt.Sprintf("    %d: %d attempts, %s, kept %s", s.UpdateID, s.Attempts, s.Fault, s.Kept.In(cases.Vietnam).Format("15:04 02/01/2006")))
		}
		return finding{err: errors.New(strings.Join(lines, "\n"))}
	}
}

const outboxSlack = 10 * time.Minute

func (a *app) checkOutbox(ctx context.Context) finding {
	waiting, failed, oldest, err := a.store.OutboxState(ctx)
	if err != nil {
		return finding{err: errors.New("cannot be read")}
	}
	note := fmt.Sprintf("%d messages wait, %d were given up in the last week", waiting, failed)
	if waiting > 0 && time.Since(oldest) > outboxSlack {
		return finding{err: fmt.Errorf("%s; the oldest waits since %s; is tinbao serve running and Telegram reachable?", note, oldest.In(cases.Vietnam).Format("15:04 02/01/2006"))}
	}
	return finding{note: note}
}
