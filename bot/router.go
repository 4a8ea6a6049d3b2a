package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"

	"tinbao/cases"
)

// Out is a rendered call on its way to the outbox.
type Out struct {
	Chat    int64
	Payload []byte
	Slot    string // see Reply.Slot
	Press   bool   // answers a press, which cannot wait behind messages
	Of      *CaseRef
	// Cover gives the neutral line that is sent instead where the person wants discreet
	// messages, and the words that are kept for it; nil = the message is no such.
	Cover func(id string) (line, words []byte)
}

// Work is the transaction of one handled update, as far as the router needs it.
// Everything given to it is committed with the handler's changes, or not at all.
type Work interface {
	Now() time.Time
	Lang() string
	Staff() *cases.Staff
	Draft() []byte
	SaveDraft(draft []byte, lang string)
	DropDraft()
	Queue(out []Out)
	// Discreet reports whether the person of the chat wants discreet messages.
	Discreet() bool
	// Undo takes back what was done to cases.
	Undo(ctx context.Context) error
}

// Resident handles everything that is not a staff command.
type Resident[W Work] func(ctx context.Context, w W, r *Request) error

// Router finds who handles an update, checks rights before anything runs, and
// turns the outcome into what is committed.
type Router[W Work] struct {
	Renderer
	Commands []Command[W]
	Resident Resident[W]
	Greet    func(ctx context.Context, w W, r *Request) error // staff typed something that is no command
	// Gate sees everything staff do before it is looked at; done = it was dealt with.
	// It may put back into the request what it kept from an earlier one. nil = no gate.
	Gate func(ctx context.Context, w W, r *Request) (done bool, err error)
}

// DefaultLang is the language of a person who chose none and whose phone tells none;
// foreignLang is that of phones in any other language.
const (
	DefaultLang = "vi"
	foreignLang = "en"
)

// languageOf is the language in which a phone is spoken to whose owner chose none.
func languageOf(phone string) string {
	language, _, _ := strings.Cut(strings.ToLower(phone), "-")
	if language == "" || language == DefaultLang {
		return DefaultLang
	}
	return foreignLang
}

// await is a staff draft: the next text is the last argument of a command.
type await struct {
	Await string   `json:"await"`
	Args  []string `json:"args"`
}

// Await asks a member of staff for a text, which then becomes the last argument
// of the command.
func Await(w Work, lang, command string, args ...string) {
	raw, err := json.Marshal(await{Await: command, Args: args})
	if err != nil {
		panic("strings only: " + err.Error())
	}
	w.SaveDraft(raw, lang)
}

// Handle handles one update inside its transaction. An error of a kind that a
// person can understand becomes an answer, and nothing happened to any case; others
// are returned, and the update is tried again.
func (r Router[W]) Handle(ctx context.Context, w W, u Update) error {
	if u.Silent || !u.Private || u.Chat <= 0 { // persons have numbers above zero
		return nil
	}
	req := &Request{Update: u, Lang: w.Lang(), Staff: w.Staff()}
	if req.Lang == "" {
		req.Lang = DefaultLang
		if req.Staff == nil {
			req.Lang = languageOf(u.Phone)
		}
	}
	if req.Staff != nil && req.Staff.Locked {
		req.Staff = nil
	}
	if err := r.dispatch(ctx, w, req); err != nil {
		if k := cases.KindOf(err); k == cases.Internal || k == cases.Transient {
			return err
		}
		if err := w.Undo(ctx); err != nil {
			return err
		}
		req.Replies = req.Replies[:req.settled]
		req.Alert(T(cases.TextOf(err)))
	}
	w.Queue(r.render(req, u.Press, w.Discreet()))
	return nil
}

func (r Router[W]) dispatch(ctx context.Context, w W, req *Request) error {
	if req.Press != nil {
		data, ok := unsign(r.Tags, req.Chat, req.Press.Data)
		if !ok {
			req.Toast(T("button.old"))
			return nil
		}
		beside := r.authentic(req.Chat, req.Press.Beside)
		req.Press = &Press{ID: req.Press.ID, Data: data, MessageID: req.Press.MessageID, Beside: beside}
	}
	if req.Quoted != nil { // only what this program signed for this chat counts
		q := *req.Quoted
		q.Data = r.authentic(req.Chat, q.Data)
		req.Quoted = &q
	}
	if req.Staff == nil {
		return r.Resident(ctx, w, req)
	}
	return r.staff(ctx, w, req)
}

