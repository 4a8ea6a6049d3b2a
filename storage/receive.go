package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// columns of sealed values, as they are bound into them
const (
	contentColumn = "cases.content"
	talkColumn    = "talks.body"
	sourceColumn  = "files.source"
	bodyColumn    = "files.body"
	factsColumn   = "files.facts"
)

func parseID(s string) (uuid.UUID, error) {
	id, err := uuid.Parse(s)
	if err != nil {
		return id, cases.Fail(cases.NotFound, "")
	}
	return id, nil
}

// Receive takes in a new case: its number, the sealed content, the way back and
// the first row of its history. The receipt is given once and stored hashed; for some
// minutes it can be shown again.
func (t *Tx) Receive(ctx context.Context, back cases.Route, n cases.NewCase) (cases.Receipt, cases.Case, error) {
	receipt, c, err := t.receive(ctx, back, n)
	if err == nil {
		t.KeepCode(receipt)
	}
	return receipt, c, err
}

// receive makes a case. back.Chat is 0 for one that nobody waits for.
func (t *Tx) receive(ctx context.Context, back cases.Route, n cases.NewCase) (cases.Receipt, cases.Case, error) {
	stream := n.Stream()
	if n.Report != nil && !n.Report.About.Kept() {
		return "", cases.Case{}, cases.Fail(cases.NotAllowed, "error.kept.leader")
	}
	if err := t.enterForPerson(ctx, stream); err != nil {
		return "", cases.Case{}, err
	}
	receipt, err := cases.NewReceipt(t.random())
	if err != nil {
		return "", cases.Case{}, fmt.Errorf("drawing a receipt: %w", err)
	}
	c := cases.Case{
		ID: timedID(t.now).String(), Status: cases.Received, Urgent: n.Urgent(), Version: 1, Received: t.now,
		Report: n.Report, Help: n.Help, Apart: n.Apart, Number: cases.Number{Stream: stream, Year: cases.DayOf(t.now).Year},
	}
	table, err := t.limits(ctx)
	if err != nil {
		return "", cases.Case{}, err
	}
	first, _ := table.clocks.Running(table.calendar, cases.Standing{Stream: stream, Status: c.Status, Urgent: c.Urgent, Since: c.Received})
	if n.Report != nil {
		c.About = n.Report.About
	}
	c.Due = first.Due
	if !c.Urgent {
		c.AnswerBy = table.clocks.AnswerBy(table.calendar, c.Received)
	}
	key, err := t.insert(ctx, &c, n, receipt, back)
	if err != nil {
		return "", cases.Case{}, err
	}
	if _, err := t.offer(ctx, stream, c.ID, key, 0, n.Files); err != nil {
		return "", cases.Case{}, err
	}
	if err := t.putFiles(ctx, stream, c.ID, key, len(n.Files), n.Ready); err != nil {
		return "", cases.Case{}, err
	}
	return receipt, c, t.alert(ctx, &c, n)
}

// alert lets a case that was just received ring when it is urgent, and takes down that
// the person denies the danger its words show. What is passed on from help to the police
// has a word to them of its own.
func (t *Tx) alert(ctx context.Context, c *cases.Case, n cases.NewCase) error {
	denied := n.Danger == cases.NoDanger && n.Signs().Any()
	rings := c.Urgent && (n.Report == nil || n.Report.Concern != cases.Crossed)
	if !denied && !rings {
		return nil
	}
	o, err := t.own(ctx, c.Number.Stream, c.ID)
	if err != nil {
		return err
	}
	if denied {
		if err := t.mark(ctx, o, cases.DenyDanger, nil, ""); err != nil {
			return err
		}
	}
	if !rings {
		return nil
	}
	c.Ring = true
	c.Alarm, err = t.beginAlarm(ctx, o.row.ID, *c)
	return err
}

