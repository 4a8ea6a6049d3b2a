package intake

import (
	"slices"
	"strings"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// grouped is a receipt in groups of another size.
func grouped(bare string, size int, between string) string {
	var all []string
	for part := range slices.Chunk([]byte(bare), size) {
		all = append(all, string(part))
	}
	return strings.Join(all, between)
}

// shifted is a text with its capitals in another alphabet of Unicode.
func shifted(s string, from, to rune) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r - from + to
		}
		return r
	}, s)
}

func TestReceiptsAreFoundInAnyWrapping(t *testing.T) {
	t.Parallel()
	full := strings.Map(func(c rune) rune {
		if c > ' ' && c < 0x7f {
			return c + '！' - '!'
		}
		return c
	}, rightCode)
	bare := strings.ReplaceAll(rightCode, "-", "")
	for _, wrapped := range []string{
		rightCode, strings.ToLower(rightCode), "Mã của bạn: " + rightCode + " Hãy lưu", "Mã: " + rightCode, "“" + rightCode + "”",
		rightCode[:3] + "\u200b" + rightCode[3:], "\ufeff" + rightCode, full, strings.ReplaceAll(rightCode, "-", " – "), "(" + rightCode + "),",
		strings.ReplaceAll(rightCode, "-", "\n"), strings.ReplaceAll(rightCode, "-", ""), "✅ Đã nhận\n" + rightCode + "\nHãy lưu mã này",
		"Tôi đã gửi trước đó, mã của tôi là " + rightCode + ", nay bổ sung: quán vẫn mở đêm",
		"«" + strings.ReplaceAll(rightCode, "-", " / ") + "»", "`" + rightCode + "`", "*" + rightCode + "*", "mã:" + rightCode + ".", strings.ReplaceAll(rightCode, "-", " – "),
		strings.Join(strings.Split(bare, ""), " "), strings.Join(strings.Split(bare, ""), "-"), strings.Join(strings.Split(bare, ""), "\u200b "), grouped(bare, 3, " "), grouped(bare, 9, "\n"),
		grouped(bare, 2, "."), strings.ReplaceAll(rightCode, "-", ", "), strings.ReplaceAll(rightCode, "-", "\u2060-\u2060"), strings.ReplaceAll(rightCode, "-", "•"),
		shifted(rightCode, 'A', 0x1d400), shifted(rightCode, 'A', 0x24b6), strings.NewReplacer("A", "А", "B", "В", "E", "Е", "H", "Н", "K", "К", "M", "М", "P", "Р", "T", "Т", "X", "Х").Replace(rightCode),
		strings.Join(strings.Split(rightCode, ""), "\u200d"), "nhớ mã\u00a0" + rightCode + "\u3000nhé", strings.ReplaceAll(rightCode, "-", "\u00ad-"),
	} {
		all := receiptsIn(wrapped)
		if len(all) != 1 || !all[0].right {
			t.Errorf("%q: found %v", wrapped, all)
			continue
		}
		if got, err := cases.ParseReceipt(all[0].code); err != nil || got.String() != rightCode {
			t.Errorf("%q: read as %q", wrapped, all[0].code)
		}
		if rest := blanked(wrapped, "…"); len(receiptsIn(rest)) > 0 || strings.Contains(rest, rightCode[:6]) {
			t.Errorf("%q: shown as %q", wrapped, rest)
		}
	}
	for _, plain := range []string{
		"", "Quán karaoke ngõ 14 mở cửa suốt đêm", "0912345678 và 0987654321", "Nguyễn Thị Hồng Nhung ở tổ 3",
		"Số 12 ngõ 34 ngách 56 đường 78 và số 90 ngõ 23 ngách 45 đường 67", "a b c d e f g h k m n p q r s t u v w x y z", "Bar Pub Spa Gym Net Cafe", "0912 345 678, 0987 654 321, 0901 234 567",
	} {
		if all := receiptsIn(plain); len(all) > 0 {
			t.Errorf("%q: found %v", plain, all)
		}
	}
	if got := besides("Mã của tôi là " + rightCode + ", cho hỏi kết quả với ạ"); got == "" {
		t.Error("the words beside a code are lost")
	}
}

