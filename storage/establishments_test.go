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

// fillRegister makes two rows of every table of the register.
func fillRegister(ctx context.Context, tx *storage.Tx, by cases.Staff) error {
	today := cases.DayOf(tx.Now())
	var errs []error
	for _, name := range []string{"Một", "Hai"} {
		e, err := tx.PutEstablishment(ctx, by, karaoke(name, 1))
		errs = append(errs, err)
		v, err := tx.PutInspection(ctx, by, cases.Inspection{Establishment: e.ID, Planned: today, Deed: cases.InspectionPlan})
		errs = append(errs, err)
		_, err = tx.AddInspectionPhoto(ctx, by, v.ID, []byte("ảnh"))
		errs = append(errs, err, tx.PutEstablishmentList(ctx, by.ID, cases.TypeList, []cases.ListItem{{Key: "t", Label: name}}))
		_, err = tx.KeepImport(ctx, by.ID, cases.ImportPreview{Rows: []cases.ImportRow{{Fresh: true, Establishment: karaoke(name+" mới", 2)}}})
		errs = append(errs, err)
		all, err := tx.StaffList(ctx)
		errs = append(errs, err)
		for _, other := range all { // the second import is of somebody else, so that both wait
			if other.ID != by.ID {
				by.ID = other.ID
				break
			}
		}
	}
	return errors.Join(errs...)
}