func (t *Tx) insert(ctx context.Context, c *cases.Case, n cases.NewCase, receipt cases.Receipt, back cases.Route) (vault.CaseKey, error) {
	stream, ward := c.Number.Stream, t.s.conf.Ward
	id, err := parseID(c.ID)
	if err != nil {
		return vault.CaseKey{}, err
	}
	key, wrapped := t.s.vault.NewCaseKey(stream, ward, c.ID)
	content, err := json.Marshal(contentOf(n))
	if err != nil {
		return key, fmt.Errorf("writing content: %w", err)
	}
	p := db.ReceiveParams{
		Stream: string(stream), WardID: int32(ward), Year: int32(c.Number.Year), ID: id,
		Receipt: t.s.vault.Receipt(stream, receipt), CaseKey: wrapped, Content: key.SealText(contentColumn, "", content),
		Source: string(n.Source), Status: string(c.Status), Urgent: c.Urgent, Now: t.now, Verb: string(cases.Submit),
		Apart: n.Apart, Announced: n.Announced,
	}
	if back.Chat != 0 {
		p.Route = t.s.vault.SealRoute(stream, ward, c.ID, back)
	}
	if !c.Due.IsZero() {
		p.DueAt = &c.Due
	}
	if n.Report != nil {
		p.Concern, p.Hamlet, p.KeptFrom = string(n.Report.Concern), int32(n.Report.Hamlet), string(n.Report.About)
	} else {
		p.Wanted, p.Under18 = string(n.Help.Service), n.Help.Under18
	}
	p.Head = chain(nil, event{stream: stream, caseID: c.ID, seq: 1, at: t.now, verb: cases.Submit, to: c.Status})
	seq, err := t.q.Receive(ctx, p)
	c.Number.Seq = int(seq)
	return key, interpret(err)
}

func contentOf(n cases.NewCase) any {
	if n.Help != nil {
		return n.Help
	}
	return n.Report
}

// offer writes down files that wait at Telegram and asks for them to be fetched.
func (t *Tx) offer(ctx context.Context, stream cases.Stream, caseID string, key vault.CaseKey, already int, files []cases.OfferedFile) (ids []uuid.UUID, err error) {
	owner, err := parseID(caseID)
	if err != nil {
		return nil, err
	}
	for i, f := range files {
		id := uuid.New()
		err := t.q.AddFile(ctx, db.AddFileParams{
			Stream: string(stream), ID: id, CaseID: owner, WardID: int32(t.s.conf.Ward), N: int32(already + i + 1),
			Kind: string(f.Kind), Size: clearSize(f.Size), At: t.now, Source: key.SealText(sourceColumn, id.String(), []byte(f.FileID)),
		})
		if err != nil {
			return nil, interpret(err)
		}
		ids = append(ids, id)
		t.jobs = append(t.jobs, river.InsertManyParams{
			Args:       cases.FetchAttachmentArgs{File: t.s.fileRef(stream, id.String())},
			InsertOpts: &river.InsertOpts{Queue: FilesQueue},
		})
	}
	return ids, nil
}

// LookUp finds a case by its receipt, from any chat.
func (t *Tx) LookUp(ctx context.Context, receipt cases.Receipt) (cases.ResidentView, error) {
	for _, stream := range streams {
		if err := t.enterForPerson(ctx, stream); err != nil {
			return cases.ResidentView{}, err
		}
		row, err := t.q.CaseByReceipt(ctx, db.CaseByReceiptParams{
			Stream: string(stream), WardID: int32(t.s.conf.Ward), Receipts: t.s.vault.Receipts(stream, receipt),
		})
		if err = interpret(err); err == nil {
			return t.residentView(ctx, row.CaseworkCase)
		} else if cases.KindOf(err) != cases.NotFound {
			return cases.ResidentView{}, err
		}
	}
	return cases.ResidentView{}, cases.Fail(cases.NotFound, "receipt.notfound")
}

func (t *Tx) residentView(ctx context.Context, row db.CaseworkCase) (cases.ResidentView, error) {
	stream := cases.Stream(row.Stream)
	v := cases.ResidentView{
		CaseID: row.ID.String(), Stream: stream, Status: cases.Status(row.Status),
		Finding: cases.Finding(row.Finding), Received: row.ReceivedAt, Concern: cases.Concern(row.Concern),
	}
	v.CanAdd, v.CanTake = can(row, cases.AddInfo), withdrawable(row)
	var err error
	if v.Alarm, v.AnswerBy, err = t.promised(ctx, &opened{row: row}); err != nil {
		return v, err
	}
	if v.Alarm != nil {
		v.Alarm.By, v.Alarm.Name = 0, ""
	}
	if v.Elsewhere, err = t.elsewhere(ctx, &opened{row: row}); err != nil {
		return v, err
	}
	if err := t.follow(ctx, row, &v); err != nil {
		return v, err
	}
	if err := t.afterwards(ctx, row, &v); err != nil {
		return v, err
	}
	key, err := t.s.vault.CaseKey(stream, t.s.conf.Ward, v.CaseID, row.CaseKey)
	if err != nil {
		return v, err
	}
	if err := t.ended(ctx, row, key, &v); err != nil {
		return v, err
	}
	if v.Alarmed, err = t.q.Happened(ctx, db.HappenedParams{WardID: int32(t.s.conf.Ward), Stream: row.Stream, CaseID: row.ID, Verb: string(cases.Alarm)}); err != nil {
		return v, interpret(err)
	}
	talks, err := t.talks(ctx, stream, v.CaseID, key)
	for _, talk := range talks {
		if !talk.Internal {
			talk.By = ""
			v.Talks = append(v.Talks, talk)
		}
	}
	slices.SortStableFunc(v.Talks, func(a, b cases.Talk) int { return a.At.Compare(b.At) })
	return v, err
}

