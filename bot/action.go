package bot

import (
	"strings"

	"tinbao/cases"
)

// Tagger authenticates callback data for one chat. The tag is short text.
type Tagger interface {
	CallbackTag(chat int64, data string) string
}

const (
	actionSeparator = "|"
	tagSeparator    = "~"
	maxCallback     = 64 // bytes, Bot API limit of callback_data
)

// Action joins a verb and its arguments into the data of a button.
func Action(verb string, args ...string) string {
	return strings.Join(append([]string{verb}, args...), actionSeparator)
}

// SplitAction takes data apart again.
func SplitAction(data string) (verb string, args []string) {
	parts := strings.Split(data, actionSeparator)
	return parts[0], parts[1:]
}

// streamMarks keep the data of buttons short.
var streamMarks = map[string]cases.Stream{"r": cases.ReportStream, "h": cases.HelpStream}

// StreamMark and StreamOf carry a stream through the data of a button.
func StreamMark(s cases.Stream) string {
	if s == cases.HelpStream {
		return "h"
	}
	return "r"
}

// StreamOf reads what StreamMark wrote; false for anything else.
func StreamOf(mark string) (cases.Stream, bool) {
	s, known := streamMarks[mark]
	return s, known
}

// sign appends the tag that binds data to a chat.
func sign(t Tagger, chat int64, data string) string {
	return data + tagSeparator + t.CallbackTag(chat, data)
}

// unsign gives the data back when the tag is right for the chat.
func unsign(t Tagger, chat int64, signed string) (string, bool) {
	i := strings.LastIndex(signed, tagSeparator)
	if i < 0 || len(signed) > maxCallback {
		return "", false
	}
	data := signed[:i]
	return data, equalStrings(signed[i+1:], t.CallbackTag(chat, data))
}
