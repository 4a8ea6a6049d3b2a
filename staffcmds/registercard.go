package staffcmds

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"

	"tinbao/bot"
	"tinbao/cases"
)

// entry shows an entry of a register, or changes it.
func (l ledger) entry(ctx context.Context, id int, rest []string) error {
	all, err := l.st.RegisterHistory(ctx, id)
	if err != nil {
		return err
	}
	e := all[0]
	reg, err := l.readable(e.Form)
	if err != nil {
		return cases.Fail(cases.NotFound, "")
	}
	if len(rest) == 0 {
		return l.card(reg, e)
	}
	what, version, words := rest[0], "", ""
	if len(rest) > 1 {
		version, words = rest[1], joined(rest[2:])
	}
	if what == registerLog {
		return l.versions(reg, all)
	}
	if !reg.FilledBy(l.r.Staff.Role) || e.Void {
		return l.card(reg, e)
	}
	if version != versionMark(e) { // somebody has changed it since
		l.r.Alert(bot.T("registers.moved"))
		return l.card(reg, e)
	}
	switch what {
	case registerFix:
		return l.correct(reg, e, words)
	case registerVoid:
		return l.void(ctx, reg, e, words)
	}
	return l.card(reg, e)
}

func versionMark(e cases.RegisterEntry) string { return "v" + strconv.Itoa(e.Version) }

// correct opens the entry again, to change some of its answers, or the one that is named.
func (l ledger) correct(reg cases.Register, e cases.RegisterEntry, key string) error {
	f := filling{Form: e.Form, ID: e.ID, Version: e.Version, Answers: maps.Clone(e.Answers), Bubble: l.r.Bubble()}
	for _, q := range reg.Asked(f.Answers) {
		if _, said := f.Answers[q.Key]; !said && q.Optional {
			f.Answers[q.Key] = cases.Skipped
		}
	}
	if _, asked := reg.Question(key, f.Answers); asked {
		f.Fix = key
		return l.ask(reg, f, "")
	}
	return l.change(reg, f)
}

// void lets an entry count no more, and says why.
func (l ledger) void(ctx context.Context, reg cases.Register, e cases.RegisterEntry, reason string) error {
	n := utf8.RuneCountInString(reason)
	if n == 0 || n > cases.RegisterWords {
		bot.Await(l.st, l.r.Lang, registersName, entryID(e), registerVoid, versionMark(e))
		if n > 0 {
			l.r.Alert(bot.T("registers.error.long"))
			return nil
		}
		return l.reply([]bot.Text{bot.T("registers.void.ask", "id", e.ID)}, [][]bot.Button{{do(bot.T("button.back"), entryID(e))}})
	}
	e.Void, e.Reason = true, reason
	return l.put(ctx, reg, e)
}

// put keeps an entry, or its new version, and shows its card.
func (l ledger) put(ctx context.Context, reg cases.Register, e cases.RegisterEntry, done ...bot.Text) error {
	kept, err := l.st.PutRegisterEntry(ctx, *l.r.Staff, e)
	if cases.KindOf(err) == cases.Conflict {
		l.r.Alert(bot.T("registers.moved"))
		return l.entry(ctx, e.ID, nil)
	}
	if err != nil {
		return err
	}
	return l.card(reg, kept, done...)
}

// card is an entry with what can be done to it, below what has just been done.
func (l ledger) card(reg cases.Register, e cases.RegisterEntry, done ...bot.Text) error {
	lines := append(slices.Clone(done), bot.T("registers.card", "register", registerLabel(reg.Key), "id", e.ID))
	if e.Void {
		lines = append(lines, bot.T("registers.void", "reason", clip(e.Reason, cardTalk)))
	}
	lines = append(lines, answerLines(reg, e.Answers)...)
	lines = append(lines, bot.T("registers.written", "n", e.Version, "at", e.At, "by", clip(e.By, cardName)))
	id := entryID(e)
	var rows [][]bot.Button
	fills := reg.FilledBy(l.r.Staff.Role)
	if _, open := reg.Question(cases.SpotCleared, e.Answers); fills && !e.Void && open && e.Answers[cases.SpotCleared] == "" {
		rows = append(rows, []bot.Button{do(bot.T("registers.do.clear"), id, registerFix, versionMark(e), cases.SpotCleared)})
	}
	if fills && !e.Void {
		rows = append(rows, []bot.Button{do(bot.T("registers.do.fix"), id, registerFix, versionMark(e)), do(bot.T("registers.do.void"), id, registerVoid, versionMark(e))})
	}
	last := []bot.Button{do(bot.T("registers.do.list"), reg.Key)}
	if e.Version > 1 {
		last = append(last, do(bot.T("registers.do.log"), id, registerLog))
	}
	if fills {
		last = append(last, do(bot.T("registers.do.new"), reg.Key, registerNew))
	}
	return l.reply(lines, append(rows, last, toRegisters()))
}

// versions lists what was changed, the newest first.
func (l ledger) versions(reg cases.Register, all []cases.RegisterEntry) error {
	lines := []bot.Text{bot.T("registers.log", "register", registerLabel(reg.Key), "id", all[0].ID)}
	for i, v := range all[:min(len(all), registerVersions)] {
		lines = append(lines, bot.T("registers.log.version", "n", v.Version, "at", v.At, "by", clip(v.By, cardName)))
		switch {
		case v.Void:
			lines = append(lines, bot.T("registers.void", "reason", clip(v.Reason, eventDetail)))
		case i == len(all)-1:
			lines = append(lines, bot.T("registers.log.first"))
		default:
			lines = append(lines, changesOf(reg, all[i+1].Answers, v.Answers)...)
		}
	}
	return l.reply(lines, [][]bot.Button{{do(bot.T("button.back"), entryID(all[0]))}})
}

// changesOf says which answers differ.
func changesOf(reg cases.Register, was, is cases.Answers) (lines []bot.Text) {
	for _, q := range reg.Questions {
		if was[q.Key] != is[q.Key] {
			lines = append(lines, bot.T("registers.log.change", "label", questionLabel(reg.Key, q),
				"was", answerText(reg.Key, q, was[q.Key], eventDetail), "is", answerText(reg.Key, q, is[q.Key], eventDetail)))
		}
	}
	return lines
}
