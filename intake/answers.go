package intake

import (
	"encoding/json"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// Answers of a dialog are texts; this is how files and hamlets are written as texts.

func encodeFile(f cases.OfferedFile) string {
	raw, err := json.Marshal(f)
	if err != nil {
		panic("a file is strings and a number: " + err.Error())
	}
	return string(raw)
}

func files(s dialog.Session) []cases.OfferedFile {
	var out []cases.OfferedFile
	for _, v := range s.Answers["file"] {
		var f cases.OfferedFile
		if json.Unmarshal([]byte(v), &f) == nil {
			out = append(out, f)
		}
	}
	return out
}

func hamletValue(n int) string { return "h" + strconv.Itoa(n) }

// hamletOf reads the number of a hamlet from an answer; 0 when it is none.
func hamletOf(answer string) int {
	if !strings.HasPrefix(answer, "h") {
		return 0
	}
	n, err := strconv.Atoi(answer[1:])
	if err != nil || n < 1 {
		return 0
	}
	return n
}

// A point is written as its place, a space, and what else Telegram says about it.

func encodePoint(p cases.Place, words string) string {
	return strings.TrimSpace(bot.EncodePlace(p) + " " + words)
}

// pointOf reads what encodePoint wrote.
func pointOf(answer string) (p cases.Place, words string, ok bool) {
	at, words, _ := strings.Cut(answer, " ")
	p, ok = bot.DecodePlace(at)
	return p, words, ok
}
