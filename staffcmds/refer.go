package staffcmds

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// notSo is the choice of no entry, or of no appointment.
const notSo = "none"

// meetingTimes are the times of appointments that buttons offer.
var meetingTimes = []string{"0800", "0900", "1000", "1100", "1330", "1430", "1530", "1630"}

// referral is what was chosen so far. The arguments of the command are a service, or
// an entry of the directory with a day (MMDD) and a time (HHMM).
type referral struct {
	service cases.Service
	entry   *cases.ServiceEntry // nil = not chosen, or none
	listed  []cases.ServiceEntry
	noEntry bool
	day     string // "" = not chosen
	time    string
}

// refer passes the person on to one of the seven services of the plan (4.2), to a
// place of the directory when it has some, with an appointment or without.
func refer() Command {
	s := step{
		name: "chuyengui", aliases: []string{"refer"}, verb: cases.Refer,
		rights: []cases.Right{cases.WorkHelp}, streams: []cases.Stream{cases.HelpStream}, choose: cases.Strings(cases.Services), label: "service.",
	}
	c := s.command()
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		t, desk, err := s.at(st, r, args)
		if err != nil {
			return err
		}
		f, err := readReferral(ctx, st, t.rest)
		if err != nil {
			return err
		}
		return s.referTo(ctx, st, desk, r, t, f)
	}
	return c
}

// readReferral reads the choices; what is none is left out and asked for.
func readReferral(ctx context.Context, st Store, rest []string) (f referral, err error) {
	words := strings.Fields(strings.Join(rest, " "))
	if len(words) == 0 {
		return f, nil
	}
	all, err := st.Services(ctx)
	if err != nil {
		return f, err
	}
	all = slices.DeleteFunc(all, func(e cases.ServiceEntry) bool { return !e.Shown })
	if i := slices.IndexFunc(all, func(e cases.ServiceEntry) bool { return entryName(e) == words[0] }); i >= 0 {
		f.entry, f.service = &all[i], all[i].Service
		if len(words) > 1 {
			f.day = words[1]
		}
		if len(words) > 2 {
			f.time = words[2]
		}
		return f, nil
	}
	if slices.Contains(cases.Services, cases.Service(words[0])) {
		f.service = cases.Service(words[0])
		f.listed = slices.DeleteFunc(all, func(e cases.ServiceEntry) bool { return e.Service != f.service })
		f.noEntry = len(f.listed) == 0 || len(words) > 1 && words[1] == notSo
	}
	return f, nil
}

// referTo asks for the next choice, or does it.
func (s step) referTo(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, f referral) error {
	switch {
	case f.service == "":
		return s.offer(ctx, st, desk, r, t)
	case f.entry == nil && !f.noEntry:
		return s.askEntry(ctx, st, desk, r, t, f)
	case f.entry != nil && f.day == "":
		return s.askDay(ctx, st, desk, r, t, f)
	case f.entry != nil && f.day != notSo && f.time == "":
		return s.askTime(ctx, st, desk, r, t, f)
	}
	meeting := cases.Meeting{}
	words := ""
	if f.entry != nil {
		at, err := meetingAt(st.Now(), f.day, f.time)
		if err != nil {
			return err
		}
		meeting = cases.Meeting{Entry: f.entry.ID, At: at}
		words = meetingWords(*f.entry, at)
	}
	s.change = func(c *cases.Change, _ string) { c.Service, c.Meeting = f.service, meeting }
	s.after = tellReferral
	return s.act(ctx, st, desk, r, t, string(f.service), words)
}

func (s step) askEntry(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, f referral) error {
	return prompt(ctx, st, desk, r, t, bot.T("ask.chuyengui.entry", "service", bot.T("service."+string(f.service))), func(t target) [][]bot.Button {
		var rows [][]bot.Button
		for _, e := range f.listed {
			rows = append(rows, []bot.Button{{Label: bot.Words(clip(e.Name, cardName)), Do: bot.Action(s.name, t.args(entryName(e))...)}})
		}
		return append(rows, []bot.Button{{Label: bot.T("ask.chuyengui.none"), Do: bot.Action(s.name, t.args(string(f.service), notSo)...)}})
	})
}

