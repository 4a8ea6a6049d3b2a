package staffcmds_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/locale"
	"tinbao/staffcmds"
)

func words(c staffcmds.Command) []string { return append([]string{c.Name}, c.Aliases...) }

// Every role × every command, from the data: whoever may not use a command gets
// the very reply of a command that does not exist, typed and by button.
func TestRightsMatrix(t *testing.T) {
	t.Parallel()
	for _, role := range cases.Roles {
		for _, c := range staffcmds.Commands(link) {
			for _, word := range words(c) {
				w := setup(t)
				chat := chatOf(role)
				unknown, unknownTap := w.says(chat, "/nosuchcommand"), w.taps(chat, "nosuchcommand")
				refused := reflect.DeepEqual(w.says(chat, "/"+word), unknown)
				refusedTap := reflect.DeepEqual(w.taps(chat, word), unknownTap)
				if may := role.MayAny(c.Rights...); refused == may || refusedTap == may {
					t.Errorf("%s /%s: may %v, refused %v, by button %v", role, word, may, refused, refusedTap)
				}
			}
		}
	}
}

func TestStrangerAndLockedAccountSeeNoCommand(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	if err := w.Lock(t.Context(), cases.StaffID(officer), true); err != nil {
		t.Fatal(err)
	}
	for _, chat := range []int64{950, officer} {
		unknown := w.says(chat, "/nosuchcommand")
		for _, c := range staffcmds.Commands(link) {
			for _, word := range words(c) {
				if got := w.says(chat, "/"+word+" PA-26-1"); !reflect.DeepEqual(got, unknown) && word != "start" {
					t.Errorf("chat %d: /%s answers %+v", chat, word, got)
				}
			}
		}
	}
}

// attack: an account of the police tries every command on the number of a request
// for help, typed and by forged button. It reads the same as for a number that
// does not exist, and the desk of help is never touched.
func TestPoliceNeverReachHelp(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.help(nil)
	w.figures.Help = &cases.HelpStatistics{Received: cases.Cell{N: 77}}
	for _, c := range staffcmds.Commands(link) {
		for _, word := range words(c) {
			for _, rest := range []string{"", " ok", " founded", " legal", " nội dung"} {
				there := w.says(police, "/"+word+" HT-26-1"+rest)
				w.awake()
				nowhere := w.says(police, "/"+word+" HT-26-999"+rest)
				w.awake()
				w.DropDraft()
				if fmt.Sprint(there) != fmt.Sprint(nowhere) || strings.Contains(texts(there, police), "HT-") {
					t.Errorf("/%s tells the police: %+v", word, there)
				}
				action := strings.ReplaceAll(word+" HT-26-0001 v1"+rest, " ", "|")
				if got := texts(w.taps(police, action), police); strings.Contains(got, "HT-") || strings.Contains(got, "Tôi cần hỏi") {
					t.Errorf("button %s tells the police: %q", action, got)
				}
				w.awake()
			}
		}
	}
	for _, c := range []string{"/hangdoi help", "/hangdoi hotro", "/tiep help", "HT-26-0001"} {
		if got := texts(w.says(police, c), police); strings.Contains(got, "HT-") {
			t.Errorf("%s: %q", c, got)
		}
	}
	if got := texts(w.says(police, "/thongke"), police); strings.Contains(got, "77") || strings.Contains(got, "hỗ trợ") {
		t.Errorf("figures tell the police about help: %q", got)
	}
	if w.helped != 0 {
		t.Errorf("the desk of help was handed out %d times", w.helped)
	}
}

// deskFor is the only place that may ask the store for the desk of help.
func TestOnlyOneDoorToHelp(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), "_test.go") || !strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		raw, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		found += strings.Count(string(raw), ".Help()")
	}
	if found != 1 {
		t.Errorf("the desk of help is asked for in %d places", found)
	}
}

func TestEveryCommandIsExplained(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range staffcmds.Commands(link) {
		if c.Help == "" || !(locale.Catalogue{}).Has(c.Help) {
			t.Errorf("%s: no help", c.Name)
		}
		if c.Args != "" && !(locale.Catalogue{}).Has(c.Args) {
			t.Errorf("%s: no usage", c.Name)
		}
		if len(c.Rights) == 0 || len(c.Aliases) == 0 {
			t.Errorf("%s: no right or no English name", c.Name)
		}
		for _, word := range words(c) {
			if seen[word] {
				t.Errorf("two commands are called %s", word)
			}
			seen[word] = true
		}
	}
}

func TestHelpAndMenuOfEveryRole(t *testing.T) {
	t.Parallel()
	for _, lang := range locale.Languages {
		w := setup(t)
		for _, role := range cases.Roles {
			w.langs[chatOf(role)] = lang
			got := texts(w.says(chatOf(role), "/help"), chatOf(role))
			for _, c := range staffcmds.Commands(link) {
				name := map[string]string{"vi": c.Name, "en": c.Aliases[0]}[lang]
				if c.Name == "help" {
					name = "help"
				}
				if strings.Contains(got, "/"+name+" ") != role.MayAny(c.Rights...) {
					t.Errorf("%s %s: help and rights differ about /%s", lang, role, name)
				}
			}
		}
	}
	for _, role := range cases.Roles {
		menu := staffcmds.MenuFor(role, staffcmds.Commands(link))
		if len(menu) < 2 {
			t.Errorf("%s: menu of %d", role, len(menu))
		}
		for _, c := range menu {
			if !c.Listed || !role.MayAny(c.Rights...) {
				t.Errorf("%s: /%s in the menu", role, c.Name)
			}
		}
	}
}

// The health station works on help only; reports do not exist for it.
func TestHealthNeverReachesReports(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(nil)
	for _, cmd := range staffcmds.Commands(link) {
		for _, rest := range []string{"", " ok", " nội dung"} {
			there := w.says(health, "/"+cmd.Name+" PA-26-1"+rest)
			w.awake()
			nowhere := w.says(health, "/"+cmd.Name+" PA-26-999"+rest)
			w.awake()
			if fmt.Sprint(there) != fmt.Sprint(nowhere) || strings.Contains(texts(there, health), "Nhà nghỉ") {
				t.Errorf("/%s tells the health station: %+v", cmd.Name, there)
			}
		}
	}
	if len(c.History) != 1 {
		t.Error("the health station changed a report")
	}
}

// No keyboard has a button that its role may not use.
func TestEveryButtonOfAKeyboardWorks(t *testing.T) {
	t.Parallel()
	for _, role := range cases.Roles {
		w := setup(t)
		for _, row := range staffcmds.Keyboards()[staffcmds.MenuOf(role)] {
			for _, b := range row {
				label := locale.Catalogue{}.Format("vi", b.Key, nil, func(any) (string, bool) { return "", false })
				for _, c := range w.says(chatOf(role), label) {
					if strings.Contains(fmt.Sprint(c), "Không có lệnh này") {
						t.Errorf("%s: the button %q does nothing", role, label)
					}
				}
			}
		}
	}
}
