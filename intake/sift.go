package intake

import (
	"context"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/cases"
)

// Meter counts what chats do, without knowing whose they are.
type Meter interface {
	Hit(ctx context.Context, what cases.Metered, of string) (n int, err error)
	Bar(ctx context.Context, what cases.Metered, d time.Duration) error
	BarredUntil(ctx context.Context, what cases.Metered) (time.Time, error)
	Muted() bool
	Code() (cases.Receipt, bool)
}

// pace answers once to somebody who is faster than a person, and then keeps silent
// until the minute is over; false = the update is to be handled.
func (d *Desk) pace(ctx context.Context, st Store, r *bot.Request) (stop bool, err error) {
	n, err := st.Hit(ctx, cases.Messages, "")
	if err != nil || !cases.Messages.Over(n) {
		return false, err
	}
	if !cases.Messages.Over(n - 1) {
		r.Say(bot.T("toofast", "at", st.Now().Add(cases.Quotas[cases.Messages].Window)))
	}
	return true, nil
}

// sift looks at a case that is about to be sent. A person in danger is never sifted,
// nor is whoever asks for help. refused = it is not taken today.
func sift(ctx context.Context, st Counter, n *cases.NewCase) (refused bool, alarm []bot.Reply, err error) {
	today, err := st.Hit(ctx, cases.SendingDay, "")
	if err != nil {
		return false, nil, err
	}
	if cases.SendingDay.Over(today) && n.Report != nil && !n.Urgent() {
		return true, nil, nil
	}
	if n.Report == nil || n.Urgent() {
		return false, nil, nil
	}
	said := strings.TrimSpace(n.Report.Text + "\n" + n.Report.Online) // of signs on the net there may be no other words
	n.Apart = st.Muted() || len(n.Files)+len(n.Ready) == 0 && cases.Hollow(said)
	for _, count := range []struct {
		what cases.Metered
		of   string
	}{{cases.Sending, ""}, {cases.Repeating, cases.Fold(said)}} {
		if count.what == cases.Repeating && count.of == "" {
			continue
		}
		times, err := st.Hit(ctx, count.what, count.of)
		if err != nil {
			return false, nil, err
		}
		n.Apart = n.Apart || count.what.Over(times)
	}
	if n.Apart {
		return false, nil, nil
	}
	alarm, err = flood(ctx, st, n)
	return false, alarm, err
}

// flood puts reports apart when more come in than anybody could read. The staff are
// told once in each window.
func flood(ctx context.Context, st Counter, n *cases.NewCase) (alarm []bot.Reply, err error) {
	all, err := st.Hit(ctx, cases.Flood, "")
	if err != nil || !cases.Flood.Over(all) {
		return nil, err
	}
	n.Apart = true
	if cases.Flood.Over(all - 1) {
		return nil, nil
	}
	staff, err := st.StaffWith(ctx, cases.WorkReports)
	for _, s := range staff {
		if s.Route.Chat != 0 {
			alarm = append(alarm, bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Protect: true, Slot: "flood", Lines: []bot.Text{bot.T("staff.flood", "n", all)}, Buttons: [][]bot.Button{
				{{Label: bot.T("queue.view.apart"), Do: bot.Action("hangdoi", string(cases.QueueApart), "1", string(cases.ReportStream))}},
			}})
		}
	}
	return alarm, err
}

// guessed counts a receipt that does not exist, and bars the chat for a while when
// there were too many.
func guessed(ctx context.Context, st Meter) error {
	wrong, err := st.Hit(ctx, cases.Guessing, "")
	if err != nil {
		return err
	}
	all, err := st.Hit(ctx, cases.GuessAll, "")
	if err != nil {
		return err
	}
	if pause := cases.GuessPause(wrong, all); pause > 0 {
		return st.Bar(ctx, cases.Guessing, pause)
	}
	return nil
}

// codeAgain shows the receipt once more to the chat that got it, for some minutes.
func codeAgain(st Store) bot.Text {
	code, ok := st.Code()
	if !ok {
		return bot.T("code.gone")
	}
	return bot.T("code.again", "code", code.String())
}
