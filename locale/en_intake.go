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
}
