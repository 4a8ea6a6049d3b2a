package locale

// en is the English catalogue.
var en = map[string]string{
	"menu.report": "🔔 Send a report", "menu.help": "🤝 I need support", "menu.lookup": "🔎 Look up a code",
	"menu.guide": "📖 Guide", "menu.emergency": "🆘 Emergency", "menu.privacy": "🔒 Privacy",

	"start": `Hello! This is the channel of <b>{ward}</b> (ward, local government).
🔔 Report signs of a violation, without your name.
🤝 Ask for support: health, legal aid, work.
Choose a button below. In danger? Call <b>113</b> now.

Tiếng Việt: /language`,
	"ward.unnamed": "the ward",
	// What Telegram shows about the bot: in an empty chat (512 characters), and beside its links (120)
	"bot.description": "The channel of {ward} (ward, local government).\n🔔 Report signs of a violation, without your name.\n🤝 Ask for support: health, legal aid, work.\nIn danger? Call 113 now. Children, human trafficking: 111.\n\nPress START.",
	"bot.short":       "The information channel of {ward} (ward, local government).",
	"resident.commands": `Use the buttons below, or type:
/report – send a report
/support – ask about support
/lookup – look up a code
/code – show the code you just got
/mine – my list
/discreet – discreet messages
/guide – guide
/emergency – emergency numbers
/privacy – privacy
/language – Tiếng Việt / English
/cancel – leave what you are doing
/clear – clear this chat quickly`,
	"emergency": `⚠️ If somebody is in danger, <b>CALL NOW</b>:
<b>113</b> (police) · <b>115</b> (ambulance) · <b>111</b> (children, human trafficking – free, 24/7).
Nobody is on duty in this messaging channel around the clock; it does not replace an emergency call.`,
	"emergency.police": "Ward police: <b>{number}</b>",
	"emergency.health": "Ward health station: <b>{number}</b>",
	"emergency.office": "Culture and social office: <b>{number}</b>",
	"guide": `<b>How do I report?</b>
1. Press “🔔 Send a report” and answer a few short questions.
2. Write only what you saw or know. Do not follow, secretly film or confront anybody.
3. Keep the code you get. With “🔎 Look up a code” you see the result or add to it, from any account.

<b>Do you need support?</b> Press “🤝 I need support” to ask about health checks, counselling, legal aid, vocational training, work, livelihood or social security.

<b>A formal complaint (khiếu nại) or denunciation (tố cáo)</b> must state your name and address, so an anonymous message cannot replace it. Send a signed letter by post, or come to {reception}: hand it in, or tell it in person and an officer writes it down.

You can also report with your identity through VNeID or iHanoi.`,
	"privacy": `<b>Privacy</b>
• Ward staff do not see your Telegram account. The system keeps only an encrypted way to answer you (no name, no phone number).
• Words and files are stored encrypted. Hidden details in files (camera, location) are removed; the place where you stand is blurred to about 100 m unless you agree to send it exactly to get help; where something happened is kept exactly.
• Reports may be passed to the ward police; they do not see your account either. Requests for support are kept apart from reports.
• The way to answer you is deleted {routes:span} after a case has ended, the words after {content:span}. What you have not sent is kept, from when you last wrote: reports for 24 hours, requests for help for 30 minutes (or 24 hours if you choose); what you drop is deleted for good after 10 minutes.
• To see your data, stop the answers, take a report back or delete it: press 🔎 and enter your code, then “🔒 My data”. To clear this chat quickly: /xoachat (messages of 48 hours; please delete older ones in Telegram yourself)
• Whoever has your code can see the status and the messages. Keep it to yourself.
• Others may look at this phone? Turn on 🤫 Discreet messages.
• Telegram still keeps messages on its servers abroad; you can delete this chat yourself. Do not send identity papers.`,
	"button.own": "🔒 My data",
	"own.kept.report": `<b>What the ward keeps</b>
• The words and files you sent, encrypted. Words are deleted {content:span} after the case has ended, files after {files:span}.
• An encrypted way to answer you, deleted {routes:span} after the case has ended.
• No name, phone number or Telegram account that staff could see.`,
	"own.kept.help": `<b>What the ward keeps</b>
• The words and files you sent, encrypted and kept apart from reports. Words are deleted {content:span} after the end, files after {files:span}.
• An encrypted way to answer you, deleted {routes:span} after the end.
• No name, phone number or Telegram account that staff could see, unless you wrote them yourself.`,
	"own.cut.report": "🔕 No more answers, please", "own.cut.help": "🔕 No more answers, please", "own.out.report": "↩️ Take it back", "own.out.help": "↩️ Take it back", "own.del.help": "🗑 Delete my data", "own.del.report": "🗑 Delete code and contact (words stay)",
	"own.cut.sure.report": "After this the ward <b>cannot write to you about this case any more</b>. You can still see the status with your code.",
	"own.cut.sure.help":   "After this the ward <b>cannot write to you about this request any more</b>. You can still see the status with your code.",
	"own.out.sure.report": "Take it back: the ward stops looking into this report. Only possible before it was passed to the police.",
	"own.out.sure.help":   "Take it back: the support staff stop working on this request.",
	"own.del.sure.report": "Deletes the look-up code and the way to answer you, at once. After that <b>nobody can see the status by the code</b>. What you reported is kept until its time is over, so that it can be checked.",
	"own.del.sure.help":   "Delete at once everything you wrote and sent in this request. <b>It cannot be brought back.</b>",
	"own.notyours":        "🔑 This case was sent from another place. With the code you can read and add; taking it back, deleting or agreeing is for the sender.",
	"own.elsewhere":       "🔑 The code you hold has just been opened somewhere else. It lets others read and add only. If it was not you, keep the code safer.",
	"own.word.set":        "🔑 Set a password", "own.word.change": "🔑 Change the password", "own.word.enter": "🔑 Enter the password",
	"own.word.ask":        "🔑 Write a word or a short sentence that only you know. On another device, only the code and this word together can take back or delete. The ward cannot look it up.",
	"own.word.length":     "It needs 4 to 60 characters.",
	"own.word.done":       "✅ The password is set; your message with it was deleted.",
	"own.word.prove":      "🔑 Write the password you set.",
	"own.word.wrong":      "Not right. Please try again.",
	"own.word.right":      "✅ Right. From now on this chat can decide about the case, too.",
	"own.full":            "Enough places get news of this case already. Please decide where it was sent.",
	"own.cut.done.report": "✅ The ward will not write to you about this case any more.", "own.cut.done.help": "✅ The ward will not write to you about this request any more.",
	"own.out.done.report": "✅ Taken back.", "own.out.done.help": "✅ Taken back.", "own.out.late": "It cannot be taken back any more: it was passed on, is urgent, or has ended.",
	"own.del.done.report": "✅ The look-up code and the way to answer you are deleted.", "own.del.done.help": "✅ Deleted. Nobody can read it any more.",
	"cleared":         "Done. To remove the chat for good: hold its name in the list and choose Delete.",
	"error.erased":    "What was written in this case was deleted by age or by request; nothing more can be done with it.",
	"file.taken":      "The sender took this file back.",
	"file.erased":     "The file was deleted by age or by request.",
	"staff.withdrawn": "↩️ Taken back by the sender: <b>{number}</b>", "staff.withdrawn.urgent": "↩️ Taken back by the sender: <b>{number}</b>",
	"language.ask": "Chọn ngôn ngữ / Choose a language", "language.vi": "Tiếng Việt", "language.en": "English",
	"language.set": "This channel now speaks English.",
	"edited":       "What you changed in an earlier message is not recorded. If it matters, please send it as a new message.",

	"button.back": "⬅️ Back", "button.skip": "Skip", "button.cancel": "✖️ Cancel", "button.review": "📋 Review",
	"button.next": "Done ➡️", "button.send": "✅ Send", "button.answer": "💬 Answer", "button.add": "➕ Add information", "button.open": "Open",
	"button.clearchat": "🧹 Clear this chat quickly",
	"link":             "The channel of <b>{ward}</b> (ward, local government).", "link.hamlet": "The channel of <b>{ward}</b> (ward, local government). 📍 Where: {place} (you can change it in the review).",
	"button.more":      "🔒 More",
	"button.old":       "This button is old. Please use those of the newest message or below.",
	"dialog.cancelled": "Cancelled. Nothing was sent.",
	"dialog.stale":     "The channel was just updated. Your answers are still here; please go through them again.",
	"dialog.expired":   "The time for which what you were writing is kept has passed, so it was deleted; nothing was sent. Whenever you are ready, press a button below to start again.",
	"dialog.noskip":    "This question needs an answer.",
	"dialog.refuse":    "Please choose a button of the question above.",
	"dialog.odd":       "This channel takes text, photos, videos, voice, PDF and locations. Please send it again in one of these forms.",
	"dialog.toolong":   "The message is too long. Please split it into shorter ones.",
	"dialog.full":      "One report holds 10 messages and 20 files; the last one was not kept. Please send what is there, then add more with your code.",
	"dialog.kept.text": "📝 Noted ({n}). You may write more, send photos, videos or voice, or press “{done}”.",
	"dialog.kept.file": "📎 File received. You may send more, write more, or press “{done}”.",
	"dialog.need.what": "Please choose what you want to report.", "dialog.need.text": "Please write a few words, or send a photo or voice message, about what you saw.",
	"dialog.need.service": "Please choose what you need help with.",
	"guide.reception":     "the ward's citizen reception",
	"button.clear":        "🗑 Delete, write again",
	"dialog.have":         "So far: {texts} messages, {files} files.",
	"dialog.early.text":   "📝 What you wrote is noted. Please go on:",
	"dialog.early.file":   "📎 File received. Please go on:",
	"dialog.resume":       "What you were writing is still here. Please go on:",
	"dialog.code":         "This is a look-up code, so it is not put into what you write. To see the result, press “🔎 Look up a code”; what you are writing is kept.",
	"dialog.nothing":      "There is nothing to cancel. What you sent before is kept.",
	"lookup.refuse":       "Please type the code here, for example ABC234-DEF567-GHJ892.",
	"lookup.carried":      "What you wrote is still here. Press “➕ Add information” to add it here.",
	"lookup.earlier":      "… {n} earlier messages",
	"add.refuse":          "Please write here, or send photos, videos, voice or PDF.",
	"add.ended":           "What you sent at {received:at} is closed, so nothing can be added any more. What you wrote is still here. What would you like to do?",
	"outside.full":        "No more than 10 messages and 20 files can be kept; the last one was not. What would you like to do with the rest?",
	"outside.dropped":     "Dropped. Nothing was sent.",
	"outside.more":        "Kept as well. What would you like to do?",
	"received.urgent":     "Staff have been alerted. Nobody is on duty in this channel around the clock: if anybody is in danger, call <b>113</b>.",
	"received.unheard":    "So far NO member of staff could be alerted. If anybody is in danger, call <b>113</b> now.",
	"none":                "(not given)",

	"report.notice": `<b>Anonymous:</b> no name, no phone number; staff do not see your Telegram account.
Tell only what you saw or know. Do not follow or confront anybody. In danger: call <b>113</b>.`,
	"report.more": `<b>Anonymous.</b> You do not have to give your name, phone number or address. Ward staff do not see your Telegram account. The system keeps only an encrypted way to answer you (no name, no phone number), deleted {days:span} after the case has ended. Telegram still keeps messages on its servers abroad; you can delete this chat yourself. Do not send identity papers.
<b>Safe.</b> Write only what you saw or know. Do not follow, secretly film or confront anybody.
<b>True.</b> Just tell what you know; mistakes are fine. Only knowingly false reports may be punished by law.
<b>This is not a formal complaint (khiếu nại) or denunciation (tố cáo).</b> An anonymous message is information to be checked. How to file one: see 📖 Guide.`,
	"report.what":  "What would you like the ward to know?",
	"report.where": "Where? Press a neighbourhood, or write an address or the name of a place, or send a location (📎 → Location).",

	"report.text":   "What did you see? One message is enough; photos, videos, voice messages and PDFs are welcome (hidden details in files are removed). If you like, press when:",
	"report.review": "Check it, then press “✅ Send”. To add something, just write or send more.",
	"report.received": `✅ Received. Your code:
<code>{code}</code>
Keep this code; without it nothing can be looked up. Expect an answer before {due:day}.`,
	// As staff and papers name it
	"concern.staff.signs": "Signs of a violation", "concern.staff.danger": "Somebody forced or in danger", "concern.staff.minor": "Somebody under 18 involved",
	"concern.staff.online": "Signs on the internet", "concern.staff.suggest": "A suggestion", "concern.staff.named": "A complaint or denunciation", "concern.staff.crossed": "Urgent information passed on by the ward",
	"concern.signs": "I saw signs of a violation", "concern.danger": "Somebody is being forced or in danger",
	"concern.minor": "Somebody under 18 is involved", "concern.online": "Signs on the internet", "concern.suggest": "A suggestion to the ward",
	"when.now": "Happening now", "when.today": "Today", "when.week": "This week", "when.often": "Often",
	"edit.what": "✏️ What", "edit.where": "✏️ Where", "edit.contact": "✏️ Contact",
	"review.what": "• What: {value}", "review.where": "• Where: {value}", "review.when": "• When: {value}",
	"review.text": "• Text: {value}", "review.files": "• Files: {n}",
	"review.age": "• Age: {value}", "review.service": "• Service: {value}", "review.contact": "• Contact: {value}",
	"place.blurred": "location blurred to about 100 m",

	"help.notice":           "Only social and health staff and the helper assigned to you can read this. Nothing goes to the police unless you agree. You do not have to give your name.",
	"help.notice.exception": "Only social and health staff and the helper assigned to you can read this. Nothing goes to the police unless you agree – <b>except when somebody is under 18 or a life is in danger</b>; then we tell you. No name needed.",
	"help.more": `<b>Private.</b> Your request is kept apart from reports. Only culture and social staff, the health station and the helper assigned to you (who may be a volunteer) can read it. The system keeps only an encrypted way to answer you (no name, no phone number), deleted {days:span} after the end. Telegram still keeps messages on its servers abroad. Do not send identity papers.
<b>As you like.</b> Press one button and send; nothing else is needed. You can stop at any time.
<b>If others may look at your phone:</b> press 🧹 or type /xoachat to clear this chat quickly (messages of 48 hours; please delete older ones in Telegram yourself).`,
	"help.adult": "18 or older", "help.minor": "Under 18",
	"help.under18": "If you are under 18, call <b>111</b> – free, 24/7, confidential. In danger: call <b>113</b>. You can still write here.",

	"help.contact": "How shall the ward answer you? By default only through this channel; if you want another way, write it (for example a phone number and when to call).", "help.contact.bot": "Only through this channel",
	"help.review": "Press “✅ Send” and you are done. If you like, write or record more, or send a location. Are you 18 or older?",
	"help.received": `Thank you for writing. The ward has your request and will answer before {due:day}. Your code:
<code>{code}</code>
Keep this code; without it nothing can be looked up.`,
	"service.health": "Health check, HIV, sexually transmitted infections", "service.counsel": "Counselling", "service.legal": "Legal aid",
	"service.training": "Vocational training", "service.job": "Work", "service.livelihood": "Livelihood", "service.social": "Social security",

	"toofast":      "That is a bit fast. What you send until {at} is not taken; please send it again after that. In an emergency call <b>113</b>.",
	"send.limited": "You have sent a lot today, so this was not sent. Please try again tomorrow; in an emergency call 113.",
	"resident.consent": `About the request you sent at {received:at}: a support worker would like to pass <b>exactly these words</b> to the ward police, and nothing else:
{text}

Do you agree? If you do not, your support goes on just the same. What was passed on cannot be taken back.`,
	"consent.yes": "✅ Pass these words on", "consent.no": "✋ I do not agree", "consent.no.done": "Noted: nothing is passed on. Your support goes on.",
	"consent.yes.done": `Exactly these words were passed to the ward police. The police do not see your account. The code to follow them:
<code>{code}</code>`,
	"consent.old": "This question is no longer open.",
	"resident.alarm": `About the request you sent at {received:at}: because <b>{grounds}</b>, and to protect the person in danger, the ward has passed exactly these words to the ward police, and nothing else:
{text}

Your support goes on. If there is danger now, call <b>113</b>; for children <b>111</b>.`,
	"grounds.under18": "somebody is under 18", "grounds.life": "a life is in danger",
	"staff.consent": "🤝 The person agreed to passing on to the police: <b>{number}</b>", "staff.consent.urgent": "🤝 The person agreed to passing on to the police: <b>{number}</b>",
	"staff.noconsent": "✋ The person did not agree to passing on to the police: <b>{number}</b>", "staff.noconsent.urgent": "✋ The person did not agree to passing on to the police: <b>{number}</b>",
	"lookup.wait": "Too many wrong codes. Please try again after {at}.",
	"code.repeat": "For the next {minutes} minutes /ma shows this code again.",
	"code.again":  "Your code:\n<code>{code}</code>", "code.gone": "There is no code to show any more. It can be shown again in the first 10 minutes only.",
	"lookup.ask": "Type the code you received (capitals or not, with or without dashes).", "receipt.notfound": "This code was not found. Please check it and type it again.",
	"lookup.status": "Status: <b>{status}</b>", "lookup.due": "An answer is expected before {due:day}.", "lookup.received": "Received {at}", "lookup.you": "• {at} – you: {text}", "lookup.ward": "• {at} – ward: {text}",
	"add.text": "Write or send what you want to add, then press Send.", "add.empty": "You have not written or sent anything.", "add.done": "✅ Added. Thank you.",
	"outside":        "The ward has your message, but it has not gone to staff yet. What would you like to do?",
	"outside.report": "🔔 Make it a report", "outside.help": "🤝 Use it to ask for support", "outside.add": "➕ Add it to what was sent (needs the code)", "outside.drop": "🗑 Drop it",

	"resident.status.received": "Received", "resident.status.verifying": "Being checked", "resident.status.need_info": "Please tell us more",
	"resident.status.verified": "Being checked", "resident.status.classified": "Being checked", "resident.status.forwarded": "Passed to the ward police",
	"resident.status.acknowledged": "Received by the ward police", "resident.status.returned": "Being checked", "resident.status.in_handling": "Being handled by the ward police",
	"resident.status.resolved": "Checked, the conclusion follows", "resident.status.closed": "Ended", "resident.status.out_of_scope": "Outside the ward's competence",
	"resident.status.duplicate": "Received, handled together with similar information", "resident.status.invalid": "Not enough content to act on",
	"resident.status.withdrawn": "You withdrew this", "resident.status.reopened": "Being checked again",
	"resident.help.received": "Received", "resident.help.contacted": "Support staff have been in touch", "resident.help.assessed": "Support is being arranged",
	"resident.help.referred": "You were put in touch with a service", "resident.help.accepted": "The service has accepted", "resident.help.declined": "Another service is being looked for",
	"resident.help.outcome": "Support has a result", "resident.help.closed": "Done", "resident.help.withdrawn": "You withdrew this", "resident.help.reopened": "Being looked at again",

	// What residents hear about a case. It is named by its day only: the phone may lie open.
	"resident.about": "About what you sent at {received:at}:",
	"resident.question": `Ward staff would like to know more about what you sent at {received:at}:
{text}

Answer right here, or leave it.`,
	"resident.answer": `The ward answers what you sent at {received:at}:
{text}`,
	"resident.referred": "About your request of {received:at}: staff have put you in touch with a service: {service}.",

	"staff.new": "📥 New work, the latest: <b>{number}</b>", "staff.new.urgent": "🚨 <b>URGENT</b> – {number} has just arrived.",
	"staff.added": "➕ The sender added information: <b>{number}</b>", "staff.added.urgent": "🚨 The sender added to an urgent case: <b>{number}</b>",

	// Files that cannot be kept
	"file.refused": "📎 A file of what you sent at {received:at} could not be received.", "file.refused.one": "• {which}: {why}", "file.nth": "{kind} {n}",
	"file.document": "File", "file.again": "You can send another file right here.",

	"file.toobig":   "The file is over 20 MB and cannot be received. Please send a shorter one.",
	"file.type":     "This type of file is not taken. The channel takes photos, videos, voice and PDF.",
	"file.image":    "This type of picture is not taken as a file. Please send it again as a photo.",
	"file.heic":     "This HEIC picture cannot be opened. Please send it again as a photo.",
	"file.pixels":   "The picture is too large. Please send it again as a photo.",
	"file.broken":   "The file is damaged or was cut off. Please send it again.",
	"file.video":    "Hidden details of this video or voice could not be removed, so it is not kept.",
	"file.noffmpeg": "The channel takes no video or voice at present. Please send photos or describe it.",
	"file.hard":     "The file is too heavy or built in an odd way and cannot be opened safely. Please send photos or a shorter part.",
	"file.pdf":      "This PDF cannot be opened, so it is not kept. Please send photos of it.",
	"file.locked":   "This PDF has a password and cannot be opened. Please remove the password and send it again, or send photos of it.",
	"file.pages":    "The PDF is too long: 100 pages are taken at most. Please send the pages that matter.",
	"file.exe":      "This file is a program and is not taken.",
	"file.gone":     "The file is no longer at Telegram.",

	"error.internal": "Something went wrong. What you sent is kept; please try again in a few minutes.", "error.invalid": "This could not be read. Please check it.",
	"error.not_found": "Not found.", "error.conflict": "Somebody else has just updated this case. Please look at the new card.",
	"error.not_allowed": "This step is not possible yet.", "error.step": "This step is not possible in the present status.",
	"error.transient": "The system is busy, please wait.", "error.expired": "This link has expired or was already used.",
	"error.limited": "You are sending a little fast. Please try again in a few minutes; in an emergency call 113.", "error.number": "This is not a case number. Example: PA-26-0042.",
	"error.role": "There is no such role.", "error.command": "There is no such command. Please use the buttons below, or type /help.",
}
