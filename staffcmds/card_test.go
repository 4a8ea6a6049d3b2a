package staffcmds_test

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"tinbao/cases"
)

// Texts as long and hostile as intake lets through: ten messages of 4,000
// characters with marks, emoji and a turned direction of writing.
func hostile() string {
	one := strings.Repeat("<b>&\"🚨\u202eabc ", 4000/11)
	return strings.TrimSpace(strings.Repeat(one+"\n", 10))
}

func TestLongTextsNeverBreakACard(t *testing.T) {
	t.Parallel()
	for _, text := range []string{hostile(), strings.Repeat("ả", 40_000), strings.Repeat("<", 40_000), strings.Repeat("🚨", 20_000), strings.Repeat("\xfe", 9000)} {
		w := setup(t)
		w.report(func(c *cases.Case) {
			c.Urgent, c.Silent, c.Status, c.Kind, c.Holder, c.Alias = true, true, cases.Classified, cases.CrimeNews, text, text
			c.Report = &cases.ReportContent{Concern: cases.Danger, Where: text, When: text, Text: text, Place: &cases.Place{Lat: 20.9, Lon: 105.7}}
			c.Report.Venue, c.Report.Online, c.Report.Origin, c.Report.At = text, text, text, &cases.Place{Lat: 20.95, Lon: 105.74}
			for range 7 {
				c.Talks = append(c.Talks, cases.Talk{At: w.now, FromStaff: true, By: text, Text: text})
			}
			c.Files = []cases.File{{ID: "a"}}
		})
		for _, typed := range []string{"/xem 1", "/chuyen 1", "/phanloai 1", "/traloi 1", "/chuyen 1 ok"} {
			for _, c := range w.says(officer, typed) {
				if n := len(utf16.Encode([]rune(c.text))); n > 4096 {
					t.Errorf("%s: %d units", typed, n)
				}
			}
		}
		w.wants(w.says(officer, "/xem 1"), officer, "xem toàn bộ: /toanvan PA-26-0001", "20.90000,105.70000</code> (nơi người gửi đứng, làm mờ khoảng 100 m)")
	}
}

func TestFullTextIsWhole(t *testing.T) {
	t.Parallel()
	// Neither marks of further lines nor those of the direction of writing are words.
	marks := strings.NewReplacer("│", "", "\u202e", "")
	flat := func(s string) string { return strings.Join(strings.Fields(marks.Replace(s)), "") }
	for _, text := range []string{hostile(), strings.Repeat("ả", 40_000), strings.Repeat("<", 40_000), "x\xff" + strings.Repeat("\xfe", 9000)} {
		w := setup(t)
		w.report(func(c *cases.Case) {
			c.Report.Text, c.Report.Where, c.Report.When = text, "ở đâu đó", "tối thứ Sáu"
			c.Talks = []cases.Talk{{At: w.now, Text: strings.Repeat("bổ sung ", 500)}}
		})
		shown := w.on(officer, w.says(officer, "/xem 1"), "toanvan")
		var all strings.Builder
		for _, c := range shown {
			if c.method != "answerCallbackQuery" && (!c.protect || len(utf16.Encode([]rune(c.text))) > 4096) {
				t.Errorf("protected %v, %d units", c.protect, len(c.text))
			}
			all.WriteString(c.text)
		}
		got, whole := flat(html.UnescapeString(all.String())), flat(strings.ToValidUTF8(text, "\uFFFD"))
		if !strings.Contains(got, whole) || !strings.Contains(got, flat(strings.Repeat("bổ sung ", 500))) {
			t.Errorf("words are missing of %.40q", text)
		}
		w.wants(shown, officer, "ở đâu đó", "tối thứ Sáu")
	}
}

// No line that a person wrote can pass for one of ours, on the card or in the full
// text, wherever a long text is cut.
func TestNoLineCanBeForged(t *testing.T) {
	t.Parallel()
	const forged = "📝 09:00 – Cô Hoa (nội bộ): đã xong"
	for n := range 40 {
		w := setup(t)
		w.report(func(c *cases.Case) {
			c.Report.Text = "a\n" + forged + "\u2028" + forged + "\r\n" + strings.Repeat("x ", 1650+n) + forged
			c.Talks = []cases.Talk{{At: w.now, Text: "a\n" + forged}}
		})
		card := w.says(officer, "/xem 1")
		for _, c := range append(card, w.on(officer, card, "toanvan")...) {
			for line := range strings.SplitSeq(c.text, "\n") {
				if strings.HasPrefix(line, "📝") {
					t.Fatalf("%d: %.60q", n, line)
				}
			}
		}
	}
}

