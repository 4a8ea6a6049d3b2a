package storage

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

const ratingColumn = "ratings.words"

// asked is the wish to open a case again that stands in its row.
func asked(r db.CaseworkCase) cases.Asked {
	if r.ReopenAt == nil {
		return cases.Asked{}
	}
	return cases.Asked{By: staffOf(r.ReopenBy), Person: r.ReopenBy == nil, At: *r.ReopenAt}
}

// afterwards fills in what the person may still say about a case that has ended.
func (t *Tx) afterwards(ctx context.Context, row db.CaseworkCase, v *cases.ResidentView) error {
	if row.EndedAt == nil || row.CaseKey == nil {
		return nil
	}
	stars, err := t.stars(ctx, &opened{row: row})
	if err != nil {
		return err
	}
	v.Stars, v.CanRate = stars, stars == 0 && cases.MayRate(v.Status)
	v.CanAsk, err = t.mayAskAgain(ctx, row)
	return err
}

func (t *Tx) mayAskAgain(ctx context.Context, row db.CaseworkCase) (bool, error) {
	if asked(row).Stands(t.now) {
		return false, nil
	}
	before, err := t.q.PersonAskedReopen(ctx, db.PersonAskedReopenParams{WardID: int32(t.s.conf.Ward), Stream: row.Stream, CaseID: row.ID, Verb: string(cases.AskReopen)})
	if err != nil {
		return false, interpret(err)
	}
	return cases.MayAskAgain(cases.Stream(row.Stream), cases.Status(row.Status), row.Urgent, instant(row.EndedAt), t.now, int(before)), nil
}

// stars is how an ended case was rated; 0 = not, or the viewer may not know.
func (t *Tx) stars(ctx context.Context, o *opened) (cases.Stars, error) {
	if t.role == rolePolice || !cases.MayRate(o.status()) {
		return 0, nil
	}
	n, err := t.q.Stars(ctx, db.StarsParams{Stream: o.row.Stream, CaseID: o.row.ID})
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return cases.Stars(n), interpret(err)
}

// Rate keeps what the person thought of an ended case; Conflict when it was rated
// before, NotAllowed when it cannot be.
func (t *Tx) Rate(ctx context.Context, stream cases.Stream, caseID string, stars cases.Stars) error {
	o, err := t.decide(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if o.erased() || !cases.MayRate(o.status()) || stars < 1 || stars > cases.MostStars {
		return cases.Fail(cases.NotAllowed, "rate.late")
	}
	n, err := t.q.PutRating(ctx, db.PutRatingParams{Stream: string(stream), CaseID: o.row.ID, WardID: int32(t.s.conf.Ward), At: t.now, Stars: int32(stars)})
	if err != nil {
		return interpret(err)
	}
	if n == 0 {
		return cases.Fail(cases.Conflict, "rate.twice")
	}
	return t.mark(ctx, o, cases.Rate, nil, "")
}

// RateWords adds a word to a rating, once; Conflict when there is one or no rating.
func (t *Tx) RateWords(ctx context.Context, stream cases.Stream, caseID, text string) error {
	o, err := t.own(ctx, stream, caseID)
	if err != nil {
		return err
	}
	if o.erased() {
		return cases.Fail(cases.NotAllowed, "rate.late")
	}
	n, err := t.q.PutRatingWords(ctx, db.PutRatingWordsParams{Stream: string(stream), CaseID: o.row.ID, Words: o.key.SealText(ratingColumn, "", []byte(text))})
	if err == nil && n == 0 {
		return cases.Fail(cases.Conflict, "rate.twice")
	}
	return interpret(err)
}

// ratingWord is what the person wrote with a rating; it stays shut with the case, so
// only one that was opened again has it.
func (t *Tx) ratingWord(ctx context.Context, o *opened) (string, error) {
	if t.role == rolePolice || o.row.ClockAt == nil {
		return "", nil
	}
	words, err := t.q.RatingWords(ctx, db.RatingWordsParams{Stream: o.row.Stream, CaseID: o.row.ID})
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", interpret(err)
	}
	plain, err := o.key.OpenText(ratingColumn, "", words)
	return string(plain), err
}

// AskAgain is the wish of the person that an ended case is opened again; NotAllowed
// when it is too late, was wished too often, or waits already.
func (t *Tx) AskAgain(ctx context.Context, stream cases.Stream, caseID, text string, from cases.Route) (cases.Case, error) {
	o, err := t.own(ctx, stream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	may, err := t.mayAskAgain(ctx, o.row)
	if err != nil {
		return cases.Case{}, err
	}
	if !may {
		return cases.Case{}, cases.Fail(cases.NotAllowed, "again.late")
	}
	o.row.Silent = false
	if err := t.step(ctx, o, cases.Change{Verb: cases.AskReopen, Text: text}, nil); err != nil {
		return cases.Case{}, err
	}
	if err := t.knowRoute(ctx, o, from); err != nil {
		return cases.Case{}, err
	}
	return t.assemble(ctx, o)
}

// Ratings are what people thought of the cases of the stream they rated in a period.
func (d Desk) Ratings(ctx context.Context, from, to time.Time) (cases.Ratings, error) {
	if err := d.t.enter(ctx, d.stream); err != nil {
		return cases.Ratings{}, err
	}
	row, err := d.t.q.RatingFigures(ctx, db.RatingFiguresParams{Stream: string(d.stream), WardID: int32(d.t.s.conf.Ward), Since: from, Until: to})
	return cases.Ratings{N: int(row.N), Stars: int(row.Stars)}, interpret(err)
}
