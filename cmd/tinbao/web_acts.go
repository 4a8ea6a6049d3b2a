package main

import (
	"context"
	"strconv"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/web"
)

// found is a case with what its holder is asked.
func (v visit) found(ctx context.Context, r cases.Receipt) (out web.Found, err error) {
	if out.ResidentView, err = v.LookUp(ctx, r); err != nil {
		return out, err
	}
	v.notify(intake.Elsewhere(out.ResidentView))
	if out.Own, err = v.Ownership(ctx, out.Stream, out.CaseID); err != nil {
		return out, err
	}
	out.Asks, err = v.Questions(ctx, out.Stream, out.CaseID)
	return out, err
}

// Written is what the holder of a receipt wrote at first.
func (w webDesk) Written(ctx context.Context, who web.Visit, r cases.Receipt) (parts []cases.Part, err error) {
	err = w.do(ctx, who, func(ctx context.Context, v visit) error {
		c, err := v.LookUp(ctx, r)
		if err != nil {
			return err
		}
		parts, err = v.Written(ctx, c.Stream, c.CaseID)
		return err
	})
	return parts, err
}

// Do does what the holder of a receipt wants done, once for each form.
func (w webDesk) Do(ctx context.Context, who web.Visit, r cases.Receipt, a web.Act) (out web.Done, err error) {
	wrong := false
	err = w.do(ctx, who, func(ctx context.Context, v visit) error {
		if a.Secret != "" && v.known {
			until, err := v.BarredUntil(ctx, cases.Guessing)
			if err == nil && !until.IsZero() {
				err = cases.Fail(cases.Limited, "web.guessing")
			}
			if err != nil {
				return err
			}
		}
		fresh, err := v.UseForm(ctx)
		if err != nil || !fresh {
			out = web.Done{Again: !fresh}
			if err == nil && a.Verb == web.ActConsent && a.Yes { // the receipt that this form got
				err = v.again(ctx, &out)
			}
			return err
		}
		v.Prove(a.Secret)
		c, err := v.LookUp(ctx, r)
		if err != nil {
			return err
		}
		say, tell, err := v.own(ctx, c, a)
		if say == "" && err == nil {
			say, tell, err = v.answer(ctx, c, a, &out)
		}
		if wrong = a.Secret != "" && cases.TextOf(err) == cases.NotYours; wrong {
			return w.app.desk.Guessed(ctx, v) // counted, so what was done goes on
		}
		if err != nil {
			return err
		}
		out.Say = say
		v.notify(tell)
		return nil
	})
	if err == nil && wrong {
		err = cases.Fail(cases.NotAllowed, "own.word.wrong")
	}
	return out, err
}

// again finds the receipt that this form got when it was sent in before, if it got one.
func (v visit) again(ctx context.Context, out *web.Done) error {
	receipt, err := v.FormReceipt()
	if err != nil {
		return err
	}
	if _, err = v.LookUp(ctx, receipt); err == nil {
		out.Receipt = receipt
	}
	if cases.KindOf(err) == cases.NotFound {
		return nil
	}
	return err
}

// own does what a person may do with the own case; say is "" for any other act.
func (v visit) own(ctx context.Context, c cases.ResidentView, a web.Act) (say string, tell []bot.Reply, err error) {
	d := v.app.desk
	done := "own." + a.Verb + ".done." + string(c.Stream)
	switch a.Verb {
	case web.ActCut:
		return done, nil, v.CutRoute(ctx, c.Stream, c.CaseID)
	case web.ActOut:
		after, err := v.TakeBack(ctx, c.Stream, c.CaseID)
		if err == nil {
			tell, err = d.Notices(ctx, v, after, "staff.withdrawn")
		}
		return done, tell, err
	case web.ActForget:
		after, ended, err := v.Forget(ctx, c.Stream, c.CaseID)
		if err == nil && ended {
			tell, err = d.Notices(ctx, v, after, "staff.withdrawn")
		}
		return done, tell, err
	case web.ActWord:
		return "own.word.done.web", nil, v.SetWord(ctx, c.Stream, c.CaseID, a.Text)
	case web.ActRate:
		err = v.Rate(ctx, c.Stream, c.CaseID, cases.Stars(a.Number))
		if err == nil && a.Text != "" {
			err = v.RateWords(ctx, c.Stream, c.CaseID, a.Text)
		}
		return "web.rate.done", nil, err
	case web.ActAgain:
		after, err := v.AskAgain(ctx, c.Stream, c.CaseID, a.Text, cases.Route{})
		if cases.KindOf(err) == cases.NotAllowed {
			err = cases.Fail(cases.NotAllowed, "web.wish.late")
		}
		if err == nil {
			tell, err = d.AskedAgain(ctx, v, after)
		}
		return "web.wish.done", tell, err
	case web.ActDanger:
		if a.Yes { // the case rings already
			return "web.danger.yes.done", nil, nil
		}
		return "danger.no.noted", nil, v.Calm(ctx, c.Stream, c.CaseID)
	}
	return "", nil, nil
}

// answer takes an answer to a question of the ward.
func (v visit) answer(ctx context.Context, c cases.ResidentView, a web.Act, out *web.Done) (say string, tell []bot.Reply, err error) {
	d := v.app.desk
	about := map[string]string{web.ActNeeds: intake.AboutNeeds, web.ActMeet: intake.AboutMeet, web.ActFollow: intake.AboutFollow}
	switch a.Verb {
	case web.ActConsent:
		return v.consent(ctx, c, a, out)
	case web.ActUnnamed:
		after, err := v.Unnamed(ctx, c.CaseID, a.Yes)
		if err != nil {
			return "", nil, err
		}
		say, key := "named.door.done", "staff.owndoor"
		if a.Yes {
			say, key = "named.stay.done", "staff.unnamed"
		}
		tell, err = d.Notices(ctx, v, after, key)
		return say, tell, err
	}
	says := "n"
	switch {
	case a.Verb == web.ActFollow:
		says = ""
		for i, known := range cases.FollowAnswers {
			if known == a.Choice {
				says = strconv.Itoa(i)
			}
		}
	case a.Yes:
		says = "y"
	}
	after, say, key, err := intake.AnswerOf(ctx, v, []string{about[a.Verb], c.CaseID, strconv.Itoa(a.Number), says})
	if err != nil || key == "" {
		return say, nil, err
	}
	after.Assignee = after.Keeper // who has the case is told, days later as well
	tell, err = d.Notices(ctx, v, after, key)
	return say, tell, err
}

// consent takes the answer to letting one message pass to the police.
func (v visit) consent(ctx context.Context, c cases.ResidentView, a web.Act, out *web.Done) (say string, tell []bot.Reply, err error) {
	d := v.app.desk
	help, receipt, err := v.Consent(ctx, c.CaseID, a.Number, a.Yes, cases.Route{})
	if err != nil {
		return "", nil, err
	}
	if !a.Yes {
		tell, err = d.Notices(ctx, v, help, "staff.noconsent")
		return "consent.no.done", tell, err
	}
	out.Receipt = receipt
	if tell, err = d.Consented(ctx, v, help); err != nil {
		return "", nil, err
	}
	more, err := d.Notices(ctx, v, help, "staff.consent")
	return "consent.yes.done", append(tell, more...), err
}
