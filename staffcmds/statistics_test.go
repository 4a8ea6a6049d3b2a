package staffcmds_test

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
)

func (w *ward) counted() {
	w.figures = cases.Statistics{
		Total:   cases.Tally{Received: 1203, OutOfScope: 3, Verified: 800, Classified: 1200, Handled: 7, Late: 800, Open: 5, Duplicates: 2},
		Backlog: 11, Overdue: 4, CorroboratedBy2: 6, CorroboratedBy3: 1,
		By: map[cases.Dimension]map[string]cases.Tally{
			cases.ByKind:   {string(cases.Feedback): {Received: 1000, Verified: 600}, "": {Received: 203}},
			cases.ByHamlet: {"3": {Received: 9}, "2": {Received: 12}, "17": {Received: 1}, "": {Received: 2}},
			cases.ByStaff:  {"1": {Received: 4}, "": {Received: 1}},
			cases.BySource: {string(cases.FromBot): {Received: 3}, string(cases.FromAgency): {Received: 1}},
		},
		Stages: map[cases.Stage]cases.Spread{cases.StageVerify: {N: 8, Median: 5, P90: 96}},
		Help: &cases.HelpStatistics{
			Period:   cases.Period{From: cases.Day{Year: 2026, Month: 1, Day: 1}, To: cases.Day{Year: 2026, Month: 6, Day: 30}},
			Received: cases.Cell{N: 21}, ByService: map[cases.Service]cases.Cell{cases.LegalAid: {N: 9}, cases.HealthCare: {Hidden: true}},
		},
	}
	w.totals = []cases.Tally{{Received: 41, Late: 1}, {}}
}

func TestFigures(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.counted()
	shown := w.says(officer, "/thongke")
	w.wants(shown, officer, "Hôm nay, 28/05/2026", "Tổng số tiếp nhận: <b>1.203</b> (kỳ trước 41 ▲, cùng kỳ năm trước 0 ▲)",
		"1.203/1.203 (100%)", "800/1.200 (66,7%)", "0/1.200 (0%)", "400/1.200 (33,3%)", "(kỳ trước 97,6%, cùng kỳ không phát sinh)",
		"mọi kỳ): 11, trong đó quá hạn: 4", "từ 2 tin: 6 · từ 3 tin: 1", "Trùng nội dung: 2")
	if want := []cases.Period{span(w, 0, 0), span(w, -1, -1), {From: cases.Day{Year: 2025, Month: 5, Day: 28}, To: cases.Day{Year: 2025, Month: 5, Day: 28}}}; len(w.spans) != 3 || w.spans[0] != want[0] || w.spans[1] != want[1] || w.spans[2] != want[2] {
		t.Errorf("%v", w.spans)
	}
	week := w.on(officer, shown, "thongke|week")
	w.wants(week, officer, "Tuần này (25/05/2026 – 28/05/2026)")
	byKind := w.on(officer, week, "thongke|week|kind")
	w.wants(byKind, officer, "Tuần này", "• Phản ánh: <b>1.000</b> · XM 600", "• Tố giác về tội phạm: 0", "• Chưa phân loại: <b>203</b>")
	month := w.on(officer, byKind, "thongke|month|kind")
	w.wants(month, officer, "Tháng này (01/05/2026 – 28/05/2026)", "• Kiến nghị: 0")
	hamlets := texts(w.on(officer, month, "thongke|month|hamlet"), officer)
	if i, j := strings.Index(hamlets, "Hòa Bình: <b>12"), strings.Index(hamlets, "Do Lộ: <b>9"); i < 0 || j < i || !strings.Contains(hamlets, "Tổ dân phố số 17: <b>1") || !strings.Contains(hamlets, "Không nêu tổ dân phố: <b>2") {
		t.Error(hamlets)
	}
	w.wants(w.says(officer, "/thongke quý 2 thoigian"), officer, "Quý 2/2026", "Tiếp nhận → xác minh: 5 giờ · 4 ngày (8 phản ánh)", "Phân loại → chuyển xử lý: không phát sinh")
	w.wants(w.says(officer, "/thongke 1/1/2026 30/6/2026 nguon"), officer, "6 tháng đầu năm 2026", "Bot Telegram: <b>3", "Cơ quan khác: <b>1")
	w.wants(w.says(officer, "/thongke 2026 hotro"), officer, "số liệu đã chốt 01/01/2026 – 30/06/2026", "Yêu cầu hỗ trợ: <b>21", "Trợ giúp pháp lý: 9", "Khám sức khỏe", "✳")
	w.langs[officer] = "en"
	w.wants(w.says(officer, "/stats year"), officer, "1,203", "(66.7%)", "01/01/2026")
	w.figures = cases.Statistics{}
	w.wants(w.says(officer, "/thongke thang"), officer, "none arose", "01/05/2026")
	w.wants(w.says(officer, "/thongke thang help"), officer, "no half-year has been closed")
}

