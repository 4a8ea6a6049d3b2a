package telegramsim

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Longest texts, in UTF-16 units after entities are parsed.
const (
	maxText    = 4096
	maxCaption = 1024
)

// formatted reads a text parameter with its parse mode or entities.
func formatted(text, mode, entities string) (string, []Entity, *apiError) {
	if !utf8.ValidString(text) {
		return "", nil, bad("strings must be encoded in UTF-8")
	}
	var list []Entity
	switch strings.ToLower(mode) {
	case "":
		if entities != "" && json.Unmarshal([]byte(entities), &list) != nil {
			return "", nil, bad("can't parse entities: expected an Array of MessageEntity")
		}
		list = clip(list, 0, units(text))
	case "html":
		var err error
		if text, list, err = parseHTML(text); err != nil {
			return "", nil, bad("can't parse entities: " + err.Error())
		}
	default:
		return "", nil, bad("unsupported parse_mode")
	}
	text, list = clean(text, list)
	return text, detect(text, list), nil
}

// text reads the text of a message.
func (r *request) text() (string, []Entity, *apiError) {
	if r.str("text") == "" {
		return "", nil, bad("message text is empty")
	}
	text, list, fail := formatted(r.str("text"), r.str("parse_mode"), r.str("entities"))
	switch {
	case fail != nil:
		return "", nil, fail
	case text == "":
		return "", nil, bad("text must be non-empty")
	case units(text) > maxText:
		return "", nil, bad("message is too long")
	default:
		return text, list, nil
	}
}

// caption reads the caption of a file, which may be missing.
func (r *request) caption() (string, []Entity, *apiError) {
	return caption(r.str("caption"), r.str("parse_mode"), r.str("caption_entities"))
}

func caption(text, mode, entities string) (string, []Entity, *apiError) {
	text, list, fail := formatted(text, mode, entities)
	if fail == nil && units(text) > maxCaption {
		fail = bad("message caption is too long")
	}
	return text, list, fail
}
