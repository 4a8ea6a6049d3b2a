package storage

import (
	"context"
	"slices"

	"tinbao/cases"
	"tinbao/storage/internal/db"
)

// describe writes what a report is about beside its kind. A grave behaviour makes it
// urgent when the office marks it; the office alone lowers that again, by the level.
func (t *Tx) describe(ctx context.Context, o *opened, ch cases.Change, by *cases.Staff) error {
	r := &o.row
	switch ch.Verb {
	case cases.MarkAct:
		set := cases.Toggled(acts(r.Behaviours), ch.Act)
		r.Behaviours = cases.Strings(set)
		err := t.q.SetBehaviours(ctx, db.SetBehavioursParams{WardID: int32(t.s.conf.Ward), Stream: r.Stream, ID: r.ID, Behaviours: r.Behaviours})
		office := by != nil && by.Role.May(cases.WorkReports)
		if err != nil || r.Urgent || !office || !ch.Act.Grave() || !slices.Contains(set, ch.Act) {
			return interpret(err)
		}
		r.Urgent, r.Level = true, string(cases.LevelUrgent)
	case cases.SetLevel:
		r.Level, r.Urgent = string(ch.Level), ch.Level == cases.LevelUrgent
	case cases.SetBody:
		r.Competence = string(ch.Body)
	case cases.AskName:
		r.Named = true
	default:
		return nil
	}
	return interpret(t.q.SetMarks(ctx, db.SetMarksParams{
		WardID: int32(t.s.conf.Ward),
		Stream: r.Stream, ID: r.ID, Level: r.Level, Urgent: r.Urgent, Competence: r.Competence, Named: r.Named,
	}))
}

func acts(names []string) (set []cases.Behaviour) {
	for _, n := range names {
		set = append(set, cases.Behaviour(n))
	}
	return set
}

// Unnamed records what the sender of a report of a kind that needs a name decided:
// it stays as phản ánh, or the sender goes to the right door and it ends here.
// Conflict when nobody asked, or it was answered.
func (t *Tx) Unnamed(ctx context.Context, caseID string, stay bool) (cases.Case, error) {
	o, err := t.decide(ctx, cases.ReportStream, caseID)
	if err != nil {
		return cases.Case{}, err
	}
	if !o.row.Named || !cases.Kind(o.row.Kind).NamedOnly() {
		return cases.Case{}, cases.Fail(cases.Conflict, "button.old")
	}
	ch := cases.Change{Verb: cases.OwnDoor, Refusal: cases.NeedsName}
	if stay {
		ch = cases.Change{Verb: cases.StayUnnamed}
	}
	if err := t.step(ctx, o, ch, nil); err != nil {
		return cases.Case{}, err
	}
	return t.assemble(ctx, o)
}
