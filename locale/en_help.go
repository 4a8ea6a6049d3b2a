package locale

// enHelp are the English texts of support: the directory of services,
// referrals, follow-ups.
var enHelp = map[string]string{
	// What stands before hidden words, also on a locked phone
	"discreet.line": "You have a message from the ward.",

	// Directory, as residents see it
	"places.offer": "📍 You can see where help is given in and near the ward.", "places.open": "📍 Places that help", "places.open.one": "📍 Places that help: {service}",
	"places.choose": "📍 <b>What do you need help with?</b>", "places.none": "There is no place in the directory yet.", "places.head": "📍 <b>{service}</b>",
	"places.name": "\n<b>{name}</b> · {free}{youth}", "places.free": "free", "places.paid": "with a fee", "places.youth": " · youth-friendly",
	"places.place": "Where: {place}", "places.hours": "Open: {hours}", "places.phone": "Phone: {phone}",

	// Directory, as staff keep it
	"cmd.dichvu": "directory of services: see, add, edit, hide", "usage.service": "[<i>service</i>]",
	"services.head": "📒 <b>Directory of services</b>. Residents see only places that are shown.", "services.count": "{service} ({n})",
	"services.list": "📒 <b>{service}</b> ({n})", "services.entry": "{name}", "services.entry.hidden": "{name} (hidden)", "services.add": "➕ Add a place",
	"services.card": "📒 <b>{name}</b> · {service}", "services.empty": "(not given)", "services.state.shown": "👁 Residents see this place.", "services.state.hidden": "🙈 Hidden: residents do not see it.",
	"services.marks": "• {free}{youth}", "services.changed": "Last changed {at} – {by}", "services.do.name": "✏️ Name", "services.do.place": "✏️ Address", "services.do.hours": "✏️ Hours", "services.do.phone": "✏️ Phone",
	"services.do.free": "💰 Free / with a fee", "services.do.youth": "🌱 Youth-friendly: yes / no", "services.do.show": "👁 Show", "services.do.hide": "🙈 Hide", "services.do.log": "🕘 Changes", "services.do.back": "📒 Directory",
	"services.ask.new": "➕ Write the name of the place ({service}). A new place is hidden until you show it.", "services.ask.name": "✏️ Write the new name.", "services.ask.place": "✏️ Write the address (- for none).",
	"services.ask.hours": "✏️ Write the opening hours (- for none).", "services.ask.phone": "✏️ Write the phone number (- for none).",
	"services.log.head": "🕘 <b>{name}</b> – changes ({n})", "services.log.line": "• {at} – {by}: {name}; {place}; {hours}; {phone}; {free}{youth}{shown}", "services.log.hidden": " · hidden", "services.toolong": "A little shorter: {n} characters at most.",

	// Referral and appointment
	"ask.chuyengui.entry": "🤝 <b>Refer to which place?</b> ({service})", "ask.chuyengui.none": "No particular place yet", "ask.chuyengui.day": "🗓 <b>Appointment on which day?</b> {name}", "ask.chuyengui.nodate": "No appointment",
	"ask.chuyengui.time": "🗓 <b>At what time?</b> {name}, {day}", "weekday.day": "{weekday} {day}",
	"weekday.0": "Sun", "weekday.1": "Mon", "weekday.2": "Tue", "weekday.3": "Wed", "weekday.4": "Thu", "weekday.5": "Fri", "weekday.6": "Sat",
	"resident.referred.place": `About the request you sent at {received:at}: staff have put you in touch with this place:
{service}
{words}`,
	"resident.meeting": `About the request you sent at {received:at}: staff have made an appointment for you:
{service}
{words}
Can you come?`,
	"meet.keep": "✅ I will come", "meet.other": "🗓 Another time, please", "meet.keep.done": "✅ Noted, see you there. If anything changes, just write.", "meet.other.done": "🗓 Staff were told that you need another time. They will arrange one.",
	"meet.remind": `🗓 You have an appointment tomorrow, about your request of {received:at}:
{words}
Can you come?`,
	"staff.meet.keep": "✅ The person will come to the appointment: <b>{number}</b>", "staff.meet.keep.urgent": "✅ The person will come to the appointment: <b>{number}</b>",
	"staff.meet.other": "🗓 The person asks for another time: <b>{number}</b>", "staff.meet.other.urgent": "🗓 The person asks for another time: <b>{number}</b>",

	// Consent to writing needs down
	"ask.needs": "📋 <b>Needs are written down only with the person's consent.</b>", "ask.needs.asked": "📋 <b>The person was asked and has not answered yet.</b>", "ask.needs.no": "📋 <b>The person does not want the needs written down.</b> Ask again only when the person wishes.",
	"needs.ask": "❔ Ask the person", "needs.oral": "🗣 Agreed by word of mouth", "needs.asked": "The question is on its way. You will be told of the answer.",
	"error.needs": "The person has not agreed yet. Press 📋 Needs assessed to ask first.", "error.needs.ask": "The person can still be written to: please ask here.",
	"resident.needs": "About the request you sent at {received:at}: to find the right service, staff would like to talk with you and <b>write your needs down</b>. Only culture and social staff, health staff and the helper assigned to you can read it; you can have it erased at any time. You are helped without it, too.",
	"needs.yes":      "✅ You may write them down", "needs.no": "✋ Please do not", "needs.yes.done": "✅ Noted. Staff will talk with you.", "needs.no.done": "Noted: you do not want your needs written down. Your support goes on.",
	"staff.needs.yes": "📋 The person lets the needs be written down: <b>{number}</b>", "staff.needs.yes.urgent": "📋 The person lets the needs be written down: <b>{number}</b>",
	"staff.needs.no": "✋ The person does not want the needs written down: <b>{number}</b>", "staff.needs.no.urgent": "✋ The person does not want the needs written down: <b>{number}</b>",

	// Follow-up
	"follow.ask":    "Hello, the ward would like to know how things are after the request you sent at {received:at}. How are you now?",
	"follow.better": "🙂 Better", "follow.not_yet": "😟 Not well yet", "follow.call": "💬 Please write to me", "follow.stop": "🔕 Please stop asking",
	"follow.better.done": "Thank you for telling us. Write again whenever you need.", "follow.not_yet.done": "Thank you for telling us. Support staff were told and will look for another way.",
	"follow.call.done":     "Support staff were told and will write to you. You can also write right here.",
	"follow.stop.done":     "All right, the ward will not ask any more. Your request goes on.",
	"staff.follow.not_yet": "😟 The person says it is not better yet: <b>{number}</b>", "staff.follow.not_yet.urgent": "😟 The person says it is not better yet: <b>{number}</b>",
	"staff.follow.call": "💬 The person wants to hear from staff: <b>{number}</b>", "staff.follow.call.urgent": "💬 The person wants to hear from staff: <b>{number}</b>",

	// Outcome
	"outcome.helped": "Was helped", "outcome.going_on": "Goes on", "outcome.out_of_reach": "Could not be reached", "outcome.stopped": "The person does not wish to go on",
	"ask.hoanthanh.words": "🏁 <b>{number}</b>: write more about the outcome (staff only).",

	// Hand-over to a support worker
	"ask.giao.none": "👤 <b>There is no account of a support worker yet.</b> Invite one with /moi.",

	// History
	"verb.take_words":   "the sender took back what was just added",
	"verb.raise_urgent": "made urgent by words of danger", "verb.ask_needs": "asked to write needs down", "verb.needs_yes": "agreed to needs being written down", "verb.needs_no": "did not agree to needs being written down",
	"verb.needs_oral": "noted an agreement by word of mouth", "verb.keep_date": "will come to the appointment", "verb.other_date": "asked for another time", "verb.remind_date": "reminded of the appointment",
	"verb.follow_up": "asked how it goes", "verb.follow_answer": "answered how it goes",
}
