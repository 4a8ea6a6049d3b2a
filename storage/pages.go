package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// columns of sealed values outside of cases
const (
	pageColumn       = "pages.sealed"
	pageFileColumn   = "pages.payload"
	subscriberColumn = "subscribers.route"
)

// pageText is the sealed form of a text.
type pageText struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

func pagePlace(ward cases.WardID, column, key, lang string, version int32) vault.Place {
	return vault.Place{Ward: ward, Column: column, Row: key + "/" + lang + "/" + strconv.Itoa(int(version))}
}

// Page gives a text of a page: the published one when version is 0. NotFound when
// there is none, which means the text the program brings along.
func (t *Tx) Page(ctx context.Context, key cases.PageKey, lang string, version int) (cases.Page, error) {
	p := cases.Page{Key: key, Lang: lang}
	if err := t.as(ctx, roleDesk); err != nil {
		return p, err
	}
	ward := int32(t.s.conf.Ward)
	var row db.PageVersionRow
	var err error
	if version == 0 {
		var now db.PublishedPageRow
		now, err = t.q.PublishedPage(ctx, db.PublishedPageParams{WardID: ward, Key: string(key), Lang: lang})
		row = db.PageVersionRow(now)
	} else {
		row, err = t.q.PageVersion(ctx, db.PageVersionParams{WardID: ward, Key: string(key), Lang: lang, Version: int32(version)})
	}
	if err != nil {
		return p, interpret(err)
	}
	raw, err := t.s.vault.OpenEdge(pagePlace(t.s.conf.Ward, pageColumn, string(key), lang, row.Version), row.Sealed)
	if err != nil {
		return p, err
	}
	var text pageText
	if json.Unmarshal(raw, &text) != nil {
		return p, cases.Reason("reading a page: malformed")
	}
	p.Version, p.State, p.Title, p.Body = int(row.Version), cases.PageState(row.State), text.Title, text.Body
	p.File, p.MIME, p.At = cases.MediaKind(row.FileKind), row.FileMime, row.At
	return p, nil
}

// PageFile opens the file of a text.
func (t *Tx) PageFile(ctx context.Context, p cases.Page) (cases.CleanFile, error) {
	row, err := t.q.PageFile(ctx, db.PageFileParams{WardID: int32(t.s.conf.Ward), Key: string(p.Key), Lang: p.Lang, Version: int32(p.Version)})
	if err != nil {
		return cases.CleanFile{}, interpret(err)
	}
	body, err := t.s.vault.OpenEdge(pagePlace(t.s.conf.Ward, pageFileColumn, string(p.Key), p.Lang, int32(p.Version)), row.Payload)
	return cases.CleanFile{Kind: cases.MediaKind(row.FileKind), MIME: row.FileMime, Body: body}, err
}

// PageStates are the drafts and the published texts of all pages, without words.
func (t *Tx) PageStates(ctx context.Context) ([]cases.Page, error) {
	rows, err := t.q.PageStates(ctx, int32(t.s.conf.Ward))
	list := make([]cases.Page, 0, len(rows))
	for _, r := range rows {
		list = append(list, cases.Page{Key: cases.PageKey(r.Key), Lang: r.Lang, Version: int(r.Version), State: cases.PageState(r.State)})
	}
	return list, interpret(err)
}

const shownVersions = 10

// PageHistory lists the newest texts of a page.
func (t *Tx) PageHistory(ctx context.Context, key cases.PageKey, lang string) ([]cases.PageVersion, error) {
	rows, err := t.q.PageVersions(ctx, db.PageVersionsParams{WardID: int32(t.s.conf.Ward), Key: string(key), Lang: lang, Most: shownVersions})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.PageVersion, 0, len(rows))
	for _, r := range rows {
		by, err := t.staffName(ctx, &r.ByStaff)
		if err != nil {
			return nil, err
		}
		list = append(list, cases.PageVersion{Version: int(r.Version), State: cases.PageState(r.State), File: r.FileKind != "", By: by, At: r.At})
	}
	return list, nil
}

