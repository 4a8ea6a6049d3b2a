// Package staffcmds holds the commands of staff: one file a command, one visible
// list of all. A command declares who may use it; the router checks before it
// runs, and "not allowed" looks like "no such command". Buttons are the same
// commands with their arguments filled in, so they pass the same gate.
//
// Reports and requests for help are two desks. deskFor is the only place that
// hands one out: for a role without a right on a stream, every number, queue and
// file of it is "not found". Everything that shows a case is protected from
// forwarding and saving, and every message that can turn into a card is too,
// because an edit keeps the protection a message was sent with.
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

// Desk is the work on the cases of one stream. What the viewer may not see does
// not exist for it.
type Desk interface {
	Searching
	Queue(ctx context.Context, viewer cases.Staff, view cases.QueueView, page int) (cases.QueuePage, error)
	TakeNext(ctx context.Context, viewer cases.Staff) (cases.Case, error)
	Open(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error)
	Act(ctx context.Context, viewer cases.Staff, n cases.Number, version int, c cases.Change) (cases.Case, error)
	Confirm(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error)
	Attachment(ctx context.Context, viewer cases.Staff, id string) (body []byte, mime string, err error)
	TeamDesk
	CannedDesk
	Accounting
}

// Accounting is what is told of many cases at once, and what is written down for others.
type Accounting interface {
	Log(ctx context.Context, viewer cases.Staff, page, size int) (cases.LogPage, error)
	Ratings(ctx context.Context, from, to time.Time) (cases.Ratings, error)
	Capture(ctx context.Context, viewer cases.Staff, n cases.NewCase) (cases.Receipt, cases.Case, error)
}

// Reports is the desk of reports.
type Reports interface {
	Desk
	Merging
	Papers
	Linking
}

// Help is the desk of requests for help.
type Help interface{ Desk }

// Accounts are the accounts of staff.
type Accounts interface {
	Watching
	Invite(ctx context.Context, by cases.StaffID, role cases.Role, name string) (cases.Invitation, error)
	WaitingInvites(ctx context.Context, by cases.Staff) ([]cases.Invitation, error)
	AgreeInvite(ctx context.Context, by cases.Staff, ref string, yes bool) (cases.Invitation, error)
	AcceptInvite(ctx context.Context, token string, back cases.Route) (cases.Staff, cases.Invitation, error)
	StaffList(ctx context.Context) ([]cases.Staff, error)
	Lock(ctx context.Context, id cases.StaffID, locked bool) error
	StaffWith(ctx context.Context, right cases.Right) ([]cases.Staff, error)
	Ringers(ctx context.Context, c cases.Case) ([]cases.Staff, error)
}

// Store is what staff commands need from the transaction of the update.
type Store interface {
	bot.Work
	Accounts
	Access
	Office
	SetLang(lang string)
	Reports() Reports
	Help() Help
	Routes(ctx context.Context, stream cases.Stream, caseID string) ([]cases.Route, error)
	Counting
	Ward(ctx context.Context) (cases.Ward, error)
}

// Office is what staff keep beside the cases.
type Office interface {
	Away
	Directory
	Pages
	Pictures
	Timekeeping
	Periodic
	Registering
	Register
}

// Command is a staff command.
type Command = bot.Command[Store]

// Commands is the list of all commands, in the order of /help. link makes the
// address that opens an invitation.
func Commands(link func(token string) string) []Command {
	list := []Command{
		queue(), take(), claim(), confirmAlarm(), view(), full(), files(), openMap(), history(), caseLog(),
		verify(), classify(), behaviour(), level(), competence(), forward(), setAside(),
		acknowledge(), giveBack(), handle(), result(),
		contact(), assess(), refer(), accept(), decline(), outcome(), askConsent(), alarm(), directory(),
		ask(), answer(), note(), closeCase(), askReopen(), agreeReopen(), keepShut(), release(), mute(),
		search(), similar(), merge(), unmerge(),
		mine(), assign(), callOn(), remind(), away(), workload(), capture(), canned(), satisfaction(),
		content(), readings(),
		establishments(), inspections(), linkPlace(),
		extend(), calendar(), clocks(),
		registers(),
		redact(), slip(), askOffice(), tellPolice(), transfer(), confirmTransfer(), answerTransfer(),
		periodicReports(),
		statistics(), drawing(), dashboard(), staffList(), withPIN(invite(link)), agreeInvite(), withPIN(lock()), withPIN(forgetPIN()), accountLog(), helpViews(), language(), shut(),
	}
	return append(list, helpList(list))
}

// MenuFor are the commands worth a line in the menu of a role's phone, in order.
// Their descriptions are the texts named by Help.
func MenuFor(role cases.Role, commands []Command) []Command {
	who := cases.Staff{Role: role}
	return slices.DeleteFunc(slices.Clone(commands), func(c Command) bool { return !c.Listed || !c.May(&who) })
}