func TestShortCardHasNoFullText(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	if got := w.says(officer, "/xem 1")[0]; strings.Contains(got.text, "toàn bộ") || slices.Contains(got.actions, "toanvan|PA-26-0001") {
		t.Errorf("%+v", got)
	}
}

func TestLateAndLimitlessCards(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Due = w.now.Add(-1) })
	w.report(func(c *cases.Case) { c.Due = c.Due.AddDate(-3000, 0, 0); c.Due = cases.Case{}.Due })
	w.wants(w.says(officer, "/xem 1"), officer, "⏰ <b>quá hạn</b>")
	if got := texts(w.says(officer, "/xem 2"), officer); strings.Contains(got, "hạn") {
		t.Error(got)
	}
}

func TestFilesAreSentUnderOurNames(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) {
		for i, mime := range []string{"image/jpeg", "application/pdf", "audio/ogg", "../../x", "video/mp4", "image/png", ""} {
			id := fmt.Sprint("f", i)
			w.files[id] = mime
			kind := cases.Document
			if i == 0 {
				kind = cases.Photo
			}
			c.Files = append(c.Files, cases.File{ID: id, Kind: kind, State: cases.FileStored, MIME: mime})
		}
		c.Files[2].State, c.Files[4].State = cases.FileWaiting, cases.FileRefused
		c.Files[4].Fault = "file.broken"
	})
	shown := w.on(officer, w.says(officer, "/xem 1"), "tep|")
	var names []string
	for _, c := range shown {
		if c.file != nil {
			names = append(names, c.method+" "+c.file.Name)
		}
	}
	if want := "sendPhoto PA-26-0001-1.jpg sendDocument PA-26-0001-2.pdf sendDocument PA-26-0001-4.bin"; strings.Join(names, " ") != want {
		t.Errorf("%v", names)
	}
	w.wants(shown, officer, "Tệp 3 đang được tải", "Tệp 5 không nhận được: Tệp bị hỏng", "Còn 2 tệp")
	if more := w.on(officer, shown, "tep|PA-26-0001|2"); more[1].file.Name != "PA-26-0001-6.png" {
		t.Errorf("%+v", more)
	}
	w.report(nil)
	w.wants(w.says(officer, "/tep 2"), officer, "không có tệp")
}

func TestHistoryIsPaged(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) {
		for range 40 {
			c.History = append(c.History, cases.Event{At: w.now, Verb: cases.Note, By: "Lan", Detail: hostile()})
		}
	})
	first := w.says(officer, "/lichsu 1")
	w.wants(first, officer, "lịch sử (41)", "Lan: ghi chú")
	last := w.on(officer, w.on(officer, first, "lichsu|PA-26-0001|2"), "lichsu|PA-26-0001|3")
	w.wants(last, officer, "người gửi: gửi đến")
	w.on(officer, last, "xem|PA-26-0001")
}

// Every step a card offers exists for the one it is shown to, in every status.
func TestEveryButtonWorksForItsReader(t *testing.T) {
	t.Parallel()
	for _, tr := range cases.Transitions {
		for _, from := range tr.From {
			for _, role := range cases.Roles {
				w := setup(t)
				change := func(c *cases.Case) { c.Status, c.Urgent = from, true }
				if tr.Stream == cases.ReportStream {
					w.report(change)
				} else {
					w.help(change)
				}
				name, chat := map[cases.Stream]string{cases.ReportStream: "PA-26-0001", cases.HelpStream: "HT-26-0001"}[tr.Stream], chatOf(role)
				for _, a := range w.says(chat, "/xem "+name)[0].actions {
					if got := texts(w.taps(chat, a), chat); strings.Contains(got, "Không có lệnh") || strings.Contains(got, "chưa thực hiện được") || strings.Contains(got, "Không tìm thấy") {
						t.Errorf("%s, %s: button %s is refused: %s", role, from, a, got)
					}
					w.cases[0].Status, w.cases[0].Version = from, 1
					w.cases[0].Assignee = 0
				}
			}
		}
	}
}
