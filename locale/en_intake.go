package locale

// enIntake are the English texts of drafts and of what a report or a request tells about
// a place.
var enIntake = map[string]string{
	// A place: labels for staff, and what a person reads
	"place.happened": "where it happened, exact", "place.stood": "where the sender stood, blurred to about 100 m",
	"place.agreed": "exact place, with the sender's consent", "place.near": "blurred to about 100 m",
	"where.outside": "Outside the ward / not known",
	"map.none":      "This case has no place on the map.", "map.line": "🗺 <b>{number}</b> – {kind}:",

	"review.venue": "• Place on the map: {value}", "review.online": "• On the net: {value}", "review.origin": "• Forwarded from: {value}",
	"service.other": "Something else / I do not know yet",
	"place.exact":   "exact location", "review.files.album": "• Files: the whole album you just sent",
	"dialog.number": "<b>{n}/{of}.</b> {question}", "button.chosen": "✔️ {label}", "button.clear.place": "🗑 Delete the place",
	"dialog.early.place": "📍 The location is noted. Please go on:", "dialog.early.venue": "📍 The place is noted. Please go on:",

	// A report
	"report.which":       "📍 What is the location you just sent?\nWhere it happened: kept exactly, so that it is found. Where you are: blurred to about 100 m.",
	"report.which.there": "📍 Where it happened", "report.which.here": "🧍 Where I am",
	"report.online": "Send in one message what you know: link, name or nickname, phone number. Screenshots are welcome.\n" +
		"If you forward a message, the ward sees the name of the channel or account that posted it.",

	// A request for help
	"help.need":     "What do you need help with?",
	"help.forced":   "🆘 I am being forced or held and need to get out",
	"help.services": "Press to choose or undo, then press “Done ➡️”.", "help.add.service": "➕ Add another service", "help.add.where": "📍 Location",
	"help.where":         "Send your location (📎 → Location), or write the address or the name of the place. It is sent exactly only if you agree.",
	"help.review.forced": "🆘 <b>You are being forced or held and need to get out.</b> If it is safe, send your location (📎 → Location).",
	"share.ask":          "📍 How shall this location be sent to the staff? Exactly: those who work on your case find the place. The area: blurred to about 100 m.",
	"share.agree":        "✅ Send the exact location", "share.near": "Only the area (blurred to about 100 m)", "share.drop": "Do not send it",
	"share.more":  "📍 The ward has the area, blurred to about 100 m. If the staff shall find the very place, press below.",
	"share.sent":  "📍 The exact location is sent.",
	"share.exact": "exact location, you agreed",

	// The list of the own cases, and discreet messages
	"menu.list": "📒 My list", "menu.discreet": "🤫 Discreet messages",
	"list.off": "📒 <b>My list</b> is off.\nWhen it is on, what you send here is listed by a number and the time only; tap a line to read, add or answer, without a code.\n" +
		"⚠️ <b>Whoever holds this phone can open it.</b> The list deletes itself after {days} days without being opened; one tap ends it.",
	"list.on":    "✅ Turn the list on",
	"list.head":  "📒 <b>My list</b>. It deletes itself unless you open it before {until:day}.",
	"list.empty": "There is nothing yet. What you send from now on appears here; for something older, look up its code, then tap “📒 Put on my list”.",
	"list.line":  "{n} · {received}",
	"list.end":   "🗑 Turn off and delete the list", "list.ended": "The list is off and deleted.", "list.add": "📒 Put on my list", "list.added": "It is on your list.",
	"list.gone": "This has been deleted.", "list.back": "📒 My list",
	"waiting.unnamed": "❓ The ward asks: this must state your name and address to be handled as a formal complaint. You would like to:",
	"waiting.meeting": "🗓 You have an appointment:\n{words}\nCan you come?", "waiting.follow": "The ward would like to know: how are you now?",
	"discreet.off": "🤫 <b>Discreet messages</b> are off.\nWhen they are on, what the ward sends you is one line, “You have a message from the ward.” Tap “👁 Show” to read it and “🙈 Hide” when you are done. Messages you already have stay as they are.",
	"discreet.on":  "🤫 <b>Discreet messages</b> are on: what the ward sends you is one line; tap “👁 Show” to read it.", "discreet.do.on": "✅ Turn on", "discreet.do.off": "Turn off",
	"discreet.see": "👁 Show", "discreet.hide": "🙈 Hide", "discreet.gone": "The text is no longer here. Use 🔎 Look up a code to read it.",

	// Drafts
	"draft.remind": "📝 There is something you have not sent yet.", "draft.send": "✅ Send now", "draft.drop": "🗑 Drop", "draft.go": "➡️ Go on", "draft.back": "↩️ Bring back",
	"draft.there": "📝 You have a draft that is not sent.", "draft.go.other": "➡️ The other draft", "draft.other": "📝 You have another draft that is not sent.",
	"draft.beside":    "📝 What you were writing is kept; press its button again to go on.",
	"draft.drop.sure": "Drop this draft?", "draft.clear.sure": "Delete what was noted?",
	"draft.dropped": "Dropped. Nothing was sent. For 10 minutes you can bring it back.", "draft.cleared": "Deleted. For 10 minutes you can bring it back.",
	"draft.gone": "It is deleted for good.", "draft.long": "⏳ Keep the draft for 24 hours",
}
