package storage_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"tinbao/cases"
	"tinbao/storage"
)

var year2026 = cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 12, Day: 31}}

func karaoke(name string, hamlet int) cases.Establishment {
	return cases.Establishment{
		Type: "karaoke", Risk: "high", Hamlet: hamlet, Security: true, Status: cases.EstablishmentOpen, Deed: cases.DeedAdd,
		EstablishmentWords: cases.EstablishmentWords{Name: name, Owner: "Chủ quán", Phone: "0900000001"},
	}
}

func TestEstablishmentsKeepTheirHistory(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by := b.staff(officer, cases.Officer)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		e, err := tx.PutEstablishment(ctx, by, karaoke("Ánh Sao", 3))
		if err != nil || e.ID != 1 || e.Version != 1 {
			t.Fatal(e, err)
		}
		closed := e
		closed.Status, closed.Deed, closed.Reason, closed.Reviewed = cases.EstablishmentClosed, cases.DeedClose, "trả mặt bằng", cases.DayOf(tx.Now())
		if closed, err = tx.PutEstablishment(ctx, by, closed); err != nil || closed.Version != 2 {
			t.Fatal(closed, err)
		}
		if _, err := tx.PutEstablishment(ctx, by, e); cases.KindOf(err) != cases.Conflict {
			t.Error("a change of what had changed:", err)
		}
		list, err := tx.Establishments(ctx)
		if err != nil || len(list) != 1 || list[0].Status != cases.EstablishmentClosed || list[0].By != by.Name || list[0].Owner != "Chủ quán" {
			t.Error(list, err)
		}
		history, err := tx.EstablishmentHistory(ctx, 1)
		if err != nil || len(history) != 2 || history[0].Deed != cases.DeedClose || history[1].Deed != cases.DeedAdd || !cmp.Equal(history[0], list[0]) {
			t.Error(history, err)
		}
		_, err = tx.EstablishmentHistory(ctx, 9)
		if cases.KindOf(err) != cases.NotFound {
			t.Error(err)
		}
		return nil
	})
}

func TestListsOfTheWard(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by := b.staff(officer, cases.Officer)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		lists, err := tx.EstablishmentLists(ctx)
		if err != nil || !cmp.Equal(lists, cases.DefaultLists()) {
			t.Error(lists, err)
		}
		items := append(slices.Clone(lists[cases.TypeList]), cases.ListItem{Key: "t16", Label: "Phòng trà"})
		if err := tx.PutEstablishmentList(ctx, by.ID, cases.TypeList, items); err != nil {
			t.Error(err)
		}
		lists, err = tx.EstablishmentLists(ctx)
		if err != nil || lists.Label(cases.TypeList, "t16") != "Phòng trà" || lists.Find(cases.TypeList, "phong tra") != "t16" || len(lists[cases.RiskList]) != 3 {
			t.Error(lists, err)
		}
		return nil
	})
}

func TestInspectionsAndCoverage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by := b.staff(officer, cases.Officer)
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		today := cases.DayOf(tx.Now())
		var errs []error
		for i, name := range []string{"Một", "Hai", "Ba"} {
			_, err := tx.PutEstablishment(ctx, by, karaoke(name, i+1))
			errs = append(errs, err)
		}
		i, err := tx.PutInspection(ctx, by, cases.Inspection{Establishment: 2, Planned: today, Deed: cases.InspectionPlan, InspectionWords: cases.InspectionWords{Team: []cases.StaffID{by.ID}, Others: "anh Nam"}})
		errs = append(errs, err)
		if i, err = tx.AddInspectionPhoto(ctx, by, i.ID, []byte("ảnh")); err != nil || i.Photos != 1 {
			t.Error(i, err)
		}
		i.Done, i.Result, i.Violations, i.Deed = today, cases.Violation, "không có sổ", cases.InspectionDone
		i, err = tx.PutInspection(ctx, by, i)
		errs = append(errs, err)
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		read, err := tx.Inspection(ctx, i.ID)
		if err != nil || !cmp.Equal(read, i) {
			t.Error(cmp.Diff(i, read), err)
		}
		if photos, err := tx.InspectionPhotos(ctx, i.ID); err != nil || len(photos) != 1 || string(photos[0]) != "ảnh" {
			t.Error(photos, err)
		}
		history, err := tx.InspectionHistory(ctx, i.ID)
		if err != nil || len(history) != 3 {
			t.Error(history, err)
		}
		c, err := tx.Coverage(ctx, year2026)
		if err != nil || c.Register != 3 || c.Inspected != 1 || c.Violations != 1 || c.Labels["karaoke"] != "Karaoke" || c.ByHamlet[2] != (cases.Ratio{Part: 1, Whole: 1}) {
			t.Errorf("%+v %v", c, err)
		}
		return nil
	})
	b.pass(48 * time.Hour)
	c, err := b.Coverage(t.Context(), cases.Period{From: year2026.From, To: cases.Day{Year: 2026, Month: 11, Day: 23}})
	if err != nil || c.Register != 0 || c.Visits != 0 {
		t.Errorf("before anything was entered: %+v %v", c, err)
	}
}
