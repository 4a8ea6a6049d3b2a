package bot

import (
	"net/http"
	"strings"
)

// refusals are words of Telegram's descriptions that quote nothing of a message, so that they
// can stand in a log (tdlib/telegram-bot-api, Client.cpp, and core.telegram.org/method/messages.sendMessage,
// "Possible errors").
var refusals = []string{
	"bot was blocked by the user", "user is deactivated", "bot can't initiate conversation", "bot can't send messages to bots", "chat not found",
	"PEER_ID_INVALID", "USER_IS_BLOCKED", "INPUT_USER_DEACTIVATED", "not enough rights", "can't parse entities", "message text is empty", "text must be non-empty",
	"message is too long", "caption is too long", "MESSAGE_TOO_LONG", "MEDIA_CAPTION_TOO_LONG", "ENTITY_BOUNDS_INVALID", "message is not modified",
	"message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID", "there is no text in the message to edit", "message to delete not found",
	"message can't be deleted", "message to be replied not found", "query is too old", "QUERY_ID_INVALID", "can't parse reply keyboard markup",
	"can't parse inline keyboard", "object expected as reply markup", "reply markup is too long", "REPLY_MARKUP_TOO_LONG", "BUTTON_DATA_INVALID",
	"BUTTON_URL_INVALID", "BUTTON_TYPE_INVALID", "BUTTON_COPY_TEXT_INVALID", "inline keyboard button", "wrong file identifier", "wrong remote file identifier",
	"wrong type of the web page content", "file must be non-empty", "file is too big", "Request Entity Too Large", "PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED",
	"PHOTO_EXT_INVALID", "DOCUMENT_INVALID", "MEDIA_EMPTY", "group send failed", "Too Many Requests", "Unauthorized", "terminated by other getUpdates",
	"webhook is active", "method not found", "unreadable call", "Internal Server Error", "Bad Gateway",
}

// Words are those of Telegram's description that are known to quote nothing of a message; for
// any other "unknown words".
func (f *Failure) Words() string {
	for _, words := range refusals {
		if strings.Contains(strings.ToLower(f.Description), strings.ToLower(words)) {
			return words
		}
	}
	return "unknown words"
}

// anew is the message that says what a refused edit would have said; false where the refusal
// is not about the message to edit, or the edit has no text.
func (c Call) anew(f *Failure) (Call, bool) {
	if c.Method != "editMessageText" || f.Code != http.StatusBadRequest || f.Gone() || strings.Contains(f.Description, "message is not modified") {
		return Call{}, false
	}
	params := map[string]string{}
	for name, value := range c.Params {
		if name != "message_id" && !(name == "reply_markup" && value == noButtons) {
			params[name] = value
		}
	}
	return Call{Method: "sendMessage", Params: params}, true
}

// noButtons takes the buttons away from a message that is edited.
const noButtons = `{"inline_keyboard":[]}`
