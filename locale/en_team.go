package locale

// enTeam are the English texts of the work together, of the talk with the person after
// the end, and of what staff write down for others.
var enTeam = map[string]string{
	// Giving cases to colleagues
	"cmd.giao": "give a case, or hand it over, to a colleague", "usage.assign": "<i>number</i> [<i>name</i>]", "do.giao": "📌 Give", "do.giao.now": "📌 Give, no note",
	"ask.giao":       "📌 <b>Give {number} to whom?</b>",
	"sure.giao":      "📌 <b>Give {number} to {name}?</b> Write a note to hand it over with (internal, the sender does not see it), or press the button.",
	"staff.assigned": "📌 You were given <b>{number}</b>.", "staff.handedover": "📌 <b>{number}</b> was given to somebody else.",
	"team.away": "{name} (away, {until:limit})", "verb.assign": "gave",

	// Absence
	"cmd.vang": "tell that you are away and who stands in", "usage.away": "[<i>from, to, name</i>]",
	"away.head": "🏖 <b>Away</b>", "away.line": "• {name}: {since:day} – {until:limit}, {standin} stands in", "away.since": "From which day are you away? You can type: /away 25/11 27/11",
	"away.until": "Away from {first:day} until the end of which day?", "away.day": "{day:day}", "away.who": "Who stands in for you from {first:day} until the end of {last:day}? Your notices and cases go to that person.",
	"away.nobody": "No colleague has the same rights to stand in ({first:day} – {last:day}). Please ask the leader.",
	"away.set":    "🏖 Noted: {first:day} – {last:day}, <b>{name}</b> stands in. It ends by itself after the last day.",
	"away.told":   "🏖 You stand in for <b>{name}</b> from {first:day} until the end of {last:day}. The cases are in /mine.", "away.ended": "You are back. Notices come to you again.", "do.vang.bo": "↩️ I am back",

	// Workload
	"cmd.khoiluong": "how much everybody has in hand", "load.head": "⚖️ <b>Workload</b> (done since {from:day})",
	"load.line": "• {name}: in hand {open} · urgent {urgent} · overdue {overdue} · done {ended}", "load.nobody": "(nobody yet)",

	// My work
	"cmd.viec": "my cases, reminders and calls", "viec.head": "🗒 <b>My work</b>", "viec.stream": "▪️ {stream}", "viec.line": "{case} → {next}",
	"viec.instead": "<i>For {name}:</i>", "viec.more": "… and {n} more, see /queue", "viec.call": "📣 <b>{number}</b> – somebody called you, {at}", "viec.reminder": "⏰ <b>{number}</b> – reminder at {at}",

	// Reminders
	"cmd.nhac": "remind me of a case", "usage.remind": "<i>number</i> [<i>1h, 4h, mai, 3ngay, tuan, bo</i>]", "do.nhac": "⏰ Remind me", "do.nhac.again": "⏰ Again later", "ask.nhac": "⏰ <b>When should you be reminded of {number}?</b>",
	"delay.1h": "In 1 hour", "delay.4h": "In 4 hours", "delay.mai": "Tomorrow 8:00", "delay.3ngay": "In 3 days", "delay.tuan": "Next Monday", "delay.bo": "🔕 No reminder",
	"remind.done": "⏰ You will be reminded of <b>{number}</b> at {at}.", "remind.off": "🔕 No reminder of <b>{number}</b> any more.", "staff.remind": "⏰ Reminder: <b>{number}</b>", "verb.remind": "set a reminder",

	// Calls
	"cmd.goi": "call a colleague to a case", "ask.goi": "📣 <b>Call whom to {number}?</b>", "mention.which": "📣 Who is “@{name}” in the note to {number}?",
	"mention.done": "📣 <b>{name}</b> was called to <b>{number}</b>.", "staff.called": "📣 A colleague calls you to <b>{number}</b>.", "verb.call_on": "called a colleague",

	// Written down for somebody
	"cmd.ghinhan": "write down for a caller or visitor", "capture.stream": "🖊 What kind is it?", "capture.what": "🖊 <b>1.</b> What is it about?", "capture.source": "🖊 <b>2.</b> How did it come in?",
	"capture.age": "🖊 Is the person who needs help 18 or older?", "capture.spot": "🖊 <b>3.</b> Where? Choose, or write the place.", "capture.contact": "🖊 <b>3.</b> How can the person be reached? Write it, or skip.",
	"capture.text": "🖊 <b>4.</b> Write what was told, in one message. Leave out names and papers of whoever told it, unless they want them in.",
	"capture.done": `🖊 Written down as <b>{number}</b>. The code to hand to the person:
<code>{code}</code>
It is shown here once. Whoever has it can follow the case on this channel; there is no other way to write to them.`,
	"source.phone": "Phone call", "source.visit": "In person", "source.letter": "Letter", "source.ihanoi": "iHanoi", "source.agency": "Another body",
	"card.source": "• Came by: {source}", "verb.capture": "wrote it down",

	// Ready answers
	"cmd.mau": "ready answers", "usage.canned": "[<i>number</i>]", "do.mau": "📄 Ready answers", "do.mau.them": "➕ Add", "do.mau.sua": "✏️ Change", "do.mau.xoa": "🗑 Remove",
	"canned.head": "📄 <b>Ready answers</b> – {stream}: {n}", "canned.always": "Any status", "canned.status": "📄 For which status of a case?",
	"canned.words":   "📄 Write the answer. You may use <code>{ngày_gửi}</code> (day sent), <code>{hạn}</code> (due day), <code>{phường}</code> (ward).",
	"canned.toolong": "Too long (at most 1,000 characters). Please write it again.", "canned.unknown": "There is no variable “{name}”. Please write it again with <code>{ngày_gửi}</code>, <code>{hạn}</code>, <code>{phường}</code> only.",
	"canned.full": "There are 40 already. Remove some first.", "canned.show": "📄 <b>{status}</b>\n{text}", "canned.choose": "📄 <b>{number}</b>: choose one, or write your own.",
	"canned.none": "📄 <b>{number}</b>: none for this status yet. Add some in /canned, or write your own.", "canned.preview": "📄 <b>{number}</b>, to be sent:\n{text}\n\nPress Send, or write something else.",

	// Files for the person
	"handout.wait": "📎 The file is being cleaned and is then sent to the person.", "handout.refused": "📎 <b>{number}</b>: your file could not be sent. {why}",
	"files.caption.staff": "{number} – file {n}/{of} (from staff)", "resident.file": "📎 A file from the ward, about what you sent at {received:at}.",

	// After the end
	"rate.star": "{n} ⭐", "rate.ask": "How content are you? Press a number of stars (5 is best).", "rate.yours": "You gave {n} ⭐",
	"rate.thanks": "Thank you, {n} ⭐ noted.", "rate.more": "✍️ Add a word", "rate.word": "What would you like to tell us? Please use one message.", "rate.word.done": "Noted. Thank you.",
	"rate.twice": "This was rated already.", "rate.late": "This cannot be rated any more.", "after.refuse": "Please write it in words.", "verb.rate": "rated",
	"card.word":  "• Word with the rating: {value}",
	"card.stars": "• The sender's rating: {stars}", "cmd.hailong": "how content people are, by month", "rate.head": "⭐ <b>How content people are</b> (average, number)",
	"rate.month": "• {month}: {average} ⭐ ({n})", "rate.few": "• {month}: fewer than 5, not shown", "rate.none": "• {month}: none",
	"again.ask":  "What has not been settled? Write it in one message; the ward will look at it and decide whether to open it again.",
	"again.done": "✅ Your wish was sent. You will hear of the answer.", "again.late": "It can no longer be opened again (more than 30 days, or a wish is waiting). What you wrote is kept; what should happen with it?",
	"card.asked.person": "🔓 <b>The sender</b> asks for it to be opened again; one member of staff must agree:", "staff.askreopen.person": "🔓 The sender asks for <b>{number}</b> to be opened again.",
	"resident.reopened": "As you asked, the ward is looking again at what you sent at {received:at}.",
	"resident.keptshut": "The ward has looked at your wish about what you sent at {received:at} and has not opened it again: {reason}. If you know something new, please send it.",
	"ask.khongmo":       "✋ <b>Why is {number} not opened again?</b> Whoever asked reads it.",
	"kept.nothing_new":  "there is nothing new since it was last looked at", "kept.handled": "this has been dealt with", "kept.elsewhere": "this is for another authority", "kept.unclear": "there is not enough to check",
}
