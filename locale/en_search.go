package locale

// enSearch are the English texts of the search and of reports put together.
var enSearch = map[string]string{
	// Search
	"cmd.timkiem": "find cases by number, alias, kind, status, place, dates, words of the content", "usage.search": "[<i>what to look for</i>]",
	"search.ask": "🔎 Type what to look for, in any order, with or without Vietnamese marks: number (PA-26-0042), alias (Sen 42), hamlet, kind (tố giác), status (đang xác minh), " +
		"day (10/11, 10/11–20/11 or before 10/11), words of the content. What stands in \"…\" is always taken for content.",
	"search.head": "🔎 <b>{stream}</b>: {n} found", "search.by": "• {what}", "search.day": "Received on {day:day}", "search.dates": "Received {from:day} to {to:day}",
	"search.none": "Nothing was found.", "search.none.words": "Words are looked for in open cases only.",
	"search.older": "Not all cases received before {day:day} were searched.", "search.older.button": "⏪ Search older cases", "search.before": "Received before {day:day}",
	"search.older.how": "Not all cases received before {day:day} were searched. To go on, search again and add “before {day:day}”.",
	"search.narrow":    "{n} more: add words or a day to narrow it down.", "search.again": "🔎 Search again",
	"error.search.day": "There is no such day. Write day/month, for example 10/11 or 10/11/2026.",

	// Reports that tell of the same
	"cmd.tuongtu": "see reports that may be duplicates", "cmd.gop": "count a duplicate with another report", "cmd.tach": "take a report out again", "usage.merge": "<i>number kept, number of the duplicate</i>",
	"do.tuongtu": "🧩 Similar reports", "do.tach": "✂️ Take out again", "do.gop.open": "🧩 Open {number}",
	"similar.head": "🧩 Reports that may tell of the same as <b>{number}</b>:", "similar.line": "• <b>{number}</b> · received {received:day} · {like} · {status}",
	"similar.very": "very similar", "similar.part": "partly similar", "similar.place": "same place", "similar.merge": "🔗 Merge {number}",
	"similar.none": "No open report is similar, within {days} days.",
	"sure.gop":     "🔗 <b>Merge {number} into {into}?</b> The clock of {number} stops; its sender is told that it is looked at together with similar information, and from now on gets every answer and question about {into}.",
	"card.merged":  "🧩 Duplicate, handled with <b>{number}</b>.", "card.merged.part": "🔒 The content is shut. If this was a mistake, press ✂️ Take out again (while the other is open).", "card.followers": "🧩 Merged into this one: {numbers}", "card.sources": "👥 At least {n} independent reports.",
	"verb.unmerge":    "taken out again",
	"resident.merged": "What you sent at {received:at} was received and is looked at together with similar information. The ward will tell you when there is news.",
	"error.merge.two": "Write two numbers: first the one kept, then the duplicate. For example: /gop 42 45", "error.merge.same": "These two numbers are one report.",
	"error.merge.ended": "Only open reports can be merged and compared.", "error.merge.urgent": "An urgent report is not merged into an ordinary one. Merge them the other way round.",
	"error.merge.none": "This report is not merged into any.", "error.merge.late": "The report it was merged into has ended. To open this one again takes two people: /molai.",
}
