package staffcmds_test

import (
	"context"
	"slices"

	"tinbao/cases"
)

// registered is the register of establishments in the fake ward.
type registered struct {
	entries     [][]cases.Establishment // versions, the oldest first
	inspections [][]cases.Inspection
	lists       cases.EstablishmentLists
	files       []cases.OfferedFile
	photos      []cases.OfferedFile
	imports     map[int]cases.ImportState
	since       []int // what stands in the way of taking an import back
	links       map[cases.Number][]int
}

func (f *fake) Establishments(context.Context) (list []cases.Establishment, _ error) {
	for _, versions := range f.register.entries {
		if last := versions[len(versions)-1]; last.Status != cases.EstablishmentRemoved {
			list = append(list, last)
		}
	}
	return list, f.fault
}

func (f *fake) EstablishmentHistory(_ context.Context, id int) ([]cases.Establishment, error) {
	if id < 1 || id > len(f.register.entries) {
		return nil, cases.Fail(cases.NotFound, "")
	}
	all := slices.Clone(f.register.entries[id-1])
	slices.Reverse(all)
	return all, f.fault
}

func (f *fake) PutEstablishment(_ context.Context, by cases.Staff, e cases.Establishment) (cases.Establishment, error) {
	if e.ID == 0 {
		f.register.entries = append(f.register.entries, nil)
		e.ID = len(f.register.entries)
	}
	if e.Version != len(f.register.entries[e.ID-1]) {
		return e, cases.Fail(cases.Conflict, "")
	}
	e.Version++
	e.By, e.At = by.Name, f.now
	f.register.entries[e.ID-1] = append(f.register.entries[e.ID-1], e)
	return e, f.fault
}

func (f *fake) EstablishmentLists(context.Context) (cases.EstablishmentLists, error) {
	if f.register.lists == nil {
		f.register.lists = cases.DefaultLists()
	}
	return f.register.lists, f.fault
}

func (f *fake) PutEstablishmentList(_ context.Context, _ cases.StaffID, name cases.ListName, items []cases.ListItem) error {
	f.register.lists[name] = items
	return f.fault
}

func (f *fake) Coverage(ctx context.Context, p cases.Period) (cases.Coverage, error) {
	inspections, err := f.Inspections(ctx)
	return cases.CoverageAt(p, slices.Concat(f.register.entries...), inspections), err
}

func (f *fake) Inspections(context.Context) (list []cases.Inspection, _ error) {
	for _, versions := range f.register.inspections {
		list = append(list, versions[len(versions)-1])
	}
	return list, f.fault
}

func (f *fake) Inspection(ctx context.Context, id int) (cases.Inspection, error) {
	all, err := f.InspectionHistory(ctx, id)
	if err != nil {
		return cases.Inspection{}, err
	}
	return all[0], nil
}

func (f *fake) InspectionHistory(_ context.Context, id int) ([]cases.Inspection, error) {
	if id < 1 || id > len(f.register.inspections) {
		return nil, cases.Fail(cases.NotFound, "")
	}
	all := slices.Clone(f.register.inspections[id-1])
	slices.Reverse(all)
	return all, f.fault
}

func (f *fake) PutInspection(_ context.Context, by cases.Staff, i cases.Inspection) (cases.Inspection, error) {
	if i.ID == 0 {
		f.register.inspections = append(f.register.inspections, nil)
		i.ID = len(f.register.inspections)
	}
	i.Version++
	i.By, i.At = by.Name, f.now
	f.register.inspections[i.ID-1] = append(f.register.inspections[i.ID-1], i)
	return i, f.fault
}

func (f *fake) InspectionPhotos(context.Context, int) (list [][]byte, _ error) {
	for _, p := range f.register.photos {
		list = append(list, []byte(p.FileID))
	}
	return list, f.fault
}

func (f *fake) OfferInspectionPhoto(_ context.Context, _ cases.StaffID, _ int, p cases.OfferedFile) error {
	f.register.photos = append(f.register.photos, p)
	return f.fault
}

func (f *fake) OfferImport(_ context.Context, _ cases.StaffID, file cases.OfferedFile) error {
	f.register.files = append(f.register.files, file)
	return f.fault
}

// settle gives an import another state.
func (f *fake) settle(id int, from, to cases.ImportState) error {
	if f.register.imports[id] != from {
		return cases.Fail(cases.Conflict, "import.gone")
	}
	f.register.imports[id] = to
	return f.fault
}

func (f *fake) ApplyImport(_ context.Context, _ cases.Staff, id int) (cases.Import, error) {
	return cases.Import{ID: id, Fresh: 3, Changed: 2}, f.settle(id, cases.ImportWaiting, cases.ImportApplied)
}

func (f *fake) DropImport(_ context.Context, _ cases.Staff, id int) error {
	return f.settle(id, cases.ImportWaiting, cases.ImportDropped)
}

func (f *fake) UndoImport(_ context.Context, _ cases.Staff, id int) ([]int, error) {
	if f.register.since != nil {
		return f.register.since, f.fault
	}
	return nil, f.settle(id, cases.ImportApplied, cases.ImportUndone)
}

func (f *fake) RegisterForm(context.Context) ([]byte, error) { return []byte("form"), f.fault }

func (d desk) Link(_ context.Context, who cases.Staff, n cases.Number, id int, linked bool) error {
	if d.find(who, n) == nil {
		return cases.Fail(cases.NotFound, "")
	}
	if d.register.links == nil {
		d.register.links = map[cases.Number][]int{}
	}
	d.register.links[n] = slices.DeleteFunc(d.register.links[n], func(other int) bool { return other == id })
	if linked {
		d.register.links[n] = append(d.register.links[n], id)
	}
	return d.fault
}

func (d desk) Linked(_ context.Context, who cases.Staff, n cases.Number, among []cases.Establishment) ([]cases.Establishment, error) {
	if d.find(who, n) == nil {
		return nil, cases.Fail(cases.NotFound, "")
	}
	return slices.DeleteFunc(slices.Clone(among), func(e cases.Establishment) bool { return !slices.Contains(d.register.links[n], e.ID) }), d.fault
}

func (d desk) LinkedReports(_ context.Context, who cases.Staff, id int) (list []cases.Number, _ error) {
	for n, linked := range d.register.links {
		if slices.Contains(linked, id) && d.find(who, n) != nil {
			list = append(list, n)
		}
	}
	return list, d.fault
}
