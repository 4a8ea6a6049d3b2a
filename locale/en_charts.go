package locale

// enCharts are the English texts of charts and of the dashboard.
var enCharts = map[string]string{
	// Charts
	"cmd.bieudo": "charts of the figures", "usage.bieudo": "[<i>period, trend, kinds, funnel, coverage, hamlets, toi (dark)</i>]",
	"chart.menu": "📈 <b>Charts</b> – {period}", "chart.menu.hint": "Choose a chart; the picture comes within seconds.", "chart.drawing": "Drawing the chart…",
	"chart.unknown": "There is no such chart.", "chart.failed": "The chart could not be drawn. Please try again later.", "chart.light": "☀️ Light", "chart.dark": "🌙 Dark",
	"chart.button.trend": "📈 Over time", "chart.button.kinds": "📊 By kind", "chart.button.funnel": "🔻 Four steps", "chart.button.coverage": "🏢 Inspections",
	"chart.button.hamlets": "🗺 By hamlet",
	"chart.title.trend":    "Reports received over time", "chart.title.kinds": "Reports received by kind", "chart.title.funnel": "The four steps of reports",
	"chart.title.coverage": "Establishments inspected at least once since 01/01/2026", "chart.title.hamlets": "Reports received by hamlet",
	"chart.empty": "Nothing was received in this period", "chart.empty.coverage": "No establishment is on the register yet", "chart.note": "{from:day} – {to:day}",
	"chart.caption": "📈 <b>{title}</b>\n{period}", "chart.now": "This period ({n})", "chart.before": "Period before ({n})", "chart.reached": "Inspected", "chart.target": "Target",
	"chart.notyet": "to come", "chart.others": "Other hamlets", "chart.unsaid": "No hamlet named", "chart.unnamed": "Not classified yet",
	"chart.step.received": "Received", "chart.step.verified": "Verified", "chart.step.classified": "Classified", "chart.step.forwarded": "Forwarded",

	// The way into the dashboard
	"cmd.bangdieukhien": "open the dashboard on a computer",
	"dashboard.none":    "The ward has no address of the dashboard yet. Please ask whoever runs the system to set TINBAO_DASHBOARD_URL.",
	"dashboard.link":    "🖥 Link that opens the dashboard once, within 5 minutes (until {until}). Do not pass it on.\n<code>{link}</code>",
	"dashboard.open":    "Open the dashboard", "dashboard.expired": "This link does not work: it was used already, or is older than 5 minutes. Type /bangdieukhien in the bot to get a new one.",
	"dashboard.ended":   "The session has ended. Type /bangdieukhien in the bot to get a new link.",
	"dashboard.limited": "Too many links that do not work were tried. Please try again in some minutes.",

	// Pages of the dashboard
	"board.title": "Dashboard", "board.skip": "To the main content", "board.enter": "Enter the dashboard",
	"board.enter.hint": "Press the button to enter. The link works once; the page closes by itself after 30 minutes.", "board.leave": "Close the dashboard", "board.left": "The dashboard is closed.",
	"board.who": "{name} – {role}", "board.until": "Figures of {at}. The page closes by itself after 30 minutes.", "board.sections": "Sections", "board.period": "Period",
	"board.from": "From", "board.to": "To", "board.show": "Show", "board.of": "Figures from {from:day} to {to:day}", "board.problem": "The period is not right",
	"board.ratios": "Ratios of the plan", "board.ratio": "Ratio", "board.part": "Reports", "board.whole": "Of", "board.percent": "Percent",
	"board.ratio.received": "Received", "board.ratio.verified": "Verified", "board.ratio.classified": "Classified", "board.ratio.forwarded": "Handed on", "board.ratio.ontime": "On time",
	"board.counts": "Counts", "board.count": "Figure", "board.n": "Number",
	"board.count.received": "Received", "board.count.outofscope": "Out of competence", "board.count.duplicates": "Duplicates", "board.count.invalid": "Not enough information",
	"board.count.withdrawn": "Withdrawn by the sender", "board.count.urgent": "Urgent", "board.count.handled": "Ended with a result", "board.count.late": "Late", "board.count.open": "Not ended",
	"board.count.backlog": "Open now (any period)", "board.count.overdue": "Of these past the limit", "board.count.two": "Told by 2 or more messages", "board.count.three": "Told by 3 or more messages",
	"board.stages": "How long steps take (hours)", "board.stage": "Step", "board.measured": "Reports", "board.median": "Median", "board.p90": "90% within",
	"board.stage.verify": "Verification", "board.stage.classify": "Classification", "board.stage.forward": "Handing on", "board.stage.end": "From receipt to the end",
	"board.charts": "Charts", "board.bucket": "Time", "board.before": "Period before", "board.hamlet": "Hamlet", "board.data": "Data of the chart", "board.total": "Total",
	"board.breakdowns": "Breakdowns", "board.by.kind": "By kind", "board.by.behaviour": "By behaviour", "board.by.source": "By source", "board.by.level": "By urgency",
	"board.by.unit": "By competent unit", "board.by.note": "A report can stand in several rows.", "board.value": "Item", "board.unsaid": "Not said yet",
	"board.coverage": "Establishments", "board.year": "Year", "board.target": "Target", "board.coverage.register": "On the register", "board.coverage.closed": "Closed down",
	"board.coverage.inspected": "Inspected at least once since 01/01/2026", "board.coverage.visits": "Inspections in the period", "board.coverage.reviewed": "Reviewed this year",
	"board.coverage.violations": "Inspections that found a violation", "board.coverage.commitment": "Commitment signed", "board.coverage.security": "Subject to conditions of security and order",
	"board.coverage.vulnerable": "Easily misused for prostitution",
	"board.coverage.type":       "By type", "board.coverage.risk": "By risk",
	"board.help": "Requests for help", "board.help.hidden": "Figures marked * are hidden because they are small.", "board.help.of": "Figures from {from:day} to {to:day}", "board.help.none": "Nothing of this period can be told yet.",
	"board.help.received": "Requests in all", "board.help.under18": "Under 18", "board.help.waiting": "Waiting to be contacted", "board.hidden": "*",
	"board.referral.sent": "Referred", "board.referral.accepted": "Accepted", "board.referral.declined": "Declined", "board.referral.completed": "Completed",
	"board.none": "Nothing happened", "board.failed": "The page cannot be shown at the moment. Please try again later.", "board.notfound": "There is no such page.",
}
