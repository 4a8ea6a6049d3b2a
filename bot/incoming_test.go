package bot_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// everything is a message with nearly every field Telegram knows, in the types it documents.
const everything = `{"update_id":7,"message":{"message_id":3,"message_thread_id":1,"date":1,"edit_date":2,"text":"cứu tôi",
"from":{"id":5550001,"is_bot":false,"first_name":"A","last_name":"B","username":"ab","language_code":"vi","is_premium":true},
"chat":{"id":5550001,"type":"private","first_name":"A","title":"","username":"ab"},
"sender_chat":{"id":-1,"type":"channel","title":"x"},"via_bot":{"id":1,"is_bot":true,"first_name":"v"},
"forward_origin":{"type":"channel","date":1,"chat":{"id":-1,"type":"channel","title":"K","username":"k"},"message_id":5,"author_signature":"s"},
"reply_to_message":{"message_id":2,"date":1,"chat":{"id":5550001,"type":"private"},"from":{"id":1,"is_bot":true,"first_name":"b"},"text":"?",
"reply_markup":{"inline_keyboard":[[{"text":"x","callback_data":"d"}]]}},
"quote":{"text":"q","position":0,"is_manual":true},"media_group_id":"g","author_signature":"s","sender_boost_count":1,
"entities":[{"type":"bold","offset":0,"length":3}],"link_preview_options":{"is_disabled":true},"has_protected_content":true,"paid_star_count":3,
"photo":[{"file_id":"p","file_unique_id":"u","width":1,"height":1,"file_size":9}],"caption":"c","caption_entities":[],
"video":{"file_id":"v","file_unique_id":"u","duration":1,"mime_type":"video/mp4","file_size":9,"thumbnail":{"file_id":"t"},"cover":[]},
"location":{"latitude":20.5,"longitude":105.5,"live_period":60,"heading":1},"venue":{"location":{"latitude":1,"longitude":2},"title":"t","address":"a"},
"reply_markup":{"inline_keyboard":[]}}}`

// odd are values that no field of everything has.
var odd = []string{
	`null`, `true`, `"x"`, `""`, `5`, `-1`, `1.5`, `1e400`, `99999999999999999999`, `"12"`, `[]`, `{}`, `[1,"x",null,{}]`, `[[{}]]`, `{"a":{"b":[1]}}`,
}

