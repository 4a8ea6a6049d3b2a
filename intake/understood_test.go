package intake

import (
	"slices"
	"testing"

	"tinbao/bot"
	"tinbao/cases"
)

// Who asks whether the police are told gets the answer before anything is written; words
// that only speak of the police are content.
func TestQuestionsAboutThePolice(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Em hỏi cái này có báo công an không ạ": true,
		"co bao cong an ko":                  true,
		"Có chuyển cho công an không?":       true,
		"Công an có biết không":              true,
		"Sẽ gọi công an chứ ạ?":              true,
		"báo ở đây có bị công an bắt không?": true,
		"Will you tell the police?":          true,
		"do you report it to the police":     true,
		"Tôi đã báo công an rồi":             false,
		"Nhờ phường báo công an giúp":        false,
		"Công an phường nhận tiền bảo kê":    false,
		"Em bị đánh, có báo công an không?":  false, // danger first
		"Quán bị công an kiểm tra rồi mà vẫn mở, phường có biết không?": false,
	} {
		if got := asksPolice(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	d, st := desk(t), &shelf{}
	ask := text("Em hỏi cái này có báo công an không ạ")
	if got := talk(t, d, st, ask); !slices.Contains(got, "talk.police.report") || len(st.draft) > 0 {
		t.Errorf("%q, %s", got, st.draft)
	}
	st.threads.spoken = []cases.Spoken{{CaseRef: aHelp, Message: 4, At: st.Now().Unix()}}
	if got := talk(t, d, st, ask); slices.Contains(got, "talk.police") || len(st.added) != 1 {
		t.Errorf("an officer is asked, and the words stay here: %q", got)
	}
}

// Who lost the code and says more is told about codes, and the rest is content.
func TestALostCodeInALongerMessage(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	st.threads.spoken = []cases.Spoken{{CaseRef: aReport, Message: 4, At: st.Now().Unix()}}
	words := bot.Update{Text: "Tôi mất mã rồi, làm ăn kiểu gì mà nửa tháng không ai trả lời cho dân biết???", MessageID: 5}
	if got := talk(t, d, st, words); !slices.Contains(got, "code.lost") || len(st.added) != 1 {
		t.Errorf("%q, %q", got, st.added)
	}
}

// A message that asks nothing goes on where a question waits for a code.
func TestAMenuButtonWhileACodeIsAskedFor(t *testing.T) {
	t.Parallel()
	d, st := desk(t), &shelf{}
	talk(t, d, st, bot.Update{Command: "tracuu"})
	if got := talk(t, d, st, bot.Update{Command: "cuatoi"}); slices.Contains(got, "dialog.resume") {
		t.Errorf("%q: nothing was written", got)
	}
}

// Who asks what has become of a case sees that at once, without a code.
func TestQuestionsAboutTheStatus(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Bao giờ thì có kết quả?":             true,
		"bao gio co ket qua":                  true,
		"có tin gì chưa":                      true,
		"Đến đâu rồi ạ?":                      true,
		"how do I see the status?":            true,
		"any news?":                           true,
		"Cho em hỏi kết quả được không ạ":     true,
		"Khi nào công an xử lý quán này vậy?": true,
		"Quán mở khi nào tôi không rõ":        false,
		"Kết quả xét nghiệm của em là dương tính, em phải làm gì, em lo lắm cán bộ ơi giúp em với": false,
		"Họ có trả lời tôi đâu": false,
		"Xử lý kiểu gì kỳ vậy":  false,
	} {
		if got := asksStatus(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	d, st := desk(t), &shelf{}
	st.threads.spoken = []cases.Spoken{{CaseRef: aReport, Message: 4, At: st.Now().Unix()}}
	if got := talk(t, d, st, text("bao giờ có kết quả vậy")); !slices.Contains(got, "lookup.status") || len(st.added) > 0 {
		t.Errorf("%q, %q", got, st.added)
	}
	quote := bot.Update{Text: "Bao giờ có kết quả?", MessageID: 9, Quoted: &bot.Quoted{MessageID: 4}}
	if talk(t, d, st, quote); len(st.added) != 1 {
		t.Error("a question to an officer stays here")
	}
}
