package telegramsim

import (
	"encoding/json"
	"maps"
	"slices"
)

// services are messages that Telegram itself writes into a private chat when something is done
// there, with the field that tells of it (core.telegram.org/bots/api#message).
var services = map[string]json.RawMessage{
	"pinned_message":                    json.RawMessage(`{"message_id":1,"date":0,"chat":{"id":0,"type":"private"}}`),
	"message_auto_delete_timer_changed": json.RawMessage(`{"message_auto_delete_time":86400}`),
	"chat_background_set":               json.RawMessage(`{"type":{"type":"fill","fill":{"type":"solid","color":0},"dark_theme_dimming":0}}`),
	"write_access_allowed":              json.RawMessage(`{"from_attachment_menu":true}`),
	"users_shared":                      json.RawMessage(`{"request_id":1,"users":[{"user_id":1}]}`),
	"boost_added":                       json.RawMessage(`{"boost_count":1}`),
	"gift":                              json.RawMessage(`{"gift":{"id":"1","star_count":15}}`),
}

// Services are the names that [Server.Service] knows.
func Services() []string { return slices.Sorted(maps.Keys(services)) }

// Service lets Telegram write a service message into a person's chat. It takes a number like
// every message.
func (s *Server) Service(user int64, name string) error {
	value, known := services[name]
	if !known {
		return errNoMessage
	}
	return s.act(user, func(c *chat) error {
		m := message{}
		m.ID, m.Date = int(s.messages.Add(1)), s.now()
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(encode(s.apiShallow(c, &m)), &fields); err != nil {
			return err
		}
		fields[name] = value
		s.queue.push("message", c.id, func(id int64) json.RawMessage {
			return encode(map[string]any{"update_id": id, "message": fields})
		})
		s.dirtyState()
		return nil
	})
}
