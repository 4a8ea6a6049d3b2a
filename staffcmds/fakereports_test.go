package staffcmds_test

import (
	"context"

	"tinbao/cases"
)

// binding is the fake's periodic reports.
type binding struct {
	list     []cases.WardReport
	rules    cases.ReportRules
	figures  cases.ReportFigures
	asked    []cases.StaffID // who gets files
	template int             // version in use
	offered  []cases.OfferedFile
}

func (f *fake) wardReport(id int) (*cases.WardReport, error) {
	if f.fault != nil {
		return nil, f.fault
	}
	if id < 1 || id > len(f.binding.list) {
		return nil, cases.Fail(cases.NotFound, "")
	}
	return &f.binding.list[id-1], nil
}

func (f *fake) PeriodicReports(context.Context) ([]cases.WardReport, error) {
	return f.binding.list, f.fault
}

func (f *fake) PeriodicReport(_ context.Context, id int) (cases.WardReport, error) {
	r, err := f.wardReport(id)
	if err != nil {
		return cases.WardReport{}, err
	}
	return *r, nil
}

func (f *fake) OpenReport(_ context.Context, _ cases.StaffID, r cases.WardReport) (cases.WardReport, error) {
	r.ID, r.State = len(f.binding.list)+1, cases.ReportOpen
	for _, unit := range cases.ReportUnits {
		r.Parts = append(r.Parts, cases.ReportPart{Unit: unit})
	}
	f.binding.list = append(f.binding.list, r)
	return r, f.fault
}

func (f *fake) partOf(id int, unit cases.Role) (*cases.ReportPart, error) {
	r, err := f.wardReport(id)
	if err != nil {
		return nil, err
	}
	for i := range r.Parts {
		if r.Parts[i].Unit == unit {
			return &r.Parts[i], nil
		}
	}
	return nil, cases.Fail(cases.NotFound, "")
}

func (f *fake) SayPart(_ context.Context, _ cases.StaffID, id int, unit cases.Role, words cases.PartWords) error {
	p, err := f.partOf(id, unit)
	if err == nil {
		p.Words = words
	}
	return err
}

func (f *fake) HandInPart(ctx context.Context, by cases.StaffID, id int, unit cases.Role, in bool) (cases.WardReport, error) {
	p, err := f.partOf(id, unit)
	if err != nil {
		return cases.WardReport{}, err
	}
	*p = cases.ReportPart{Unit: unit, Words: p.Words}
	if in {
		p.Returned, p.By = f.now, f.account().Name
	}
	return f.PeriodicReport(ctx, id)
}

func (f *fake) MoveReport(_ context.Context, by cases.Staff, id int, act cases.ReportAct) (cases.WardReport, error) {
	r, err := f.wardReport(id)
	if err != nil {
		return cases.WardReport{}, err
	}
	if r.State, err = r.State.After(act); err == nil && act == cases.ApproveReport {
		r.Approved, r.ApprovedBy = f.now, by.Name
	}
	return *r, err
}

func (f *fake) CorrectReport(ctx context.Context, by cases.StaffID, id int) (cases.WardReport, error) {
	r, err := f.wardReport(id)
	if err != nil {
		return cases.WardReport{}, err
	}
	return f.OpenReport(ctx, by, cases.WardReport{Type: r.Type, Year: r.Year, Period: r.Period, Due: r.Due, Of: r.ID, Correction: r.Correction + 1})
}

func (f *fake) ReportFigures(context.Context, cases.Staff, cases.WardReport) (cases.ReportFigures, error) {
	return f.binding.figures, f.fault
}

func (f *fake) AskReportFiles(_ context.Context, viewer cases.StaffID, _ int) error {
	f.binding.asked = append(f.binding.asked, viewer)
	return f.fault
}

func (f *fake) ReportRules(context.Context) (cases.ReportRules, error) {
	if f.binding.rules == (cases.ReportRules{}) {
		return cases.DefaultReportRules, f.fault
	}
	return f.binding.rules, f.fault
}

func (f *fake) SetReportRules(_ context.Context, _ cases.StaffID, r cases.ReportRules) error {
	f.binding.rules = r
	return f.fault
}

func (f *fake) ReportTemplate(context.Context) (int, []byte, error) {
	return f.binding.template, nil, f.fault
}

func (f *fake) AddReportTemplate(context.Context, cases.StaffID, []byte) (int, error) {
	f.binding.template = 0
	return 9, f.fault
}

func (f *fake) UseReportTemplate(_ context.Context, version int) error {
	f.binding.template = version
	return f.fault
}

func (f *fake) OfferReportTemplate(_ context.Context, _ cases.StaffID, file cases.OfferedFile) error {
	f.binding.offered = append(f.binding.offered, file)
	return f.fault
}

func (f *fake) BuiltInTemplate() ([]byte, error) { return []byte("mẫu"), f.fault }
