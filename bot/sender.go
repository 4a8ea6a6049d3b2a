package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Sender delivers calls within Telegram's limits.
type Sender struct {
	Client *Client
	Limits *Limits
}

// patience is how long a call is held back by the limits before it is put off.
const patience = 10 * time.Second

// Send delivers one encoded call to a chat and gives the number of the message there, 0
// where there is none. A Failure tells why Telegram refused; an edit that changes nothing, a
// message already deleted and a press answered too late count as delivered, because there is
// nothing left to do. The text of an edit that is refused is sent as a new message. A call for
// which the limits leave no room soon is not made; RetryIn tells when to try again.
func (s Sender) Send(ctx context.Context, chat int64, payload []byte) (message int, err error) {
	call, err := DecodeCall(payload)
	if err != nil {
		return 0, &Failure{Code: http.StatusBadRequest, Description: "unreadable call"}
	}
	result, err := s.call(ctx, chat, call)
	var f *Failure
	if errors.As(err, &f) {
		if again, ok := call.anew(f); ok {
			result, err = s.call(ctx, chat, again)
		} else if f.harmless() {
			return 0, nil
		}
	}
	return placed(result), err
}

// call makes a call when the limits allow it.
func (s Sender) call(ctx context.Context, chat int64, call Call) (json.RawMessage, error) {
	if err := s.Limits.Wait(ctx, patience, chat, strings.HasPrefix(call.Method, "send"), call.Method == "answerCallbackQuery"); err != nil {
		return nil, err
	}
	if call.File != nil {
		return s.Client.Upload(ctx, call.Method, call.Params, call.Field, *call.File)
	}
	return s.Client.Do(ctx, call.Method, call.Params)
}

// placed is the number of the message that a call put into a chat or changed there, 0 for
// calls that answer something else.
func placed(result json.RawMessage) int {
	var m struct {
		ID int `json:"message_id"`
	}
	if json.Unmarshal(result, &m) != nil {
		return 0
	}
	return m.ID
}

func (f *Failure) harmless() bool {
	for _, s := range []string{"message is not modified", "query is too old", "message to edit not found", "message to delete not found", "message can't be edited", "message can't be deleted"} {
		if strings.Contains(f.Description, s) {
			return true
		}
	}
	return false
}

// minRetry is waited when Telegram says 429 without a time.
const minRetry = time.Second

// RetryIn tells how long to wait after an error, false when the error is not
// about pace.
func RetryIn(err error) (time.Duration, bool) {
	var f *Failure
	if errors.As(err, &f) && f.Code == 429 {
		return max(f.RetryAfter, minRetry), true
	}
	return 0, false
}
