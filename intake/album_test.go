package intake

import (
	"slices"
	"testing"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// Of an album each file that is refused is named by its place among those of its kind; one
// that comes alone needs none.
func TestRefusedFilesAreNamedByTheirPlace(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard()
	if err := keep(st, &bot.Request{}, dialog.Session{Dialog: addID, Ver: d.dialogs[addID].Ver, At: "text", Extra: map[string]string{"stream": "report", "case": "c"}}); err != nil {
		t.Fatal(err)
	}
	file := func(kind cases.MediaKind, mime, album string) bot.Update {
		return bot.Update{MessageID: 5, Album: album, File: &cases.OfferedFile{Kind: kind, MIME: mime, FileID: "f"}}
	}
	var got [][]string
	for _, u := range []bot.Update{
		file(cases.Document, "image/jpeg", "a"), file(cases.Photo, "image/jpeg", "a"), file(cases.Document, "program", "a"), file(cases.Document, "program", "a"), file(cases.Document, "program", ""),
	} {
		got = append(got, talk(t, d, st, u))
	}
	for i, want := range []string{"", "", "file.refused.one", "file.refused.one", "file.exe"} {
		if want != "" && !slices.Contains(got[i], want) {
			t.Errorf("file %d: %v", i+1, got[i])
		}
	}
	if _, n := placed(dialog.Session{Extra: map[string]string{"nth.document": "a 3"}}, &bot.Request{Update: file(cases.Document, "program", "a")}); n != 4 {
		t.Errorf("counted as %d", n)
	}
}
