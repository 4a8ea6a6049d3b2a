package locale

// enPapers are the English texts of what goes between the office, the police and other
// bodies.
var enPapers = map[string]string{
	// Statuses and steps
	"status.transferred": "Transferred to another body", "resident.status.transferred": "Passed to another competent body",
	"verb.redact": "covered details before handing over", "verb.slip": "made a transfer slip", "verb.ask_office": "the police asked", "verb.tell_police": "answered the police",
	"verb.escalate": "told that acknowledgement is late", "verb.transfer": "transferred elsewhere", "verb.confirm_transfer": "receiver confirmed", "verb.answer_transfer": "receiver answered",
	"dest.ward": "Another ward or commune", "dest.city": "A body of the city", "dest.other": "Another body",

	// Covering
	"do.che": "🖍 Cover details", "cmd.che": "cover what could tell who wrote, before the police get it",
	"card.covered":    "🖍 The police get the copy that the ward chose and covered; this is the original.",
	"cover.head":      "🖍 <b>{number}</b> – below is what the police will get. Press the number of a sentence to choose words.",
	"cover.suggested": "💡 Words that could tell who wrote are marked already. Please read every sentence.",
	"cover.line":      "<b>{n}.</b> {text}", "cover.open": "✏️ {n}", "cover.nowords": "There is no description.",
	"cover.photo": "🖼 Photo {n} ({cells} cells covered)", "cover.others": "📎 {n} other files cannot be covered in part; the police get them whole.",
	"cover.done": "✅ Use this copy", "cover.none": "🧽 Remove all marks", "cover.back": "⬅️ See all", "cover.all": "■ Whole sentence",
	"cover.sentence": "🖍 <b>{number}</b> – sentence {n}: press a word to cover it, once more to show it.",
	"cover.word":     "{word}", "cover.word.marked": "■ {word}",
	"cover.grid":       "🖼 <b>{number}</b> – photo {n}: columns A–F from the left, rows 1–8 from the top. Press the cells to cover.",
	"cover.line.note":  "<b>{n}.</b> 📝 <i>note of the ward:</i> {text}",
	"cover.notes.stay": "📝 Internal notes and answers to the sender: {n}; to the police: {sent}. What is not picked stays with the ward.",
	"cover.notes":      "📝 Notes of the ward", "cover.notes.head": "📝 <b>{number}</b> – what staff wrote. The police get only what has ✅; cover the sender's name if it stands there.",
	"cover.note": "<b>{n}.</b> ▫️ {at} · {by}: {text}", "cover.note.sent": "<b>{n}.</b> ✅ {at} · {by}: {text}",
	"cover.note.pick": "✅ Send {n}", "cover.note.drop": "↩️ Keep {n}",
	"handed.head": "<b>The police will get:</b>", "handed.words": "• {text}", "handed.note": "• 📝 <i>note of the ward:</i> {text}",
	"handed.more": "… and {n} more; see all under 🖍 Cover details.", "handed.files": "📎 {n} files.",
	"handed.stay": "📝 {n} notes and answers to the sender stay with the ward.",
	"cover.again": "👁 See the photo again", "cover.made": "This copy goes to the police. The original is kept sealed.",

	// The slip
	"do.phieuchuyen": "🧾 Transfer slip", "cmd.phieuchuyen": "make the transfer slip (Word, PDF)",
	"slip.caption":     "🧾 Transfer slip <b>{number}</b>. Number, date and signature are left empty.",
	"slip.pdf.follows": "The PDF follows within minutes.", "slip.nopdf": "This machine cannot make a PDF; please print the Word file.",
	"slip.pdf": "🧾 Transfer slip <b>{number}</b> as PDF.", "slip.pdf.failed": "No PDF of the transfer slip <b>{number}</b> could be made; please print the Word file.",
	"paper.photo": "Photo", "paper.video": "Video", "paper.voice": "Recording", "paper.document": "Document",
	"paper.proposed": "{kind} (proposed, to be confirmed by the police)", "paper.at": "{place} (where it happened, exact)", "paper.online": "Account, link on the net:", "paper.origin": "Origin of what was forwarded:", "paper.place": "{place} (blurred to about 100 m)",
	"paper.note": "Note of the office: {text}", "paper.hamlet": "Residential group {n}", "paper.waiting": "not fetched yet", "paper.refused": "could not be kept",

	// Questions between the police and the office
	"do.hoithem": "❓ Ask the office", "cmd.hoithem": "ask the office that handed it over", "ask.hoithem": "❓ <b>{number}</b>: write the question to the office (the person does not see it).",
	"staff.police.ask_office": "❓ The police of the ward ask about <b>{number}</b>.",
	"do.traloica":             "↪️ Answer the police", "cmd.traloica": "answer a question of the police", "ask.traloica": "↪️ <b>{number}</b>: write the answer to the police (the person does not see it).",
	"staff.told_police": "↪️ The office answered about <b>{number}</b>.",
	"staff.late":        "⏰ <b>{number}</b>: handed over, but the police have not acknowledged it in time.",
	"staff.late.urgent": "⏰🚨 <b>{number}</b> (URGENT): handed over, but the police have not acknowledged it after 1 hour.",

	// To another body
	"do.chuyennoi": "📤 Transfer elsewhere", "cmd.chuyennoi": "transfer to another ward or body", "ask.chuyennoi": "📤 <b>Transfer to whom?</b>",
	"do.noinhan": "📬 Receiver confirmed", "cmd.noinhan": "note that the receiver confirmed", "do.noitraloi": "📨 Receiver answered", "cmd.noitraloi": "note the answer of the receiver",
	"ask.noitraloi": "📨 <b>{number}</b>: write the receiver's answer in short.",
}
