package bot

import (
	"context"
	"slices"
	"strings"

	"tinbao/cases"
)

// Args are the values put into a text. Strings are escaped, Text values are
// looked up, times and numbers are written as people of the language write them.
type Args map[string]any

// Text names a text of the catalogue and what goes into it.
type Text struct {
	Key  string
	Args Args
}

// T makes a Text from a key and pairs of name and value.
func T(key string, pairs ...any) Text {
	t := Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = Args{}
		}
		name, _ := pairs[i].(string)
		t.Args[name] = pairs[i+1]
	}
	return t
}

// Words is a text that is no key: what a person typed, a name, a number. It is
// escaped like every value.
func Words(s string) Text { return Text{Key: "words", Args: Args{"words": s}} }

// WordsOr is Words without the space around them, or a text of the catalogue when there
// are none.
func WordsOr(s, key string) Text {
	if s == "" {
		return T(key)
	}
	return Words(strings.TrimSpace(s))
}

// Button is an inline button: it does an action of the bot, opens a link or copies a text.
type Button struct {
	Label Text
	Do    string // action and arguments, see Action; at most 50 bytes
	URL   string
	Copy  string // put into the clipboard, at most 256 characters (Bot API, CopyTextButton)
}

// Menu says what to do with the buttons below the input field.
type Menu string

// The menus.
const (
	KeepMenu     Menu = ""
	ResidentMenu Menu = "resident"
	StaffMenu    Menu = "staff" // or "staff:" and a role
	PlaceMenu    Menu = "place" // one button that sends the location
	NoMenu       Menu = "none"  // takes the buttons away
)

// Attachment is a file the bot sends. It is kept only inside the sealed outbox.
type Attachment struct {
	Photo bool // shown as a picture; otherwise a document
	Name  string
	Body  []byte
}

// Reply is one thing to say or change, as data.
type Reply struct {
	Chat    int64  // 0 = the chat the update came from
	Lang    string // "" = the language of the request
	Lines   []Text // joined by line breaks; none = only the buttons of Edit change
	Buttons [][]Button
	Menu    Menu
	Edit    int    // message to change instead of sending a new one; 0 = new
	Clear   *Clear // instead of saying anything: delete the messages of the chat
	Erase   int    // instead of saying anything: delete this one message
	Protect bool   // the phone refuses forwarding and saving
	File    *Attachment
	Place   *cases.Place // instead of saying anything: a point on the map
	Quiet   bool         // the phone makes no sound
	Slot    string       // a message still waiting under the same slot for the chat is replaced; "" = none
	Bare    bool         // nothing of it is hidden behind a spoiler
	Hidden  bool         // all of it is, whatever it is about
	Words   []byte       // instead of lines: a rendered call that was kept, shown in the place of Edit; Buttons come below its own
	Of      *CaseRef     // the case whose way back this uses, hidden when it asked for help; nil = the chat of the request or of staff
}

// Clear deletes the messages of a chat that Telegram still lets a bot delete: those named
// here, and those whose numbers are remembered when its turn comes.
type Clear struct{ Messages []int }

// CaseRef names a case to the outbox.
type CaseRef struct {
	Stream cases.Stream
	ID     string
}

// Request is one update being handled and the answers collected for it.
type Request struct {
	Update
	Lang    string
	Staff   *cases.Staff // nil = resident
	Draft   []byte       // what was open before a command of staff; it is dropped unless the command keeps it again
	Replies []Reply
	settled int // replies that stay when what follows fails
	toast   *Toast
}

// Toast is the short answer to a pressed button.
type Toast struct {
	Text  Text
	Alert bool // shown in a box that must be closed
}

// Reply adds an answer.
func (r *Request) Reply(replies ...Reply) { r.Replies = append(r.Replies, replies...) }

// Say answers with lines of text.
func (r *Request) Say(lines ...Text) { r.Reply(Reply{Lines: lines}) }

// Toast answers the pressed button; without a button it is said as a message.
func (r *Request) Toast(text Text) {
	if r.Press == nil {
		r.Say(text)
		return
	}
	r.toast = &Toast{Text: text}
}

// Alert is a Toast that must be closed.
func (r *Request) Alert(text Text) {
	r.Toast(text)
	if r.toast != nil {
		r.toast.Alert = true
	}
}

// Bubble is the message a button was pressed on, to be changed in place; 0 when
// the person typed.
func (r *Request) Bubble() int {
	if r.Press == nil {
		return 0
	}
	return r.Press.MessageID
}

// Command is one staff command: everything about it in one value.
type Command[S any] struct {
	Name    string        // typed after the slash, Vietnamese without diacritics
	Aliases []string      // English names
	Help    string        // locale key of one line of help
	Rights  []cases.Right // any one of them opens the command
	Run     func(ctx context.Context, s S, r *Request, args []string) error
	Args    string // locale key of the usage line; "" = takes none
	Rest    bool   // the last argument takes the rest of the line
	Listed  bool   // shown in the menu of commands
	Files   bool   // takes a file where it waits for words
}

// May reports whether a member of staff may use the command.
func (c Command[S]) May(s *cases.Staff) bool {
	return s != nil && !s.Locked && s.Role.MayAny(c.Rights...)
}

// Is reports whether the word names the command.
func (c Command[S]) Is(word string) bool { return c.Name == word || slices.Contains(c.Aliases, word) }

// Bind makes commands that work on S usable where only W is known.
func Bind[W, S any](commands []Command[S], as func(W) S) []Command[W] {
	out := make([]Command[W], 0, len(commands))
	for _, c := range commands {
		out = append(out, Command[W]{
			Name: c.Name, Aliases: c.Aliases, Help: c.Help, Rights: c.Rights, Args: c.Args, Rest: c.Rest, Listed: c.Listed, Files: c.Files,
			Run: func(ctx context.Context, w W, r *Request, args []string) error { return c.Run(ctx, as(w), r, args) },
		})
	}
	return out
}
