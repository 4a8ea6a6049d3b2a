package locale

var enFigures = map[string]string{
	// Periods
	"period.ask":   "📅 Type the first and the last day, for example <b>1/1/2026 30/6/2026</b>. A month (<b>5/2026</b>), a quarter (<b>quarter 2</b>) or a year (<b>2026</b>) will do, too.",
	"period.bad":   "There is no such day. Type day/month/year, for example 1/1/2026 30/6/2026.",
	"period.order": "The last day cannot come before the first. For example: 1/1/2026 30/6/2026.",
	"period.year":  "Figures are given for the years 2025 to 2040.",

	"period.name.one": "{name}, {day:day}", "period.name.span": "{name} ({from:day} – {to:day})", "period.name.month": "Month {n}/{year}", "period.name.quarter": "Quarter {n}/{year}",
	"period.name.half.1": "First half of {year}", "period.name.half.2": "Second half of {year}", "period.name.year": "Year {year}",
	"period.name.days":     "{from:day} – {to:day}",
	"stats.period.quarter": "This quarter", "stats.period.half": "Half-year", "stats.period.plan": "Since 2026", "stats.period.custom": "Other",
}
