package staffcmds_test

import (
	"slices"
	"strings"
	"testing"

	"tinbao/cases"
)

// A page of sentences and of words stays on the message, the photo gets one of its own.
func TestCoveringByButtons(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) {
		c.Status = cases.Classified
		c.Report.Text = strings.Repeat("Quán mở cửa rất khuya. ", 11) + "Tôi là An."
		c.Files = []cases.File{{ID: "f1", Kind: cases.Photo, State: cases.FileStored, MIME: "image/jpeg"}, {ID: "f2", State: cases.FileStored, MIME: "application/pdf"}}
	})
	w.wants(w.says(officer, "/che 1"), officer, "1.</b> Quán", "8.</b> Quán", "đánh dấu sẵn", "1 tệp khác")
	w.wants(w.taps(officer, "che|PA-26-0001|v1|p|2"), officer, "12.</b> Tôi là ■■■.", "Tôi là ■■■.")
	shown := w.taps(officer, "che|PA-26-0001|v1|s|11")
	if !slices.Contains(shown[len(shown)-1].labels, "■ An") || !shown[len(shown)-1].edit {
		t.Errorf("%+v", shown)
	}
	shown = w.taps(officer, "che|PA-26-0001|v1|w|11|57") // An
	if !slices.Contains(shown[len(shown)-1].labels, "An") {
		t.Errorf("not taken back: %+v", shown)
	}
	w.wants(w.taps(officer, "che|PA-26-0001|v1|a|11"), officer, "■■■.")
	if got := w.marks[c.Number].Words["text"]; !slices.Equal(got, []int{55, 56, 57}) {
		t.Errorf("marked: %v", got)
	}
	w.taps(officer, "che|PA-26-0001|v1|a|11")
	if got := w.marks[c.Number].Words["text"]; len(got) != 0 {
		t.Errorf("still marked: %v", got)
	}
	shown = w.taps(officer, "che|PA-26-0001|v1|f|0")
	if f := shown[len(shown)-1].file; f == nil || string(f.Body) != "ruled f1 0" {
		t.Errorf("%+v", shown)
	}
	shown = w.taps(officer, "che|PA-26-0001|v1|c|0|7")
	if last := shown[len(shown)-1]; last.method != "editMessageReplyMarkup" || !slices.Equal(w.marks[c.Number].Cells["f1"], []int{7}) {
		t.Errorf("%+v", shown)
	}
	w.wants(w.taps(officer, "che|PA-26-0001|v1|ok"), officer, "bản chuyển Công an", "Bản gốc")
	if c.History[len(c.History)-1].Verb != cases.Redact {
		t.Error("not in the history")
	}
	w.wants(w.taps(officer, "che|PA-26-0001|v1|x"), officer, "vừa") // an old button shows the card
}

// What the office wrote goes only when it is picked, and stands then on both screens.
func TestNotesArePickedByButtons(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) {
		c.Status = cases.Classified
		c.Talks = []cases.Talk{
			{Seq: 1, At: w.now, FromStaff: true, Internal: true, By: "Lê Hoa", Text: "Người báo là bà Kín"},
			{Seq: 2, At: w.now, FromStaff: true, Internal: true, By: "Lê Hoa", Text: "Chủ quán tên Tám"},
		}
	})
	if got := texts(w.says(officer, "/chuyen 1"), officer); !strings.Contains(got, "Công an sẽ nhận") || strings.Contains(got, "Kín") || strings.Contains(got, "Tám") {
		t.Errorf("asked %q", got)
	}
	w.wants(w.says(officer, "/che 1"), officer, "gửi Công an: 0")
	w.wants(w.taps(officer, "che|PA-26-0001|v1|n"), officer, "Người báo là bà Kín", "Chủ quán tên Tám")
	w.wants(w.taps(officer, "che|PA-26-0001|v1|n|2|1"), officer, "✅")
	if got := w.marks[c.Number].Notes; !slices.Equal(got, []int{2}) {
		t.Errorf("picked %v", got)
	}
	w.wants(w.taps(officer, "che|PA-26-0001|v1|p|1"), officer, "ghi chú của phường", "Chủ quán tên Tám", "gửi Công an: 1")
	got := texts(w.says(officer, "/chuyen 1"), officer)
	if !strings.Contains(got, "Chủ quán tên Tám") || strings.Contains(got, "Kín") {
		t.Errorf("asked %q", got)
	}
}

// Numbers out of range, forged or old, show the list and mark nothing.
func TestCoveringTakesNoNonsense(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) { c.Status = cases.Classified })
	for _, rest := range []string{"s|99", "w|0|99", "w|0", "a|-1", "c|0|1", "f|7", "p|x", "w|0|-4", "zz"} {
		if got := texts(w.taps(officer, "che|PA-26-0001|v1|"+rest), officer); !strings.Contains(got, "PA-26-0001") {
			t.Errorf("%s: %q", rest, got)
		}
	}
	if len(w.marks[c.Number].Words)+len(w.marks[c.Number].Cells) != 0 {
		t.Errorf("marked: %+v", w.marks[c.Number])
	}
	c.Status = cases.Forwarded
	w.wants(w.says(officer, "/che 1"), officer, "chưa thực hiện được")
}

func TestSlipCommand(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status = cases.Received })
	shown := w.says(officer, "/phieuchuyen 1")
	if last := shown[len(shown)-1]; last.file == nil || last.file.Name != "phieu-chuyen-PA-26-0001.docx" || !last.protect {
		t.Errorf("%+v", shown)
	}
	w.wants(w.says(police, "/phieuchuyen 1"), police, "Không tìm thấy") // not handed over
}

// The words of a question stay among staff.
func TestQuestionsOfThePolice(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(func(c *cases.Case) { c.Status = cases.Acknowledged })
	shown := w.says(police, "/hoithem 1 Ở đoạn nào?")
	w.wants(shown, officer, "Công an phường hỏi thêm về")
	if strings.Contains(texts(shown, officer), "đoạn nào") || texts(shown, resident) != "" {
		t.Errorf("%+v", shown)
	}
	shown = w.says(officer, "/traloica 1 Cuối đường")
	w.wants(shown, police, "đã trả lời về")
	if strings.Contains(texts(shown, police), "Cuối") || texts(shown, resident) != "" {
		t.Errorf("%+v", shown)
	}
}

func TestTransfer(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) { c.Status = cases.Verified })
	w.wants(w.says(officer, "/chuyennoi 1"), officer, "Chuyển đến đâu?")
	w.wants(w.says(officer, "/chuyennoi 1 city Sở Y tế"), resident, "đã chuyển đến Sở Y tế")
	if c.Status != cases.Transferred {
		t.Error(c.Status)
	}
	for _, line := range []string{"/noinhan 1", "/noitraloi 1 Đã xử lý"} {
		w.says(officer, line)
	}
	if n := len(c.History); n != 4 || c.History[2].Verb != cases.ConfirmTransfer || c.History[3].Verb != cases.AnswerTransfer {
		t.Errorf("%+v", c.History)
	}
}
