package telegramsim

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// maxPoll is the longest wait Telegram grants a getUpdates, in seconds.
const maxPoll = 50

// update is the envelope of every update the simulator makes itself.
type update struct {
	ID           int64          `json:"update_id"`
	Message      *apiMessage    `json:"message,omitempty"`
	Edited       *apiMessage    `json:"edited_message,omitempty"`
	Callback     *apiCallback   `json:"callback_query,omitempty"`
	MyChatMember *apiMemberMove `json:"my_chat_member,omitempty"`
}

func (u *update) kind() string {
	switch {
	case u.Edited != nil:
		return "edited_message"
	case u.Callback != nil:
		return "callback_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	default:
		return "message"
	}
}

func (s *Server) push(chat int64, u update) {
	s.queue.push(u.kind(), chat, func(id int64) json.RawMessage {
		u.ID = id
		return encode(u)
	})
	s.dirtyState()
}

// encode marshals a value that always can be.
func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("telegramsim: encoding %T: %v", v, err))
	}
	return raw
}

// InjectUpdate queues any update object and returns its id. Without an
// update_id it gets the next one. An id that was used before is delivered all
// the same, once, as Telegram does after a lost confirmation.
func (s *Server) InjectUpdate(raw json.RawMessage) (int64, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return 0, fmt.Errorf("telegramsim: an update must be a JSON object: %w", err)
	}
	chat := updateChat(raw)
	if _, ok := fields["update_id"]; !ok {
		id := s.queue.push("injected", chat, func(id int64) json.RawMessage {
			fields["update_id"] = encode(id)
			return encode(fields)
		})
		if id != 0 {
			s.dirtyState()
			return id, nil
		}
	}
	var id int64
	if err := json.Unmarshal(fields["update_id"], &id); err != nil {
		return 0, fmt.Errorf("telegramsim: update_id: %w", err)
	}
	s.queue.inject(id, chat, encode(fields))
	s.dirtyState()
	return id, nil
}

// updateChat finds the chat an update belongs to, 0 if it names none.
func updateChat(raw json.RawMessage) int64 {
	type ref struct {
		Chat    struct{ ID int64 } `json:"chat"`
		From    struct{ ID int64 } `json:"from"`
		Message struct {
			Chat struct{ ID int64 } `json:"chat"`
		} `json:"message"`
	}
	var kinds map[string]json.RawMessage
	if json.Unmarshal(raw, &kinds) != nil {
		return 0
	}
	for _, body := range kinds {
		var r ref
		if json.Unmarshal(body, &r) != nil {
			continue
		}
		for _, id := range []int64{r.Chat.ID, r.Message.Chat.ID, r.From.ID} {
			if id != 0 {
				return id
			}
		}
	}
	return 0
}

// getUpdates hands out updates. As in Telegram a new request ends the one that
// is already waiting: the older gets the 409.
func (s *Server) getUpdates(r *request) (any, *apiError) {
	q := &s.queue
	q.mu.Lock()
	if s.hook.active() {
		q.mu.Unlock()
		return nil, &apiError{code: 409, text: conflictWebhook}
	}
	q.cutPoll(conflictPoll)
	me := &poll{cut: make(chan struct{})}
	q.poll = me
	if kinds, ok := r.kinds(); ok {
		q.allowed = kinds
	}
	before := q.live
	q.confirmBelow(r.int64("offset"))
	confirmed := before != q.live
	q.mu.Unlock()
	if confirmed {
		s.dirtyState()
	}
	limit := int(r.int64("limit"))
	if limit <= 0 || limit > 100 {
		limit = 100
	}
	timeout := min(max(r.int64("timeout"), 0), maxPoll)
	return s.await(r, limit, time.Duration(timeout)*time.Second, me)
}

// await ends the poll with the request or with the server, whichever is first.
func (s *Server) await(r *request, limit int, timeout time.Duration, me *poll) (any, *apiError) {
	ctx, cancel := withEither(r.ctx, s.ctx)
	defer cancel()
	out, fail := s.queue.next(ctx, limit, timeout, me)
	if fail != nil {
		return nil, fail
	}
	return out, nil
}

// kinds reads allowed_updates; ok is false when the bot did not send it.
func (r *request) kinds() (kinds []string, ok bool) {
	text := r.str("allowed_updates")
	if text == "" || json.Unmarshal([]byte(text), &kinds) != nil || kinds == nil {
		return nil, false
	}
	return slices.Clip(kinds), true
}
