package storage

import (
	"context"

	"tinbao/storage/internal/db"
)

// pageSpot is where a batch of pages ended.
type pageSpot struct {
	key, lang string
	version   int32
}

func nextPages(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	at := &b.after.page
	rows, err := t.q.OldPages(ctx, db.OldPagesParams{WardID: int32(b.ward), AfterKey: at.key, AfterLang: at.lang, AfterVersion: at.version, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldPagesRow) value {
		*at = pageSpot{r.Key, r.Lang, r.Version}
		return edgeValue(t, pagePlace(b.ward, pageColumn, r.Key, r.Lang, r.Version), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealPage(ctx, db.ResealPageParams{WardID: int32(b.ward), Key: r.Key, Lang: r.Lang, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextPageFiles(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	at := &b.after.page
	rows, err := t.q.OldPageFiles(ctx, db.OldPageFilesParams{WardID: int32(b.ward), AfterKey: at.key, AfterLang: at.lang, AfterVersion: at.version, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldPageFilesRow) value {
		*at = pageSpot{r.Key, r.Lang, r.Version}
		return edgeValue(t, pagePlace(b.ward, pageFileColumn, r.Key, r.Lang, r.Version), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealPageFile(ctx, db.ResealPageFileParams{WardID: int32(b.ward), Key: r.Key, Lang: r.Lang, Version: r.Version, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}

func nextSubscribers(ctx context.Context, t *Tx, b *batch) ([]value, error) {
	rows, err := t.q.OldSubscribers(ctx, db.OldSubscribersParams{WardID: int32(b.ward), After: b.after.raw, Old: b.former.Edge, Most: b.most})
	return values(rows, err, func(r db.OldSubscribersRow) value {
		b.after.raw = r.Who
		return edgeValue(t, b.place(subscriberColumn, r.Who), r.Sealed, func(fresh []byte) (int64, error) {
			return t.q.ResealSubscriber(ctx, db.ResealSubscriberParams{WardID: int32(b.ward), Who: r.Who, Sealed: r.Sealed, Fresh: fresh})
		})
	})
}
