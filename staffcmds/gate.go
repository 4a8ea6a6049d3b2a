package staffcmds

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

// Access is the second factor of the account of the update.
type Access interface {
	SetPIN(ctx context.Context, pin string) error
	TryPIN(ctx context.Context, pin string) (cases.Access, error)
	ForgetPIN(ctx context.Context, id cases.StaffID) error
	Shut(ctx context.Context) error
}

// keypad is a staff draft while the PIN is typed. What the person wanted meanwhile,
// and what was open before, is kept and goes on behind the gate.
type keypad struct {
	Typed  string          `json:"pin"`
	First  string          `json:"first,omitempty"` // a new PIN, typed once
	Want   *wanted         `json:"want,omitempty"`
	Before json.RawMessage `json:"before,omitempty"`
	// Fresh asks for the PIN once more for what is wanted, in a session that is open.
	Fresh bool `json:"fresh,omitempty"`
	// Offer means that the PIN was right, and that what was wanted before waits for a yes.
	Offer bool `json:"offer,omitempty"`
}

// wanted is what somebody did before the gate.
type wanted struct {
	Text, Command, Args, Press string
}

// The data of the keys.
const (
	keyVerb   = "pin"
	keyBack   = "x"
	keyForgot = "?"
	keyGo     = "go" // do what was wanted before the PIN
	keyDrop   = "no" // do not
)

// reading are the commands that show and change nothing. Somebody else may have pressed
// them before the PIN, and only its owner sees what comes.
var reading = []string{"xem", "hangdoi", "viec", "lichsu", "toanvan", "tep", "bando", "timkiem", "thongke", "bieudo", "lich", "thoihan", "help", "nhatky", "tai"}

// reads reports whether what was wanted shows something and changes nothing.
func (k keypad) reads() bool {
	verb, _ := bot.SplitAction(k.Want.Press)
	switch {
	case k.Want.Press != "":
		return slices.Contains(reading, verb)
	case k.Want.Command != "":
		return slices.Contains(reading, k.Want.Command)
	}
	return k.Before == nil // words that answer no question are looked up, or explained
}

// Gate stands before everything staff do: an account that was left alone is opened
// by its PIN, and a new one chooses a PIN first. What was asked for goes on then.
func Gate(ctx context.Context, st Store, r *bot.Request) (done bool, err error) {
	access := r.Staff.Access
	verb, args := "", []string(nil)
	if r.Press != nil {
		verb, args = bot.SplitAction(r.Press.Data)
	}
	if access.IsOpen(st.Now()) {
		return behindGate(ctx, st, r, verb, args)
	}
	if r.Edited || r.Blocked || r.Unblocked {
		return true, nil
	}
	k := openKeypad(st)
	switch {
	case verb == keyVerb && len(args) == 1:
		return k.press(ctx, st, r, args[0])
	case isPIN(r.Text):
		r.Reply(bot.Reply{Erase: r.MessageID}) // it must not stay on the screen
		k.Typed = r.Text
		return k.full(ctx, st, r)
	}
	k.Want = &wanted{Text: r.Text, Command: r.Command, Args: r.Args}
	if r.Press != nil {
		k.Want.Press = r.Press.Data
	}
	k.Typed = ""
	return true, k.ask(st, r, 0, "")
}

// behindGate looks at what comes in an open session: keys for a PIN that is asked for once
// more, and the answer whether to go on with what was wanted before the PIN.
func behindGate(ctx context.Context, st Store, r *bot.Request, verb string, args []string) (done bool, err error) {
	k := openKeypad(st)
	switch {
	case k.Fresh && verb == keyVerb && len(args) == 1:
		return k.press(ctx, st, r, args[0])
	case k.Fresh && verb == "" && isPIN(r.Text):
		r.Reply(bot.Reply{Erase: r.MessageID})
		k.Typed = r.Text
		return k.full(ctx, st, r)
	case k.Offer && verb == keyVerb && len(args) == 1 && args[0] == keyGo:
		k.restore(st, r)
		k.goes(r)
		return false, nil
	case k.Offer && verb == keyVerb:
		k.restore(st, r)
		r.Reply(bot.Reply{Lines: []bot.Text{bot.T("pin.dropped")}, Edit: r.Bubble(), Protect: true})
		return true, nil
	case k.Fresh || k.Offer: // something else is done instead
		k.restore(st, r)
	case verb == keyVerb:
		r.Toast(bot.T("button.old"))
		return true, nil
	}
	return verb == keyVerb, nil
}

// withPIN asks for the PIN again before a command that changes accounts, however open the
// session is.
func withPIN(c Command) Command {
	run := c.Run
	c.Run = func(ctx context.Context, st Store, r *bot.Request, args []string) error {
		if r.Staff.Access.IsFresh(st.Now()) {
			return run(ctx, st, r, args)
		}
		k := keypad{Fresh: true, Want: &wanted{Command: c.Name, Args: strings.Join(args, " ")}}
		if r.Press != nil {
			k.Want = &wanted{Press: r.Press.Data}
		}
		return k.ask(st, r, 0, "pin.fresh", "what", bot.T("cmd."+c.Name))
	}
	return c
}

