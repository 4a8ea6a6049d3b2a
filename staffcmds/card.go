package staffcmds

import (
	"context"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// What a card shows of a person's words, in units, so that the whole card stays
// under the 4,096 of a message. The words of the case get what the messages
// leave of cardRoom; the rest is one button away.
const (
	talksOnCard = 5
	cardRoom    = 2800
	cardTalk    = 300
	cardField   = 150 // where, when, how to be reached
	cardName    = 40
	cardUsual   = 60 // of a field: what cardRoom leaves for it already
)

// sheet is what a card needs besides the case: who looks at it, where and when.
type sheet struct {
	who  cases.Staff
	ward cases.Ward
	now  time.Time
}

func sheetFor(ctx context.Context, st Store, who cases.Staff) (sheet, error) {
	w, err := st.Ward(ctx)
	return sheet{who: who, ward: w, now: st.Now()}, err
}

// show puts the present card in place of the one a button was pressed on.
func show(ctx context.Context, st Store, r *bot.Request, c cases.Case) error {
	s, err := sheetFor(ctx, st, *r.Staff)
	if err != nil {
		return err
	}
	r.Reply(s.card(c, r.Bubble()))
	return nil
}

// card is a case on the phone of one member of staff, with the steps that person
// may take now.
func (s sheet) card(c cases.Case, bubble int) bot.Reply {
	return bot.Reply{Lines: s.lines(c), Buttons: s.buttons(c), Edit: bubble, Protect: true}
}

func (s sheet) lines(c cases.Case) []bot.Text {
	lines, room := s.head(c), roomFor(c)
	if c.Report != nil {
		lines = append(lines, s.report(*c.Report, c.Hamlet, room)...)
	}
	if c.Help != nil {
		lines = append(lines, helpLines(*c.Help, room)...)
	}
	lines = append(lines, s.accused(c)...)
	if c.Kind != "" {
		lines = append(lines, kindLine(c))
	}
	lines = append(lines, markLines(c)...)
	if c.Service != "" {
		lines = append(lines, bot.T("card.referred", "service", bot.T("service."+string(c.Service))))
	}
	if len(c.Files) > 0 {
		lines = append(lines, bot.T("card.files", "n", len(c.Files)))
	}
	lines = append(lines, mergedLines(c)...)
	if times(c, cases.Redact) > 0 && !c.Shut && s.who.Role.May(cases.WorkReports) {
		lines = append(lines, bot.T("card.covered"))
	}
	if c.Erased {
		lines = append(lines, bot.T("card.erased"))
	}
	if c.Apart {
		lines = append(lines, bot.T("card.apart"))
	}
	if c.Shut && !c.Erased && cases.MayPart(c) != nil {
		lines = append(lines, bot.T("card.shut"))
	}
	lines = append(lines, concluded(c)...)
	lines = append(lines, s.aftermath(c)...)
	if c.AskedBy != 0 {
		lines = append(lines, bot.T("card.asked", "name", clip(c.Asker, cardName)))
	}
	if c.ByPerson {
		lines = append(lines, bot.T("card.asked.person"))
	}
	if c.ByWeb {
		lines = append(lines, bot.T("card.web"))
	}
	if c.Silent {
		lines = append(lines, bot.T("card.silent"))
	}
	lines = append(lines, talkLines(lastTalks(c), cardTalk)...)
	if isLong(c) {
		lines = append(lines, bot.T("card.more", "number", c.Number.String()))
	}
	return lines
}

// head is number, status, times and who holds the case.
func (s sheet) head(c cases.Case) []bot.Text {
	head, times := "card.head", "card.times"
	if c.Urgent {
		head = "card.head.urgent"
	}
	switch {
	case c.Due.IsZero():
		times = "card.received"
	case c.Overdue(s.now):
		times = "card.times.late"
	}
	lines := []bot.Text{
		bot.T(head, "number", c.Number.String(), "status", statusText(c.Status, c.Finding), "alias", clip(c.Alias, cardName)),
		bot.T(times, "received", c.Received, "due", c.Due),
	}
	if c.Holder != "" {
		lines = append(lines, bot.T("card.holder", "name", clip(c.Holder, cardName)))
	}
	if lines = append(lines, alarmLines(c)...); s.onlyAlerted(c) {
		lines = append(lines, bot.T("card.alerted"))
	}
	return lines
}

// statusText names a status; of a verified report, what was found.
func statusText(s cases.Status, found cases.Finding) bot.Text {
	if s == cases.Verified && found != "" {
		return bot.T("finding." + string(found))
	}
	return bot.T("status." + string(s))
}

// markLines are what the report is about beside its kind.
func markLines(c cases.Case) (lines []bot.Text) {
	if len(c.Acts) > 0 {
		list := bot.T("act." + string(c.Acts[0]))
		for _, b := range c.Acts[1:] {
			list = bot.T("card.list", "first", list, "next", bot.T("act."+string(b)))
		}
		lines = append(lines, bot.T("card.acts", "acts", list))
	}
	if c.Level != "" {
		lines = append(lines, bot.T("card.level", "level", bot.T("level."+string(c.Level))))
	}
	if c.Body != "" {
		lines = append(lines, bot.T("card.body", "body", bot.T("body."+string(c.Body))))
	}
	return lines
}

// kindLine says whether a criminal kind is only proposed (domain.md 2.2).
func kindLine(c cases.Case) bot.Text {
	key := "card.kind"
	if c.Kind.Criminal() && !c.Confirmed {
		key = "card.kind.proposed"
	}
	return bot.T(key, "kind", bot.T("kind."+string(c.Kind)))
}

func (s sheet) report(d cases.ReportContent, hamlet, room int) []bot.Text {
	lines := []bot.Text{bot.T("review.what", "value", bot.T("concern.staff."+string(d.Concern)))}
	if d.Hamlet > 0 {
		hamlet = d.Hamlet
	}
	if hamlet > 0 {
		lines = append(lines, bot.T("review.where", "value", hamletText(s.ward, hamlet)))
	}
	if d.Outside {
		lines = append(lines, bot.T("review.where", "value", bot.T("where.outside")))
	}
	for _, p := range placesOf(cases.Case{Report: &d}) {
		lines = append(lines, bot.T("card.place", "place", bot.EncodePlace(p.at), "kind", p.kind))
	}
	if strings.HasPrefix(d.When, "when.") {
		lines = append(lines, bot.T("review.when", "value", whenText(d.When)))
	}
	for _, p := range d.Words() {
		lines = append(lines, bot.T("review."+p.Key, "value", clip(p.Text, roomOf(p.Key, room))))
	}
	return lines
}

// roomOf is what a card shows of one field of a person's words.
func roomOf(key string, room int) int {
	if key == cases.PartText {
		return room
	}
	return cardField
}

// hamletText is the ward's name for a tổ dân phố, or its number when the ward
// has taken it off the list since.
func hamletText(w cases.Ward, n int) bot.Text {
	if n >= 1 && n <= len(w.Hamlets) {
		return bot.Words(clip(w.Hamlets[n-1], cardName))
	}
	return bot.T("card.hamlet", "n", n)
}

var whenKeys = []string{"when.now", "when.today", "when.week", "when.often"}

func whenText(when string) bot.Text {
	if slices.Contains(whenKeys, when) {
		return bot.T(when)
	}
	return bot.Words(clip(when, cardField))
}

func helpLines(h cases.HelpContent, room int) []bot.Text {
	lines := []bot.Text{}
	if h.Forced {
		lines = append(lines, bot.T("card.forced"))
	}
	if services := h.Services(); len(services) > 0 && !(h.Forced && h.Service == cases.OtherNeed) {
		list := bot.T("service." + string(services[0]))
		for _, s := range services[1:] {
			list = bot.T("card.list", "first", list, "next", bot.T("service."+string(s)))
		}
		lines = append(lines, bot.T("review.service", "value", list))
	}
	if h.Under18 {
		lines = append(lines, bot.T("card.under18"))
	}
	for _, p := range placesOf(cases.Case{Help: &h}) {
		lines = append(lines, bot.T("card.place", "place", bot.EncodePlace(p.at), "kind", p.kind))
	}
	for _, p := range h.Words() {
		lines = append(lines, bot.T("review."+p.Key, "value", clip(p.Text, roomOf(p.Key, room))))
	}
	return lines
}

func lastTalks(c cases.Case) []cases.Talk { return c.Talks[max(0, len(c.Talks)-talksOnCard):] }

func talkLines(talks []cases.Talk, limit int) []bot.Text {
	lines := make([]bot.Text, 0, len(talks))
	for _, t := range talks {
		lines = append(lines, talkLine(t, clip(t.Text, limit)))
	}
	return lines
}

func talkLine(t cases.Talk, text string) bot.Text {
	key := "card.talk.person"
	switch {
	case t.Internal:
		key = "card.talk.note"
	case t.FromStaff:
		key = "card.talk.staff"
	}
	return bot.T(key, "at", t.At, "by", clip(t.By, cardName), "text", text)
}

// isLong reports whether a card cannot show every word of the case.
func isLong(c cases.Case) bool {
	if len(c.Talks) > talksOnCard {
		return true
	}
	if slices.ContainsFunc(c.Talks, func(t cases.Talk) bool { return units(t.Text) > cardTalk }) {
		return true
	}
	return slices.ContainsFunc(wordsOf(c), func(w words) bool {
		return units(w.value) > roomOf(strings.TrimPrefix(w.key, "review."), roomFor(c))
	})
}

// roomFor is what the messages on the card leave for the words of the case.
func roomFor(c cases.Case) int {
	room := cardRoom
	for _, t := range lastTalks(c) {
		room -= units(clip(t.Text, cardTalk)) + 2*cardName
	}
	if c.Report != nil {
		for _, p := range c.Report.Words() {
			if p.Key != cases.PartText {
				room -= units(clip(p.Text, cardField)) - cardUsual
			}
		}
	}
	return room
}

// concluded says what the person was told at the end.
func concluded(c cases.Case) (lines []bot.Text) {
	if c.Result == nil {
		return nil
	}
	lines = append(lines, bot.T("card.result", "ending", bot.T("ending."+string(c.Result.Ending))))
	if c.Result.Body != nil {
		lines = append(lines, bot.T("card.result.body", "body", clip(c.Result.Body.Name, cardField)))
	}
	return lines
}

// accused says whose people a report accuses, and warns where it may.
func (s sheet) accused(c cases.Case) []bot.Text {
	switch {
	case c.About != cases.AboutNobody:
		return []bot.Text{bot.T("card.about." + string(c.About))}
	case c.Report == nil:
		return nil
	}
	if who := cases.Accuses(c.Report.Text, s.ward.Name); who != cases.AboutNobody {
		return []bot.Text{bot.T("card.accuses", "who", bot.T("about."+string(who)))}
	}
	return nil
}