// Rights shared by several commands.
var (
	seeing   = []cases.Right{cases.ReadReports, cases.WorkReports, cases.PoliceReports, cases.ReadHelp, cases.WorkHelp}
	working  = []cases.Right{cases.WorkReports, cases.WorkHelp}
	leading  = append(slices.Clone(working), cases.KeptReports)
	both     = []cases.Stream{cases.ReportStream, cases.HelpStream}
	everyone = append(slices.Clone(seeing), cases.SeeFigures, cases.ManageStaff)
)

// languages are the languages of the menu.
var languages = []string{"vi", "en"}

// Greet answers a member of staff who typed something that is no command: a
// button of the menu, a case number, or anything else. A button of the menu also
// ends the waiting for words.
func Greet(label func(lang, key string) string, commands []Command) func(context.Context, Store, *bot.Request) error {
	onMenu := func(text string) (command string) {
		for _, b := range menuButtons {
			if slices.ContainsFunc(languages, func(lang string) bool { return label(lang, b.text) == text }) {
				return b.command
			}
		}
		return ""
	}
	return func(ctx context.Context, st Store, r *bot.Request) error {
		if r.Edited || r.Blocked || r.Unblocked {
			return nil
		}
		if done, err := takePageFile(ctx, st, r); done || err != nil {
			return err
		}
		if done, err := takeTemplate(ctx, st, r); done || err != nil {
			return err
		}
		word, args := "help", []string(nil)
		if command := onMenu(r.Text); command != "" {
			st.DropDraft()
			word = command
		} else if _, err := number(st, r.Text); err == nil {
			word, args = "xem", []string{r.Text}
		}
		for _, c := range commands {
			if c.Is(word) && c.May(r.Staff) {
				return c.Run(ctx, st, r, args)
			}
		}
		r.Toast(bot.T("error.command"))
		return nil
	}
}

// deskFor hands out the desk of a stream to somebody who may see it. To anybody
// else the stream's cases do not exist.
func deskFor(st Store, s cases.Staff, stream cases.Stream) (Desk, error) {
	switch {
	case !slices.Contains(streamsOf(s, seeing...), stream):
	case stream == cases.ReportStream:
		return st.Reports(), nil
	case stream == cases.HelpStream:
		return st.Help(), nil
	}
	return nil, cases.Fail(cases.NotFound, "error.not_found")
}

// streamOf is the stream a right is about; "" for rights on no case.
func streamOf(r cases.Right) cases.Stream {
	switch r {
	case cases.ReadReports, cases.WorkReports, cases.PoliceReports, cases.SecondReports, cases.KeptReports, cases.AssignReports:
		return cases.ReportStream
	case cases.ReadHelp, cases.WorkHelp, cases.SecondHelp:
		return cases.HelpStream
	}
	return ""
}

// streamsOf are the streams a role has one of the rights on, reports first.
func streamsOf(s cases.Staff, rights ...cases.Right) []cases.Stream {
	return slices.DeleteFunc(slices.Clone(both), func(stream cases.Stream) bool {
		return !slices.ContainsFunc(rights, func(r cases.Right) bool { return streamOf(r) == stream && s.Role.May(r) })
	})
}

// home is the stream a role works on when it names none.
func home(s cases.Staff) cases.Stream {
	if streams := streamsOf(s, seeing...); len(streams) > 0 {
		return streams[0]
	}
	return cases.ReportStream
}

// number reads a case number as of the present year in Vietnam.
func number(st Store, s string) (cases.Number, error) {
	stream := cases.ReportStream
	if who := st.Staff(); who != nil {
		stream = home(*who)
	}
	return cases.ParseNumber(s, stream, cases.DayOf(st.Now()).Year)
}

// target is the case a command is about: number, and the version of the card
// the button was on (-1 when typed).
type target struct {
	cases.Number
	version int
	rest    []string
}

const typed = -1

// targetOf reads the case out of the arguments. Only a button carries a version:
// a typed "v2" is a word of the person.
func targetOf(st Store, r *bot.Request, args []string) (target, error) {
	if len(args) == 0 {
		return target{}, cases.Fail(cases.Invalid, "error.number.missing")
	}
	if first, more, ok := strings.Cut(args[0], "\n"); ok { // the text began on the next line
		args = []string{first, strings.TrimSpace(more + " " + strings.Join(args[1:], " "))}
	}
	n, err := number(st, args[0])
	if err != nil {
		return target{}, err
	}
	t := target{Number: n, version: typed, rest: args[1:]}
	if r.Press != nil && len(t.rest) > 0 && strings.HasPrefix(t.rest[0], "v") {
		if v, err := strconv.Atoi(t.rest[0][1:]); err == nil {
			t.version, t.rest = v, t.rest[1:]
		}
	}
	return t, nil
}

// args are the arguments of a button about this case.
func (t target) args(rest ...string) []string {
	return append([]string{t.String(), "v" + strconv.Itoa(t.version)}, rest...)
}