// registerTable adds the sealed columns of the register to those that are exchanged.
func registerTable(table map[string]swapped, desk func(func(context.Context, storage.Desk, *storage.Tx) error) func(context.Context, *storage.Store) error) {
	read := func(work func(ctx context.Context, tx *storage.Tx) error) func(context.Context, *storage.Store) error {
		return desk(func(ctx context.Context, _ storage.Desk, tx *storage.Tx) error { return work(ctx, tx) })
	}
	first, second := "ward_id = 1 and id = 1 and version = 1", "ward_id = 1 and id = 2 and version = 1"
	table["ward.establishments.sealed"] = swapped{first, second, read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.EstablishmentHistory(ctx, 1)
		return err
	})}
	table["ward.inspections.sealed"] = swapped{first, second, read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.InspectionHistory(ctx, 1)
		return err
	})}
	table["ward.inspection_photos.payload"] = swapped{"ward_id = 1 and inspection = 1", "ward_id = 1 and inspection = 2", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.InspectionPhotos(ctx, 1)
		return err
	})}
	table["ward.establishment_lists.sealed"] = swapped{"ward_id = 1 and version = 2", "ward_id = 1 and version = 1", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.EstablishmentLists(ctx)
		return err
	})}
	table["ward.establishment_imports.sealed"] = swapped{"ward_id = 1 and id = 1", "ward_id = 1 and id = 2", read(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Import(ctx, 1)
		return err
	})}
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
		for range 2 { // a job may be repeated
			if i, err = tx.AddInspectionPhoto(ctx, by, i.ID, []byte("ảnh")); err != nil || i.Photos != 1 {
				t.Error(i, err)
			}
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

func sheet(rows ...[]string) []cases.Sheet {
	var all []cases.SheetRow
	for i, cells := range rows {
		all = append(all, cases.SheetRow{Row: i + 1, Cells: cells})
	}
	return []cases.Sheet{{Rows: all}}
}

// An import is all or nothing, once, by whoever sent the file, and can be taken back until
// something else happens to one of its rows.
func TestImportAndUndo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by, other := b.staff(officer, cases.Officer), b.staff(officer2, cases.Officer)
	forgotten := 0
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		old, err := tx.PutEstablishment(ctx, by, karaoke("Ánh Sao", 1))
		if err != nil {
			return err
		}
		offer := func(rows ...[]string) int {
			t.Helper()
			now, err := tx.Establishments(ctx)
			if err != nil {
				t.Fatal(err)
			}
			p, err := cases.EstablishmentRegister{Now: now, Lists: cases.DefaultLists(), Hamlets: []string{"Tổ 1", "Tổ 2"}}.Compare(sheet(append([][]string{{"Tên cơ sở", "Loại hình", "Tổ dân phố", "Địa chỉ"}}, rows...)...))
			if err != nil {
				t.Fatal(err)
			}
			id, err := tx.KeepImport(ctx, by.ID, p)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		stale := offer([]string{"Cũ", "spa", "1"})
		id := offer([]string{"Ánh Sao", "karaoke", "1", "số 5"}, []string{"Mới", "spa", "Tổ 2", ""})
		if _, err := tx.ApplyImport(ctx, by, stale); cases.TextOf(err) != "import.gone" {
			t.Error("an earlier file:", err)
		}
		if _, err := tx.ApplyImport(ctx, other, id); cases.KindOf(err) != cases.NotFound {
			t.Error("somebody else's file:", err)
		}
		if m, err := tx.ApplyImport(ctx, by, id); err != nil || m.Fresh != 1 || m.Changed != 1 {
			t.Error(m, err)
		}
		if _, err := tx.ApplyImport(ctx, by, id); cases.TextOf(err) != "import.gone" {
			t.Error("twice:", err)
		}
		list, err := tx.Establishments(ctx)
		if err != nil || len(list) != 2 || list[0].Address != "số 5" || list[0].Owner != "Chủ quán" || list[1].Name != "Mới" || list[1].Import != id {
			t.Fatalf("%+v %v", list, err)
		}
		planned, err := tx.PutInspection(ctx, by, cases.Inspection{Establishment: list[1].ID, Planned: cases.DayOf(tx.Now()), Deed: cases.InspectionPlan})
		if err != nil {
			return err
		}
		if since, err := tx.UndoImport(ctx, other, id); err != nil || !slices.Equal(since, []int{list[1].ID}) {
			t.Error("with a plan for a new one:", since, err)
		}
		planned.Cancelled, planned.Deed = true, cases.InspectionCancel
		if _, err := tx.PutInspection(ctx, by, planned); err != nil {
			return err
		}
		if since, err := tx.UndoImport(ctx, other, id); err != nil || since != nil {
			t.Error(since, err)
		}
		if _, err := tx.UndoImport(ctx, by, id); cases.TextOf(err) != "import.gone" {
			t.Error("undone twice:", err)
		}
		list, err = tx.Establishments(ctx)
		if err != nil || len(list) != 1 || !cmp.Equal(list[0].EstablishmentWords, old.EstablishmentWords) || list[0].Version != 3 || list[0].Deed != cases.DeedUndo {
			t.Errorf("%+v %v", list, err)
		}
		id = offer([]string{"Ánh Sao", "karaoke", "1", "số 7"})
		if _, err := tx.ApplyImport(ctx, by, id); err != nil {
			return err
		}
		list, err = tx.Establishments(ctx)
		if err != nil {
			return err
		}
		list[0].Phone, list[0].Deed = "0900000002", cases.DeedPhone
		if _, err := tx.PutEstablishment(ctx, other, list[0]); err != nil {
			return err
		}
		if since, err := tx.UndoImport(ctx, by, id); err != nil || !slices.Equal(since, []int{1}) {
			t.Error("changed since:", since, err)
		}
		id = offer([]string{"Ánh Sao", "karaoke", "1", "số 9"})
		list, err = tx.Establishments(ctx)
		if err != nil {
			return err
		}
		list[0].Deed = cases.DeedReview
		if _, err := tx.PutEstablishment(ctx, other, list[0]); err != nil {
			return err
		}
		if _, err := tx.ApplyImport(ctx, by, id); cases.TextOf(err) != "import.moved" {
			t.Error("the register has moved:", err)
		}
		if err := tx.DropImport(ctx, by, id); err != nil {
			t.Error(err)
		}
		m, err := tx.Import(ctx, id)
		if err != nil || m.State != cases.ImportDropped || m.Rows != nil {
			t.Error(m, err)
		}
		forgotten = offer([]string{"Quên", "spa", "1"})
		return nil
	})
	for _, c := range []struct {
		pass time.Duration
		want cases.ImportState
	}{{time.Hour, cases.ImportWaiting}, {24 * time.Hour, cases.ImportDropped}} {
		b.pass(c.pass)
		if err := b.Sweep(t.Context(), "vi"); err != nil {
			t.Fatal(err)
		}
		b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
			m, err := tx.Import(ctx, forgotten)
			if m.State != c.want || (m.Rows == nil) != (c.want == cases.ImportDropped) {
				t.Errorf("after %v: %+v", c.pass, m)
			}
			return err
		})
	}
}

