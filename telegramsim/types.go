package telegramsim

import "time"

// Side says which of the two phones on the page lists a person.
type Side string

// The two phones of the page.
const (
	Resident Side = "resident"
	Staff    Side = "staff"
)

// User is a person with a Telegram account.
type User struct {
	ID           int64  `json:"id"` // positive; also the id of the private chat
	FirstName    string `json:"first_name"`
	LastName     string `json:"last_name,omitempty"`
	Username     string `json:"username,omitempty"`      // without @
	LanguageCode string `json:"language_code,omitempty"` // IETF tag, "" = the app does not tell
	Side         Side   `json:"side,omitempty"`          // "" = Resident
	Label        string `json:"label,omitempty"`         // in the phone's picker, "" = the name
}

// FileKind is the way a file travels in a message.
type FileKind string

// The kinds of file a message can carry.
const (
	Photo     FileKind = "photo"
	Video     FileKind = "video"
	Voice     FileKind = "voice"
	Audio     FileKind = "audio"
	Document  FileKind = "document"
	VideoNote FileKind = "video_note"
	Animation FileKind = "animation"
	Sticker   FileKind = "sticker"
)

// AlbumItem is one file of a message group.
type AlbumItem struct {
	Kind    FileKind // Photo, Video, Document or Audio; "" = Photo
	Name    string   // file name, "" = none
	MIME    string   // media type, "" = guessed from Kind
	Body    []byte
	Caption string // at most 1024 UTF-16 units
}

// File is one stored file as a message shows it.
type File struct {
	ID       string `json:"file_id"`
	UniqueID string `json:"file_unique_id"`
	Name     string `json:"file_name,omitempty"`
	MIME     string `json:"mime_type,omitempty"`
	Size     int64  `json:"file_size"`          // bytes
	Width    int    `json:"width,omitempty"`    // pixels, 0 = not an image or unknown
	Height   int    `json:"height,omitempty"`   // pixels
	Duration int    `json:"duration,omitempty"` // seconds
}

// Button is one inline button. Exactly one of Data, URL, Copy and WebApp is set.
type Button struct {
	Text   string `json:"text"`
	Data   string `json:"data,omitempty"`    // callback data, 1–64 bytes
	URL    string `json:"url,omitempty"`     // opens a link
	Copy   string `json:"copy,omitempty"`    // copies this text
	WebApp string `json:"web_app,omitempty"` // opens a mini app
}

// Location is a point on the map, in degrees (WGS 84).
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Venue is a place with a name.
type Venue struct {
	Location Location `json:"location"`
	Title    string   `json:"title"`
	Address  string   `json:"address"`
}

// Origin is who first sent a forwarded message: a channel, or somebody by name.
type Origin struct {
	Title    string `json:"title,omitempty"`    // of a channel
	Username string `json:"username,omitempty"` // of the channel
	Name     string `json:"name,omitempty"`     // of a person who does not show the account
}

// Contact is a shared phone number.
type Contact struct {
	Phone     string `json:"phone_number"`
	FirstName string `json:"first_name"`
	UserID    int64  `json:"user_id,omitempty"`
}

// Message is what a phone shows. At most one of the file fields is set; Text
// is then the caption.
type Message struct {
	ID        int        `json:"id"`
	FromBot   bool       `json:"from_bot"`
	Text      string     `json:"text"`               // plain: markup is in Entities
	HTML      string     `json:"-"`                  // Text with Entities as Telegram's HTML
	Entities  []Entity   `json:"entities,omitempty"` // offsets in UTF-16 units
	Date      time.Time  `json:"date"`
	EditDate  time.Time  `json:"edit_date,omitzero"` // zero = never edited
	Inline    [][]Button `json:"inline,omitempty"`
	Photo     *File      `json:"photo,omitempty"` // the largest size
	Video     *File      `json:"video,omitempty"`
	Voice     *File      `json:"voice,omitempty"`
	Audio     *File      `json:"audio,omitempty"`
	Document  *File      `json:"document,omitempty"`
	VideoNote *File      `json:"video_note,omitempty"`
	Animation *File      `json:"animation,omitempty"`
	Sticker   *File      `json:"sticker,omitempty"`
	Album     string     `json:"album,omitempty"` // media_group_id, "" = alone
	Protected bool       `json:"protected,omitempty"`
	ReplyTo   int        `json:"reply_to,omitempty"` // message id, 0 = no reply
	Location  *Location  `json:"location,omitempty"`
	Venue     *Venue     `json:"venue,omitempty"`
	Origin    *Origin    `json:"origin,omitempty"`
	Contact   *Contact   `json:"contact,omitempty"`
}

// File returns the file of the message and its kind, nil and "" without one.
func (m *Message) File() (*File, FileKind) {
	for _, kind := range fileKinds {
		if f := *m.slot(kind); f != nil {
			return f, kind
		}
	}
	return nil, ""
}

var fileKinds = []FileKind{Photo, Video, Voice, Audio, Document, VideoNote, Animation, Sticker}

// slot returns the field that holds a file of this kind; unknown kinds are
// documents.
func (m *Message) slot(kind FileKind) **File {
	switch kind {
	case Photo:
		return &m.Photo
	case Video:
		return &m.Video
	case Voice:
		return &m.Voice
	case Audio:
		return &m.Audio
	case VideoNote:
		return &m.VideoNote
	case Animation:
		return &m.Animation
	case Sticker:
		return &m.Sticker
	default:
		return &m.Document
	}
}

// Toast is the answer to a pressed inline button, as the phone shows it.
type Toast struct {
	Text      string    `json:"text"`
	Alert     bool      `json:"alert,omitempty"` // a dialog instead of a passing note
	URL       string    `json:"url,omitempty"`
	MessageID int       `json:"message"` // whose button was pressed
	At        time.Time `json:"at"`
}

// Command is one entry of the bot's command menu.
type Command struct {
	Command     string `json:"command"` // without slash, 1–32 of a–z 0–9 _
	Description string `json:"description"`
}

// Call is one request the bot made.
type Call struct {
	Method  string
	Chat    int64 // 0 = the method has no chat
	At      time.Time
	Status  int // HTTP status; 0 = the connection was cut on purpose
	Message int // the message it put into the chat or changed there; 0 = none
}
