package intake

import (
	"context"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// A complaint or denunciation about people of the ward is led outside of it. Who wants to
// leave word here all the same may, but about the leaders: nobody here could keep it from
// them. Who chose another way to begin is offered the same once the words accuse somebody.

// aboutVerb begins the buttons that say whose people a report accuses.
const aboutVerb = "abt"

// nobodyHere is the answer that a report accuses nobody of the ward.
const nobodyHere = "no"

// aboutStep asks whether a complaint is about people of the ward.
func aboutStep(next dialog.StepID) dialog.Step {
	s := dialog.Step{
		Ask: "about.ask", Minor: true, Options: []dialog.Option{{Value: nobodyHere, Text: "about.no"}},
		Edges: []dialog.Edge{{On: dialog.Choice, Is: nobodyHere, Save: "about", To: next}},
	}
	for _, a := range cases.Abouts {
		e := dialog.Edge{On: dialog.Choice, Is: string(a), Save: "about", Warn: warnAbout + string(a), To: next}
		if !a.Kept() {
			e.To = "led"
		}
		s.Options = append(s.Options, dialog.Option{Value: string(a), Text: "about.option." + string(a)})
		s.Edges = append(s.Edges, e)
	}
	return s
}

// ledStep is where a complaint about the leaders ends: nothing of it is kept here.
func ledStep() dialog.Step {
	return dialog.Step{
		Ask: "about.led", Minor: true, Options: []dialog.Option{{Value: "other", Text: "about.led.other"}},
		Edges: []dialog.Edge{{On: dialog.Choice, Is: "other", Drop: []string{"about"}, To: "what"}},
	}
}

// warnAbout begins the keys of what is said before the next question.
const warnAbout = "about.out."

// aboutOf is whose people a report accuses, as the person said.
func aboutOf(s dialog.Session) cases.About {
	if a := cases.About(s.First("about")); a != nobodyHere {
		return a
	}
	return cases.AboutNobody
}

// outsideLines name the bodies outside of the ward that deal with what is about its people.
func outsideLines(w cases.Ward, a cases.About) []bot.Text {
	lines := []bot.Text{bot.T(warnAbout + string(a))}
	places := w.BodiesFor(a.Subject())
	for _, i := range places {
		lines = append(lines, bot.T("about.body", "name", bot.Words(w.Bodies[i].Name)))
		lines = append(lines, bot.BodyLines(w.Bodies[i])...)
	}
	if len(places) == 0 {
		lines = append(lines, bot.T("about.bodies"))
	}
	if a.Kept() {
		lines = append(lines, bot.T("about.stay."+string(a)))
	}
	return lines
}

// accusation is whose people the words of a report seem to accuse while the person has said
// nothing of it; offered, never decided.
func accusation(s dialog.Session, w cases.Ward) cases.About {
	if s.Dialog != reportID || s.First("about") != "" {
		return cases.AboutNobody
	}
	return cases.Accuses(content(s).Text, w.Name)
}

// offerAbout is the button that the review of a report offers then.
func (d *Desk) offerAbout(ctx context.Context, st Store, s dialog.Session) ([]bot.Button, error) {
	w, err := st.Ward(ctx)
	if err != nil {
		return nil, err
	}
	who := accusation(s, w)
	if who == cases.AboutNobody {
		return nil, nil
	}
	return []bot.Button{{Label: bot.T("about.offer", "who", bot.T("about."+string(who))), Do: bot.Action(aboutVerb, turn(s), string(who))}}, nil
}

// aboutLine tells in the review from whom a report is kept.
func aboutLine(s dialog.Session) []bot.Text {
	if a := aboutOf(s); a != cases.AboutNobody {
		return []bot.Text{bot.T("review.about." + string(a))}
	}
	return nil
}

// about takes the offer: the bodies are named, and the review comes again; what is about
// the leaders ends there.
func (d *Desk) about(ctx context.Context, st Store, r *bot.Request, s dialog.Session, who cases.About) error {
	w, err := st.Ward(ctx)
	if err != nil {
		return err
	}
	if accusation(s, w) != who || who == cases.AboutNobody {
		r.Toast(bot.T("button.old"))
		return nil
	}
	d.close(r)
	if !who.Kept() {
		return d.ledOut(st, r, w)
	}
	r.Say(outsideLines(w, who)...)
	return d.ask(ctx, st, r, with(s, "about", false, string(who)), 0)
}

// ledOut ends a report about the leaders of the ward: what was written is gone.
func (d *Desk) ledOut(st Store, r *bot.Request, w cases.Ward) error {
	st.DropDraft()
	r.Reply(bot.Reply{Lines: append(outsideLines(w, cases.AboutLeader), bot.T("about.led.gone")), Menu: bot.ResidentMenu})
	return nil
}
