package staffcmds_test

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

// dial types a PIN on the keys and gives what the last one showed.
func (w *ward) dial(chat int64, pin string) (shown []call) {
	for _, digit := range pin {
		shown = w.taps(chat, "pin|"+string(digit))
	}
	return shown
}

func (w *ward) idle(chat int64, pin string) {
	w.pins[chat] = pin
	for i := range w.staff {
		if w.staff[i].Route.Chat == chat {
			w.staff[i].Access.Open = time.Time{}
		}
	}
}

// awake opens every account that chose a PIN.
func (w *ward) awake() {
	for i := range w.staff {
		w.staff[i].Access.Open = w.now.Add(time.Hour)
	}
}

// Nothing of a case is shown on a phone that was left alone; what was asked for comes
// once the PIN is right.
func TestGateKeepsWhatWasWanted(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	for _, act := range []func() []call{
		func() []call { return w.says(officer, "/xem 1") },
		func() []call { return w.taps(officer, "xem|PA-26-0001") },
		func() []call { return w.says(officer, "1") },
	} {
		w.idle(officer, "260611")
		asked := act()
		w.wants(asked, officer, "Nhập mã PIN", "○ ○ ○ ○ ○ ○")
		w.wants(w.dial(officer, "2606"), officer, "● ● ● ● ○ ○")
		if got := texts(w.taps(officer, "pin|x"), officer); !strings.Contains(got, "● ● ● ○ ○ ○") {
			t.Errorf("a digit taken back: %q", got)
		}
		shown := w.dial(officer, "611")
		w.wants(shown, officer, "Đã mở khóa", "Nhà nghỉ ở đầu ngõ")
		if w.drafts[officer] != nil {
			t.Error("the keys are still open")
		}
	}
}

// An answer that was being written is not lost when the session ended meanwhile, nor sent
// before its owner says so: somebody else may have held the phone.
func TestGateKeepsAwaitedWords(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(nil)
	begin := func() {
		w.says(officer, "/ghichu 1")
		w.idle(officer, "260611")
		w.wants(w.says(officer, "Đã gọi tổ trưởng."), officer, "Nhập mã PIN")
		w.wants(w.dial(officer, "260611"), officer, "Đã gọi tổ trưởng.", "Có phải bạn viết không?")
		if len(c.Talks) != 0 {
			t.Fatalf("written unasked: %+v", c.Talks)
		}
	}
	begin()
	w.wants(w.taps(officer, "pin|no"), officer, "Đã bỏ")
	w.awake()
	w.says(officer, "/hangdoi")
	begin()
	w.taps(officer, "pin|go")
	if len(c.Talks) != 1 || c.Talks[0].Text != "Đã gọi tổ trưởng." {
		t.Errorf("the words are lost: %+v", c.Talks)
	}
}

// A command that somebody typed on a locked phone is not run by the PIN of its owner, who
// sees it; what only shows something is.
func TestGateRunsNothingOfAnother(t *testing.T) {
	t.Parallel()
	w := setup(t)
	c := w.report(func(c *cases.Case) { c.Status = cases.Classified })
	for _, act := range []func(){
		func() { w.says(officer, "/chuyen 1 ok") },
		func() { w.taps(officer, "chuyen|PA-26-0001|v1|ok") },
		func() { w.taps(officer, "ghichu|PA-26-0001") },
	} {
		w.idle(officer, "260611")
		act()
		w.wants(w.dial(officer, "260611"), officer, "Có phải bạn bấm không?")
		if c.Status != cases.Classified {
			t.Fatal("handed over")
		}
		w.taps(officer, "pin|no")
		w.awake()
	}
}

// What changes accounts asks for the PIN once more, in a session that is open; a wrong one
// ends it.
func TestAccountsAreChangedWithThePIN(t *testing.T) {
	t.Parallel()
	w := setup(t)
	leader := chatOf(cases.Leader)
	w.pins[leader] = "260611"
	w.now = w.now.Add(cases.FreshFor + time.Second)
	for _, line := range []string{"/moi clerk Chị Tư", "/khoa 1", "/datlaipin 1"} {
		w.wants(w.says(leader, line), leader, "Nhập lại mã PIN")
		w.says(leader, "/viec") // thinks better of it
		if w.drafts[leader] != nil {
			t.Error("the keys stay")
		}
	}
	w.says(leader, "/khoa 1")
	w.wants(w.dial(leader, "260611"), leader, "Khóa tài khoản")
	w.wants(w.taps(leader, "khoa|1|lock|ok"), leader, "Đã khóa") // the PIN is fresh
	w.now = w.now.Add(cases.FreshFor + time.Second)
	w.says(leader, "/datlaipin 2")
	w.wants(w.dial(leader, "135790"), leader, "Mã PIN không đúng")
}