// maxRoutes bounds the people who get news of one case.
const maxRoutes = 5

// AddInfo adds the person's words and files to a case; NotAllowed when it takes
// none any more. A chat that was not yet among those who get news is added.
func (t *Tx) AddInfo(ctx context.Context, stream cases.Stream, caseID string, from cases.Route, text string, files []cases.OfferedFile) (cases.Case, error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	t.addition = cases.Addition{In: caseID}
	o.row.Silent = o.row.Silent && from.Chat == 0
	if err := t.hear(ctx, o, text); err != nil {
		return cases.Case{}, err
	}
	if err := t.knowRoute(ctx, o, from); err != nil {
		return cases.Case{}, err
	}
	if o, err = t.addWords(ctx, o, text); err != nil {
		return cases.Case{}, err
	}
	n, err := t.q.CountFiles(ctx, db.CountFilesParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), CaseID: o.row.ID})
	if err != nil {
		return cases.Case{}, interpret(err)
	}
	ids, err := t.offer(ctx, stream, o.id(), o.key, int(n), files)
	if err != nil {
		return cases.Case{}, err
	}
	for _, id := range ids {
		t.addition.Files = append(t.addition.Files, id.String())
	}
	return t.assemble(ctx, o)
}

func (t *Tx) knowRoute(ctx context.Context, o *opened, from cases.Route) error {
	if from.Chat == 0 {
		return nil
	}
	known, err := t.routes(ctx, o.stream(), o.id())
	if err != nil {
		return err
	}
	has := slices.ContainsFunc(known, func(r cases.Route) bool { return r.Chat == from.Chat })
	if has || len(known) >= maxRoutes {
		return nil
	}
	return interpret(t.q.AddRoute(ctx, db.AddRouteParams{
		Stream: string(o.stream()), CaseID: o.row.ID, WardID: int32(t.s.conf.Ward), At: t.now,
		Sealed: t.s.vault.SealRoute(o.stream(), t.s.conf.Ward, o.id(), from),
	}))
}

// Routes gives the ways back to everybody who waits for news of a case, those who
// wrote what is counted with it too; each chat once.
func (t *Tx) Routes(ctx context.Context, stream cases.Stream, caseID string) ([]cases.Route, error) {
	if err := t.enter(ctx, stream); err != nil {
		return nil, err
	}
	own, err := t.routes(ctx, stream, caseID)
	if err != nil || stream != cases.ReportStream {
		return own, err
	}
	return t.withFollowers(ctx, caseID, own)
}

func (t *Tx) routes(ctx context.Context, stream cases.Stream, caseID string) ([]cases.Route, error) {
	id, err := parseID(caseID)
	if err != nil {
		return nil, err
	}
	rows, err := t.q.Routes(ctx, db.RoutesParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), CaseID: id})
	if err != nil {
		return nil, interpret(err)
	}
	return t.openRoutes(stream, caseID, rows)
}

func (t *Tx) openRoutes(stream cases.Stream, caseID string, rows [][]byte) ([]cases.Route, error) {
	list := make([]cases.Route, 0, len(rows))
	for _, sealed := range rows {
		r, err := t.s.vault.OpenRoute(stream, t.s.conf.Ward, caseID, sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

func (t *Tx) talks(ctx context.Context, stream cases.Stream, caseID string, key vault.CaseKey) ([]cases.Talk, error) {
	id, err := parseID(caseID)
	if err != nil {
		return nil, err
	}
	rows, err := t.q.Talks(ctx, db.TalksParams{WardID: int32(t.s.conf.Ward), Stream: string(stream), CaseID: id})
	if err != nil {
		return nil, interpret(err)
	}
	list := make([]cases.Talk, 0, len(rows))
	for _, r := range rows {
		if len(r.Body) == 0 {
			continue // taken back by the person
		}
		body, err := key.OpenText(talkColumn, strconv.Itoa(int(r.Seq)), r.Body)
		if err != nil {
			return nil, err
		}
		by, err := t.staffName(ctx, r.ByStaff)
		if err != nil {
			return nil, err
		}
		list = append(list, cases.Talk{
			Seq: int(r.Seq), At: r.At, FromStaff: r.FromStaff, Internal: r.Internal, ToPolice: r.ToPolice, By: by, Text: string(body),
		})
	}
	return list, nil
}
