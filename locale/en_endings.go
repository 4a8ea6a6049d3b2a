package locale

// enEndings are the English texts of what a person hears on the way and at the end.
var enEndings = map[string]string{
	// On the buttons of staff
	"ending.handled": "✅ Signs of a violation, dealt with", "ending.watched": "👁 No signs seen, watched further",
	"ending.elsewhere": "🏛 Belongs to another body", "ending.unclear": "❔ Not enough to go on", "ending.named": "Needs name and address",
	"ending.noted": "💡 Suggestion noted",
	"ending.done":  "✅ What was needed is done", "ending.connected": "🔗 In touch with the right place", "ending.stopped": "✋ Stopped, as the person wishes",
	"ending.silent": "📭 Could not be reached again", "ending.none": "No suggestion", "ending.suggested": "{ending} ⭐ the police suggest",
	"ask.dong":         "✔️ <b>Close {number}: what came of it?</b> The sender will read it.",
	"ask.dong.words":   "✍️ <b>{number}</b>: write one sentence more for the sender. No names, no police measures.",
	"ask.noi":          "🏛 <b>{number}: who deals with this?</b>",
	"ask.noi.none":     "Name no body",
	"end.preview":      "👀 <b>{number}</b> – the sender will read:\n",
	"end.send":         "✅ Send and close",
	"end.add":          "✍️ Add a sentence",
	"end.change":       "✍️ Write the sentence again",
	"ask.ketqua":       "🏁 <b>{number}</b>: which result do you suggest for the sender? Next: write the result (seen by staff only).",
	"ask.ketqua.words": "🏁 <b>{number}</b>: write the result (seen by staff only).",
	"error.ending":     "Please choose what the sender is told.",
	"card.result":      "• Result told to the sender: {ending}", "card.result.body": "• Who deals with it: {body}",
	"ask.chuyennoi.words": "📤 <b>{number}</b>: write the name of the receiver on the first line (the sender reads it), the reason on the next.",
	"ask.chuyennoi.why":   "📤 <b>{number}</b>: write the reason (the sender does not see it).",
	"verb.tell_late":      "told the sender: no answer in time",
	"error.kept.leader":   "What is about the leaders of the ward is not sent here: please turn to a body outside the ward.",
	"error.kept.officer":  "This is about officials of the ward, so the leaders deal with it; it is not given to staff.",
	"error.kept.police":   "This is about the ward police, so it is not passed to them. Please transfer it elsewhere.",

	"card.about.officer": "• 🔒 About officials of the ward: the leaders alone see it and deal with it.",
	"card.about.police":  "• 🔒 About the ward police: it is not passed to them.",
	"card.accuses":       "• ⚠️ It may be about {who}: check before it is passed on.",
	"about.officer":      "officials of the ward", "about.police": "the ward police", "about.leader": "the leaders of the ward",

	// About people of the ward
	"about.ask":            "Is it about people of the ward?",
	"about.no":             "No",
	"about.option.officer": "About officials of the ward", "about.option.police": "About the ward police", "about.option.leader": "About the leaders of the ward",
	"about.out.officer":    "A complaint (khiếu nại) or denunciation (tố cáo) about <b>officials of the ward</b> is better sent outside the ward. You do not have to write anything here:",
	"about.out.police":     "A complaint (khiếu nại) or denunciation (tố cáo) about <b>the ward police</b> is better sent outside the ward. You do not have to write anything here:",
	"about.out.leader":     "A complaint (khiếu nại) or denunciation (tố cáo) about <b>the leaders of the ward</b> has to go outside the ward; nothing of it is kept here:",
	"about.body":           "🏛 <b>{name}</b>",
	"about.bodies":         "🏛 The citizen reception board, the inspectorate or the police of the city.",
	"about.stay.officer":   "If you want to leave word here all the same, please go on: only the leaders of the ward see it, its officials do not.",
	"about.stay.police":    "If you want to leave word here all the same, please go on: it is neither passed nor told to the ward police.",
	"about.led":            "Please turn to one of the places above. Nothing is stored here.",
	"about.led.other":      "🔔 I want to report something else",
	"about.led.gone":       "What you wrote was deleted and is not stored here.",
	"about.offer":          "🔒 This is about {who}",
	"review.about.officer": "🔒 About officials of the ward: only its leaders see it.", "review.about.police": "🔒 About the ward police: it is not passed to them.",
	"review.about.leader": "🔒 About the leaders of the ward: not kept here.",

	// On the way
	"resident.seen":      "👀 Somebody of the ward has looked at what you sent at {received:at}.",
	"resident.forwarded": "On {at:day} what you sent at {received:at} was passed to the ward police.",
	"resident.done":      "What you sent at {received:at} has been checked. The ward will tell you the result.",
	"resident.late": `Sorry, the ward has not answered in time what you sent at {received:at}: {why}.
{then}`,
	"late.untaken": "nobody has taken it yet", "late.checking": "it is being checked", "late.police": "the ward police have it",
	"late.result": "the result is being written", "late.help": "it is being arranged",
	"late.until": "This step should be done by {until:limit}.", "late.open": "The ward will write to you as soon as there is a result.",

	// Under a receipt
	"receipt.copy": "📋 Copy the code", "receipt.picture": "🖼 Save as picture", "receipt.add": "➕ Add", "receipt.status": "🔎 Status", "receipt.clear": "🧹 Clear quickly",
	"receipt.mark": "In later messages this has the mark <b>{mark}</b>.",

	// The end
	"resident.ended.report": "What you sent at {received:at} has been dealt with.",
	"resident.ended.help":   "About what you sent at {received:at}:",
	"resident.ended.words":  "💬 {words}",
	"ended.handled":         "<b>Result:</b> checked; there were signs of a violation, and they were dealt with. Thank you.",
	"ended.watched":         "<b>Result:</b> checked; no signs of a violation were seen, and the ward goes on watching. Thank you.",
	"ended.elsewhere":       "<b>Result:</b> this belongs to {body}.",
	"ended.sent":            "<b>Result:</b> passed to {body}, who deals with it.",
	"ended.unclear":         "<b>Result:</b> not enough to go on. If you know more about the place or the time, or have a photo, you can send it again.",
	"ended.noted":           "<b>Result:</b> your suggestion was noted and given to those in charge. Thank you.",
	"ended.named":           "<b>Result:</b> this needs your name and address: send a signed letter, or come and tell it in person so that it is written down.",
	"ended.done":            "<b>Result:</b> what you needed is done. You can write again whenever you need.",
	"ended.connected":       "<b>Result:</b> you are in touch with the right place. You can write again whenever you need.",
	"ended.stopped":         "<b>Result:</b> stopped, as you wish. You can write again whenever you need.",
	"ended.silent":          "<b>Result:</b> the ward could not reach you again. You can write again whenever you need.",
	"ended.body.unnamed":    "another body", "ended.dest.ward": "another ward", "ended.dest.city": "a body of the city", "ended.dest.other": "another body",
	"bodies.place": "📍 {place}", "bodies.hours": "🕘 {hours}", "bodies.phone": "📞 {phone}", "bodies.link": "🔗 {link}",
	"bodies.ask": "To learn where to send it, ask {reception}.", "bodies.ask.phone": "To learn where to send it, ask {reception}, phone {phone}.",
	"button.again": "🔁 Not solved, please look again",

	// Milestones, for the web
	"way.received": "Received", "way.seen": "Looked at by staff", "way.police": "Passed to the ward police", "way.checked": "Checked",
	"way.late": "You were told: no answer in time", "way.again": "Looked at again", "way.ended": "Ended",
}
