package locale

// enRegisters are the English texts of the registers.
var enRegisters = map[string]string{
	"cmd.so": "Registers: communication, training, documents, results, budget", "usage.register": "[register]",

	"registers.head":     "📒 Registers for the periodic report. Choose one:",
	"registers.list":     "📒 <b>{register}</b>: {n} entries, the newest first.",
	"registers.behind":   "📒 <b>{register}</b>: {n} entries behind the figures from {from:day} to {to:day}.",
	"registers.readonly": "You can read this register only.",
	"registers.card":     "📒 <b>{register}</b> · entry {id}", "registers.line": "• {label}: {value}", "registers.both": "{one} · {other}", "registers.item.void": "🗑 {label}",
	"registers.void": "🗑 Void, not counted in reports. Why: {reason}", "registers.written": "Version {n}, written {at}, {by}",
	"registers.none": "—", "registers.count": "{n}", "registers.money": "{n} VND", "registers.day": "{day:day}", "registers.said.yes": "Yes", "registers.said.no": "No",

	"registers.do.all": "📒 Registers", "registers.do.totals": "📊 Figures", "registers.do.new": "➕ New entry", "registers.do.list": "📋 Entries", "registers.do.fix": "✏️ Correct",
	"registers.do.void": "🗑 Void", "registers.do.log": "🕘 Versions", "registers.do.send": "✅ Send", "registers.do.change": "✏️ Correct", "registers.do.clear": "✅ Cleared, no longer watched", "registers.do.behind": "📋 {register}: entries of the period", "registers.do.given": "With figures",

	"registers.filling": "📒 <b>{register}</b> ({done}/{all})", "registers.ask": "\n❓ <b>{question}</b>", "registers.hint": "💡 <i>{hint}</i>", "registers.wrong": "⚠️ {help}",
	"registers.how.day": "Press a button or type a day, such as 12/3 for 12 March.", "registers.how.choice": "Press a button.", "registers.how.count": "Type a number, such as 40.",
	"registers.how.money": "Type an amount, such as 12,500,000 or 12.5 triệu.", "registers.how.yesno": "Press a button.", "registers.how.words": "Type it in one message.",
	"registers.today": "Today", "registers.yesterday": "Yesterday",
	"registers.review": "\nLook it over, then press <b>Send</b>.", "registers.press": "It is complete. Press Send, Correct or Cancel.", "registers.which": "\nWhich answer is to be corrected?",
	"registers.kept": "✅ Kept.", "registers.same": "Nothing has changed.", "registers.cancelled": "Cancelled, nothing was kept.", "registers.moved": "Somebody else has just corrected this entry. This is the new version.", "registers.gone": "The entry is no longer open. Choose a register and begin again.",
	"registers.void.ask": "🗑 Entry {id} is void: why? Type it in one message. The entry is kept for comparison and counted no more.",
	"registers.log":      "🕘 <b>{register}</b> · entry {id}: versions, the newest first", "registers.log.version": "\nVersion {n}, {at}, {by}", "registers.log.first": "• Written first",
	"registers.log.change": "• {label}: {was} → {is}",

	"registers.totals": "📊 <b>Figures of the registers</b> from {from:day} to {to:day}", "registers.totals.none": "No figures in this period yet.",
	"registers.totals.legend": "\n✍️ typed in · ⚙️ by the system", "registers.group": "\n▸ <b>{group}</b>", "registers.total": "{mark} {label}: {value}", "registers.computed": "see /stats",
	"registers.span.ky": "Half-year", "registers.span.nam": "Year", "registers.span.tatca": "Since 2026",

	"registers.error.choice": "Please press a button below.", "registers.error.yesno": "Please press Yes or No.", "registers.error.count": "Please send a number, such as 40.",
	"registers.error.least": "It is 1 at least.", "registers.error.most": "This number is too large. 1,000,000 is the most.",
	"registers.error.money":     "Please send an amount of VND, such as 12,500,000 or 12.5 triệu.",
	"registers.error.moneymost": "This amount is too large. 1,000 tỷ is the most.",
	"registers.error.day":       "Please send a day, such as 12/3 or 12/3/2026 for 12 March.", "registers.error.future": "This day has not come yet.", "registers.error.early": "This day is too far back, before any period of a report.",
	"registers.error.words": "Please write it in words, in one message.", "registers.error.long": "Too long. Please write less.",
	"registers.missing": "A question has no answer yet.", "registers.order": "The end cannot come before the beginning.", "registers.toomany": "More staff were updated than there are.",
	"registers.nothing": "There is no number yet. Please fill in one at least.",

	"register.documents": "Documents", "register.documents.day": "Issued on", "register.documents.kind": "Kind", "register.documents.kind.plan": "Plan",
	"register.documents.kind.letter": "Official letter", "register.documents.kind.decision": "Decision", "register.documents.kind.report": "Report", "register.documents.kind.other": "Other",
	"register.documents.documents": "Number of documents", "register.documents.title": "Number, subject",

	"register.meetings": "Meetings", "register.meetings.day": "Day", "register.meetings.meetings": "Number of meetings", "register.meetings.title": "Subject",

	"register.taskforce": "Joint task force", "register.taskforce.day": "Set up on", "register.taskforce.taskforce": "Set up", "register.taskforce.title": "Number of the decision",

	"register.communication": "Communication", "register.communication.day": "Day", "register.communication.form": "Form", "register.communication.form.direct": "In person",
	"register.communication.form.broadcast": "Loudspeaker", "register.communication.form.digital": "Digital platforms", "register.communication.form.social": "Social networks",
	"register.communication.form.school": "School", "register.communication.audience": "For whom", "register.communication.audience.residents": "Residents",
	"register.communication.audience.pupils": "Pupils", "register.communication.audience.premises": "Owners, staff of establishments", "register.communication.sessions": "Number of sessions",
	"register.communication.attendance": "Attendance", "register.communication.leaflets": "Leaflets handed out", "register.communication.regular": "Kept up regularly",
	"register.communication.regular.hint": "Yes if the ward does this again and again.", "register.communication.topic": "Subject, place",

	"register.training": "Training", "register.training.day": "Day", "register.training.staff": "Staff there are now", "register.training.updated": "Staff updated",
	"register.training.updated.hint": "Only those for whom it is the first time this year, so that nobody counts twice.", "register.training.city": "Staff at courses of the City",
	"register.training.city.hint": "Only those for whom it is the first time this year, so that nobody counts twice.", "register.training.topic": "Subject",

	"register.results": "Results of handling", "register.results.day": "Day of the result", "register.results.kind": "Kind of result", "register.results.kind.administrative": "Administrative",
	"register.results.kind.licence": "Licence", "register.results.kind.penal": "Under the penal code", "register.results.administrative": "Cases", "register.results.buying": "Persons: buying sex",
	"register.results.selling": "Persons: selling sex", "register.results.other": "Persons: other acts", "register.results.decisions": "Decisions on fines", "register.results.fines": "Fines in all",
	"register.results.licences": "Licences withdrawn or suspended", "register.results.transferred": "Cases passed to investigators", "register.results.prosecuted": "Cases prosecuted",
	"register.results.accused": "Persons accused", "register.results.minors": "Cases with people under 18", "register.results.trafficking": "Cases with signs of trafficking",
	"register.results.note": "Note", "register.results.note.hint": "Nobody's name or address.",

	"register.hotspots": "Hot spots and areas", "register.hotspots.kind": "Kind", "register.hotspots.kind.hotspot": "Hot spot", "register.hotspots.kind.watched": "Area watched",
	"register.hotspots.place": "Place", "register.hotspots.place.hint": "A street or an area; no names of people.", "register.hotspots.day": "Since", "register.hotspots.cleared": "Cleared, or no longer watched, on",
	"register.hotspots.cleared.hint": "Skip while it goes on.", "register.hotspots.note": "Note",

	"register.harm": "Harm reduction", "register.harm.day": "Day", "register.harm.reached": "People reached", "register.harm.items": "Items handed out", "register.harm.note": "Note",

	"register.budget": "Budget", "register.budget.day": "Granted or spent on", "register.budget.kind": "Kind", "register.budget.kind.planned": "Granted", "register.budget.kind.spent": "Spent",
	"register.budget.source": "Source", "register.budget.source.ward": "Ward budget", "register.budget.source.combined": "Combined programmes", "register.budget.source.raised": "Raised",
	"register.budget.amount": "Amount", "register.budget.note": "What for",

	"register.remarks": "Remarks, proposals", "register.remarks.day": "Day", "register.remarks.kind": "Section", "register.remarks.kind.difficulties": "Difficulties",
	"register.remarks.kind.proposals": "Proposals", "register.remarks.kind.plans": "Plans for the next period", "register.remarks.kind.rewards": "Praise, rewards",
	"register.remarks.words": "Words", "register.remarks.words.hint": "Write it as it is to stand in the report; no names of residents.",
}
