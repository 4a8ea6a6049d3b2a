package locale

// enReports are the English texts of periodic reports.
var enReports = map[string]string{
	"cmd.baocao": "periodic reports: the unit's part, merging, approval, files", "usage.baocao": "[<i>number of the report</i>]",

	// Figures
	"figure.hidden": "(*)", "figure.none": "none arose", "figure.ratio": "{percent} ({part}/{whole})", "figure.money": "{n} VND", "figure.yes": "Yes", "figure.no": "No",
	"figure.unsaid": "not written yet", "figure.nothing": "None.", "figure.count": "{n}",

	// Types
	"baocao.kind.half1": "First half of a year", "baocao.kind.half2": "Second half of a year", "baocao.kind.year": "Year", "baocao.kind.adhoc": "Ad hoc", "baocao.kind.midterm": "Mid-term", "baocao.kind.final": "Final, 2026–2030",
	"baocao.type.half1": "first half of {year}", "baocao.type.half2": "second half of {year}", "baocao.type.year": "year {year}",
	"baocao.type.adhoc": "{from:day} to {to:day} (ad hoc)", "baocao.type.midterm": "2026–{year} (mid-term)", "baocao.type.final": "2026–2030 (final)",
	"baocao.corrected":    "{title}, correction {n}",
	"baocao.unit.officer": "Culture and Social Affairs", "baocao.unit.police": "Ward police", "baocao.unit.health": "Health station",

	// List
	"baocao.head":      "📑 <b>Periodic reports</b>",
	"baocao.line.open": "• {title}: units give their parts, due {due:day}", "baocao.line.merged": "• {title}: waits for the leader, due {due:day}",
	"baocao.line.approved": "• {title}: approved, not issued yet", "baocao.line.issued": "• {title}: issued", "baocao.line.coming": "• {title}: not opened, due {due:day}",
	"baocao.do.open": "➕ Open a report", "baocao.do.rules": "⚙️ Periods, due days", "baocao.do.template": "📄 Template", "baocao.do.list": "📑 All reports",
	"baocao.which.type": "➕ <b>Which report?</b>", "baocao.which.year": "➕ <b>{type}</b>: choose the year.",
	"baocao.opened": "✅ Opened. The units have been told.", "baocao.there": "This report is there already.", "baocao.period.invalid": "No report can be opened for this period.",

	// Card
	"baocao.card": "📑 <b>Report: {title}</b>", "baocao.card.days": "Figures from {from:day} to {to:day}", "baocao.card.due": "Due: {due:day}", "baocao.card.overdue": "❗ Overdue ({due:day})",
	"baocao.state.open": "Units give their parts", "baocao.state.merged": "Merged, waits for the leader",
	"baocao.state.approved": "✅ Approved by {by}, {at}. The figures are frozen.", "baocao.state.issued": "📤 Issued (approved by {by}, {at})",
	"baocao.part.missing": "• {unit}: ⏳ not handed in", "baocao.part.returned": "• {unit}: ✅ {by}, {at}",
	"baocao.do.part": "✍️ My unit's part", "baocao.do.merge": "🧩 Merge", "baocao.do.approve": "✅ Approve", "baocao.do.giveback": "↩️ Give back", "baocao.do.issue": "📤 Issued",
	"baocao.do.correct": "✏️ Correct", "baocao.do.files": "📎 Files", "baocao.do.source": "🔎 Where from?",
	"baocao.sure.missing": "{n} units have not handed in. Merge all the same?", "baocao.sure.giveback": "Give it back for changes? The units can change their parts.",
	"baocao.sure.approve": "Approve? The figures are frozen from now on; changes need a correction.", "baocao.sure.issue": "Does the report have its number, date and signature, and has it gone out?",
	"baocao.sure.correct": "Make a correction? The approved report stays; the new version says what changed.",
	"baocao.merged":       "✅ Merged. The leader gets the draft.", "baocao.done.giveback": "↩️ Given back.", "baocao.done.approve": "✅ Approved.", "baocao.done.issue": "📤 Noted as issued.",
	"baocao.done.correct": "✏️ A correction is open.", "baocao.state": "This cannot be done at this step.", "baocao.later": "There is a newer correction.",

	// Part of a unit
	"baocao.part.head": "✍️ <b>{unit}</b>, report: {title}", "baocao.part.hard": "• Difficulties: {words}", "baocao.part.wish": "• Proposals: {words}", "baocao.part.nothing": "none",
	"baocao.part.todo": "Look at the figures by group, fill the registers where something is missing, then hand in.", "baocao.part.in": "✅ Handed in.", "baocao.part.kept": "💾 Kept.", "baocao.part.sent": "✅ The part is handed in.",
	"baocao.part.back": "↩️ Taken back.",
	"baocao.do.hard":   "✏️ Difficulties", "baocao.do.wish": "✏️ Proposals", "baocao.do.nothing": "Nothing to say", "baocao.do.handin": "📤 Hand in", "baocao.do.takeback": "↩️ Take back",
	"baocao.ask.kk": "✏️ <b>{title}</b>: write the unit's difficulties.", "baocao.ask.kn": "✏️ <b>{title}</b>: write the unit's proposals.",

	// Where a figure comes from
	"baocao.do.group": "Group {letter}", "baocao.group.head": "<b>{group}</b>\nReport: {title}. ⚙️ computed, ✍️ typed; (*) not published.",
	"baocao.figure":      "• {label}: <b>{now}</b> (a year before {before}; since 2026: {all}) {mark}",
	"baocao.figure.text": "• {label}: {words} {mark}", "baocao.which.group": "🔎 <b>Report: {title}</b>: choose a group.", "baocao.which.field": "🔎 <b>{group}</b>: choose a figure.",
	"baocao.origin.computed": "Source: computed by the system.", "baocao.origin.typed": "Source: typed, {unit}.", "baocao.definition": "Counted as: {text}", "baocao.do.behind": "📋 See the list",
	"definition.register":   "the entries of the register “{register}” with a day in the period; of states the newest entry.",
	"definition.D.received": "reports received in the period, by any way.", "definition.D.received.each": "the same, by the recorded kind; criminal kinds are confirmed by the police.",
	"definition.D.received.unnamed": "received in the period, no kind recorded yet.", "definition.D.verified": "reports of the period within competence with a finding.",
	"definition.D.classified": "reports of the period within competence with a kind.", "definition.D.forwarded": "reports of the period within competence, handed to the competent body or settled by the ward.",
	"definition.D.handled": "reports of the period with a result.", "definition.D.late": "reports of the period with a step after its limit, or open after it.", "definition.D.open": "reports of the period that are not ended.",
	"definition.D.outofscope": "reports of the period outside of competence, counted apart.", "definition.D.duplicates": "reports of the period counted with another.", "definition.D.invalid": "reports of the period without enough content.",
	"definition.D.withdrawn": "reports of the period that the sender withdrew.", "definition.D.ratio.received": "reports received over reports sent in; each is registered.",
	"definition.D.ratio.verified": "verified over reports within competence.", "definition.D.ratio.classified": "classified over reports within competence.", "definition.D.ratio.forwarded": "handed over or settled over reports within competence.",
	"definition.D.ratio.ontime": "reports without a late step over reports within competence.",
	"definition.E.register":     "establishments on the register at the end of the period.", "definition.E.closed": "closed down before the end of the period, counted apart.", "definition.E.security": "at the end of the period, subject to security conditions.",
	"definition.E.vulnerable": "at the end of the period, easily abused.", "definition.E.reviewed": "at the end of the period, reviewed in the year of that end.", "definition.E.visits": "inspections with a day in the period.",
	"definition.E.inspected": "at the end of the period, inspected at least once since 01/01/2026.", "definition.E.coverage": "inspected at least once since 01/01/2026 over the register at the end of the period.",
	"definition.E.commitments": "at the end of the period, with a commitment.", "definition.E.violations": "inspections of the period that found a violation.",
	"definition.H.requests": "requests for help received in the period; small figures are not published.", "definition.H.service.each": "requests of the period by service; one person may need several.",
	"definition.H.referrals.each": "referrals of requests of the period.", "definition.H.outcome.each": "recorded outcomes of requests of the period.",
	"definition.H.under18": "requests of the period by people under 18.", "definition.H.waiting": "requests of the period nobody was reached for at its end.",

	// Notices
	"baocao.told.open": "📑 The report <b>{title}</b> is open, due {due:day}. Please look at the figures and hand in your part.", "baocao.told.complete": "📑 Report <b>{title}</b>: all parts are there.",
	"baocao.told.merge": "📑 The report <b>{title}</b> is merged and waits for approval. The draft follows.", "baocao.told.giveback": "↩️ The report <b>{title}</b> was given back for changes.",
	"baocao.told.approve": "✅ The report <b>{title}</b> was approved.", "baocao.told.issue": "📤 The report <b>{title}</b> was issued.",
	"baocao.remind.unit": "⏰ Report <b>{title}</b>: {days} working days until it is due on {due:day}. Your unit's part is missing.", "baocao.remind.merge": "⏰ Report <b>{title}</b>: {days} working days until it is due on {due:day}. Parts missing: {missing}.",

	// Files
	"baocao.files.coming": "⏳ The files are being made.", "baocao.file.draft": "📎 Report <b>{title}</b> – DRAFT, not approved.", "baocao.file.approved": "📎 Report <b>{title}</b> – as approved; number, date and signature are empty.",
	"baocao.file.try": "📎 The new template, tried with the report <b>{title}</b>.", "baocao.file.failed": "The files of the report <b>{title}</b> could not be made. Please try again later.", "baocao.file.template": "The template of the ward fetches something from elsewhere, so this report follows the built-in one. Please send the template again.", "baocao.file.nopdf": "There is no LibreOffice on the server, so no PDF.",

	// Settings
	"baocao.rules.head": "⚙️ <b>Periods and due days</b>\nPress to change closing days, and the days from the close until the report is due.", "baocao.rules.close": "Closing days: half year {half}, year {year}", "baocao.rules.line": "• {title}: {from:day}–{to:day}, due {due:day}",
	"baocao.rules.unkept": "⚠️ Not kept yet.", "baocao.rules.kept": "✅ Kept, for reports opened from now on.", "baocao.rules.invalid": "These periods or due days cannot be set.",
	"baocao.rules.calendar": "Calendar 30/06, 31/12", "baocao.rules.decree": "14/06, 14/12", "baocao.rules.due.half": "Half +{n}", "baocao.rules.due.year": "Year +{n}", "baocao.rules.due.other": "Other +{n}", "baocao.do.keep": "💾 Keep",

	// Templates
	"baocao.template.head": "📄 <b>Template of reports</b>: {name}", "baocao.template.builtin": "built in", "baocao.template.own": "the ward's, version {n}",
	"baocao.template.how": "Download it, change it in Word, send it back. Keep what stands in double braces, like {{ B.sessions }}.",
	"baocao.do.download":  "⬇️ Download", "baocao.do.upload": "⬆️ Send a new one", "baocao.do.builtin": "↩️ Back to the built-in one", "baocao.do.use": "✅ Use this one",
	"baocao.template.caption": "📄 The template in use. {{ bang:D }} is the table of group D, {{ bieudo:phu }} a chart, {{ B.sessions|cung_ky }} the figure a year before.",
	"baocao.template.ask":     "⬆️ Send the .docx of the new template (2 MB at most).", "baocao.template.coming": "⏳ The template is being checked.", "baocao.template.notword": "Please send a Word file (.docx).",
	"baocao.template.back": "✅ Back to the built-in template.", "baocao.template.used": "✅ Used from now on for reports that are not approved.", "baocao.template.good": "✅ The template can be used. Look at the sample, then press to use it.",
	"baocao.template.bad": "❌ <b>The template cannot be used yet.</b>", "baocao.template.fault.word": "• It is no Word .docx, or too large.", "baocao.template.fault.macros": "• It has macros or embedded objects.",
	"baocao.template.fault.links": "• It has links to the outside, or fields that fetch something.", "baocao.template.fault.pictures": "• It has a picture that is neither PNG, JPEG nor GIF; please insert it anew.",
	"baocao.template.fault.traces": "• It has comments or tracked changes; accept them all and remove comments.", "baocao.template.fault.unknown": "• Placeholders that mean nothing: {names}",
	"baocao.template.fault.missing": "• Obligatory placeholders are missing: {names}", "baocao.template.fault.groups": "• No figure of the groups: {names}", "baocao.template.gone": "The file could not be fetched. Please send it again.",

	// Words of the paper
	"baocao.paper.none":        "No kind yet",
	"baocao.paper.chart.trend": "Reports received over time", "baocao.paper.chart.kinds": "Reports received by kind over time", "baocao.paper.chart.coverage": "Establishments inspected at least once since 2026, and the targets",
	"baocao.paper.reached": "Reached (%)", "baocao.paper.target": "Target (%)", "baocao.paper.empty": "No figures in the period", "baocao.paper.notyet": "to come",
	"baocao.paper.column.0": "This period", "baocao.paper.column.1": "A year before", "baocao.paper.column.2": "Since 01/01/2026",
	"baocao.paper.source.online": "Online", "baocao.paper.source.visit": "In person", "baocao.paper.source.phone": "By phone", "baocao.paper.source.ihanoi": "iHanoi", "baocao.paper.source.letter": "By letter", "baocao.paper.source.agency": "Other bodies", "baocao.paper.source.other": "Other",
	"baocao.card.unfinished": "⚠️ The period has not ended; the figures are as of now.", "baocao.source.frozen": "The figures are as they were approved; the list is as of now.",
	"baocao.figure.zero": "0 (in this period, a year before, since 2026):", "baocao.figure.zero.one": "· {label} {mark}",
	"baocao.paper.help": "Group H, column “{column}”: figures from {from:day} to {to:day} (half-years that are closed).",
}
