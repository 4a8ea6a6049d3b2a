package main

import (
	"strings"
	"testing"

	"tinbao/cases"
)

// Posters say what they are for; names of files and links do not, and one for help shows no
// number of the police of the ward.
func TestPosters(t *testing.T) {
	t.Parallel()
	w := cases.Ward{Name: "phường Yên Nghĩa", Hamlets: []string{"Tổ 1", "Tổ 2"}, Phones: map[string]string{"police": "1", "health": "2", "listen": "3 (13:00–20:30)"}}
	for _, k := range []struct {
		command    posterCommand
		hamlet     int
		word, ward string
		local      string
	}{
		{posterCommand{Kind: "report"}, 2, "a2", "UBND phường Yên Nghĩa · Tổ 2", "Công an phường"},
		{posterCommand{Kind: "report"}, 0, "a", "UBND phường Yên Nghĩa", "Công an phường"},
		{posterCommand{Kind: "help"}, 0, "c", "UBND phường Yên Nghĩa", "Trạm Y tế phường; Đường dây lắng nghe (13:00–20:30)"},
		{posterCommand{Kind: "page", Page: "tests"}, 0, "e5", "UBND phường Yên Nghĩa", "Trạm Y tế phường"},
	} {
		k.command.Lang, k.command.Bot = "vi", "yennghia_bot"
		word, p, err := k.command.poster(w, k.hamlet)
		var local []string
		for _, n := range p.Local {
			local = append(local, n.Who)
		}
		if err != nil || word != k.word || p.Ward != k.ward || strings.Join(local, "; ") != k.local || len(p.Title) == 0 || strings.Contains(p.Title[0], "{") {
			t.Errorf("%+v: %q %+v %v", k.command, word, p, err)
		}
	}
}
