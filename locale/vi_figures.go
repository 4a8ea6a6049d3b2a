package locale

var viFigures = map[string]string{
	// Periods
	"period.ask":   "📅 Nhập ngày đầu và ngày cuối của kỳ, ví dụ: <b>1/1/2026 30/6/2026</b>. Cũng có thể nhập một tháng (<b>5/2026</b>), một quý (<b>quý 2</b>) hoặc một năm (<b>2026</b>).",
	"period.bad":   "Không có ngày này. Hãy nhập ngày/tháng/năm, ví dụ: 1/1/2026 30/6/2026.",
	"period.order": "Ngày cuối phải từ ngày đầu trở đi. Ví dụ: 1/1/2026 30/6/2026.",
	"period.year":  "Kỳ thống kê chỉ gồm các năm từ 2025 đến 2040.",

	"period.name.one": "{name}, {day:day}", "period.name.span": "{name} ({from:day} – {to:day})", "period.name.month": "Tháng {n}/{year}", "period.name.quarter": "Quý {n}/{year}",
	"period.name.half.1": "6 tháng đầu năm {year}", "period.name.half.2": "6 tháng cuối năm {year}", "period.name.year": "Năm {year}",
	"period.name.days":     "{from:day} – {to:day}",
	"stats.period.quarter": "Quý này", "stats.period.half": "6 tháng", "stats.period.plan": "Từ 2026", "stats.period.custom": "Tự chọn",
}