// daysInRow is how many days stand side by side.
const daysInRow = 4

func (s step) askDay(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, f referral) error {
	return prompt(ctx, st, desk, r, t, bot.T("ask.chuyengui.day", "name", clip(f.entry.Name, cardName)), func(t target) [][]bot.Button {
		var days []bot.Button
		for i := 1; i <= cases.MeetingDays; i++ {
			at := cases.DayOf(st.Now()).Add(i).Start()
			label := bot.T("weekday.day", "weekday", bot.T("weekday."+strconv.Itoa(int(at.Weekday()))), "day", at.Format("02/01"))
			days = append(days, bot.Button{Label: label, Do: bot.Action(s.name, t.args(entryName(*f.entry), at.Format("0102"))...)})
		}
		none := bot.Button{Label: bot.T("ask.chuyengui.nodate"), Do: bot.Action(s.name, t.args(entryName(*f.entry), notSo)...)}
		return append(slices.Collect(slices.Chunk(days, daysInRow)), []bot.Button{none})
	})
}

func (s step) askTime(ctx context.Context, st Store, desk Desk, r *bot.Request, t target, f referral) error {
	at, err := meetingAt(st.Now(), f.day, meetingTimes[0])
	if err != nil {
		return err
	}
	return prompt(ctx, st, desk, r, t, bot.T("ask.chuyengui.time", "name", clip(f.entry.Name, cardName), "day", at.Format("02/01")), func(t target) [][]bot.Button {
		var times []bot.Button
		for _, hhmm := range meetingTimes {
			times = append(times, bot.Button{Label: bot.Words(hhmm[:2] + ":" + hhmm[2:]), Do: bot.Action(s.name, t.args(entryName(*f.entry), f.day, hhmm)...)})
		}
		return slices.Collect(slices.Chunk(times, daysInRow))
	})
}

// meetingAt reads a day (MMDD) and a time (HHMM) of the next days; zero for no
// appointment, Invalid for anything else.
func meetingAt(now time.Time, day, hhmm string) (time.Time, error) {
	if day == notSo {
		return time.Time{}, nil
	}
	for i := 1; i <= cases.MeetingDays; i++ {
		at := cases.DayOf(now).Add(i).Start()
		if clock, err := time.Parse("1504", hhmm); err == nil && at.Format("0102") == day {
			return at.Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute), nil
		}
	}
	return time.Time{}, cases.Fail(cases.Invalid, "error.invalid")
}

// meetingWords is where the person is expected and when, as person and staff read it.
func meetingWords(e cases.ServiceEntry, at time.Time) string {
	lines := []string{e.Name, e.Place, e.Hours, e.Phone}
	if !at.IsZero() {
		lines = append(lines, "🗓 "+at.Format("15:04 02/01/2006"))
	}
	return strings.Join(slices.DeleteFunc(lines, func(l string) bool { return l == "" }), "\n")
}

// tellReferral tells the person where to go, and asks about the appointment.
func tellReferral(ctx context.Context, st Store, r *bot.Request, c cases.Case, ch cases.Change) error {
	service := bot.T("service." + string(ch.Service))
	switch {
	case ch.Text == "":
		return toResident(ctx, st, r, c, nil, "resident.referred", "service", service)
	case ch.Meeting.At.IsZero():
		return toResident(ctx, st, r, c, nil, "resident.referred.place", "service", service, "words", bot.Words(ch.Text))
	}
	button := func(label, says string) []bot.Button {
		return []bot.Button{{Label: bot.T(label), Do: bot.Action("hlp", "m", c.ID, strconv.Itoa(c.NewTalk), says)}}
	}
	return toResident(ctx, st, r, c, [][]bot.Button{button("meet.keep", "y"), button("meet.other", "n")}, "resident.meeting", "service", service, "words", bot.Words(ch.Text))
}
