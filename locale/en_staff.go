package locale

// enStaff are the English texts shown to staff. "cmd.…" also stand in the menu of a
// phone, so they carry no marks.
var enStaff = map[string]string{
	// Menu and greeting
	"staff.menu.queue": "📋 Queue", "staff.menu.take": "🙋 Take the next", "staff.menu.figures": "📊 Figures", "staff.menu.staff": "👥 Staff", "staff.menu.help": "❓ Commands",
	"button.sure": "✅ Yes, do it", "chosen": "✓ {label}", "page.back": "◀", "page.next": "▶", "page.of": "{page}/{pages}", "page.more": "{n}+", "count.more": "more than {n}",

	// Roles and streams
	"role.officer": "Intake officer", "role.police": "Ward police", "role.health": "Ward health station", "role.support": "Support helper",
	"role.leader": "Ward leader", "role.clerk": "Report clerk", "role.admin": "System administrator", "role.observer": "Observer of the higher level",
	"stream.report": "Reports", "stream.help": "Requests for support",

	// Statuses, findings and kinds (domain.md 9.2, 9.3)
	"status.received": "Received", "status.verifying": "Being verified", "status.need_info": "More information needed", "status.verified": "Verified",
	"status.classified": "Classified", "status.forwarded": "Forwarded (ward police)", "status.acknowledged": "Receipt confirmed by the police",
	"status.returned": "Returned by the police", "status.in_handling": "Being handled", "status.resolved": "Result recorded", "status.closed": "Closed",
	"status.out_of_scope": "Out of competence, guided", "status.duplicate": "Duplicate, linked", "status.invalid": "Not valid",
	"status.withdrawn": "Withdrawn by the sender", "status.reopened": "Reopened", "status.contacted": "Contacted", "status.assessed": "Needs assessed",
	"status.referred": "Referred", "status.accepted": "Accepted by the service", "status.declined": "Declined by the service",
	"status.outcome": "Outcome recorded", "finding.founded": "Verified: founded", "finding.partly": "Verified: partly founded",
	"finding.not_enough": "Verified: not enough evidence", "finding.unfounded": "Verified: unfounded", "kind.phan_anh": "Feedback",
	"kind.tin_bao": "Crime report (tin báo)", "kind.to_giac": "Crime denunciation (tố giác)", "kind.kien_nghi": "Petition", "kind.khieu_nai": "Complaint",
	"kind.noi_dung_tc": "Denunciation content, to be guided",

	// The card
	"card.head": "<b>{number}</b> · {status} · <i>{alias}</i>", "card.head.urgent": "🚨 <b>{number}</b> · <b>URGENT</b> · {status} · <i>{alias}</i>",
	"card.received": "Received {received}", "card.times": "Received {received} · due {due:limit}",
	"card.times.late": "Received {received} · ⏰ <b>overdue</b> {due:limit}", "card.holder": "Held by: {name}", "card.hamlet": "Neighbourhood {n}",
	"card.place": "• Point: <code>{place}</code> ({kind})", "card.kind": "• Kind: {kind}",
	"card.kind.proposed": "• Kind: {kind} (proposed, to be confirmed by the police)", "card.referred": "• Referred to: {service}",
	"card.forced": "• 🆘 <b>Forced or held, wants to be brought out</b>", "card.under18": "• Under 18", "card.files": "• Files: {n}", "card.silent": "🔇 The sender can no longer be reached.",
	"card.talk.person": "💬 {at} – sender: {text}", "card.talk.staff": "↩️ {at} – {by}: {text}", "card.talk.note": "📝 {at} – {by} (internal): {text}",
	"card.more": "… (everything: /full {number})", "full.head": "📄 <b>{number}</b> – full text",

	// Buttons of the card
	"do.nhan": "✅ Confirm receipt", "do.xuly": "🛠 Start handling", "do.ketqua": "🏁 Record the result", "do.tralai": "↩️ Return", "do.nhanviec": "🙋 Take",
	"do.nha": "🔄 Give back to the queue", "do.xacminh": "🔍 Verified", "do.phanloai": "🏷 Classify", "do.chuyen": "➡️ Forward to the police",
	"do.hoi": "❓ Ask for more", "do.ngoai": "🚫 Set aside", "do.dong": "✔️ Close", "do.molai": "🔓 Ask to reopen", "do.traloi": "💬 Answer the sender",
	"do.ghichu": "📝 Note", "do.lienhe": "📞 Contacted", "do.danhgia": "📋 Needs assessed", "do.chuyengui": "🤝 Refer", "do.chapnhan": "✅ Service accepted",
	"do.tuchoi": "❌ Service declined", "do.hoanthanh": "🏁 Record the outcome", "do.toanvan": "📄 Full text", "do.tep": "📎 Files ({n})",
	"do.tep.more": "📎 The next files", "do.bando": "🗺 Open map", "do.lichsu": "🕘 History", "do.hangdoi": "📋 Queue", "do.tiep": "🙋 Take the next", "do.moi": "➕ Invite",
	"do.khoa": "🔒 Lock / unlock", "do.nhanvien": "👥 Staff",

	// Questions under the card
	"ask.xacminh": "🔍 <b>What did the verification find?</b>", "ask.phanloai": "🏷 <b>Which kind is it?</b> Criminal kinds are confirmed by the police.",
	"ask.ngoai": "🚫 <b>Why is it set aside?</b>", "ask.chuyengui": "🤝 <b>Refer to which service?</b>",
	"ask.hoi": "❓ <b>{number}</b>: write the question for the sender.", "ask.traloi": "💬 <b>{number}</b>: write the answer for the sender.",
	"ask.ghichu": "📝 <b>{number}</b>: write the internal note (the sender does not see it).",
	"ask.tralai": "↩️ <b>{number}</b>: write the reason for returning it.",
	"ask.molai":  "🔓 <b>{number}</b>: write the reason for reopening.", "ask.danhgia": "📋 <b>{number}</b>: write the needs talked over with the person.",
	"ask.tuchoi": "❌ <b>{number}</b>: write why the service declined.", "ask.hoanthanh": "🏁 <b>What did the support lead to?</b>",
	"ask.moi": "Write the name of the person you invite (role: {role}), at most 60 characters.", "ask.khoa": "Choose the account to lock or unlock.",
	"sure.chuyen":      "➡️ <b>Forward {number} to the ward police?</b> The sender is told that it was passed on.",
	"sure.khoa":        "🔒 Lock the account <b>{name}</b> ({role}, #{id})? The person loses access at once.",
	"sure.khoa.locked": "🔓 Unlock the account <b>{name}</b> ({role}, #{id})?",

	// Files and history
	"files.none": "This case has no files.", "files.caption": "{number} – file {n}/{of}",
	"files.waiting": "⏳ File {n} is still being fetched and cleaned; please look again in a few minutes.",
	"files.refused": "⚠️ File {n} could not be kept: {why}", "files.more": "{n} more file(s).", "files.unknown": "it could not be fetched",
	"history.head": "🕘 <b>{number}</b> – history ({n})", "history.line": "• {at} – {by}: {verb}{detail}", "history.detail": " ({detail})",
	"log.head": "📜 <b>Log of reports</b> ({n} rows)", "log.line": "{event} · <b>{number}</b>", "cmd.nhatky": "see who did what to reports",
	"anchor": "🔏 Anchor of the log up to {at} ({stream}):\n<code>{code}</code>\nKeep this message. When the log is checked, the code must be the same.", "anchor.report": "reports", "anchor.help": "help",
	"verb.cut_route": "stopped the answers", "verb.erase": "content deleted", "card.erased": "🗑 What was written was deleted by age or at the sender's request.",
	"history.person": "sender", "history.system": "system", "verb.submit": "sent in", "verb.take": "took it", "verb.release": "gave it back to the queue",
	"verb.ask_info": "asked for more", "verb.add_info": "added information", "verb.verify": "verified", "verb.classify": "classified",
	"verb.forward": "forwarded to the police", "verb.acknowledge": "confirmed receipt", "verb.return": "returned", "verb.handle": "started handling",
	"verb.resolve": "recorded the result", "verb.close": "closed", "verb.reopen": "reopened", "verb.set_aside": "set aside", "verb.merge": "merged",
	"verb.withdraw": "withdrew it", "verb.answer": "answered the sender", "verb.note": "noted", "verb.view": "opened", "verb.contact": "first contact",
	"verb.assess": "assessed needs", "verb.refer": "referred", "verb.accept": "service accepted", "verb.decline": "service declined",
	"verb.record_done": "recorded the outcome",

	// Queue
	"queue.head": "<b>{stream}</b> · {view}: {n}", "queue.empty": "Nothing waits here. Time for a short break ☕",
	"queue.line": "{mark}<b>{number}</b> {status} · {about}{where}{due}{holder}", "queue.urgent": "🚨 ", "queue.where": " · {where}",
	"queue.due": " · due {due:limit}", "queue.late": " · ⏰ overdue", "queue.holder": " · {name}", "queue.view.open": "Open", "queue.view.new": "Not taken",
	"queue.view.mine": "Mine", "queue.view.overdue": "Overdue", "queue.view.urgent": "Urgent", "queue.view.done": "Ended",
	"queue.switch.report": "🔔 Reports", "queue.switch.help": "🤝 Support", "take.none": "No case is waiting.",

	// Figures
	"stats.head": "📊 <b>{period}</b>", "stats.period.today": "Today", "stats.period.week": "This week",
	"stats.period.month": "This month", "stats.period.year": "This year", "stats.ratios": "<b>Ratios of the plan</b>", "stats.ratio.received": "• Received: {value}",
	"stats.ratio.verified": "• Verified: {value}", "stats.ratio.classified": "• Classified: {value}",
	"stats.ratio.forwarded": "• Coordinated handling: {value}", "stats.ratio.ontime": "• On time: {value} (period before {before}, a year ago {year})", "stats.value": "{part}/{whole} ({percent})",
	"stats.empty": "none arose", "stats.urgent": "Urgent: {n}", "stats.outofscope": "Out of competence: {n}",

	// Staff accounts
	"stafflist.head": "👥 <b>Staff</b> ({n})", "stafflist.line": "• #{id} {name} – {role}", "stafflist.line.altered": "• #{id} {name} – {role} ⚠️ changed outside of the bot, cannot be used",
	"account.altered":       "⚠️ This account was changed outside of the bot and cannot be used. Tell the administrator of the server, then invite again by /moi.",
	"stafflist.line.locked": "• #{id} {name} – {role} 🔒 locked",
	"lock.choice":           "🔒 {name} – {role} (#{id})", "lock.choice.locked": "🔓 {name} – {role} (#{id})",
	"lock.done": "🔓 <b>{name}</b> ({role}, #{id}) is unlocked.", "lock.done.locked": "🔒 <b>{name}</b> ({role}, #{id}) is locked.",
	"lock.closed": "Your staff account has been locked.", "lock.opened": "Your staff account is open again.",
	"invite.role": "Invite somebody in which role?",
	"invite.link": `Invitation for <b>{name}</b> ({role}). Works once, until {expires}. Pass it on in private:
{link}`,
	"invite.second": "⏳ The link opens nothing before somebody of another role agrees; they have been asked.",
	"invite.ask":    "👤 <b>{by}</b> ({byrole}) invites <b>{name}</b> as <b>{role}</b>, a role that reads what residents send. Do you agree?",
	"invite.agree":  "✅ Agree", "invite.refuse": "🚫 Do not agree", "cmd.duyetmoi": "agree to an invitation, or refuse it",
	"invite.agreed": "✅ {by} agreed to invite <b>{name}</b> ({role}).", "invite.refused": "🚫 {by} did not agree to invite <b>{name}</b> ({role}); the link is void.",
	"invite.nobody":   "There is nobody of another role to agree. Unlock an account, or invite on the server's command line.",
	"invite.notyours": "This needs somebody of another role than who invites.", "invite.none": "No invitation waits for you.", "invite.gone": "This invitation has expired, was used or was withdrawn.",
	"invite.taken": "Somebody has this name already. Please add a middle name or a post.", "invite.byserver": "the server",
	"invite.waits":   "The invitation waits for one more person of the ward. Please open the link again later.",
	"account.opened": "👤 New account: <b>{name}</b> – {role}, invited by {by}. If this is wrong, tell the leader to lock it.",
	"account.locked": "🔒 {by} has locked the account <b>{name}</b> – {role}.", "account.unlocked": "🔓 {by} has unlocked the account <b>{name}</b> – {role}.",
	"account.pin":        "🔑 {by} has reset the PIN of <b>{name}</b> – {role}.",
	"pin.fresh":          "🔐 Type your PIN again to go on: {what}.",
	"pin.wanted.words":   "While it was locked this phone received: “{text}”. Did you write it?",
	"pin.wanted.command": "While it was locked this phone received the command {command} {text}. Was it you?",
	"pin.dots":           "{dots}", "pin.go": "▶️ Go on", "pin.drop": "🗑 Drop", "pin.dropped": "Dropped; nothing was done.",
	"invite.welcome": "Welcome, {name}! Your role: <b>{role}</b>.",

	// The PIN
	"pin.ask": "🔐 Type your six-digit PIN to unlock:\n{dots}", "pin.again": "🔐 Type the new PIN once more:\n{dots}",
	"pin.new":  "🔐 Choose a six-digit PIN. When the phone was left alone the bot asks for it, so that nobody else can look.\n{dots}",
	"pin.weak": "This PIN is easy to guess. Please choose another.", "pin.differ": "The two are not the same. Please choose again.",
	"pin.set": "✅ The PIN is set.", "pin.opened": "🔓 Unlocked.", "pin.wrong": "Wrong PIN. Tries left: {n}.",
	"pin.barred": "Too many wrong PINs. Try again after {at}.", "pin.forgot": "Forgot?",
	"pin.forgot.how": "Ask a leader or an administrator to reset your PIN.", "pin.shut": "🔒 Locked. Next time the bot asks for your PIN.",
	"pin.guessed":        "⚠️ Many wrong PINs were typed for <b>{name}</b> ({role}, #{id}). If the phone is lost, lock the account.",
	"pin.guessed.locked": "⚠️ Many wrong PINs were typed for <b>{name}</b> ({role}, #{id}).",
	"do.khoa.one":        "🔒 Lock this account", "do.datlaipin": "🔑 Reset a PIN", "ask.datlaipin": "Choose the account whose PIN is to be reset.",
	"sure.datlaipin":        "🔑 Reset the PIN of <b>{name}</b> ({role}, #{id})? Only when this person asked for it.",
	"sure.datlaipin.locked": "🔑 Reset the PIN of <b>{name}</b> ({role}, #{id}, locked)?",
	"pin.reset.done":        "🔑 <b>{name}</b> ({role}, #{id}) will choose a new PIN at the next use.", "pin.reset.done.locked": "🔑 <b>{name}</b> ({role}, #{id}) will choose a new PIN once unlocked.",
	"pin.reset.told": "🔑 Your PIN was reset. If you did not ask for it, tell your leader at once.",
	"cmd.khoalai":    "lock this phone now", "cmd.datlaipin": "let a colleague choose a new PIN",
	"error.self.pin": "You cannot reset your own PIN; ask another manager.",

	// Reports put apart
	"queue.view.apart": "🗂 Put apart", "card.apart": "🗂 Put apart from the queue. Anything you do brings it back.",
	"staff.flood": "🗂 More reports than usual came in within an hour ({n}). The rest are received and put apart; urgent ones still come into the queue.",
	"do.tamchan":  "🔕 Mute the sender", "ask.tamchan": "🔕 <b>For how long are further reports of this sender put apart?</b>",
	"sure.tamchan": "🔕 <b>{choice}?</b> Further reports of this sender are received and put apart without a notice. Urgent ones and requests for help are not touched.",
	"mute.1":       "1 day", "mute.7": "7 days", "mute.30": "30 days", "mute.0": "Unmute", "cmd.tamchan": "put further reports of this sender apart",
	"verb.mute": "muted the sender", "error.mute.none": "The sender can no longer be reached, so there is nobody to mute.",

	// Retention
	"retention.soon.report": "🗓 Within 7 days ended reports will lose, as their time is over: {routes} ways back, {files} files, {cases} contents. Ask to reopen whatever must be kept before then.",
	"retention.soon.help":   "🗓 Within 7 days ended requests for help will lose, as their time is over: {routes} ways back, {files} files, {cases} contents. Ask to reopen whatever must be kept before then.",
	"retention.done":        "🧹 Removed, as their time was over: {routes} ways back, {files} files, {cases} contents. Figures stay as they are.",

	// From a request for help to the police
	"do.xinphep": "🙏 Ask to pass to police", "do.baokhan": "🆘 Alert the police", "cmd.xinphep": "ask the person to let some words pass to the police",
	"cmd.baokhan": "alert the police when somebody is under 18 or a life is in danger",
	"ask.xinphep": "🙏 <b>{number}</b>: write exactly the words to be passed to the police. The person reads every one and chooses; the police get these words only.",
	"ask.baokhan": "🆘 <b>For what reason?</b> Only when consent cannot be waited for.", "ask.baokhan.words": "🆘 <b>{number}</b>: write the words for the police. The person is told the same words.",
	"verb.ask_consent": "asked to pass to the police", "verb.consent": "agreed to passing to the police", "verb.no_consent": "did not agree to passing to the police", "verb.alarm": "alerted the police by the exception",
	"error.alarm": "The exception cannot be used: the ward has not agreed to it, or the person was not told before writing. Ask with 🙏, or call 113.",

	// Opening an ended case again
	"card.shut":  "🔒 The case has ended, so what was written is closed. Opening it again takes two people: one asks, one agrees.",
	"card.asked": "🔓 <b>{name}</b> asks to open it again:", "do.dongymo": "✅ Agree to open", "do.khongmo": "✋ Keep closed",
	"cmd.dongymo": "agree that a case is opened again", "cmd.khongmo": "do not agree that it is opened again",
	"verb.ask_reopen": "asked to open again", "verb.keep_shut": "did not agree to open again",
	"staff.askreopen": "🔓 Somebody asks to open <b>{number}</b> again; a second person has to agree.",
	"staff.reopened":  "🔓 <b>{number}</b> is open again.", "staff.keptshut": "✋ <b>{number}</b> stays closed.",
	"error.second.none": "Nobody asks to open it, or the wish is older than three days.", "error.second.self": "Whoever asked cannot agree. A second person is needed.",
	"error.shut": "The case has ended, so what was written is closed.",

	// Notices to staff
	"staff.forwarded": "➡️ <b>Forwarded to the ward police:</b> {number}", "staff.forwarded.urgent": "🚨 <b>URGENT</b> – forwarded to the ward police: {number}", "staff.police.acknowledge": "✅ The ward police hold <b>{number}</b>.",
	"staff.police.return": "↩️ The ward police returned <b>{number}</b>.", "staff.police.handle": "🛠 The ward police started handling <b>{number}</b>.",
	"staff.police.resolve":  "🏁 The ward police recorded the result of <b>{number}</b>.",
	"staff.police.classify": "🏷 The ward police set the kind of <b>{number}</b>.",

	// Errors of staff commands
	"error.number.missing": "Write the case number after the command, for example PA-26-0042, or open the case from /queue.",
	"error.toolong":        "This is too long for one message. Please write it again, shorter (under 3,500 characters).",
	"error.silent":         "Recorded, but the sender can no longer be reached.", "error.self": "You cannot lock your own account.",

	// Help
	"help.head": "Your commands (<b>{role}</b>):", "help.line": "/{name}{usage} – {help}", "help.usage": " {usage}",
	"help.foot":  "Everything can be done with buttons, too. Type a case number (for example 42 or PA-26-0042) to open its card.",
	"usage.case": "<i>number</i>", "usage.text": "<i>number text</i>", "usage.choice": "<i>number</i>",
	"usage.queue": "[<i>new, mine, overdue, urgent, done</i>]", "usage.stream": "[<i>report, help</i>]",
	"usage.stats": "[<i>month, quarter 2, 2026, 1/1/2026 30/6/2026 …</i>] [<i>kind, source, time …</i>]", "usage.invite": "[<i>role name</i>]", "usage.lock": "[<i>account id</i>]",
	"usage.language": "[<i>vi, en</i>]", "cmd.hangdoi": "the queue, with filters and pages", "cmd.tiep": "take the next case",
	"cmd.nhanviec": "take one case", "cmd.xem": "show the card of a case", "cmd.toanvan": "read every word of a case",
	"cmd.tep": "get the files of a case", "cmd.bando": "show the place on a map", "cmd.lichsu": "show what was done", "cmd.xacminh": "record the finding", "cmd.phanloai": "set the kind",
	"cmd.chuyen": "forward to the ward police", "cmd.ngoai": "set aside: out of competence, no content", "cmd.nhan": "confirm receipt",
	"cmd.tralai": "return with a reason", "cmd.xuly": "start handling", "cmd.ketqua": "record the result", "cmd.lienhe": "record the first contact",
	"cmd.danhgia": "record the needs", "cmd.chuyengui": "refer to a service", "cmd.chapnhan": "the service accepted",
	"cmd.tuchoi": "the service declined", "cmd.hoanthanh": "record the outcome", "cmd.hoi": "ask the sender for more", "cmd.traloi": "answer the sender",
	"cmd.ghichu": "internal note", "cmd.dong": "close a case", "cmd.molai": "ask to open a case again", "cmd.nha": "give a case back to the queue",
	"cmd.thongke": "figures of a period: ratios, comparison, by kind, time taken", "cmd.nhanvien": "list of staff", "cmd.moi": "invite staff",
	"cmd.khoa": "lock and unlock accounts", "cmd.ngonngu": "Tiếng Việt / English", "cmd.help": "your commands",
}
