package bot

import "context"

// CommandEntry is one command in the menu of a phone.
type CommandEntry struct {
	Name string
	Help Text
}

// CommandMenu renders the calls that put commands into the menu of one chat, or
// of everybody without a menu of their own when chat is 0. The first language is
// the one of phones in any other language. No entries take the menu away.
func (r Renderer) CommandMenu(chat int64, languages []string, entries []CommandEntry) []Out {
	var out []Out
	for i, lang := range languages {
		c := Call{Method: "setMyCommands", Params: map[string]string{"scope": `{"type":"all_private_chats"}`}}
		if chat != 0 {
			c.Params["scope"] = `{"type":"chat","chat_id":` + chatID(chat) + `}`
		}
		if i > 0 {
			c.Params["language_code"] = lang
		}
		if len(entries) == 0 {
			c.Method = "deleteMyCommands"
		} else {
			c.Params["commands"] = toJSON(r.commandList(lang, entries))
		}
		out = append(out, Out{Chat: chat, Payload: c.Encode()})
	}
	return out
}

type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

func (r Renderer) commandList(lang string, entries []CommandEntry) []botCommand {
	list := make([]botCommand, 0, len(entries))
	for _, e := range entries {
		list = append(list, botCommand{e.Name, plain(r.Format(lang, e.Help))})
	}
	return list
}

// Deliver makes an encoded call at once, outside of the outbox and its limits,
// for calls that belong to no chat.
func (c *Client) Deliver(ctx context.Context, payload []byte) error {
	call, err := DecodeCall(payload)
	if err != nil {
		return err
	}
	_, err = c.Do(ctx, call.Method, call.Params)
	return err
}