// DraftPage keeps a new text; the draft before it becomes history. file nil = none.
func (t *Tx) DraftPage(ctx context.Context, by cases.StaffID, p cases.Page, file *cases.CleanFile) (version int, err error) {
	ward := int32(t.s.conf.Ward)
	n, err := t.q.NextPageVersion(ctx, db.NextPageVersionParams{WardID: ward, Key: string(p.Key), Lang: p.Lang})
	if err != nil {
		return 0, interpret(err)
	}
	if err := t.q.DropPageDraft(ctx, db.DropPageDraftParams{WardID: ward, Key: string(p.Key), Lang: p.Lang}); err != nil {
		return 0, interpret(err)
	}
	raw, err := json.Marshal(pageText{p.Title, p.Body})
	if err != nil {
		return 0, fmt.Errorf("writing a page: %w", err)
	}
	row := db.AddPageParams{
		WardID: ward, Key: string(p.Key), Lang: p.Lang, Version: n, ByStaff: int64(by), At: t.now,
		Sealed: t.s.vault.SealEdge(pagePlace(t.s.conf.Ward, pageColumn, string(p.Key), p.Lang, n), raw),
	}
	if file != nil {
		row.FileKind, row.FileMime, row.Payload = string(file.Kind), file.MIME, t.s.sealPageFile(p.Key, p.Lang, n, file)
	}
	return int(n), interpret(t.q.AddPage(ctx, row))
}

func (s *Store) sealPageFile(key cases.PageKey, lang string, version int32, file *cases.CleanFile) []byte {
	return s.vault.SealEdge(pagePlace(s.conf.Ward, pageFileColumn, string(key), lang, version), file.Body)
}

// PublishPage makes a draft what residents read; Conflict when it is no draft.
func (t *Tx) PublishPage(ctx context.Context, key cases.PageKey, lang string, version int) error {
	ward := int32(t.s.conf.Ward)
	if err := t.q.RetirePage(ctx, db.RetirePageParams{WardID: ward, Key: string(key), Lang: lang}); err != nil {
		return interpret(err)
	}
	n, err := t.q.PublishPage(ctx, db.PublishPageParams{WardID: ward, Key: string(key), Lang: lang, Version: int32(version), At: &t.now})
	if err == nil && n == 0 {
		return cases.Fail(cases.Conflict, "pages.moved")
	}
	return interpret(err)
}

func day(d cases.Day) pgtype.Date {
	return pgtype.Date{Time: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC), Valid: true}
}

// CountReading counts that a page was opened in this week, by nobody in particular.
func (t *Tx) CountReading(ctx context.Context, key cases.PageKey, lang string) error {
	return interpret(t.q.CountReading(ctx, db.CountReadingParams{WardID: int32(t.s.conf.Ward), Key: string(key), Lang: lang, Day: day(cases.WeekOf(t.now))}))
}

// Readings counts how often pages were opened in the weeks that begin from a day to another,
// both included, and have ended. Numbers are rounded down to fives, so that a single reading
// is not seen to come.
func (t *Tx) Readings(ctx context.Context, from, to time.Time) ([]cases.Reading, error) {
	last := cases.DayOf(to)
	if ended := cases.WeekOf(t.now).Add(-1); ended.Start().Before(last.Start()) {
		last = ended
	}
	rows, err := t.q.Readings(ctx, db.ReadingsParams{WardID: int32(t.s.conf.Ward), First: day(cases.DayOf(from)), Last: day(last)})
	list := make([]cases.Reading, 0, len(rows))
	for _, r := range rows {
		list = append(list, cases.Reading{Key: cases.PageKey(r.Key), Lang: r.Lang, N: int(r.N) / cases.FewReports * cases.FewReports})
	}
	return list, interpret(err)
}

