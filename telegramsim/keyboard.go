package telegramsim

import (
	"encoding/json"
	"net/url"
	"strings"
)

// buttonsMax is the most inline buttons a message may have.
const buttonsMax = 100

// replyKeyboard replaces the phone's keyboard until it is removed.
type replyKeyboard struct {
	Rows        [][]replyButton `json:"keyboard"`
	Persistent  bool            `json:"is_persistent,omitempty"`
	Resize      bool            `json:"resize_keyboard,omitempty"`
	OneTime     bool            `json:"one_time_keyboard,omitempty"`
	Placeholder string          `json:"input_field_placeholder,omitempty"`
}

type replyButton struct {
	Text     string `json:"text"`
	Contact  bool   `json:"request_contact,omitempty"`
	Location bool   `json:"request_location,omitempty"`
}

// UnmarshalJSON also takes the short form: just the text.
func (b *replyButton) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &b.Text)
	}
	type plain replyButton
	return json.Unmarshal(raw, (*plain)(b))
}

// find returns the button with this text, nil if none is shown.
func (k *replyKeyboard) find(text string) *replyButton {
	for _, row := range k.Rows {
		for i := range row {
			if row[i].Text == text {
				return &row[i]
			}
		}
	}
	return nil
}

// markup is a decoded reply_markup. At most one part is set.
type markup struct {
	inline   [][]Button
	keyboard *replyKeyboard
	remove   bool
}

// markup reads and checks reply_markup.
func (r *request) markup() (markup, *apiError) {
	text := r.str("reply_markup")
	if text == "" {
		return markup{}, nil
	}
	var in struct {
		Inline *[][]apiButton   `json:"inline_keyboard"`
		Rows   *json.RawMessage `json:"keyboard"`
		Remove bool             `json:"remove_keyboard"`
	}
	if json.Unmarshal([]byte(text), &in) != nil {
		return markup{}, bad("can't parse reply keyboard markup JSON object")
	}
	switch {
	case in.Inline != nil:
		rows, fail := inlineRows(*in.Inline)
		return markup{inline: rows}, fail
	case in.Rows != nil:
		return keyboardMarkup(text)
	default:
		return markup{remove: in.Remove}, nil
	}
}

func keyboardMarkup(text string) (markup, *apiError) {
	k := new(replyKeyboard)
	if json.Unmarshal([]byte(text), k) != nil {
		return markup{}, bad("can't parse reply keyboard markup JSON object")
	}
	if units(k.Placeholder) > 64 {
		return markup{}, bad("INPUT_FIELD_PLACEHOLDER_TOO_LONG")
	}
	count := 0
	for _, row := range k.Rows {
		for _, b := range row {
			if count++; strings.TrimSpace(b.Text) == "" {
				return markup{}, bad(`can't parse keyboard button: Field "text" must be of type String`)
			}
		}
	}
	if count == 0 {
		return markup{}, bad("reply keyboard markup must contain at least one button")
	}
	return markup{keyboard: k}, nil
}

func inlineRows(in [][]apiButton) ([][]Button, *apiError) {
	var rows [][]Button
	count := 0
	for _, line := range in {
		var row []Button
		for _, raw := range line {
			b, fail := inlineButton(raw)
			if fail != nil {
				return nil, fail
			}
			row = append(row, b)
		}
		if count += len(row); len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if count > buttonsMax {
		return nil, bad("reply markup is too long")
	}
	return rows, nil
}

func inlineButton(in apiButton) (Button, *apiError) {
	b := Button{Text: in.Text}
	switch {
	case strings.TrimSpace(in.Text) == "":
		return b, bad(`can't parse inline keyboard button: Field "text" must be of type String`)
	case in.URL != "":
		if b.URL = linkURL(in.URL); b.URL == "" {
			return b, bad("inline keyboard button URL '" + in.URL + "' is invalid: Wrong HTTP URL")
		}
	case in.Data != nil:
		if b.Data = *in.Data; len(b.Data) < 1 || len(b.Data) > 64 {
			return b, bad("BUTTON_DATA_INVALID")
		}
	case in.Copy != nil:
		if b.Copy = in.Copy.Text; b.Copy == "" || units(b.Copy) > 256 {
			return b, bad("BUTTON_COPY_TEXT_INVALID")
		}
	case in.WebApp != nil:
		if u, err := url.Parse(in.WebApp.URL); err != nil || u.Scheme != "https" {
			return b, bad("inline keyboard button Web App URL '" + in.WebApp.URL + "' is invalid: Only HTTPS links are allowed")
		}
		b.WebApp = in.WebApp.URL
	default:
		return b, bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	}
	return b, nil
}