// authentic are those of the data of buttons that were signed for a chat, without the tags.
func (r Router[W]) authentic(chat int64, signed []string) (all []string) {
	for _, one := range signed {
		if data, ok := unsign(r.Tags, chat, one); ok {
			all = append(all, data)
		}
	}
	return all
}

func (r Router[W]) staff(ctx context.Context, w W, req *Request) error {
	if r.Gate != nil {
		if done, err := r.Gate(ctx, w, req); done || err != nil {
			return err
		}
		req.settled = len(req.Replies)
	}
	word, args, waiting := r.words(w, req)
	if word == "" {
		return r.Greet(ctx, w, req)
	}
	for _, c := range r.Commands {
		if !c.Is(word) {
			continue
		}
		if !c.May(req.Staff) {
			break
		}
		if req.Draft = w.Draft(); waiting || req.Draft != nil {
			w.DropDraft()
		}
		return c.Run(ctx, w, req, args)
	}
	req.Toast(T("error.command"))
	return nil
}

// words finds the command in a press, a typed command or an awaited text.
func (r Router[W]) words(w W, req *Request) (word string, args []string, waiting bool) {
	if req.Press != nil {
		word, args = SplitAction(req.Press.Data)
		return word, args, false
	}
	if req.Edited || req.Blocked || req.Unblocked || r.onMenu(req.Text) {
		return "", nil, false
	}
	if req.Command != "" {
		return req.Command, r.split(req.Command, req.Args), false
	}
	var a await
	if json.Unmarshal(w.Draft(), &a) == nil && a.Await != "" && (req.File == nil && req.Text != "" || req.File != nil && r.takesFile(a.Await)) {
		return a.Await, append(a.Args, req.Text), true
	}
	return "", nil, false
}

// takesFile reports whether a file answers the question of a command.
func (r Router[W]) takesFile(word string) bool {
	return slices.ContainsFunc(r.Commands, func(c Command[W]) bool { return c.Is(word) && c.Files })
}

// onMenu reports whether a text is a button of the staff menu, in any language,
// and so never the answer to a question.
func (r Router[W]) onMenu(text string) bool {
	for name, rows := range r.Menus {
		if !strings.HasPrefix(string(name), string(StaffMenu)) {
			continue
		}
		for _, t := range slices.Concat(rows...) {
			if slices.ContainsFunc(r.Languages, func(lang string) bool { return plain(r.Format(lang, t)) == text }) {
				return true
			}
		}
	}
	return false
}

// split cuts typed arguments at spaces; a command with Rest keeps the end whole.
func (r Router[W]) split(word, line string) []string {
	for _, c := range r.Commands {
		if !c.Is(word) || !c.Rest {
			continue
		}
		line = strings.TrimSpace(line)
		end := strings.IndexFunc(line, unicode.IsSpace)
		switch {
		case line == "":
			return nil
		case end < 0:
			return []string{line}
		}
		return []string{line[:end], strings.TrimSpace(line[end:])}
	}
	return strings.Fields(line)
}

// render writes the answers; hidden = what is about a case is hidden behind a spoiler. press is the button that was pressed, also when a gate
// has put another request in its place.
func (r Router[W]) render(req *Request, press *Press, hidden bool) []Out {
	var out []Out
	switch {
	case press != nil:
		out = append(out, Out{Chat: req.Chat, Payload: r.Renderer.Toast(req.Lang, press, req.toast).Encode(), Press: true})
	case req.toast != nil:
		req.Say(req.toast.Text)
	}
	for _, reply := range req.Replies {
		if reply.Chat == 0 {
			reply.Chat = req.Chat
		}
		if reply.Lang == "" {
			reply.Lang = req.Lang
		}
		one := r.Out(reply)
		if reply.Chat == req.Chat { // who reads it has just asked for it
			one.Cover, reply.Hidden = nil, hidden
			one.Payload = r.Call(reply).Encode()
		}
		out = append(out, one)
	}
	return out
}