// Whatever stands in a field besides, the words of a person and the chat they came from are
// read.
func TestOddFieldsLoseNoMessage(t *testing.T) {
	t.Parallel()
	needed := []string{"update_id", "message", "message.chat", "message.chat.id", "message.text"}
	private := "message.chat.type"
	tried := 0
	for path, put := range places(t, everything) {
		if slices.Contains(needed, path) {
			continue
		}
		for _, value := range odd {
			u, err := bot.ReadUpdate(put(value))
			tried++
			if err != nil || u.ID != 7 || u.Chat != an || !strings.HasPrefix(u.Text, "cứu tôi") || !u.Private && path != private || u.Silent || u.Odd {
				t.Errorf("%s: %s: %+v, %v", path, value, u, err)
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d were tried", tried)
	}
}

// A message of which the content itself is odd is answered as one the bot cannot use, and is
// noted with the name of the field and nothing else.
func TestOddContentIsNoted(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"text", "caption", "photo", "video", "voice", "audio", "document", "video_note", "animation", "location", "venue"} {
		for _, value := range []string{`5`, `true`, `[7]`, `{"secret":1}`, `99999999999999999999`, `{"file_id":{}}`} {
			u, err := bot.ReadUpdate([]byte(message(`"` + name + `":` + value)))
			if err != nil || u.Chat != an || !u.Odd || u.Silent || !strings.HasPrefix(u.Unread, "message."+name) || strings.Contains(u.Unread, "secret") {
				t.Errorf("%s: %s: %+v, %v", name, value, u, err)
			}
		}
	}
	for raw, want := range map[string]string{
		`{"update_id":7,"message":"secret"}`:                        "message",
		`{"update_id":7,"message":{"text":"x"}}`:                    "message",
		`{"update_id":7,"message":{"chat":{"id":{}},"text":"x"}}`:   "message",
		`{"update_id":7,"callback_query":[1]}`:                      "callback_query",
		`{"update_id":7,"edited_message":{"chat":5,"text":"x"}}`:    "edited_message.chat",
		`{"update_id":7,"my_chat_member":{"chat":{"id":"secret"}}}`: "my_chat_member",
	} {
		if u, err := bot.ReadUpdate([]byte(raw)); err != nil || u.ID != 7 || u.Unread != want {
			t.Errorf("%s: %q, want %q: %v", raw, u.Unread, want, err)
		}
	}
}

// What Telegram writes when something is done in a chat is no word of the person, whatever
// will be added to the list; a person's own things are, of kinds to come as well.
func TestServiceMessagesAreSilent(t *testing.T) {
	t.Parallel()
	for _, fields := range []string{
		`"pinned_message":{"message_id":2,"date":0,"chat":{"id":5550001,"type":"private"}}`, `"message_auto_delete_timer_changed":{"message_auto_delete_time":86400}`,
		`"chat_background_set":{"type":{"type":"wallpaper"}}`, `"write_access_allowed":{"from_request":true}`, `"users_shared":{"request_id":1,"users":[]}`,
		`"chat_shared":{"request_id":1,"chat_id":1}`, `"boost_added":{"boost_count":1}`, `"gift":{"gift":{}}`, `"unique_gift":{}`, `"connected_website":"x"`,
		`"proximity_alert_triggered":{}`, `"successful_payment":{}`, `"web_app_data":{"data":"x"}`, `"suggested_post_declined":{}`, `"chat_theme_set":{}`,
		`"migrate_to_chat_id":-1`, `"delete_chat_photo":true`, `"video_chat_ended":{"duration":1}`, `"something_new_changed":{"x":1}`,
	} {
		u, err := bot.ReadUpdate([]byte(message(fields)))
		if err != nil || !u.Silent || u.Odd || u.Unread != "" {
			t.Errorf("%s: %+v, %v", fields, u, err)
		}
		if u, _ := bot.ReadUpdate([]byte(message(fields + `,"text":"cứu"`))); u.Silent || u.Text != "cứu" {
			t.Errorf("%s with words: %+v", fields, u)
		}
	}
	for _, fields := range []string{`"dice":{"emoji":"x","value":1}`, `"story":{}`, `"paid_media":{}`, `"checklist":{}`, `"hologram":{}`, `"pinned_message":null,"contact":{}`} {
		if u, err := bot.ReadUpdate([]byte(message(fields))); err != nil || u.Silent || !u.Odd {
			t.Errorf("%s: %+v, %v", fields, u, err)
		}
	}
	member := `{"update_id":7,"my_chat_member":{"chat":{"id":5550001,"type":"private"},"new_chat_member":{"status":%s}}}`
	for _, status := range []string{`"left"`, `"restricted"`, `5`, `null`} {
		if u, err := bot.ReadUpdate(fmt.Appendf(nil, member, status)); err != nil || !u.Silent || u.Blocked || u.Unblocked {
			t.Errorf("status %s: %+v, %v", status, u, err)
		}
	}
}

// Who answers a message of another chat here means what is quoted; a quote of this chat only
// says where the answer belongs.
func TestQuotesAreRead(t *testing.T) {
	t.Parallel()
	external := `"external_reply":{"origin":{"type":"channel","date":1,"chat":{"id":-1,"type":"channel","title":"Kênh","username":"kenh"},"message_id":5},"photo":[{"file_id":"F","file_size":9}]}`
	u, err := bot.ReadUpdate([]byte(message(`"text":"xem này","quote":{"text":"tuyển nữ"},` + external)))
	if err != nil || u.Text != "xem này\n“tuyển nữ”" || u.Origin != "Kênh @kenh https://t.me/kenh/5" || u.File == nil || u.File.Kind != cases.Photo {
		t.Errorf("%+v, %v", u, err)
	}
	u, err = bot.ReadUpdate([]byte(message(`"text":"có","quote":{"text":"Bạn có rảnh"},"reply_to_message":{"message_id":2,"from":{"id":1,"is_bot":true}}`)))
	if err != nil || u.Text != "có" || u.Quoted == nil || u.Quoted.MessageID != 2 || u.Quoted.Own {
		t.Errorf("%+v, %v", u, err)
	}
	u, err = bot.ReadUpdate([]byte(message(`"text":"/help","quote":{"text":"x"},` + external)))
	if err != nil || u.Text != "/help" || u.File != nil {
		t.Errorf("%+v, %v", u, err)
	}
}

// places gives for the path of every value of an update how to put another in its place.
func places(t *testing.T, raw string) map[string]func(value string) []byte {
	t.Helper()
	var root map[string]any
	if err := json.Unmarshal([]byte(raw), &root); err != nil {
		t.Fatal(err)
	}
	all := map[string]func(string) []byte{}
	var walk func(prefix string, at map[string]any)
	walk = func(prefix string, at map[string]any) {
		for _, key := range slices.Sorted(maps.Keys(at)) {
			old := at[key]
			all[prefix+key] = func(value string) []byte {
				at[key] = json.RawMessage(value)
				defer func() { at[key] = old }()
				out, err := json.Marshal(root)
				if err != nil {
					t.Fatal(err)
				}
				return out
			}
			switch v := old.(type) {
			case map[string]any:
				walk(prefix+key+".", v)
			case []any:
				if len(v) > 0 {
					if in, ok := v[0].(map[string]any); ok {
						walk(prefix+key+"[].", in)
					}
				}
			}
		}
	}
	walk("", root)
	for _, name := range []string{"future", "message.future", "message.chat.future"} {
		in := root
		for part := range strings.SplitSeq(name, ".") {
			if next, ok := in[part].(map[string]any); ok {
				in = next
			}
		}
		all[name] = func(value string) []byte {
			in["future"] = json.RawMessage(value)
			defer delete(in, "future")
			out, err := json.Marshal(root)
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	return all
}