// The police see links of what was handed over only, and a report that is erased takes
// its links along.
func TestLinksStayBehindTheWall(t *testing.T) {
	t.Parallel()
	b := setup(t)
	by, dung := b.staff(officer, cases.Officer), b.staff(officer2, cases.Police)
	var n [2]cases.Number
	for i := range n {
		b.do(an, func(ctx context.Context, tx *storage.Tx) error {
			_, c, err := tx.Receive(ctx, cases.Route{Chat: an, Lang: "vi"}, cases.NewCase{Report: &sample, Source: cases.FromBot})
			n[i] = c.Number
			return err
		})
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		e, err := tx.PutEstablishment(ctx, by, karaoke("Ánh Sao", 1))
		if err != nil {
			return err
		}
		desk := tx.Desk(cases.ReportStream)
		if err := errors.Join(desk.Link(ctx, by, n[0], e.ID, true), desk.Link(ctx, by, n[0], e.ID, true), desk.Link(ctx, by, n[1], e.ID, true), desk.Link(ctx, by, n[1], 7, true)); err != nil {
			t.Error(err)
		}
		all, err := tx.Establishments(ctx)
		if err != nil || len(all) != 1 {
			t.Error(all, err)
		}
		if linked, err := desk.Linked(ctx, by, n[0], all); err != nil || len(linked) != 1 || linked[0].ID != e.ID {
			t.Error(linked, err)
		}
		_, err = desk.Act(ctx, by, n[1], -1, cases.Change{Verb: cases.Verify, Finding: cases.Founded})
		if err == nil {
			_, err = desk.Act(ctx, by, n[1], -1, cases.Change{Verb: cases.Classify, Kind: cases.Feedback})
		}
		if err == nil {
			_, err = desk.Act(ctx, by, n[1], -1, cases.Change{Verb: cases.Forward})
		}
		return err
	})
	b.do(officer2, func(ctx context.Context, tx *storage.Tx) error {
		desk := tx.Desk(cases.ReportStream)
		if got, err := desk.LinkedReports(ctx, dung, 1); err != nil || !slices.Equal(got, n[1:]) {
			t.Error("the police see", got, err)
		}
		if err := desk.Link(ctx, dung, n[0], 1, false); cases.KindOf(err) != cases.NotFound {
			t.Error("the police touch what they have not got:", err)
		}
		return desk.Link(ctx, dung, n[1], 7, false)
	})
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		desk := tx.Desk(cases.ReportStream)
		if got, err := desk.LinkedReports(ctx, by, 1); err != nil || !slices.Equal(got, []cases.Number{n[1], n[0]}) {
			t.Error("the office sees", got, err)
		}
		if got, err := desk.LinkedReports(ctx, by, 7); err != nil || got != nil {
			t.Error("a link that was taken away:", got, err)
		}
		if _, err := tx.Desk(cases.HelpStream).LinkedReports(ctx, by, 1); cases.KindOf(err) != cases.NotFound {
			t.Error(err)
		}
		return nil
	})
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.Desk(cases.ReportStream).Act(ctx, by, n[0], -1, cases.Change{Verb: cases.SetAside, To: cases.OutOfScope})
		return err
	})
	b.pass(800 * 24 * time.Hour)
	if done, err := b.Retain(t.Context(), cases.Retention{Routes: 90, Files: 365, Content: 730}); err != nil || done.Cases != 1 {
		t.Error(done, err)
	}
	b.do(officer, func(ctx context.Context, tx *storage.Tx) error {
		if got, err := tx.Desk(cases.ReportStream).LinkedReports(ctx, by, 1); err != nil || !slices.Equal(got, n[1:]) {
			t.Error("after a report was erased:", got, err)
		}
		return nil
	})
	b.anchor()
	if a, err := b.VerifyHistory(t.Context()); err != nil || len(a.Faults) != 0 {
		t.Error(a.Faults, err)
	}
}
