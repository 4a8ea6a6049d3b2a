package locale

// enMarks are the English texts of classification.
var enMarks = map[string]string{
	"act.mua": "Buying sex", "act.ban": "Selling sex", "act.chua": "Harbouring", "act.tochuc": "Organising prostitution", "act.ep": "Forcing into prostitution", "act.moigioi": "Brokering prostitution",
	"act.baoke": "Protecting prostitution", "act.dichvu": "Abuse of a service business", "act.muaban": "Linked to trafficking", "act.duoi18": "Somebody under 18",
	"act.mang": "On the internet", "act.khac": "Other", "level.khan": "Urgent", "level.phuc_tap": "Complex", "level.binh_thuong": "Normal",
	"body.congan": "Ward police", "body.vhxh": "Culture and social office", "body.yte": "Health station", "body.phuong": "Another ward or commune",
	"body.thanhpho": "A city body", "body.khac": "Another body",
	"reason.otherward": "It happens in another ward", "reason.field": "Not in this field", "reason.body": "Another body deals with it",
	"reason.named": "Needs a signed letter", "reason.empty": "Nothing to act on", "reason.nocheck": "Too little to check, and nobody to ask",
	"reason.test": "A try, advertising",

	"card.acts": "• Behaviours: {acts}", "card.list": "{first}, {next}", "card.level": "• Level: {level}", "card.body": "• Competent: {body}",
	"do.hanhvi": "🧾 Behaviours", "do.mucdo": "🌡 Level", "do.thamquyen": "🏛 Competence",
	"ask.hanhvi": "🧾 <b>Which behaviours is it about?</b> Press to choose, press again to undo.", "ask.mucdo": "🌡 <b>Level?</b> Urgent ones jump the queue.",
	"ask.thamquyen": "🏛 <b>Who is competent?</b>",
	"cmd.hanhvi":    "record the behaviours", "cmd.mucdo": "set the level", "cmd.thamquyen": "record who is competent",
	"verb.behaviour": "recorded a behaviour", "verb.level": "set the level", "verb.competence": "recorded who is competent", "verb.ask_name": "told that it needs a signed letter",
	"verb.unnamed": "let it stay as feedback", "verb.own_door": "will send a letter",

	"concern.named": "I want to file a formal complaint (khiếu nại) or denunciation (tố cáo)",
	"named.guide": `<b>A formal complaint (khiếu nại) or denunciation (tố cáo) must state your name and address;</b> an anonymous message cannot replace it.
Send a signed letter by post, or come to {reception}: hand it in, or tell it in person and an officer writes it down.
If you only want the ward to know, without your name, go on with the questions below: it is kept as an anonymous report. If not, press Cancel.`,
	"resident.named": `What you sent at {received:at} is of the kind <b>{kind}</b>. By law it must state your name and address: send a signed letter by post, or come to {reception} to hand it in or tell it in person, and an officer writes it down.
May the ward keep it as an anonymous report instead?`,
	"named.stay": "✅ Keep it as an anonymous report", "named.door": "📮 I will send a letter",
	"named.stay.done": "Kept as an anonymous report. The ward goes on looking into it.", "named.door.done": "Noted. The ward stops looking into this; you can hand your letter in at any time.",
	"staff.unnamed": "📌 The sender lets it stay as feedback: <b>{number}</b>", "staff.unnamed.urgent": "📌 The sender lets it stay as feedback: <b>{number}</b>",
	"staff.owndoor": "📮 The sender will send a letter, the case is closed: <b>{number}</b>", "staff.owndoor.urgent": "📮 The sender will send a letter, the case is closed: <b>{number}</b>",
}
