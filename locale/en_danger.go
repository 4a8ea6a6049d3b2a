package locale

// enDanger are the English texts of danger: the numbers, the one question, the alarm and
// what the person is told of it.
var enDanger = map[string]string{
	"crisis.said":  "Thank you for telling us. It is not your fault, and you are not alone. <b>If you are in danger, call now; somebody always answers:</b>",
	"danger.first": "🆘 <b>If anybody is in danger, call now:</b>",
	"hotline.113":  "📞 <b>113</b> – police", "hotline.115": "📞 <b>115</b> – ambulance",
	"hotline.111":    "📞 <b>111</b> – children, human trafficking (free, 24/7)",
	"hotline.listen": "📞 {number} – somebody who listens", "hotline.police": "📞 <b>{number}</b> – ward police",

	"danger.ask": "\n<b>Is anybody in danger now?</b>", "danger.yes": "🆘 Somebody is in danger", "danger.no": "No",
	"danger.yes.noted": "\n🆘 Noted: somebody is in danger. Staff are alerted as soon as you send this.", "danger.send": "✅ Send now",
	"danger.no.noted": "Noted: nobody is in danger now. If that changes, call <b>113</b>.",
	"danger.offer":    "What you wrote <b>has not been sent to anybody</b>. You want:",
	"danger.report":   "🆘 Alert the ward and the police now", "danger.help": "🤝 I need help (no police)",

	"report.received.urgent": `✅ Received as urgent. Your code:
<code>{code}</code>
Keep this code; without it nothing can be looked up.`,
	"help.received.urgent": `Thank you for writing. The ward has received your request. Your code:
<code>{code}</code>
Keep this code; without it nothing can be looked up.`,
	"alarm.reached":        "🚨 Alerted: {who}. <b>Nobody has confirmed yet.</b> In danger, call <b>113</b>, do not wait.",
	"alarm.confirmed":      "✅ Somebody is dealing with it ({who}), since {at}.",
	"alarm.confirmed.help": "✅ Somebody is dealing with it, since {at}.",
	"alarm.list":           "{first}, {next}",
	"alarm.role.police":    "ward police", "alarm.role.officer": "culture and social office", "alarm.role.leader": "leader of the ward",
	"alarm.role.health": "ward health station", "alarm.role.support": "support team",
	"alarm.role.help": "support staff",
	"alarm.late": `⏳ After {minutes} minutes <b>nobody has confirmed</b> what you sent. In danger, call now:
📞 <b>113</b> – police
📞 <b>111</b> – children, human trafficking
What you sent is kept.`,

	// Staff
	"ring.again": "🚨 <b>URGENT</b> – {number}: {minutes} minutes, <b>nobody has confirmed</b>.",
	"ring.taken": "✅ {name} ({role}) is dealing with <b>{number}</b>.", "ring.late": "{name} ({role}) is dealing with it already.",
	"cmd.dangxuly": "confirm that you deal with an urgent case", "do.dangxuly": "✅ I am on it",
	"card.alarm":           "🔔 <b>Nobody has confirmed</b> · alerted: {who}",
	"card.alarm.nobody":    "🔔 <b>Nobody has confirmed</b> · nobody could be alerted",
	"card.alarm.confirmed": "✅ {name} ({role}) is on it since {at}",
	"card.denied":          "⚠️ There are signs of danger, or it goes on now; the sender says nobody is in danger now.",
	"card.alerted":         "👁 Alert: not handed over yet, only the words and files of the sender.",
	"error.alerted":        "You were alerted to this report; it was not handed over yet. You can read it and confirm; other steps wait for the ward.",
	"verb.deny_danger":     "says nobody is in danger now", "verb.ring": "alerted again, nobody had confirmed", "verb.confirm": "confirmed to be on it",
	"ring.minutes": "after {n} min",
}
