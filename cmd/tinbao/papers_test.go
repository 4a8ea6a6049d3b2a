package main

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/media"
)

// files are the names and bodies of what the bot sent to a phone.
func (s *story) files(who string) map[string][]byte {
	s.t.Helper()
	out := map[string][]byte{}
	for _, m := range s.sim.Messages(cast[who].ID) {
		if f, _ := m.File(); f != nil && m.FromBot {
			body, err := s.sim.FileBody(f.ID)
			if err != nil {
				s.t.Fatal(err)
			}
			if !m.Protected {
				s.t.Errorf("%s is not protected", f.Name)
			}
			out[f.Name] = body
		}
	}
	return out
}

// handOver is a report that the police hold, of which words were covered.
func (s *story) handOver() {
	s.t.Helper()
	for _, line := range []string{
		"an starts", "an presses 🔔 Gửi phản ánh", "an presses Tôi thấy dấu hiệu vi phạm", "an presses Tổ 2", "an presses Hôm nay",
		"an says Quán mở sau 12 giờ đêm. Tôi là Trần Thị Lộ, số 0912 345 678.", "an presses ✅ Gửi",
		"hoa presses Xem", "hoa presses 🔍 Đã xác minh", "hoa presses Đã xác minh: có cơ sở", "hoa presses 🏷 Phân loại", "hoa presses Phản ánh",
		"hoa presses 🖍 Che thông tin", "hoa presses ✅ Dùng bản này", "hoa presses ➡️ Chuyển Công an", "hoa presses ✅ Đồng ý",
	} {
		s.play(line)
	}
}

func document(t *testing.T, docx []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// until waits for something that comes by itself.
func (s *story) until(what string, is func() bool) {
	s.t.Helper()
	for end := time.Now().Add(2 * time.Minute); !is(); wait(s.t.Context(), nil, 20*time.Millisecond) {
		if time.Now().After(end) {
			s.t.Fatalf("%s never came\n%s", what, s.log)
		}
	}
	s.settle()
}

// The paper that the office and the police get holds the covered copy, also as a PDF.
func TestSlipOnThePhone(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.handOver()
	s.app.settings.Office = media.FindOffice()
	if s.app.settings.Office == "" {
		t.Fatal("no LibreOffice here; scripts/setup installs it")
	}
	for _, who := range []string{"hoa", "dung"} {
		s.play(who + " says /phieuchuyen 1")
		got := document(t, s.files(who)["phieu-chuyen-PA-26-0001.docx"])
		for _, want := range []string{"PHIẾU CHUYỂN", "Công an phường Yên Nghĩa", "Tổ 2", "Tôi là ■■■, số ■■■.", "phần ■ được che", "trước ngày 07 tháng 12 năm 2026./."} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in %s", who, want, got)
			}
		}
		if strings.Contains(got, "Trần Thị") || strings.Contains(got, "0912") {
			t.Errorf("%s reads who wrote", who)
		}
	}
	s.until("the PDF", func() bool {
		return bytes.HasPrefix(s.files("dung")["phieu-chuyen-PA-26-0001.pdf"], []byte("%PDF-")) && s.files("hoa")["phieu-chuyen-PA-26-0001.pdf"] != nil
	})
	s.leaks()
}

// A LibreOffice that fails is said, and the Word document is there all the same.
func TestSlipWithoutPDF(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.handOver()
	s.app.settings.Office = "/bin/false"
	s.play("hoa says /phieuchuyen 1")
	s.until("a word that there is no PDF", func() bool { return strings.Contains(s.show("hoa", nil), "Không tạo được PDF") })
	if files := s.files("hoa"); files["phieu-chuyen-PA-26-0001.docx"] == nil || len(files) != 1 {
		t.Errorf("%d files", len(files))
	}
}

// The leader and the police hear once that an acknowledgement is late; nobody else does,
// and nothing of the report is told.
func TestLateAcknowledgement(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	s.handOver()
	look := func() {
		t.Helper()
		work(s.t, &escalate{app: s.app})
		s.settle()
	}
	const late = "⏰ PA-26-0001: đã chuyển nhưng Công an phường chưa xác nhận đúng hạn."
	times := func(who string) int { return strings.Count(s.show(who, nil), late) }
	look()
	if times("khoi")+times("dung") != 0 {
		t.Error("told too early")
	}
	s.clock.pass(9 * 24 * time.Hour)
	look()
	look()
	for who, want := range map[string]int{"khoi": 1, "dung": 1, "hoa": 0, "yen": 0, "tam": 0, "an": 0} {
		if times(who) != want {
			t.Errorf("%s is told %d times, want %d:\n%s", who, times(who), want, s.show(who, nil))
		}
	}
	history := query[string](t, s.settings.DatabaseURL, "select verb from casework.events where verb = '"+string(cases.Escalate)+"'")
	if len(history) != 1 {
		t.Errorf("%d rows in the history", len(history))
	}
}
