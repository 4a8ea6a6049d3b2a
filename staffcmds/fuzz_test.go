package staffcmds_test

import (
	"strings"
	"testing"

	"tinbao/cases"
	"tinbao/staffcmds"
)

// Deep links: only the token of an invitation opens an account, and only once.
func FuzzStartPayload(f *testing.F) {
	for _, s := range []string{"", " ", "token", "token0", "token0 ", "TOKEN0", "token0\x00", "token1", "\u202etoken0", strings.Repeat("x", 4096), "../token0", "token0\ntoken0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, payload string) {
		w := setup(t)
		w.invites["token0"] = cases.Invitation{Role: cases.Officer, Name: "Lan"}
		before := len(w.staff)
		const stranger = 800 // residents, who read no numbers of cases, begin at 900
		w.says(stranger, "/start "+payload)
		if opened := len(w.staff) - before; (opened == 1) != (strings.TrimSpace(payload) == "token0") {
			t.Errorf("%q opens %d accounts", payload, opened)
		}
		w.says(stranger+1, "/start token0")
		if len(w.staff)-before != 1 {
			t.Errorf("after %q the invitation opens %d accounts", payload, len(w.staff)-before)
		}
	})
}

// Whatever staff type or press: no panic, and the police read nothing of a request for
// help, not even that there is one.
func FuzzCommands(f *testing.F) {
	for _, c := range staffcmds.Commands(link) {
		for _, args := range []string{"", " 1", " HT-26-0001", " PA-26-0001 x", " \u202e</b>", " -1", " 99999999999999999999", " 1|2|3"} {
			f.Add("/"+c.Name+args, c.Name+strings.ReplaceAll(args, " ", "|"))
		}
	}
	f.Add("1", "xem|HT-26-0001|999999999999999999999")
	f.Add("ht 26 1", "|")
	f.Fuzz(func(t *testing.T, typed, action string) {
		for _, chat := range []int64{officer, police, admin} {
			w := setup(t)
			const canary = "cần chỗ ở an toàn"
			w.report(func(c *cases.Case) { c.Status = cases.Forwarded })
			w.help(func(c *cases.Case) { c.Help.Text = canary })
			told := texts(append(w.says(chat, typed), w.taps(chat, action)...), chat)
			if chat != officer && (strings.Contains(told, canary) || strings.Contains(told, "HT-26-0001") && !strings.Contains(typed+action, "HT-26-0001")) {
				t.Errorf("%q, %q: %d reads %q", typed, action, chat, told)
			}
			if chat != officer && w.helped > 0 {
				t.Errorf("%q, %q: %d was handed the desk of help", typed, action, chat)
			}
		}
	})
}

// Full and short forms of a person's words keep every one of them in order.
func FuzzWords(f *testing.F) {
	for _, s := range []string{hostile(), "một\u2028✅ Đã xác minh", strings.Repeat("👨‍👩‍👧‍👦", 2000), strings.Repeat("\u0302", 9000), "\xff\xed\xa0\x80", strings.Repeat("\n", 5000) + "x", "│ a\n│ b", strings.Repeat("x ", 5000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w := setup(t)
		w.report(func(c *cases.Case) { c.Report.Text, c.Report.Where, c.Report.When = s, s, s })
		frame(t, w, s, "/xem 1")
		frame(t, w, s, "/toanvan 1")
	})
}

// frame fails unless every line of what an officer is told is one of the card's own,
// or is marked as a further line of a person's words.
func frame(t *testing.T, w *ward, said, typed string) {
	t.Helper()
	heads := []string{"<b>PA-", "Nhận ", "• Việc gì: ", "• Ở đâu: ", "• Khi nào: ", "• Nội dung: ", "… (xem toàn bộ", "📄 <b>PA-", "│ "}
	for _, c := range w.says(officer, typed) {
		for line := range strings.SplitSeq(c.text, "\n") {
			ours := false
			for _, head := range heads {
				ours = ours || strings.HasPrefix(line, head) || line == strings.TrimSpace(head)
			}
			if !ours {
				t.Errorf("%s of %.60q: a line begins %.60q", typed, said, line)
			}
		}
		for _, head := range heads[:8] {
			if n := strings.Count("\n"+c.text, "\n"+head); n > 2 {
				t.Errorf("%s of %.60q: %d lines begin %q", typed, said, n, head)
			}
		}
	}
}
