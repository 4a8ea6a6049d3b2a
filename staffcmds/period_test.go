package staffcmds_test

import (
	"strings"
	"testing"
	"time"

	"tinbao/cases"
	"tinbao/staffcmds"
)

func TestPeriodsAsTyped(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 5, 28, 17, 30, 0, 0, time.UTC) // the 29th in Vietnam
	for typed, want := range map[string]string{
		"": "", "loai": " loai", "2 loai": " 2 loai", "tự chọn": " custom", "tuchon loai": " custom loai",
		"hôm nay": "29/05/2026-29/05/2026", "tuan loai": "25/05/2026-29/05/2026 loai",
		"quý": "01/04/2026-29/05/2026", "6 tháng": "01/01/2026-29/05/2026", "năm": "01/01/2026-29/05/2026", "Từ 2026 nguồn": "01/01/2026-29/05/2026 nguồn",
		"tháng 2": "01/02/2026-28/02/2026", "thang 2/2028 x": "01/02/2028-29/02/2028 x", "2/2028": "01/02/2028-29/02/2028",
		"quy 2": "01/04/2026-30/06/2026", "quý 4/2027": "01/10/2027-31/12/2027", "năm 2027": "01/01/2027-31/12/2027",
		"2026": "01/01/2026-31/12/2026", "2026 2030": "01/01/2026-31/12/2030", "2026-2030": "01/01/2026-31/12/2030", "2026–2030 cap": "01/01/2026-31/12/2030 cap",
		"1/1/2026 30/6/2026": "01/01/2026-30/06/2026", "1/1/2026-30/6/2026": "01/01/2026-30/06/2026", "1/1 - 30/6": "01/01/2026-30/06/2026",
		"1/1/26 đến 30/6/26": "01/01/2026-30/06/2026", "1.1.2026, 30.6.2026": "01/01/2026-30/06/2026", "1-1-2026 30-6-2026 tdp": "01/01/2026-30/06/2026 tdp",
		"2026-01-01 2026-06-30": "01/01/2026-30/06/2026", "20260101 20260630 2": "01/01/2026-30/06/2026 2", "5/5/2026": "05/05/2026-05/05/2026",
		"thang": "01/05/2026-29/05/2026", ",": " ,", "1/1/2026 ,": "01/01/2026-01/01/2026 ,", "- -": " - -",
		"31/2/2026": "period.bad", "20260231": "period.bad", "1/13/2026": "period.bad", "thang 13": "period.bad", "quy 5": "period.bad", "99/99": "period.bad", "1/2/3/4": "period.bad",
		"30/6/2026 1/1/2026": "period.order", "1/1/2026 31/6/2026": "period.bad", "1/1/1026": "period.year", "3026": "period.year",
	} {
		p, rest, err := staffcmds.PeriodOf(strings.Fields(typed), now)
		got := strings.TrimSuffix(p.From.String()+"-"+p.To.String()+" "+strings.Join(rest, " "), " ")
		switch {
		case err != nil:
			got = cases.TextOf(err)
		case p == cases.Period{}:
			got = strings.TrimSuffix(" "+strings.Join(rest, " "), " ")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// Whatever is typed, there is a period, words that are left, or a reason.
func FuzzPeriod(f *testing.F) {
	for _, s := range []string{"", ",", "1/1/2026 - 30/6/2026", "thang 5 loai", "2026-2030", "20260101 20260630", "quý 2/2026", "–", "29/2/2027"} {
		f.Add(s)
	}
	now := time.Date(2026, 5, 28, 17, 30, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, typed string) {
		p, _, err := staffcmds.PeriodOf([]string{typed}, now)
		if err != nil && cases.KindOf(err) != cases.Invalid {
			t.Errorf("%q: %v", typed, err)
		}
		if err == nil && p != (cases.Period{}) && !p.Valid() {
			t.Errorf("%q: %v", typed, p)
		}
	})
}
