package locale

// enClocks are the English texts of limits, days off, reminders and the digest.
var enClocks = map[string]string{
	// Extension
	"do.giahan": "⏳ Extend", "cmd.giahan": "give the present step more time, with a reason", "verb.extend": "extended the limit", "verb.run_on": "limit runs again, no answer came",
	"ask.giahan": "⏳ <b>How much more time for {number}?</b> The leader will be told.", "ask.giahan.words": "⏳ <b>{number}</b>: write the reason for the extension (staff only).",
	"extend.1": "1 day", "extend.3": "3 days", "extend.5": "5 days", "extend.10": "10 days", "extend.20": "20 days", "extend.60": "60 days",
	"error.noclock":  "No limit runs for this case.",
	"staff.extended": "⏳ <b>{number}</b> was given more time. The reason is on the card.", "staff.extended.help": "⏳ A request for support was given more time.",

	// Reminders
	"clock.remind.50":  "⏱ <b>{number}</b>: half of the time has passed.",
	"clock.remind.80":  "⏰ <b>{number}</b>: due soon (80% has passed).",
	"clock.remind.100": "❗ <b>{number}</b>: the limit is over.",
	"clock.remind.0":   "⏱ <b>{number}</b>: no answer came, the limit runs again.",
	"clock.over":       "❗ <b>{number}</b> is overdue. Whoever has it was reminded.", "clock.over.help": "❗ A request for support is overdue. The support desk was reminded.",

	// The morning's digest
	"digest.head":    "☀️ <b>Today's work</b>",
	"digest.work":    "{stream}: not taken {fresh}, mine {mine}, due today {today}, overdue {overdue}",
	"digest.police":  "{stream}: to acknowledge {fresh}, due today {today}, overdue {overdue}, open {open}",
	"digest.watch":   "{stream}: not taken {fresh}, due today {today}, overdue {overdue}, open {open}",
	"digest.none":    "{stream}: nothing waits",
	"digest.figures": "{stream}: open {open}, overdue {overdue}", "digest.button": "{label} ({n})",

	// Days off
	"do.lich": "📅 Days off", "cmd.lich": "holidays, days in lieu and worked weekends of a year", "usage.calendar": "[<i>year</i>]",
	"calendar.head": "📅 <b>Days off in {year}</b> (besides Saturdays and Sundays)", "calendar.days": "• {kind}: {days}",
	"calendar.kind.holiday": "Public holiday", "calendar.kind.compensatory_off": "Day in lieu, exchanged", "calendar.kind.working_weekend": "Worked weekend", "calendar.kind.ordinary": "Ordinary day",
	"calendar.unchecked":   "⚠️ Not yet compared with the year's official announcement.",
	"calendar.checked":     "✅ {by} compared it with the official announcement, {at}.",
	"calendar.checked.now": "✅ Recorded.", "calendar.set": "✅ Kept. What was due before stays as it was.",
	"calendar.edit": "✏️ Change a day", "calendar.check": "✅ Checked", "calendar.month": "Month {n}",
	"calendar.which.month": "✏️ <b>Year {year}</b>: choose the month.", "calendar.which.day": "✏️ <b>{month}/{year}</b>: choose the day.",
	"calendar.which.kind": "✏️ <b>{weekday}, {day}</b> is what?",
	"calendar.invalid":    "The day cannot be that. Only a Saturday or Sunday is a worked weekend.",
	"calendar.weekday.0":  "Sunday", "calendar.weekday.1": "Monday", "calendar.weekday.2": "Tuesday", "calendar.weekday.3": "Wednesday", "calendar.weekday.4": "Thursday", "calendar.weekday.5": "Friday", "calendar.weekday.6": "Saturday",

	// Limits
	"do.thoihan": "⏱ Limits of the steps", "cmd.thoihan": "limits of the steps and their sources",
	"clocks.head": "⏱ <b>Limits of the steps</b>", "clocks.line": "• <b>{name}</b>: {amount}. {source} {verified}",
	"clocks.unverified": "⚠️ not verified", "clocks.verified": "✅ verified by {by}",
	"clocks.calendar_days": "{n} days", "clocks.working_days": "{n} working days", "clocks.working_hours": "{n} working hours", "clocks.running_hours": "{n} running hours",
	"clocks.type.calendar_days": "Days", "clocks.type.working_days": "Working days", "clocks.type.working_hours": "Working hours", "clocks.type.running_hours": "Running hours",
	"clocks.edit": "✏️ <b>{name}</b>: {amount}\nSource: {source}\nPress to change, then keep. What was due before stays as it was.",
	"clocks.keep": "💾 Keep, not verified", "clocks.keep.verified": "✅ Keep, compared with the source", "clocks.kept": "✅ Kept, from now on.",
	"clocks.invalid": "The limit cannot be that.",
	"clock.receive":  "Receiving a report", "clock.receive_urgent": "Receiving an urgent report", "clock.forward": "To the police, urgent cases", "clock.verify": "Verification",
	"clock.classify": "Classification", "clock.respond": "Answer", "clock.crime": "Handling of crime reports", "clock.denounce": "First processing of denunciation content",
	"clock.complaint": "Acceptance of a complaint", "clock.pause": "Waiting for more (limit stands still)", "clock.help": "Contact with a person asking for support", "clock.help_urgent": "Contact with a person under 18 asking for support",
}
