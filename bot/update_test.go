package bot_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tinbao/bot"
	"tinbao/cases"
)

const from = `"from":{"id":5550001,"first_name":"secret","username":"secret","language_code":"en"}`

// message is an update with a message of the given fields.
func message(fields string) string {
	return `{"update_id":7,"message":{"message_id":3,"date":1,` + from + `,"chat":{"id":5550001,"type":"private"},` + fields + `}}`
}

func TestReadUpdate(t *testing.T) {
	t.Parallel()
	base := bot.Update{ID: 7, Chat: an, Private: true, MessageID: 3}
	with := func(change func(*bot.Update)) bot.Update {
		u := base
		change(&u)
		return u
	}
	file := func(kind cases.MediaKind, mime string) bot.Update {
		return with(func(u *bot.Update) { u.File = &cases.OfferedFile{Kind: kind, FileID: "F", MIME: mime, Size: 9} })
	}
	const body = `"file_id":"F","file_unique_id":"u","file_size":9`
	for name, c := range map[string]struct {
		raw  string
		want bot.Update
	}{
		"text":     {message(`"text":"chào"`), with(func(u *bot.Update) { u.Text = "chào" })},
		"command":  {message(`"text":"/XEM@tinbao_bot PA-26-1"`), with(func(u *bot.Update) { u.Text, u.Command, u.Args = "/XEM@tinbao_bot PA-26-1", "xem", "PA-26-1" })},
		"newline":  {message(`"text":"/ghichu\nmột hai"`), with(func(u *bot.Update) { u.Text, u.Command, u.Args = "/ghichu\nmột hai", "ghichu", "một hai" })},
		"photo":    {message(`"photo":[{"file_id":"small","file_unique_id":"s","width":1,"height":1},{` + body + `,"width":9,"height":9}]`), file(cases.Photo, "image/jpeg")},
		"caption":  {message(`"caption":"ảnh","photo":[{` + body + `}]`), with(func(u *bot.Update) { u.Text = "ảnh"; u.File = file(cases.Photo, "image/jpeg").File })},
		"video":    {message(`"video":{` + body + `,"mime_type":"video/mp4"}`), file(cases.Video, "video/mp4")},
		"note":     {message(`"video_note":{` + body + `,"length":1,"duration":1}`), file(cases.Video, "video/mp4")},
		"moving":   {message(`"animation":{` + body + `,"mime_type":"video/mp4"},"document":{` + body + `}`), file(cases.Video, "video/mp4")},
		"voice":    {message(`"voice":{` + body + `,"duration":1,"mime_type":"audio/ogg"}`), file(cases.Voice, "audio/ogg")},
		"audio":    {message(`"audio":{` + body + `,"duration":1,"mime_type":"audio/mpeg"}`), file(cases.Voice, "audio/mpeg")},
		"document": {message(`"media_group_id":"g","document":{` + body + `,"file_name":"secret.pdf","mime_type":"application/pdf"}`), with(func(u *bot.Update) { u.Album = "g"; u.File = file(cases.Document, "application/pdf").File })},
		"place":    {message(`"location":{"latitude":20.5,"longitude":105.5}`), with(func(u *bot.Update) { u.Place = &cases.Place{Lat: 20.5, Lon: 105.5} })},
		"venue": {
			message(`"location":{"latitude":20.5,"longitude":105.5},"venue":{"location":{"latitude":20.5,"longitude":105.5},"title":"Nhà nghỉ\nA","address":"Số 8"}`),
			with(func(u *bot.Update) { u.Place, u.Venue = &cases.Place{Lat: 20.5, Lon: 105.5}, "Nhà nghỉ A, Số 8" }),
		},
		"venue alone":             {message(`"venue":{"location":{"latitude":20.5,"longitude":105.5},"title":"A"}`), with(func(u *bot.Update) { u.Place, u.Venue = &cases.Place{Lat: 20.5, Lon: 105.5}, "A" })},
		"forwarded":               {message(`"text":"x","forward_origin":{"type":"user","date":1,"sender_user":{"id":9,"first_name":"Mai","username":"mai"}}`), with(func(u *bot.Update) { u.Text, u.Origin = "x", "Mai @mai" })},
		"forwarded by name":       {message(`"text":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"Mai"}`), with(func(u *bot.Update) { u.Text, u.Origin = "x", "Mai" })},
		"forwarded of a channel":  {message(`"text":"x","forward_origin":{"type":"channel","date":1,"chat":{"id":-1,"type":"channel","title":"Kênh","username":"kenh"},"message_id":5}`), with(func(u *bot.Update) { u.Text, u.Origin = "x", "Kênh @kenh https://t.me/kenh/5" })},
		"forwarded of a group":    {message(`"text":"x","forward_origin":{"type":"chat","date":1,"sender_chat":{"id":-1,"type":"group","title":"Nhóm"}}`), with(func(u *bot.Update) { u.Text, u.Origin = "x", "Nhóm" })},
		"forwarded as before 7.0": {message(`"text":"x","forward_from_chat":{"id":-1,"type":"channel","title":"Kênh"},"forward_date":1`), with(func(u *bot.Update) { u.Text, u.Origin = "x", "Kênh" })},
		"own forwarded":           {message(`"text":"x","forward_origin":{"type":"user","date":1,"sender_user":{"id":5550001,"first_name":"secret"}}`), with(func(u *bot.Update) { u.Text = "x" })},
		"own forwarded by name":   {message(`"text":"x","forward_origin":{"type":"hidden_user","date":1,"sender_user_name":"secret"}`), with(func(u *bot.Update) { u.Text = "x" })},
		"sticker":                 {message(`"sticker":{"file_id":"F","file_unique_id":"u","type":"regular","width":1,"height":1}`), with(func(u *bot.Update) { u.Odd = true })},
		"contact":                 {message(`"contact":{"phone_number":"1","first_name":"x"}`), with(func(u *bot.Update) { u.Odd = true })},
		"poll":                    {message(`"poll":{"id":"1","question":"secret","options":[]}`), with(func(u *bot.Update) { u.Odd = true })},
		"huge":                    {strings.ReplaceAll(message(`"text":"x"`), "5550001", "9007199254740991"), with(func(u *bot.Update) { u.Text, u.Chat = "x", 9007199254740991 })},
		"slash":                   {message(`"text":"/ x"`), with(func(u *bot.Update) { u.Text, u.Args = "/ x", "x" })},
		"nobody":                  {`{"update_id":7,"message":{"message_id":3,"text":"x"}}`, bot.Update{ID: 7, MessageID: 3, Text: "x", Unread: "message"}},
		"edited":                  {strings.Replace(message(`"text":"x"`), `"message":`, `"edited_message":`, 1), with(func(u *bot.Update) { u.Text, u.Edited = "x", true })},
		"group":                   {strings.Replace(message(`"text":"x"`), `"type":"private"`, `"type":"group"`, 1), with(func(u *bot.Update) { u.Text, u.Private = "x", false })},
		"press": {
			`{"update_id":7,"callback_query":{"id":"q",` + from + `,"data":"d","chat_instance":"c","message":{"message_id":4,"date":1,"chat":{"id":5550001,"type":"private"}}}}`,
			bot.Update{ID: 7, Chat: an, Private: true, Press: &bot.Press{ID: "q", Data: "d", MessageID: 4}},
		},
		"press on nothing": {
			`{"update_id":7,"callback_query":{"id":"q",` + from + `,"data":"d","chat_instance":"c"}}`,
			bot.Update{ID: 7, Chat: an, Press: &bot.Press{ID: "q", Data: "d"}},
		},
		"blocked": {
			`{"update_id":7,"my_chat_member":{"chat":{"id":5550001,"type":"private"},"date":1,` + from + `,"old_chat_member":{"status":"member","user":{"id":1}},"new_chat_member":{"status":"kicked","user":{"id":1}}}}`,
			bot.Update{ID: 7, Chat: an, Private: true, Blocked: true},
		},
		"unblocked": {
			`{"update_id":7,"my_chat_member":{"chat":{"id":5550001,"type":"private"},"date":1,` + from + `,"old_chat_member":{"status":"kicked","user":{"id":1}},"new_chat_member":{"status":"member","user":{"id":1}}}}`,
			bot.Update{ID: 7, Chat: an, Private: true, Unblocked: true},
		},
		"press in a group": {
			`{"update_id":7,"callback_query":{"id":"q",` + from + `,"data":"d","message":{"message_id":4,"date":1,"chat":{"id":-9,"type":"supergroup"}}}}`,
			bot.Update{ID: 7, Chat: an, Press: &bot.Press{ID: "q", Data: "d", MessageID: 4}},
		},
		"other kinds": {`{"update_id":7,"poll":{"id":"1"}}`, bot.Update{ID: 7}},
	} {
		got, err := bot.ReadUpdate([]byte(c.raw))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(c.raw, "language_code") && (got.Press != nil || got.MessageID != 0) { // the person's own doing tells the language of the phone
			c.want.Phone = "en"
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// An update that cannot be read is named in the log, so the error has nothing of it.
func TestUnreadableUpdates(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"", "secret", `{"update_id":7,"message":{"text":"secret"`, `["secret"]`, `{"update_id":"secret"}`,
		`{"update_id":99999999999999999999}`, `{"message":{"text":{"secret":1}}}`, message(`"text":"secret"`) + "secret",
	} {
		u, err := bot.ReadUpdate([]byte(raw))
		if err == nil || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "999") {
			t.Errorf("%q: %v", raw, err)
		}
		if diff := cmp.Diff(bot.Update{}, u); diff != "" {
			t.Errorf("%q: %s", raw, diff)
		}
	}
}

func FuzzReadUpdate(f *testing.F) {
	f.Add([]byte(message(`"text":"/xem secret"`)))
	f.Add([]byte(`{"update_id":99999999999999999999,"message":{"text":"secret"}}`))
	f.Add([]byte(`{"update_id":"secret"}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		u, err := bot.ReadUpdate(raw)
		if err != nil && err.Error() != "reading update: malformed JSON" {
			t.Errorf("an error of its own: %v", err)
		}
		if u.Command != "" && strings.ContainsAny(u.Command, " \n@") {
			t.Errorf("command %q", u.Command)
		}
	})
}

// Numbers that are no point on the earth are no place; the middle of a cell at the
// very edge still is one.
func TestPlacesOnTheEarth(t *testing.T) {
	t.Parallel()
	for at, want := range map[string]bool{
		"20.5,105.5": true, "-90,-180": true, "90,180": true, "0,0": true, "90.1,0": false, "0,-180.1": false, "1e308,1e308": false, "-1e308,0": false,
	} {
		lat, lon, _ := strings.Cut(at, ",")
		u, err := bot.ReadUpdate([]byte(message(`"location":{"latitude":` + lat + `,"longitude":` + lon + `}`)))
		if err != nil || (u.Place != nil) != want || u.Odd == want {
			t.Errorf("%s: %+v, %v", at, u, err)
			continue
		}
		if u.Place != nil {
			if _, ok := bot.DecodePlace(bot.EncodePlace(u.Place.Blur())); !ok {
				t.Errorf("%s: blurred to %v", at, u.Place.Blur())
			}
		}
	}
}

func TestPlacesTravelThroughAnswers(t *testing.T) {
	t.Parallel()
	p := cases.Place{Lat: 20.95512, Lon: 105.74871}
	if back, ok := bot.DecodePlace(bot.EncodePlace(p)); !ok || back != p {
		t.Errorf("%v %v", back, ok)
	}
	for _, s := range []string{"", "1", "a,b", "1,b", "NaN,1", "1,Inf", "1e999,1"} {
		if _, ok := bot.DecodePlace(s); ok {
			t.Errorf("read %q", s)
		}
	}
}