// Subscribe sends news of the ward to the chat of the update from now on.
func (t *Tx) Subscribe(ctx context.Context, back cases.Route) error {
	who := t.s.vault.NewsName(back.Chat)
	if _, err := t.Unsubscribe(ctx, back.Chat); err != nil { // or it stands under two names
		return err
	}
	return interpret(t.q.Subscribe(ctx, db.SubscribeParams{
		WardID: int32(t.s.conf.Ward), Who: who, Route: t.s.vault.SealEdgeRoute(t.s.place(subscriberColumn, who), back),
	}))
}

// Unsubscribe sends a chat no more news; false when it got none.
func (t *Tx) Unsubscribe(ctx context.Context, chat int64) (bool, error) {
	n, err := t.q.Unsubscribe(ctx, db.UnsubscribeParams{WardID: int32(t.s.conf.Ward), Names: t.s.newsNames(chat)})
	return n > 0, interpret(err)
}

// Subscribed reports whether a chat gets news.
func (t *Tx) Subscribed(ctx context.Context, chat int64) (bool, error) {
	yes, err := t.q.Subscribed(ctx, db.SubscribedParams{WardID: int32(t.s.conf.Ward), Names: t.s.newsNames(chat)})
	return yes, interpret(err)
}

// newsNames are those under which a chat may get news: the second is of the release before.
func (s *Store) newsNames(chat int64) [][]byte {
	return [][]byte{s.vault.NewsName(chat), s.vault.Who(chat)}
}

// renameSubscribers gives chats that subscribed in the release before a name of their own,
// and drops one that stands there twice.
func (s *Store) renameSubscribers(ctx context.Context) error {
	ward := int32(s.conf.Ward)
	for after := []byte{}; ; {
		rows, err := s.queries().NextSubscribers(ctx, db.NextSubscribersParams{WardID: ward, After: after, Most: sendBatch})
		if err != nil {
			return interpret(err)
		}
		for _, r := range rows {
			after = r.Who
			back, err := s.vault.OpenEdgeRoute(s.place(subscriberColumn, r.Who), r.Route)
			if err != nil || !bytes.Equal(r.Who, s.vault.Who(back.Chat)) {
				continue
			}
			name := s.vault.NewsName(back.Chat)
			n, err := s.queries().RenameSubscriber(ctx, db.RenameSubscriberParams{
				WardID: ward, Former: r.Who, Name: name, Route: s.vault.SealEdgeRoute(s.place(subscriberColumn, name), back),
			})
			if err == nil && n == 0 {
				_, err = s.queries().Unsubscribe(ctx, db.UnsubscribeParams{WardID: ward, Names: [][]byte{r.Who}})
			}
			if err != nil {
				return interpret(err)
			}
		}
		if len(rows) < sendBatch {
			return nil
		}
	}
}

// Subscribers counts the chats that get news.
func (t *Tx) Subscribers(ctx context.Context) (int, error) {
	n, err := t.q.Subscribers(ctx, int32(t.s.conf.Ward))
	return int(n), interpret(err)
}

// SendPage sends a published text to the subscribers; Conflict when it was sent
// before, or is not the published one.
func (t *Tx) SendPage(ctx context.Context, by cases.StaffID, key cases.PageKey, lang string, version int) error {
	now, err := t.q.PublishedPage(ctx, db.PublishedPageParams{WardID: int32(t.s.conf.Ward), Key: string(key), Lang: lang})
	if err = interpret(err); err != nil && cases.KindOf(err) != cases.NotFound {
		return err
	}
	if err != nil || int(now.Version) != version {
		return cases.Fail(cases.Conflict, "pages.moved")
	}
	n, err := t.q.BeginSend(ctx, db.BeginSendParams{WardID: int32(t.s.conf.Ward), Key: string(key), Lang: lang, Version: now.Version, ByStaff: int64(by), At: t.now})
	if err == nil && n == 0 {
		return cases.Fail(cases.Conflict, "pages.sent")
	}
	t.jobs = append(t.jobs, river.InsertManyParams{Args: cases.SendPageArgs{Key: key, Lang: lang, Version: version}})
	return interpret(err)
}

