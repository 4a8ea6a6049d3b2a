package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"tinbao/cases"
	"tinbao/storage"
)

// reportCommand writes the files of a periodic report into a folder.
type reportCommand struct {
	settings
	Type string `enum:"half1,half2,year,adhoc,midterm,final" required:"" help:"half1, half2, year, adhoc, midterm or final."`
	Year int    `help:"Year of the report; not for adhoc and final."`
	From string `placeholder:"YYYY-MM-DD" help:"First day of an adhoc report."`
	To   string `placeholder:"YYYY-MM-DD" help:"Last day of an adhoc report."`
	Out  string `default:"." help:"Folder the files are written into."`
}

// Run writes the newest version of a report that was opened, as approved or as a draft;
// without one it is a draft of the figures as they are now.
func (c *reportCommand) Run(ctx context.Context) error {
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	in, err := c.read(ctx, a)
	if err != nil {
		return err
	}
	made, _, err := a.printed(ctx, in)
	if err != nil {
		return err
	}
	for _, f := range made {
		path := filepath.Join(c.Out, f.Name)
		if err := os.WriteFile(path, f.Body, 0o600); err != nil {
			return fmt.Errorf("writing a file of the report: %w", err)
		}
		fmt.Println(path)
	}
	if c.office() == "" {
		fmt.Println("no PDF: LibreOffice is not there")
	}
	return nil
}

// read finds the report, or counts its figures.
func (c *reportCommand) read(ctx context.Context, a *app) (in cases.ReportPaper, err error) {
	console := cases.Staff{Role: cases.Leader} // who can run this reaches the database anyway
	err = a.store.Do(ctx, func(ctx context.Context, t *storage.Tx) error {
		r := cases.WardReport{Type: cases.ReportType(c.Type), Year: c.Year, State: cases.ReportOpen}
		if r.Period, err = c.period(ctx, t); err != nil {
			return err
		}
		r.Year = r.To.Year
		if c.Type != string(cases.AdHoc) && c.Type != string(cases.Final) {
			r.Year = c.Year
		}
		all, err := t.PeriodicReports(ctx)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Type == r.Type && one.Year == r.Year && (r.Type != cases.AdHoc || one.Period == r.Period) && (r.ID == 0 || one.Correction > r.Correction) {
				r = one
			}
		}
		if r.ID != 0 {
			in, err = t.ReportPaper(ctx, console, r.ID, -1)
			return err
		}
		in.Report = r
		if in.Figures, err = t.CountPeriod(ctx, console, r.Period); err != nil {
			return err
		}
		if _, in.Template, err = t.ReportTemplate(ctx); err != nil {
			return err
		}
		in.Ward, err = t.Ward(ctx)
		return err
	})
	return in, err
}

func (c *reportCommand) period(ctx context.Context, t *storage.Tx) (cases.Period, error) {
	if c.Type == string(cases.AdHoc) {
		p, err := cases.ParsePeriod(c.From, c.To)
		if err != nil {
			return p, &settingError{"--from", "and --to must be days in order, like 2027-01-31"}
		}
		return p, nil
	}
	rules, err := t.ReportRules(ctx)
	if err != nil {
		return cases.Period{}, err
	}
	year := c.Year
	if c.Type == string(cases.Final) {
		year = cases.LastYear
	}
	p, err := rules.Period(cases.ReportType(c.Type), year)
	if err != nil {
		return p, &settingError{"--year", fmt.Sprintf("must be from %d to %d", cases.FirstYear, cases.LastYear)}
	}
	return p, nil
}
