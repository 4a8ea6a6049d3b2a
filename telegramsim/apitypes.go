package telegramsim

// The objects of the Bot API, as far as the simulator writes them.

type apiUser struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

type apiChat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	Username  string `json:"username,omitempty"`
}

type apiMessage struct {
	ID              int         `json:"message_id"`
	From            *apiUser    `json:"from,omitempty"`
	Chat            apiChat     `json:"chat"`
	Date            int64       `json:"date"`
	EditDate        int64       `json:"edit_date,omitempty"`
	Album           string      `json:"media_group_id,omitempty"`
	ReplyTo         *apiMessage `json:"reply_to_message,omitempty"`
	Protected       bool        `json:"has_protected_content,omitempty"`
	Text            string      `json:"text,omitempty"`
	Entities        []Entity    `json:"entities,omitempty"`
	Caption         string      `json:"caption,omitempty"`
	CaptionEntities []Entity    `json:"caption_entities,omitempty"`
	Photo           []File      `json:"photo,omitempty"`
	Video           *File       `json:"video,omitempty"`
	Voice           *File       `json:"voice,omitempty"`
	Audio           *File       `json:"audio,omitempty"`
	Document        *File       `json:"document,omitempty"`
	VideoNote       *File       `json:"video_note,omitempty"`
	Animation       *File       `json:"animation,omitempty"`
	Sticker         *File       `json:"sticker,omitempty"`
	Location        *Location   `json:"location,omitempty"`
	Venue           *Venue      `json:"venue,omitempty"`
	Origin          *apiOrigin  `json:"forward_origin,omitempty"`
	Contact         *Contact    `json:"contact,omitempty"`
	Markup          *apiMarkup  `json:"reply_markup,omitempty"`
}

type apiMarkup struct {
	Inline [][]apiButton `json:"inline_keyboard"`
}

type apiButton struct {
	Text   string   `json:"text"`
	Data   *string  `json:"callback_data,omitempty"`
	URL    string   `json:"url,omitempty"`
	Copy   *apiCopy `json:"copy_text,omitempty"`
	WebApp *apiLink `json:"web_app,omitempty"`
}

type apiCopy struct {
	Text string `json:"text"`
}

type apiLink struct {
	URL string `json:"url"`
}

// apiOrigin is where a forwarded message comes from (Bot API, MessageOrigin).
type apiOrigin struct {
	Type      string   `json:"type"`
	Date      int64    `json:"date"`
	UserName  string   `json:"sender_user_name,omitempty"`
	Chat      *apiChat `json:"chat,omitempty"`
	MessageID int      `json:"message_id,omitempty"`
}

func (o *Origin) api(date int64) *apiOrigin {
	switch {
	case o == nil:
		return nil
	case o.Title == "":
		return &apiOrigin{Type: "hidden_user", Date: date, UserName: o.Name}
	}
	return &apiOrigin{Type: "channel", Date: date, Chat: &apiChat{ID: originID, Type: "channel", Title: o.Title, Username: o.Username}, MessageID: 1}
}

// originID is the number of every channel that is forwarded from.
const originID = -1001000000001

type apiCallback struct {
	ID       string      `json:"id"`
	From     *apiUser    `json:"from"`
	Message  *apiMessage `json:"message"`
	Instance string      `json:"chat_instance"`
	Data     string      `json:"data"`
}

type apiMemberMove struct {
	Chat apiChat   `json:"chat"`
	From *apiUser  `json:"from"`
	Date int64     `json:"date"`
	Old  apiMember `json:"old_chat_member"`
	New  apiMember `json:"new_chat_member"`
}

type apiMember struct {
	User   *apiUser `json:"user"`
	Status string   `json:"status"`
	Until  *int64   `json:"until_date,omitempty"` // present for kicked only
}

func (s *Server) botUser() *apiUser {
	return &apiUser{ID: s.botID, IsBot: true, FirstName: s.opt.BotName, Username: s.opt.BotUsername}
}

func personUser(u User) *apiUser {
	return &apiUser{ID: u.ID, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username, LanguageCode: u.LanguageCode}
}

func (c *chat) api() apiChat {
	if c.title != "" {
		return apiChat{ID: c.id, Type: "supergroup", Title: c.title}
	}
	return apiChat{ID: c.id, Type: "private", FirstName: c.user.FirstName, LastName: c.user.LastName, Username: c.user.Username}
}

// api writes a message of a locked chat for the bot.
func (s *Server) api(c *chat, m *message) *apiMessage {
	out := s.apiShallow(c, m)
	if m.ReplyTo != 0 {
		if to := c.find(m.ReplyTo); to != nil {
			out.ReplyTo = s.apiShallow(c, to)
		}
	}
	return out
}

// apiShallow leaves out the replied-to message: Telegram never nests those.
func (s *Server) apiShallow(c *chat, m *message) *apiMessage {
	out := &apiMessage{
		ID: m.ID, From: s.botUser(), Chat: c.api(), Date: m.Date.Unix(), Album: m.Album, Protected: m.Protected,
		Photo: m.Sizes, Video: m.Video, Voice: m.Voice, Audio: m.Audio, Document: m.Document,
		VideoNote: m.VideoNote, Animation: m.Animation, Sticker: m.Sticker,
		Location: m.Location, Venue: m.Venue, Origin: m.Origin.api(m.Date.Unix()), Contact: m.Contact, Markup: markupOf(m.Inline),
	}
	if !m.FromBot {
		out.From = personUser(c.user)
	}
	if !m.EditDate.IsZero() {
		out.EditDate = m.EditDate.Unix()
	}
	if f, _ := m.File(); f != nil {
		out.Caption, out.CaptionEntities = m.Text, m.Entities
	} else {
		out.Text, out.Entities = m.Text, m.Entities
	}
	if m.Animation != nil { // kept by Telegram for old bots
		out.Document = m.Animation
	}
	return out
}

func markupOf(rows [][]Button) *apiMarkup {
	if len(rows) == 0 {
		return nil
	}
	out := &apiMarkup{}
	for _, row := range rows {
		line := []apiButton{}
		for _, b := range row {
			line = append(line, b.api())
		}
		out.Inline = append(out.Inline, line)
	}
	return out
}

func (b Button) api() apiButton {
	out := apiButton{Text: b.Text, URL: b.URL}
	if b.Data != "" {
		out.Data = &b.Data
	}
	if b.Copy != "" {
		out.Copy = &apiCopy{Text: b.Copy}
	}
	if b.WebApp != "" {
		out.WebApp = &apiLink{URL: b.WebApp}
	}
	return out
}
