// Package staffcmds holds the commands of staff: one file a command, one visible
// list of all. A command declares who may use it; the router checks before it
// runs, and "not allowed" looks like "no such command". Buttons are the same
// commands with their arguments filled in, so they pass the same gate.
//
// Reports and requests for help are two desks. deskFor is the only place that
// hands one out; a police account gets "not found" for every help number, and
// commands of the police are built by onReports, which is given no help desk.
package staffcmds

import (
	"context"
	"strconv"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Desk is the work on the cases of one stream. What the viewer may not see does
// not exist for it.
type Desk interface {
	Queue(ctx context.Context, viewer cases.Staff, view cases.QueueView, page int) (cases.QueuePage, error)
	TakeNext(ctx context.Context, viewer cases.Staff) (cases.Case, error)
	Open(ctx context.Context, viewer cases.Staff, n cases.Number) (cases.Case, error)
	Act(ctx context.Context, viewer cases.Staff, n cases.Number, version int, c cases.Change) (cases.Case, error)
	Attachment(ctx context.Context, viewer cases.Staff, id string) (body []byte, mime string, err error)
}

// Reports is the desk of reports.
type Reports interface{ Desk }

// Help is the desk of requests for help.
type Help interface{ Desk }

// Accounts are the accounts of staff.
type Accounts interface {
	Invite(ctx context.Context, by cases.StaffID, role cases.Role, name string) (token string, expires time.Time, err error)
	AcceptInvite(ctx context.Context, token string, back cases.Route) (cases.Staff, error)
	StaffList(ctx context.Context) ([]cases.Staff, error)
	Lock(ctx context.Context, id cases.StaffID, locked bool) error
	StaffWith(ctx context.Context, right cases.Right) ([]cases.Staff, error)
}

// Store is what staff commands need from the transaction of the update.
type Store interface {
	bot.Work
	Accounts
	SetLang(lang string)
	Reports() Reports
	Help() Help
	Routes(ctx context.Context, stream cases.Stream, caseID string) ([]cases.Route, error)
	Figures(ctx context.Context, from, to time.Time) (cases.Figures, error)
	Ward(ctx context.Context) (cases.Ward, error)
}

// Command is a staff command.
type Command = bot.Command[Store]

// Commands is the list of all commands, in the order of /help. link makes the
// address that opens an invitation.
func Commands(link func(token string) string) []Command {
	return []Command{
		queue(), take(), view(),
		verify(), classify(), forward(), setAside(),
		acknowledge(), giveBack(), handle(), result(),
		contact(), assess(), refer(), accept(), decline(), outcome(),
		ask(), answer(), note(), closeCase(), reopen(), release(), files(), history(),
		statistics(), staffList(), invite(link), lock(), language(), helpList(link),
	}
}

// Menu is the keyboard of staff.
var Menu = [][]bot.Text{
	{bot.T("staff.menu.queue"), bot.T("staff.menu.take")},
	{bot.T("staff.menu.figures"), bot.T("staff.menu.help")},
}

// Greet answers a member of staff who typed something that is no command: a
// button of the menu, a case number, or anything else.
func Greet(label func(lang, key string) string, commands []Command) func(context.Context, Store, *bot.Request) error {
	menu := map[string]string{"staff.menu.queue": "hangdoi", "staff.menu.take": "tiep", "staff.menu.figures": "thongke", "staff.menu.help": "help"}
	return func(ctx context.Context, st Store, r *bot.Request) error {
		if r.Edited || r.Blocked || r.Unblocked {
			return nil
		}
		word, args := "help", []string(nil)
		for key, command := range menu {
			if label("vi", key) == r.Text || label("en", key) == r.Text {
				word = command
			}
		}
		if _, err := number(st, r.Text); err == nil {
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
	case stream == cases.ReportStream && s.Role.MayAny(cases.ReadReports, cases.WorkReports, cases.PoliceReports):
		return st.Reports(), nil
	case stream == cases.HelpStream && s.Role.MayAny(cases.ReadHelp, cases.WorkHelp):
		return st.Help(), nil
	}
	return nil, cases.Fail(cases.NotFound, "error.not_found")
}

// home is the stream a role works on when it names none.
func home(s cases.Staff) cases.Stream {
	if s.Role.MayAny(cases.ReadReports, cases.WorkReports, cases.PoliceReports) {
		return cases.ReportStream
	}
	return cases.HelpStream
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

func targetOf(st Store, args []string) (target, error) {
	if len(args) == 0 {
		return target{}, cases.Fail(cases.Invalid, "error.number")
	}
	n, err := number(st, args[0])
	if err != nil {
		return target{}, err
	}
	t := target{Number: n, version: typed, rest: args[1:]}
	if len(t.rest) > 0 && strings.HasPrefix(t.rest[0], "v") {
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
