package intake

import (
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// placed counts a file of an album among those of its kind, as the person sees them: the
// first is 1; 0 = the file came alone.
func placed(s dialog.Session, r *bot.Request) (dialog.Session, int) {
	if r.File == nil || r.Album == "" {
		return s, 0
	}
	key, n := "nth."+string(r.File.Kind), 1
	if album, before, _ := strings.Cut(s.Extra[key], " "); album == r.Album {
		if counted, err := strconv.Atoi(before); err == nil {
			n = counted + 1
		}
	}
	return remember(s, key, r.Album+" "+strconv.Itoa(n)), n
}

// fileText is why a file is refused, with its place in an album.
func fileText(r *bot.Request, why string, place int) bot.Text {
	if place == 0 {
		return bot.T(why)
	}
	kind := bot.T("paper." + string(r.File.Kind))
	if r.File.Kind == cases.Document { // so Telegram calls what is sent uncompressed, photos too
		kind = bot.T("file.document")
	}
	return bot.T("file.refused.one", "which", bot.T("file.nth", "kind", kind, "n", place), "why", bot.T(why))
}
