package storage

import (
	"context"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
	"tinbao/vault"
)

// Who may decide about a case. Anybody who saw a receipt may read the case and add to it;
// the rest belongs to the chat that sent it, or to who knows the word that was chosen. A
// case with neither (of the web form, taken down for somebody, or cut off from its chat)
// has nothing but its receipt.

const wordColumn = "cases.word"

// Prove gives the word that was typed to show that a case is one's own.
func (t *Tx) Prove(word string) { t.word = word }

// decide locks a case for whoever may decide about it; NotAllowed for others who hold the
// receipt.
func (t *Tx) decide(ctx context.Context, stream cases.Stream, caseID string) (*opened, error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil || o.erased() {
		return o, err
	}
	by, err := t.ownership(ctx, o)
	if err == nil && !by.May {
		err = cases.Fail(cases.NotAllowed, cases.NotYours)
	}
	return o, err
}

func (t *Tx) ownership(ctx context.Context, o *opened) (by cases.Ownership, err error) {
	chats, err := t.ownRoutes(ctx, o)
	if err != nil {
		return by, err
	}
	by.Word = len(o.row.Word) > 0
	all, err := t.routes(ctx, o.stream(), o.id())
	if err != nil {
		return by, err
	}
	by.Chat = len(all) > 0
	switch {
	case len(chats) == 0 && !by.Word:
		by.May = true
	case slices.ContainsFunc(chats, func(r cases.Route) bool { return r.Chat == t.chat.back }):
		by.May = true
	case by.Word && t.word != "":
		hash, err := o.key.Open(wordColumn, "", o.row.Word)
		if err != nil {
			return by, err
		}
		by.May = vault.IsPIN(hash, cases.FoldWord(t.word))
	}
	return by, nil
}

func (t *Tx) ownRoutes(ctx context.Context, o *opened) ([]cases.Route, error) {
	rows, err := t.q.OwnRoutes(ctx, db.OwnRoutesParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID})
	if err != nil {
		return nil, interpret(err)
	}
	return t.openRoutes(o.stream(), o.id(), rows)
}

// Ownership reports what this chat, or this page of the web form, may do with a case.
func (t *Tx) Ownership(ctx context.Context, stream cases.Stream, caseID string) (cases.Ownership, error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil {
		return cases.Ownership{}, err
	}
	return t.ownership(ctx, o)
}

// SetWord keeps the word that lets its holder decide about the case from anywhere; Invalid
// when it is too short or too long.
func (t *Tx) SetWord(ctx context.Context, stream cases.Stream, caseID, word string) error {
	if err := cases.CheckWord(word); err != nil {
		return err
	}
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if o.erased() {
		return cases.Fail(cases.NotAllowed, "error.erased")
	}
	return interpret(t.q.SetWord(ctx, db.SetWordParams{
		Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), ID: o.row.ID,
		Word: o.key.Seal(wordColumn, "", vault.HashPIN(cases.FoldWord(word))),
	}))
}

// Claim lets a chat decide about a case from now on, by its word.
func (t *Tx) Claim(ctx context.Context, stream cases.Stream, caseID string, back cases.Route) error {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if err := t.knowRoute(ctx, o, back); err != nil {
		return err
	}
	rows, err := t.q.Routes(ctx, db.RoutesParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID})
	if err != nil {
		return interpret(err)
	}
	list, err := t.openRoutes(stream, o.id(), rows)
	if err != nil {
		return err
	}
	for i, r := range list {
		if r.Chat == back.Chat {
			return interpret(t.q.OwnRoute(ctx, db.OwnRouteParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID, Sealed: rows[i]}))
		}
	}
	return cases.Fail(cases.Limited, "own.full")
}

// elsewhere gives the chats to tell that another place opened their case, once a day.
func (t *Tx) elsewhere(ctx context.Context, o *opened) ([]cases.Route, error) {
	chats, err := t.ownRoutes(ctx, o)
	if err != nil || len(chats) == 0 || slices.ContainsFunc(chats, func(r cases.Route) bool { return r.Chat == t.chat.back }) {
		return nil, err
	}
	n, err := t.q.OpenedElsewhere(ctx, db.OpenedElsewhereParams{
		Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), ID: o.row.ID, Day: date(cases.DayOf(t.now)),
	})
	if err != nil || n == 0 {
		return nil, interpret(err)
	}
	return chats, nil
}