func span(w *ward, from, to int) cases.Period {
	today := cases.DayOf(w.now)
	return cases.Period{From: today.Add(from), To: today.Add(to)}
}

// What somebody may not know has no page, no button and no word.
func TestFiguresByRole(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.counted()
	got := w.says(police, "/thongke 2026 hotro")
	if text := texts(got, police); strings.Contains(text, "21") || strings.Contains(text, "chốt") || !strings.Contains(text, "1.203") {
		t.Error(text)
	}
	for _, a := range got[0].actions {
		if strings.HasSuffix(a, "|help") || strings.HasSuffix(a, "|staff") {
			t.Errorf("the police are offered %s", a)
		}
	}
	w.wants(w.says(leader, "/thongke thang canbo"), leader, "Cán bộ officer: <b>4", "Chưa ai nhận: <b>1")
	if text := texts(w.says(officer, "/thongke thang canbo"), officer); strings.Contains(text, "Chưa ai nhận") {
		t.Error("an officer is told who has what")
	}
}

// A period that is missing is asked for, and a wrong one again.
func TestFiguresOfATypedPeriod(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.counted()
	asked := w.on(officer, w.says(officer, "/thongke thang loai"), "thongke|custom|kind")
	w.wants(asked, officer, "Nhập ngày đầu và ngày cuối")
	w.wants(w.says(officer, "31/2/2026 1/5/2026"), officer, "Không có ngày này")
	w.wants(w.says(officer, "1/5/2026 1/2/2026"), officer, "Ngày cuối phải từ ngày đầu")
	w.wants(w.says(officer, "1/2/2026 1/5/2026"), officer, "01/02/2026 – 01/05/2026", "Theo: Loại")
	w.wants(w.says(officer, "/thongke 1/1/1990"), officer, "2025 đến 2040")
}

// Days and weeks are Vietnam's: late in the evening of UTC the next day has begun.
func TestSpans(t *testing.T) {
	t.Parallel()
	for _, k := range []struct{ now, period, from, to string }{
		{"2026-05-28T03:00:00Z", "today", "28/05/2026", "28/05/2026"},
		{"2026-05-28T17:30:00Z", "today", "29/05/2026", "29/05/2026"},
		{"2026-05-31T16:59:00Z", "week", "25/05/2026", "31/05/2026"}, // Sunday night
		{"2026-05-31T17:00:00Z", "week", "01/06/2026", "01/06/2026"}, // Monday has begun
		{"2026-03-01T03:00:00Z", "week", "23/02/2026", "01/03/2026"},
		{"2026-05-31T17:00:00Z", "month", "01/06/2026", "01/06/2026"},
		{"2026-05-31T03:00:00Z", "quarter", "01/04/2026", "31/05/2026"},
		{"2026-12-31T16:00:00Z", "half", "01/07/2026", "31/12/2026"},
		{"2026-12-31T17:00:00Z", "year", "01/01/2027", "01/01/2027"},
		{"2028-02-29T03:00:00Z", "year", "01/01/2028", "29/02/2028"},
		{"2028-02-29T03:00:00Z", "plan", "01/01/2026", "29/02/2028"},
	} {
		w := setup(t)
		now, err := time.Parse(time.RFC3339, k.now)
		if err != nil {
			t.Fatal(err)
		}
		w.now = now
		w.taps(officer, "thongke|"+k.period)
		if got := w.spans[0]; got.From.String() != k.from || got.To.String() != k.to {
			t.Errorf("%s at %s: %v", k.period, k.now, got)
		}
	}
}