// A PIN that is typed is taken off the screen, and counts like one on the keys.
func TestTypedPIN(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.idle(officer, "260611")
	w.says(officer, "/xem 1")
	shown := w.says(officer, "260611")
	erased := false
	for _, c := range shown {
		erased = erased || c.chat == officer && c.method == "deleteMessages"
	}
	if !erased {
		t.Error("the typed PIN stays on the screen")
	}
	w.wants(shown, officer, "Đã mở khóa", "Nhà nghỉ ở đầu ngõ")
	w.idle(officer, "260611")
	w.taps(officer, "xem|PA-26-0001")
	w.wants(w.says(officer, "260611"), officer, "Nhà nghỉ ở đầu ngõ")
}

func TestWrongPINs(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.report(nil)
	w.idle(officer, "260611")
	w.says(officer, "/xem 1")
	for n := cases.PINTries - 1; n > 0; n-- {
		w.wants(w.dial(officer, "135790"), officer, "Mã PIN không đúng", "Còn "+string(rune('0'+n)))
	}
	barred := w.dial(officer, "135790")
	w.wants(barred, officer, "thử lại sau 10:15 28/05/2026")
	w.wants(barred, chatOf(cases.Leader), "nhập sai mã PIN nhiều lần")
	w.wants(barred, chatOf(cases.Admin), "nhập sai mã PIN nhiều lần")
	again := w.dial(officer, "260611")
	if strings.Contains(texts(again, officer), "Nhà nghỉ") || texts(again, chatOf(cases.Leader)) != "" {
		t.Errorf("a barred account opens, or warns twice: %+v", again)
	}
	w.now = w.now.Add(16 * time.Minute)
	w.wants(w.dial(officer, "260611"), officer, "Nhà nghỉ ở đầu ngõ")
	w.wants(w.taps(officer, "pin|1"), officer) // keys of before do nothing
	if w.drafts[officer] != nil {
		t.Error("old keys opened a draft")
	}
}

func TestChoosingAPIN(t *testing.T) {
	t.Parallel()
	w := setup(t)
	invited, _ := w.Invite(t.Context(), 0, cases.Health, "Chị Mới")
	joined := w.says(80, "/start "+invited.Token)
	w.wants(joined, 80, "Chị Mới", "Hãy chọn mã PIN")
	w.wants(w.dial(80, "123456"), 80, "dễ đoán")
	w.wants(w.dial(80, "260611"), 80, "Nhập lại")
	w.wants(w.dial(80, "260612"), 80, "không giống nhau")
	w.dial(80, "260611")
	w.wants(w.dial(80, "260611"), 80, "Đã đặt mã PIN")
	w.wants(w.says(80, "/hangdoi"), 80, "Yêu cầu hỗ trợ")
	w.wants(w.says(80, "/khoalai"), 80, "Đã khóa")
	w.wants(w.says(80, "/hangdoi"), 80, "Nhập mã PIN")
	w.wants(w.taps(80, "pin|?"), 80)
}

func TestResetPIN(t *testing.T) {
	t.Parallel()
	w := setup(t)
	leader := chatOf(cases.Leader)
	list := w.on(leader, w.says(leader, "/nhanvien"), "datlaipin")
	sure := w.on(leader, list, "datlaipin|1")
	w.wants(sure, leader, "Chỉ làm khi chính người này nhờ")
	done := w.on(leader, sure, "datlaipin|1|ok")
	w.wants(done, leader, "sẽ chọn mã PIN mới")
	w.wants(done, officer, "đã được đặt lại")
	w.wants(w.says(officer, "/hangdoi"), officer, "Hãy chọn mã PIN")
	w.wants(w.says(leader, "/datlaipin 5"), leader, "không thể tự đặt lại")
}

// The phone of a locked account loses what the bot wrote there.
func TestLockClearsThePhone(t *testing.T) {
	t.Parallel()
	w := setup(t)
	leader := chatOf(cases.Leader)
	cleared := 0
	for _, c := range w.taps(leader, "khoa|1|lock|ok") {
		if c.chat == officer && c.method == "deleteMessages" {
			cleared++
		}
	}
	if cleared != 1 {
		t.Errorf("cleared %d times", cleared)
	}
}
