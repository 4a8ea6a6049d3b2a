package storage

import (
	"context"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// may guards the steps that need more than the right status.
func (t *Tx) may(ctx context.Context, o *opened, ch cases.Change, by *cases.Staff) error {
	if err := cases.MayEnd(o.stream(), ch); err != nil {
		return err
	}
	if err := mayHand(o, ch); err != nil {
		return err
	}
	if by != nil {
		if err := cases.MayDealKept(*by, cases.About(o.row.KeptFrom), ch.Verb); err != nil && o.stream() == cases.ReportStream {
			return err
		}
	}
	if err := mayClassify(o, ch, by); err != nil {
		return err
	}
	if err := t.mayOpenAgain(ctx, o, ch.Verb, by); err != nil {
		return err
	}
	return t.mayHelp(ctx, o, ch)
}

// mayHand holds that a report about the ward police is not handed to them. The table
// refuses it as well.
func mayHand(o *opened, ch cases.Change) error {
	if ch.Verb == cases.Forward && o.row.KeptFrom == string(cases.AboutPolice) {
		return cases.Fail(cases.NotAllowed, "error.kept.police")
	}
	return nil
}

// mayClassify guards the kind: once the police confirmed a criminal one only they
// may change it, and what they returned is classified by the office (domain.md 2.2).
func mayClassify(o *opened, ch cases.Change, by *cases.Staff) error {
	if ch.Verb != cases.Classify || by == nil {
		return nil
	}
	police := by.Role.May(cases.PoliceReports)
	if !police && o.row.Confirmed && cases.Kind(o.row.Kind).Criminal() || police && o.status() == cases.Returned {
		return cases.Fail(cases.NotAllowed, "error.step")
	}
	return nil
}

// mayOpenAgain holds that an ended case is opened, or kept shut, by a second person. The
// wish of an account that was locked since, or may no longer see the case, has ended with
// it; and who wrote a case down for somebody is not the second beside that person.
func (t *Tx) mayOpenAgain(ctx context.Context, o *opened, verb cases.Verb, by *cases.Staff) error {
	if verb != cases.Reopen && verb != cases.KeepShut {
		return nil
	}
	if by == nil {
		return cases.Fail(cases.NotAllowed, "error.step")
	}
	wish := asked(o.row)
	if wish.By != 0 {
		all, err := t.StaffList(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(s cases.Staff) bool { return s.ID == wish.By })
		if i < 0 || all[i].Locked || !all[i].Role.MayAny(cases.WorkReports, cases.WorkHelp, cases.KeptReports) {
			wish = cases.Asked{}
		}
	}
	wrote, err := t.q.CapturedBy(ctx, db.CapturedByParams{Stream: o.row.Stream, WardID: int32(t.s.conf.Ward), CaseID: o.row.ID})
	if err != nil {
		return interpret(err)
	}
	if wish.Person && wrote == int64(by.ID) {
		return cases.Fail(cases.NotAllowed, "error.second.self")
	}
	return cases.MayOpenAgain(wish, by.ID, t.now)
}
