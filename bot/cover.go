package bot

import (
	"encoding/json"
	"strconv"
)

// A person may choose that what the ward says of its own accord comes as one neutral line
// with a button. The words are kept apart; the button puts them in the place of the line,
// and another one takes them away again.

// The buttons of discreet messages.
const (
	SeeVerb  = "see"  // puts the words in the place of the line
	HideVerb = "hide" // puts the line back
)

// covers reports whether a message may come as a neutral line: it is about a case and was
// not asked for by whoever reads it.
func (r Reply) covers() bool {
	return r.Of != nil && r.Edit == 0 && r.Clear == nil && r.Erase == 0 && r.Place == nil
}

// cover gives a function that makes the neutral line of a message, and its words.
func (r Renderer) cover(reply Reply) func(id string) (line, words []byte) {
	return func(id string) ([]byte, []byte) {
		plain := reply
		plain.Bare = true
		return r.Call(neutral(reply, id)).Encode(), r.Call(plain).Encode()
	}
}

// neutral is the line in the place of a message.
func neutral(reply Reply, id string) Reply {
	return Reply{
		Chat: reply.Chat, Lang: reply.Lang, Edit: reply.Edit, Quiet: reply.Quiet, Lines: []Text{T("discreet.line")}, Buttons: seeButton(id),
	}
}

func seeButton(id string) [][]Button {
	return [][]Button{{{Label: T("discreet.see"), Do: Action(SeeVerb, id)}}}
}

// WithFile reports whether kept words come with a file, and so as a message of their own.
func WithFile(words []byte) bool {
	c, err := DecodeCall(words)
	return err == nil && c.File != nil
}

// Neutral puts the line of a discreet message back into its place.
func Neutral(message int, id string) Reply { return neutral(Reply{Edit: message}, id) }

// Out renders a reply for the outbox.
func (r Renderer) Out(reply Reply) Out {
	out := Out{Chat: reply.Chat, Payload: r.Call(reply).Encode(), Slot: reply.Slot, Of: reply.Of}
	if reply.covers() {
		out.Cover = r.cover(reply)
	}
	return out
}

// uncovered is the call that shows the kept words of a discreet message: in the place of
// the line, or below it where they come with a file.
func (r Renderer) uncovered(reply Reply) Call {
	c, err := DecodeCall(reply.Words)
	if err != nil {
		return r.Call(Reply{Chat: reply.Chat, Lang: reply.Lang, Lines: []Text{T("button.old")}})
	}
	c.Params["chat_id"] = chatID(reply.Chat)
	hide := reply.Buttons
	if c.Method == "sendMessage" {
		c.Method = "editMessageText"
		c.Params["message_id"] = strconv.Itoa(reply.Edit)
		delete(c.Params, "disable_notification")
	}
	var had struct {
		Rows []json.RawMessage `json:"inline_keyboard"`
	}
	_ = json.Unmarshal([]byte(c.Params["reply_markup"]), &had) // a menu has no rows of buttons
	var own struct {
		Rows []json.RawMessage `json:"inline_keyboard"`
	}
	_ = json.Unmarshal([]byte(r.inline(Reply{Chat: reply.Chat, Lang: reply.Lang, Buttons: hide})), &own) // was just written
	c.Params["reply_markup"] = toJSON(map[string]any{"inline_keyboard": append(had.Rows, own.Rows...)})
	return c
}
