package staffcmds_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tinbao/cases"
)

// pictures is what was asked to be drawn, and the ward's dashboard.
type pictures struct {
	asked []cases.ChartArgs
	link  string
}

func (f *fake) AskChart(a cases.ChartArgs) error {
	f.drawn.asked = append(f.drawn.asked, a)
	return f.fault
}

func (f *fake) DashboardLink(context.Context) (string, time.Time, error) {
	return f.drawn.link, f.now.Add(cases.DashboardLinkTime), f.fault
}

func TestChartsByButtonsAndByWords(t *testing.T) {
	t.Parallel()
	w := setup(t)
	shown := w.says(police, "/bieudo")
	w.wants(shown, police, "Biểu đồ", "01/01/2026")
	last := shown[len(shown)-1]
	if len(last.labels) != len(cases.Charts)+3 || slices.Contains(last.labels, "☀️ Nền sáng") {
		t.Errorf("buttons: %q", last.labels)
	}
	w.taps(police, "bieudo|20260101|20260528|toi")
	w.taps(police, "bieudo|20260101|20260528|hamlets|toi")
	w.says(police, "/bieudo quy 1 coso")
	w.says(police, "/bieudo 2026 xuhuong toi")
	want := []cases.ChartArgs{
		{Staff: cases.StaffID(police), Chart: cases.HamletsChart, From: "20260101", To: "20260528", Dark: true},
		{Staff: cases.StaffID(police), Chart: cases.CoverageChart, From: "20260101", To: "20260331"},
		{Staff: cases.StaffID(police), Chart: cases.TrendChart, From: "20260101", To: "20261231", Dark: true},
	}
	if !slices.Equal(w.drawn.asked, want) {
		t.Errorf("asked for %+v", w.drawn.asked)
	}
	w.wants(w.says(police, "/bieudo hinhtron"), police, "Không có biểu đồ này")
	w.wants(w.taps(police, "bieudo|custom"), police, "ngày đầu và ngày cuối")
	w.wants(w.says(police, "1/2/2026 28/2/2026"), police, "Tháng 2/2026")
}

func TestDashboardLink(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.wants(w.says(officer, "/bangdieukhien"), officer, "TINBAO_DASHBOARD_URL")
	w.drawn.link = "https://host/bang-dieu-khien/vao?ma=abc"
	shown := w.says(officer, "/bangdieukhien")
	w.wants(shown, officer, "https://host/bang-dieu-khien/vao?ma=abc", "một lần", "5 phút")
	if last := shown[len(shown)-1]; !slices.Contains(last.labels, "Mở bảng điều khiển") {
		t.Errorf("no button: %+v", last)
	}
}