// attack: a receipt through every door. Nothing that staff read holds it.
func TestNoDoorShowsAReceipt(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard()
	code := strings.Join(strings.Split(strings.ReplaceAll(rightCode, "-", ""), ""), "\u200b ") + " nhé"
	for _, n := range []cases.NewCase{
		{Report: &cases.ReportContent{Where: code, Venue: code, When: code, Online: code, Origin: code, Text: code}}, {Help: &cases.HelpContent{Contact: code, Text: code}},
	} {
		if _, err := d.Take(t.Context(), st, cases.Route{}, n); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range st.received {
		var words []string
		if n.Report != nil {
			words = []string{n.Report.Where, n.Report.Venue, n.Report.When, n.Report.Online, n.Report.Origin, n.Report.Text}
		} else {
			words = []string{n.Help.Contact, n.Help.Text}
		}
		for i, w := range words {
			if len(receiptsIn(w)) > 0 || !strings.Contains(w, "code.blanked") {
				t.Errorf("word %d of a case: %q", i, w)
			}
		}
	}

	words := "Bổ sung cho hồ sơ này, mã là " + code
	photo := &cases.OfferedFile{Kind: cases.Photo, FileID: "1"}
	for name, u := range map[string]bot.Update{
		"an answer":            {MessageID: 5, Text: words, Quoted: &bot.Quoted{MessageID: 101}},
		"an answer with photo": {MessageID: 5, Text: words, File: photo, Quoted: &bot.Quoted{MessageID: 101}},
		"a photo to a thread":  {MessageID: 5, Text: words, File: photo},
		"a place to a thread":  {MessageID: 5, Venue: words, Place: &cases.Place{Lat: 20.95, Lon: 105.74}},
		"something forwarded":  {MessageID: 5, Text: words, Origin: words, File: photo},
	} {
		st := heard(aReport)
		keys := talk(t, d, st, u)
		if len(st.added) != 1 || len(receiptsIn(st.added[0])) > 0 {
			t.Errorf("%s: %q", name, st.added)
		}
		if u.Text != "" && !slices.Contains(keys, "code.mentioned") {
			t.Errorf("%s: no link to the case is offered: %v", name, keys)
		}
	}
	for name, u := range map[string]bot.Update{"outside": {MessageID: 5, Text: words, File: photo}, "forwarded": {MessageID: 5, Text: words, Origin: words, File: photo}} {
		st := heard()
		keys := talk(t, d, st, u)
		if len(receiptsIn(string(st.draft))) > 0 || !slices.Contains(keys, "code.mentioned") {
			t.Errorf("%s: %s %v", name, st.draft, keys)
		}
	}
}

// What is offered is looked up only when the person presses, and added once.
func TestMentionedCase(t *testing.T) {
	t.Parallel()
	d, st := desk(t), heard(aReport)
	words := "Hồ sơ kia, mã " + rightCode + ", vẫn còn mở cửa"
	talk(t, d, st, bot.Update{MessageID: 5, Text: words, Quoted: &bot.Quoted{MessageID: 101}})
	if len(st.added) != 1 || st.looked > 0 {
		t.Fatalf("%q, looked up %d times", st.added, st.looked)
	}
	st.view = &cases.ResidentView{Stream: cases.ReportStream, CaseID: "other", CanAdd: true}
	link := press(bot.Action(mentionVerb, strings.ReplaceAll(rightCode, "-", ""), "5"))
	if keys := talk(t, d, st, link); len(st.added) != 2 || !slices.Contains(keys, "add.done") || st.looked != 1 || len(receiptsIn(st.added[1])) > 0 {
		t.Errorf("%q, %v, looked up %d times", st.added, keys, st.looked)
	}
	if talk(t, d, st, link); len(st.added) != 2 {
		t.Errorf("added twice: %q", st.added)
	}
	st.view = nil
	if talk(t, d, st, press(bot.Action(mentionVerb, strings.Repeat("2", 18), "6"))); len(st.added) != 2 {
		t.Errorf("added to a case that does not exist: %q", st.added)
	}
}