// How a text goes out: so many subscribers at once, and a pause in which answers to
// residents come first.
const (
	sendBatch = 100
	sendPause = 10 * time.Second
)

// SendPageOn sends a text to the next subscribers of its language; render makes the
// message to each. Where it stopped stands beside the messages, so nobody gets it
// twice.
func (s *Store) SendPageOn(ctx context.Context, a cases.SendPageArgs, render func(ctx context.Context, t *Tx, to cases.Route) (Message, error)) error {
	return s.inTx(ctx, func(t *Tx) error {
		ward := int32(s.conf.Ward)
		at, err := t.q.OpenSend(ctx, db.OpenSendParams{WardID: ward, Key: string(a.Key), Lang: a.Lang, Version: int32(a.Version)})
		if err = interpret(err); err != nil {
			if cases.KindOf(err) == cases.NotFound {
				return nil // all is done
			}
			return err
		}
		rows, err := t.q.NextSubscribers(ctx, db.NextSubscribersParams{WardID: ward, After: at.After, Most: sendBatch})
		if err != nil {
			return interpret(err)
		}
		var out []Message
		for _, r := range rows {
			at.After = r.Who
			back, err := s.vault.OpenEdgeRoute(s.place(subscriberColumn, r.Who), r.Route)
			if err != nil || back.Lang != a.Lang {
				continue
			}
			m, err := render(ctx, t, back)
			if err != nil {
				return err
			}
			out = append(out, m)
		}
		move := db.MoveSendParams{WardID: ward, Key: string(a.Key), Lang: a.Lang, Version: int32(a.Version), After: at.After, Reached: at.Reached + int32(len(out))}
		if len(rows) < sendBatch {
			move.DoneAt = &t.now
		} else {
			t.jobs = append(t.jobs, river.InsertManyParams{Args: a, InsertOpts: &river.InsertOpts{ScheduledAt: t.now.Add(sendPause)}})
		}
		if err := t.q.MoveSend(ctx, move); err != nil {
			return interpret(err)
		}
		if len(out) == 0 {
			return t.enqueue(ctx)
		}
		return t.send(ctx, out)
	})
}

// Forsake ends the news to a chat that can no longer be reached.
func (s *Store) Forsake(ctx context.Context, chat int64) error {
	return s.inTx(ctx, func(t *Tx) error {
		_, err := t.Unsubscribe(ctx, chat)
		return err
	})
}

// PageOffer is a file for a page that waits at Telegram.
type PageOffer struct {
	By   cases.StaffID     `json:"by"`
	Key  cases.PageKey     `json:"key"`
	Lang string            `json:"lang"`
	File cases.OfferedFile `json:"file"`
}

// OfferPageFile asks for a file to be fetched for a page.
func (t *Tx) OfferPageFile(_ context.Context, by cases.StaffID, key cases.PageKey, lang string, f cases.OfferedFile) error {
	raw, err := json.Marshal(PageOffer{by, key, lang, f})
	if err != nil {
		return fmt.Errorf("writing an offer: %w", err)
	}
	t.jobs = append(t.jobs, river.InsertManyParams{
		Args:       cases.FetchPageFileArgs{File: t.s.vault.SealEdgeText(t.s.place("river_job.page", nil), raw)},
		InsertOpts: &river.InsertOpts{Queue: FilesQueue},
	})
	return nil
}

// PageOfferOf reads what a job is about.
func (s *Store) PageOfferOf(job cases.FetchPageFileArgs) (o PageOffer, err error) {
	raw, err := s.vault.OpenEdgeText(s.place("river_job.page", nil), job.File)
	if err != nil {
		return o, err
	}
	if json.Unmarshal(raw, &o) != nil {
		return o, cases.Reason("reading an offer: malformed")
	}
	return o, nil
}