func openKeypad(st Store) keypad {
	var k keypad
	raw := st.Draft()
	if raw == nil {
		return k
	}
	var marks struct {
		Typed *string `json:"pin"`
	}
	if json.Unmarshal(raw, &marks) == nil && marks.Typed != nil && json.Unmarshal(raw, &k) == nil {
		return k
	}
	return keypad{Before: raw}
}

func isPIN(text string) bool {
	return len(text) == cases.PINDigits && strings.Trim(text, "0123456789") == ""
}

// press takes one key.
func (k keypad) press(ctx context.Context, st Store, r *bot.Request, key string) (bool, error) {
	switch {
	case key == keyForgot:
		r.Alert(bot.T("pin.forgot.how"))
		return true, nil
	case key == keyBack:
		k.Typed = k.Typed[:max(0, len(k.Typed)-1)]
	case len(k.Typed) < cases.PINDigits && len(key) == 1 && key >= "0" && key <= "9":
		k.Typed += key
	}
	if len(k.Typed) == cases.PINDigits {
		return k.full(ctx, st, r)
	}
	return true, k.ask(st, r, r.Bubble(), "")
}

// full deals with a PIN that was typed to its end.
func (k keypad) full(ctx context.Context, st Store, r *bot.Request) (bool, error) {
	pin := k.Typed
	k.Typed = ""
	if r.Staff.Access.Chosen {
		return k.open(ctx, st, r, pin)
	}
	switch {
	case cases.WeakPIN(pin):
		k.First = ""
		return true, k.ask(st, r, r.Bubble(), "pin.weak")
	case k.First == "":
		k.First = pin
		return true, k.ask(st, r, r.Bubble(), "")
	case k.First != pin:
		k.First = ""
		return true, k.ask(st, r, r.Bubble(), "pin.differ")
	}
	if err := st.SetPIN(ctx, pin); err != nil {
		return true, err
	}
	return k.goOn(st, r, "pin.set")
}

// open compares a PIN. The managers hear of an account that is barred.
func (k keypad) open(ctx context.Context, st Store, r *bot.Request, pin string) (bool, error) {
	was := r.Staff.Access
	now, err := st.TryPIN(ctx, pin)
	if err != nil {
		return true, err
	}
	r.Staff.Access = now
	switch {
	case now.IsFresh(st.Now()):
		return k.goOn(st, r, "pin.opened")
	case now.IsBarred(st.Now()):
		if !was.IsBarred(st.Now()) {
			if err := warnManagers(ctx, st, r); err != nil {
				return true, err
			}
		}
		return true, k.ask(st, r, r.Bubble(), "pin.barred", "at", now.Barred)
	}
	return true, k.ask(st, r, r.Bubble(), "pin.wrong", "n", cases.PINTries-now.Wrong)
}

func warnManagers(ctx context.Context, st Store, r *bot.Request) error {
	managers, err := st.StaffWith(ctx, cases.ManageStaff)
	if err != nil {
		return err
	}
	for _, s := range managers {
		if s.ID != r.Staff.ID && s.Route.Chat != 0 {
			r.Reply(bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Lines: []bot.Text{staffLine("pin.guessed", *r.Staff)}, Buttons: [][]bot.Button{
				{{Label: bot.T("do.khoa.one"), Do: bot.Action("khoa", strconv.FormatInt(int64(r.Staff.ID), 10))}},
			}})
		}
	}
	return nil
}

// goOn ends the keypad and lets through what was wanted before it, in the message
// that held the keys.
func (k keypad) goOn(st Store, r *bot.Request, say string) (done bool, err error) {
	if k.Want != nil && !k.Fresh && !k.reads() {
		return true, k.offer(st, r, say)
	}
	k.restore(st, r)
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(say)}, Edit: r.Bubble(), Menu: MenuOf(r.Staff.Role), Protect: true, Slot: keyVerb})
	if k.Want == nil {
		r.Text, r.Press = "", nil
		return true, nil
	}
	k.goes(r)
	return false, nil
}

// goes makes the request into what was wanted.
func (k keypad) goes(r *bot.Request) {
	r.Text, r.Command, r.Args = k.Want.Text, k.Want.Command, k.Want.Args
	switch {
	case k.Want.Press == "":
		r.Press = nil
	case r.Press != nil:
		r.Press.Data = k.Want.Press
	default: // the PIN was typed: the answer is a message of its own
		r.Text, r.Command, r.Args = "", "", ""
		r.Press = &bot.Press{Data: k.Want.Press}
	}
}

// restore puts back what was open before the keys.
func (k keypad) restore(st Store, r *bot.Request) {
	if k.Before != nil {
		st.SaveDraft(k.Before, r.Lang)
	} else {
		st.DropDraft()
	}
}

