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

	// Drafts
	"draft.remind": "📝 There is something you have not sent yet.", "draft.send": "✅ Send now", "draft.drop": "🗑 Drop", "draft.go": "➡️ Go on", "draft.back": "↩️ Bring back",
	"draft.there": "📝 You have a draft that is not sent.", "draft.go.other": "➡️ The other draft", "draft.other": "📝 You have another draft that is not sent.",
	"draft.beside":    "📝 What you were writing is kept; press its button again to go on.",
	"draft.drop.sure": "Drop this draft?", "draft.clear.sure": "Delete what was noted?",
	"draft.dropped": "Dropped. Nothing was sent. For 10 minutes you can bring it back.", "draft.cleared": "Deleted. For 10 minutes you can bring it back.",
	"draft.gone": "It is deleted for good.", "draft.long": "⏳ Keep the draft for 24 hours",
}
