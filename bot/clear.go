package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"tinbao/cases"
)

// Telegram numbers the messages of all private chats of a bot in one sequence, so the
// messages of a chat are known by their own numbers only. It deletes at most MostDeleted a
// call, passes over those that are gone, and refuses the whole call when one of them is
// older than 48 hours (core.telegram.org/bots/api#deletemessages; tdlib/td, MessagesManager).

const (
	deleteMethod = "deleteMessages"
	// clearMark is a parameter of a stored call, which Telegram never sees: the call stands
	// for all messages of the chat.
	clearMark = "clear"
)

func deletion(chat int64, messages []int) Call {
	return Call{Method: deleteMethod, Params: map[string]string{"chat_id": chatID(chat), "message_ids": toJSON(append([]int{}, messages...))}}
}

// Clearing reads a stored call that clears a chat; false for any other.
func Clearing(payload []byte) (messages []int, ok bool) {
	c, err := DecodeCall(payload)
	if err != nil || c.Method != deleteMethod || c.Params[clearMark] == "" {
		return nil, false
	}
	return messages, json.Unmarshal([]byte(c.Params["message_ids"]), &messages) == nil
}

// Clear deletes messages of a chat. What Telegram refuses is tried again in halves, so that
// one message that stays keeps no other; stayed counts those that do. An error is one after
// which it is worth to try again.
func (s Stations) Clear(ctx context.Context, chat int64, messages []int) (stayed int, err error) {
	station, _ := cases.SplitChat(chat)
	one, err := s.at(station)
	if err != nil {
		return len(messages), err
	}
	for part := range slices.Chunk(messages, MostDeleted) {
		n, err := one.delete(ctx, chat, part)
		if stayed += n; err != nil {
			return stayed, err
		}
	}
	return stayed, nil
}

func (s Station) delete(ctx context.Context, chat int64, messages []int) (stayed int, err error) {
	if err := s.Limits.Wait(ctx, patience, chat, false, false); err != nil {
		return 0, err
	}
	call := deletion(chat, messages)
	_, err = s.Client.Do(ctx, call.Method, call.Params)
	var f *Failure
	switch {
	case err == nil:
		return 0, nil
	case !errors.As(err, &f) || f.Code != http.StatusBadRequest:
		return 0, err
	case len(messages) == 1:
		return 1, nil
	}
	half := len(messages) / 2 //nolint:mnd // in halves
	for _, part := range [][]int{messages[:half], messages[half:]} {
		n, err := s.delete(ctx, chat, part)
		if stayed += n; err != nil {
			return stayed, err
		}
	}
	return stayed, nil
}

// chatID is Telegram's own number of a chat.
func chatID(chat int64) string {
	_, number := cases.SplitChat(chat)
	return strconv.FormatInt(number, 10)
}