// offer asks whether to go on with what was typed or pressed before the PIN: somebody else
// may have held the phone.
func (k keypad) offer(st Store, r *bot.Request, say string) error {
	k.Typed, k.Offer = "", true
	raw, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("writing a draft: %w", err)
	}
	st.SaveDraft(raw, r.Lang)
	what := bot.T("pin.wanted.words", "text", clip(k.Want.Text, wantedShown))
	verb, _ := bot.SplitAction(k.Want.Press)
	if verb = cmp.Or(verb, k.Want.Command); verb != "" {
		what = bot.T("pin.wanted.command", "command", "/"+verb, "text", clip(k.Want.Args, wantedShown))
	}
	r.Reply(bot.Reply{
		Lines: []bot.Text{bot.T(say), what}, Edit: r.Bubble(), Menu: MenuOf(r.Staff.Role), Protect: true, Slot: keyVerb,
		Buttons: [][]bot.Button{{{Label: bot.T("pin.go"), Do: bot.Action(keyVerb, keyGo)}, {Label: bot.T("pin.drop"), Do: bot.Action(keyVerb, keyDrop)}}},
	})
	return nil
}

const wantedShown = 300 // units

// ask shows the keys, below what is to be said first. A picture of the keys that still
// waits gives way to the next: a quick thumb is faster than Telegram's limits.
func (k keypad) ask(st Store, r *bot.Request, bubble int, say string, pairs ...any) error {
	raw, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("writing a draft: %w", err)
	}
	st.SaveDraft(raw, r.Lang)
	question := "pin.ask"
	switch {
	case !r.Staff.Access.Chosen && k.First == "":
		question = "pin.new"
	case !r.Staff.Access.Chosen:
		question = "pin.again"
	case k.Fresh:
		question = "pin.dots"
	}
	var lines []bot.Text
	if say != "" {
		lines = append(lines, bot.T(say, pairs...))
	}
	dots := strings.Repeat("● ", len(k.Typed)) + strings.Repeat("○ ", cases.PINDigits-len(k.Typed))
	lines = append(lines, bot.T(question, "dots", strings.TrimSpace(dots)))
	slot := keyVerb
	if k.Fresh && bubble == 0 { // each command is answered
		slot = ""
	}
	r.Reply(bot.Reply{Lines: lines, Buttons: keys(r.Staff.Access.Chosen), Edit: bubble, Protect: true, Slot: slot})
	return nil
}

// keys is the pad, as on a telephone.
func keys(chosen bool) [][]bot.Button {
	key := func(label, data string) bot.Button {
		return bot.Button{Label: bot.Words(label), Do: bot.Action(keyVerb, data)}
	}
	var rows [][]bot.Button
	for _, row := range []string{"123", "456", "789"} {
		var line []bot.Button
		for _, digit := range row {
			line = append(line, key(string(digit), string(digit)))
		}
		rows = append(rows, line)
	}
	last := []bot.Button{key("⌫", keyBack), key("0", "0")}
	if chosen {
		last = append(last, bot.Button{Label: bot.T("pin.forgot"), Do: bot.Action(keyVerb, keyForgot)})
	}
	return append(rows, last)
}

// shut ends the session at once, for a phone that is about to leave the hand.
func shut() Command {
	return Command{
		Name: "khoalai", Aliases: []string{"lockme"}, Help: "cmd.khoalai", Rights: everyone, Listed: true,
		Run: func(ctx context.Context, st Store, r *bot.Request, _ []string) error {
			if err := st.Shut(ctx); err != nil {
				return err
			}
			r.Reply(bot.Reply{Lines: []bot.Text{bot.T("pin.shut")}, Edit: r.Bubble(), Protect: true})
			return nil
		},
	}
}

// forgetPIN lets a colleague who forgot the PIN choose another.
func forgetPIN() Command {
	return Command{
		Name: "datlaipin", Aliases: []string{"resetpin"}, Help: "cmd.datlaipin", Args: "usage.lock", Rights: managing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			if len(args) == 0 || args[0] == "p" {
				return accountList(ctx, st, r, "datlaipin", pageOf(args))
			}
			s, err := account(ctx, st, args[0])
			if err != nil {
				return err
			}
			if s.ID == r.Staff.ID {
				return cases.Fail(cases.NotAllowed, "error.self.pin")
			}
			if len(args) < 2 || args[1] != yes {
				r.Reply(bot.Reply{Lines: []bot.Text{staffLine("sure.datlaipin", s)}, Edit: r.Bubble(), Buttons: [][]bot.Button{
					{{Label: bot.T("button.sure"), Do: bot.Action("datlaipin", args[0], yes)}},
					{{Label: bot.T("button.back"), Do: "datlaipin"}},
				}})
				return nil
			}
			if err := st.ForgetPIN(ctx, s.ID); err != nil {
				return err
			}
			r.Reply(bot.Reply{Lines: []bot.Text{staffLine("pin.reset.done", s)}, Edit: r.Bubble(), Buttons: [][]bot.Button{{{Label: bot.T("do.nhanvien"), Do: "nhanvien"}}}})
			if s.Route.Chat != 0 {
				r.Reply(bot.Reply{Chat: s.Route.Chat, Lang: s.Route.Lang, Lines: []bot.Text{bot.T("pin.reset.told")}})
			}
			return tellAccounts(ctx, st, r, "account.pin", s, clip(r.Staff.Name, cardName))
		},
	}
}
