package locale

// enPoster are the English texts of posters.
var enPoster = map[string]string{
	"poster.ward": "{ward} (ward, local government)", "poster.scan": "Open your phone's camera and scan this code", "poster.web": "No Telegram? Go to",
	"poster.danger": "In danger? Call now", "poster.foot": "Staff do not see your account. Nobody is on duty in this channel around the clock.",
	"poster.report.title": "Signs of a violation?\nTell the ward", "poster.report.lines": "No name, no phone number\nA few buttons and one message",
	"poster.help.title": "Do you need help?\nAsk in private, no name needed", "poster.help.lines": "Health · Counselling · Legal aid · Work\nStaff and helpers answer only you",
	"poster.page.title": "{title}", "poster.page.lines": "Read it on your phone\nNo name needed",
	"poster.who.113": "Police", "poster.who.115": "Ambulance", "poster.who.111": "Children, human trafficking (free)",
	"poster.who.police": "Ward police", "poster.who.health": "Ward health station", "poster.who.office": "Culture and social office", "poster.who.listen": "Listening line",
}
