package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
)

// The structs below hold the fields of an update that this program uses (Bot API, Update and
// the types it names) and no others. A field of another type than expected is left at its zero
// and the rest is read: encoding/json goes on after an UnmarshalTypeError, and number and
// decimal give none.

type inUpdate struct {
	ID       number    `json:"update_id"`
	Message  *inMsg    `json:"message"`
	Edited   *inMsg    `json:"edited_message"`
	Callback *inPress  `json:"callback_query"`
	Member   *inMember `json:"my_chat_member"`
}

type inUser struct {
	ID       number `json:"id"`
	IsBot    bool   `json:"is_bot"`
	First    string `json:"first_name"`
	Last     string `json:"last_name"`
	Name     string `json:"username"`
	Language string `json:"language_code"`
}

func (u *inUser) name() string { return joined(" ", u.First, u.Last) }

type inChat struct {
	ID    number `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
	Name  string `json:"username"`
}

// private reports a chat with one person, whose number is above zero.
func (c *inChat) private() bool { return c.Type == "private" || c.Type == "" && c.ID > 0 }

type inMember struct {
	Chat inChat `json:"chat"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

type inPress struct {
	ID      string  `json:"id"`
	From    *inUser `json:"from"`
	Message *inMsg  `json:"message"`
	Data    string  `json:"data"`
}

type inMsg struct {
	ID       number    `json:"message_id"`
	From     *inUser   `json:"from"`
	Chat     *inChat   `json:"chat"`
	Album    string    `json:"media_group_id"`
	Text     string    `json:"text"`
	Caption  string    `json:"caption"`
	Location *inPlace  `json:"location"`
	Venue    *inVenue  `json:"venue"`
	Reply    *inMsg    `json:"reply_to_message"`
	External *inExt    `json:"external_reply"`
	Quote    *inQuote  `json:"quote"`
	Markup   *inMarkup `json:"reply_markup"`
	Origin   *inOrigin `json:"forward_origin"`
	inFiles

	// As forwarding was told before Bot API 7.0.
	ForwardFrom      *inUser `json:"forward_from"`
	ForwardName      string  `json:"forward_sender_name"`
	ForwardChat      *inChat `json:"forward_from_chat"`
	ForwardMessage   number  `json:"forward_from_message_id"`
	ForwardSignature string  `json:"forward_signature"`
}

type inFiles struct {
	Photo     []inFile `json:"photo"`
	Video     *inFile  `json:"video"`
	VideoNote *inFile  `json:"video_note"`
	Animation *inFile  `json:"animation"`
	Voice     *inFile  `json:"voice"`
	Audio     *inFile  `json:"audio"`
	Document  *inFile  `json:"document"`
}

type inFile struct {
	ID   string `json:"file_id"`
	MIME string `json:"mime_type"`
	Size number `json:"file_size"`
}

type inPlace struct {
	Lat decimal `json:"latitude"`
	Lon decimal `json:"longitude"`
}

type inVenue struct {
	Location *inPlace `json:"location"`
	Title    string   `json:"title"`
	Address  string   `json:"address"`
}

// inExt is what is answered in another chat (Bot API, ExternalReplyInfo).
type inExt struct {
	Origin *inOrigin `json:"origin"`
	inFiles
}

type inQuote struct {
	Text string `json:"text"`
}

type inMarkup struct {
	Inline [][]struct {
		Data string `json:"callback_data"`
	} `json:"inline_keyboard"`
}

// inOrigin is where a forwarded message comes from (Bot API, MessageOrigin).
type inOrigin struct {
	User       *inUser `json:"sender_user"`
	UserName   string  `json:"sender_user_name"`
	SenderChat *inChat `json:"sender_chat"`
	Chat       *inChat `json:"chat"`
	MessageID  number  `json:"message_id"`
	Signature  string  `json:"author_signature"`
}

// number is a whole number, 0 for anything else. A quoted one is read too.
type number int64

// UnmarshalJSON never fails, because one odd field must not end the reading of the others.
func (n *number) UnmarshalJSON(raw []byte) error {
	s := string(bytes.Trim(raw, `"`))
	if v, err := strconv.ParseInt(s, 10, 64); err == nil {
		*n = number(v)
		return nil
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil && v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		*n = number(v)
	}
	return nil
}

// decimal is a number that may be missing: ok is false for anything else.
type decimal struct {
	v  float64
	ok bool
}

// UnmarshalJSON never fails, as that of number.
func (d *decimal) UnmarshalJSON(raw []byte) error {
	v, err := strconv.ParseFloat(string(bytes.Trim(raw, `"`)), 64)
	d.v, d.ok = v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
	return nil
}

var errMalformed = errors.New("reading update: malformed JSON")

// decode reads what can be read of an update, and names the first field that could not: a
// name of the structs above, never anything of the content.
func decode(raw []byte) (u inUpdate, unread string, err error) {
	err = json.Unmarshal(raw, &u)
	if odd := (*json.UnmarshalTypeError)(nil); errors.As(err, &odd) {
		if odd.Field == "" { // not even an object
			return inUpdate{}, "", errMalformed
		}
		unread, err = strings.ReplaceAll(odd.Field, "inFiles.", ""), nil // of no name in JSON
	}
	if err != nil {
		return inUpdate{}, "", errMalformed
	}
	return u, unread, nil
}

// Names of the fields that hold what a person sends (Bot API, Message): those the program
// uses, and those it does not.
var (
	usedContent  = []string{"text", "caption", "photo", "video", "video_note", "animation", "voice", "audio", "document", "location", "venue"}
	otherContent = []string{
		"sticker", "contact", "poll", "dice", "game", "story", "paid_media", "checklist", "invoice", "giveaway", "passport_data", "live_photo",
	}
)

// Service messages are written by Telegram when something is done in a chat (Bot API, Message,
// "Service message"). Nearly all of their names end in what was done, so those to come are
// recognised as well.
var (
	serviceNames = []string{
		"pinned_message", "connected_website", "new_chat_members", "new_chat_member", "left_chat_member", "new_chat_title", "new_chat_photo",
		"delete_chat_photo", "migrate_to_chat_id", "migrate_from_chat_id", "successful_payment", "refunded_payment", "gift", "unique_gift",
		"giveaway_winners", "web_app_data",
	}
	serviceEnds = []string{
		"_added", "_allowed", "_approved", "_changed", "_closed", "_completed", "_created", "_declined", "_deleted", "_done", "_edited",
		"_ended", "_failed", "_hidden", "_invited", "_left", "_paid", "_refunded", "_removed", "_reopened", "_scheduled", "_sent", "_set",
		"_shared", "_started", "_triggered", "_unhidden",
	}
)

// kindOf looks at the names of the fields of a message: which of the used contents it has ("" =
// none), and whether it is a service message.
func kindOf(raw json.RawMessage) (content string, service bool) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return "", false
	}
	has := func(name string) bool { v, ok := fields[name]; return ok && string(v) != "null" }
	if i := slices.IndexFunc(usedContent, has); i >= 0 {
		return usedContent[i], false
	}
	if slices.ContainsFunc(otherContent, has) {
		return "", false
	}
	for name := range fields {
		ends := func(end string) bool { return strings.HasSuffix(name, end) }
		if has(name) && (slices.Contains(serviceNames, name) || slices.ContainsFunc(serviceEnds, ends)) {
			return "", true
		}
	}
	return "", false
}
