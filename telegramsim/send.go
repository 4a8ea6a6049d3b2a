package telegramsim

import "encoding/json"

// draft is a message of the bot that is ready but for its place in a chat.
type draft struct {
	chat    *chat
	message message
	markup  markup
	lenient bool // send even if the replied-to message is gone
}

// draft reads what all send methods have in common.
func (s *Server) draft(r *request) (*draft, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	d := &draft{chat: c}
	if d.markup, fail = r.markup(); fail != nil {
		return nil, fail
	}
	d.message.FromBot = true
	d.message.Inline = d.markup.inline
	d.message.Protected = r.bool("protect_content")
	return d, d.readReply(r)
}

func (d *draft) readReply(r *request) *apiError {
	d.message.ReplyTo = int(r.int64("reply_to_message_id"))
	d.lenient = r.bool("allow_sending_without_reply")
	text := r.str("reply_parameters")
	if text == "" {
		return nil
	}
	var p struct {
		ID      int  `json:"message_id"`
		Lenient bool `json:"allow_sending_without_reply"`
	}
	if json.Unmarshal([]byte(text), &p) != nil {
		return bad("can't parse reply parameters: Expected a JSON object")
	}
	d.message.ReplyTo, d.lenient = p.ID, p.Lenient
	return nil
}

// send places drafts of one chat and returns them as the bot sees them.
func (s *Server) send(drafts ...*draft) ([]*apiMessage, *apiError) {
	c := drafts[0].chat
	c.mu.Lock()
	defer c.mu.Unlock()
	if fail := c.reachable(); fail != nil {
		return nil, fail
	}
	for _, d := range drafts {
		if fail := d.resolveReply(); fail != nil {
			return nil, fail
		}
	}
	if fail := s.limits.spend(c, s.opt.Now(), len(drafts)); fail != nil {
		return nil, fail
	}
	c.stopTyping()
	var out []*apiMessage
	for _, d := range drafts {
		d.message.Keyboard = d.markup.keyboard != nil || d.markup.remove
		s.add(c, &d.message)
		s.applyKeyboard(c, d.markup)
		out = append(out, s.api(c, &d.message))
	}
	return out, nil
}

func (d *draft) resolveReply() *apiError {
	if d.message.ReplyTo == 0 || d.chat.find(d.message.ReplyTo) != nil {
		return nil
	}
	if !d.lenient {
		return bad("message to be replied not found")
	}
	d.message.ReplyTo = 0
	return nil
}

func (s *Server) applyKeyboard(c *chat, m markup) {
	if m.keyboard == nil && !m.remove {
		return
	}
	c.keyboard = m.keyboard
	s.touch(c, event{Kind: evChat})
}

// sendOne places one draft.
func (s *Server) sendOne(d *draft) (any, *apiError) {
	out, fail := s.send(d)
	if fail != nil {
		return nil, fail
	}
	return out[0], nil
}

func (s *Server) sendMessage(r *request) (any, *apiError) {
	d, fail := s.draft(r)
	if fail != nil {
		return nil, fail
	}
	if d.message.Text, d.message.Entities, fail = r.text(); fail != nil {
		return nil, fail
	}
	return s.sendOne(d)
}

func (s *Server) sendLocation(r *request) (any, *apiError) {
	d, fail := s.draft(r)
	if fail != nil {
		return nil, fail
	}
	var l Location
	if json.Unmarshal([]byte(r.str("latitude")), &l.Latitude) != nil || json.Unmarshal([]byte(r.str("longitude")), &l.Longitude) != nil || !l.valid() {
		return nil, bad("wrong latitude or longitude specified")
	}
	d.message.Location = &l
	return s.sendOne(d)
}

func (l Location) valid() bool {
	return l.Latitude >= -90 && l.Latitude <= 90 && l.Longitude >= -180 && l.Longitude <= 180
}

func (s *Server) sendContact(r *request) (any, *apiError) {
	d, fail := s.draft(r)
	if fail != nil {
		return nil, fail
	}
	c := &Contact{Phone: r.str("phone_number"), FirstName: r.str("first_name")}
	if c.Phone == "" || c.FirstName == "" {
		return nil, bad("phone number and first name must be non-empty")
	}
	d.message.Contact = c
	return s.sendOne(d)
}

// copyMessage sends a message again without a link to the original.
func (s *Server) copyMessage(r *request) (any, *apiError) {
	d, fail := s.draft(r)
	if fail != nil {
		return nil, fail
	}
	from, fail := s.chat(r, "from_chat_id")
	if fail != nil {
		return nil, fail
	}
	from.mu.Lock()
	src := from.find(int(r.int64("message_id")))
	if src == nil {
		from.mu.Unlock()
		return nil, bad("message to copy not found")
	}
	keep := d.message
	d.message = *src
	from.mu.Unlock()
	d.message.reuse(keep)
	if _, ok := r.values["caption"]; ok {
		if d.message.Text, d.message.Entities, fail = r.caption(); fail != nil {
			return nil, fail
		}
	}
	out, fail := s.send(d)
	if fail != nil {
		return nil, fail
	}
	return struct {
		ID int `json:"message_id"`
	}{out[0].ID}, nil
}

// reuse makes a copied message the bot's own.
func (m *message) reuse(own message) {
	m.FromBot, m.From, m.Inline = true, 0, own.Inline
	m.Protected, m.ReplyTo, m.Album = own.Protected, own.ReplyTo, ""
	m.EditDate = own.EditDate
}
