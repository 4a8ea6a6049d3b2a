package locale

// enPages are the English texts of the pages of information, and of the web form.
var enPages = map[string]string{
	// What the staff see
	"card.web": "🌐 Sent by the web page: the sender reads answers with the code.",
	"told.web": "Recorded. The sender used the web page and will read it with the code.",

	// Pages for residents
	"pages.menu": "📖 Guide", "pages.ask": "What would you like to read?", "pages.guide": "❓ How to send, how to complain", "pages.back": "◀ Other pages",
	"pages.title": "📖 <b>{title}</b>", "pages.head": "▸ <b>{text}</b>", "pages.item": "• {text}",
	"pages.subscribe": "🔔 Get news of the ward", "pages.unsubscribe": "🔕 No more news",
	"pages.subscribed":   "You will get news of the ward. You do not have to give a name. Stop at any time: press 🔕 below any news, or type /huytin.",
	"pages.unsubscribed": "You will get no more news. What was kept to reach you is deleted.",
	"pages.notin":        "You are getting no news.",
	"pages.news":         "📣 <b>News of the ward</b>",

	"page.risk.title": "Signs of risk",
	"page.risk.body": `# Somebody may need help who
- has papers or phone taken away, or may not go out alone
- has to work off a debt, is threatened or beaten
- does not know the place, or may not speak to others alone
- is under 18 and works at night in lodgings, karaoke or beer places
# Be wary of offers of
- easy work for high pay, without a clear workplace, where your papers are kept
- somebody you met online who wants you to travel far or pays in advance
# What you can do
Do not follow or confront anybody. In danger: call 113. Children, trafficking: call 111 (free, 24/7). Not pressing: tell the ward under Send a report.`,
	"page.report.title": "How to report well",
	"page.report.body": `# Write
- what, where, when, and whether it happens again and again
- what you saw or know yourself; say so when you only heard it
- pictures if you already have them; take no risk for one
# Do not write
your name, phone or address. Send no identity papers.
# Afterwards
- You get a code. Keep it to see the result or to add something.
- Staff of the ward check, classify and pass it on to whoever is competent.
- The ward may ask; you may answer or not.
# Other ways
To give your name: use VNeID or iHanoi, or come to the ward's citizen reception. In danger: call 113.`,
	"page.rights.title": "Your rights",
	"page.rights.body": `- You do not have to give a name to report or to ask for support.
- With your code you see the status and can add to it.
- You can stop the answers, withdraw what you sent, or have it deleted: look up the code, then press My data (on the web: Other things with this code).
- Requests for support are kept apart from reports. Before you write we tell you in which cases the police may be told.
- If you are under 18: you can call 111 at any time.
- A formal complaint (khiếu nại) or denunciation (tố cáo) must state your name and address: send a signed letter, or tell it in person at the ward's citizen reception, where an officer writes it down.`,
	"page.health.title": "HIV and sexually transmitted infections",
	"page.health.body": `# Good to know
- HIV passes by blood, by unprotected sex, and from mother to child. It does not pass by shaking hands, sharing food, or mosquitoes.
- Condoms, used rightly, protect from HIV and many other infections.
- After a risk of HIV: see a health facility as soon as you can, within 72 hours, and ask about post-exposure prophylaxis (PEP).
- If you are at high risk, you can ask about pre-exposure prophylaxis (PrEP).
- With steady treatment people with HIV live in good health, and do not pass it to partners by sex while the virus is undetectable (U=U).
# When to see somebody
Unusual discharge, sores, pain when passing water, pain in the lower belly. Many infections show no signs, so have regular checks.
Ask the ward's health station, or write under I need support.`,
	"page.tests.title": "Tests",
	"page.tests.body": `- An HIV test is voluntary and confidential; you can ask where a test needs no name.
- Ask the ward's health station where tests are free, about self-tests for HIV, and about tests for syphilis and hepatitis.
- A reactive first result is not yet a diagnosis; after a recent risk a test must be repeated, as health staff explain.
- Before you go, ask about hours and whether there is a fee.
If you would rather not call: choose I need support, then health checks, and write your question.`,
	"page.support.title": "Services of support",
	"page.support.body": `The ward helps you find:
- health checks, HIV, sexually transmitted infections
- counselling
- legal aid
- vocational training, work
- livelihood, social security
You choose the service and ask what you need, without a name or your private story. Staff answer in the way you choose. You can stop at any time.`,

	// Pages kept by staff
	"cmd.noidung": "Write and publish the pages of information", "usage.page": "[page] [vi|en]", "cmd.luotdoc": "How often pages of information are read",
	"pages.form": "The first line is the title, the rest the text. Please write it again.", "pages.long": "Too long: the title takes 60 characters, the text 2,500. Please write it again.",
	"pages.moved": "This is no longer the draft or the published text. Open the page again.", "pages.sent": "This text was already sent to the subscribers. Each goes out once.",
	"content.head": "📖 <b>Pages of information.</b> Choose one to change; ✏️ has a draft.", "content.page.vi": "{title} (VI)", "content.page.en": "{title}", "content.page.draft": "✏️ {title}",
	"content.card": "📖 <b>{title}</b> · {language}", "content.builtin": "The text that comes with the program is in use.", "content.published": "Published: text {n} ({at}).",
	"content.draft": "✏️ Draft: text {n}, not seen by residents.", "content.file": "📎 With a file.",
	"content.do.view": "👁 See as residents do", "content.do.draft": "👁 See the draft", "content.do.publish": "✅ Publish the draft", "content.do.write": "✏️ Write anew", "content.do.file": "📎 Attach picture, PDF",
	"content.do.history": "🕘 Earlier texts", "content.do.send": "📣 Send to subscribers", "content.do.list": "◀ All pages", "content.do.nofile": "🗑 Remove the file", "content.do.see": "👁 Text {n}", "content.do.restore": "↩️ Take up text {n}",
	"content.ask":          "✏️ Send the new text in one message: the first line is the title (up to {title} characters), the rest the text (up to {body}). A line beginning with # is a heading, with - an item. No fines, no promises of reward, nobody named.",
	"content.kept":         "Draft {n} is kept. Above it is exactly as residents will see it.",
	"content.publish.sure": "✅ <b>Publish text {n} as above?</b> Residents see it at once.", "content.publish.done": "✅ Text {n} is published.",
	"content.history": "🕘 <b>Texts kept</b>", "content.history.none": "No text was kept yet; the one that comes with the program is in use.",
	"content.version.draft": "• Text {n} · draft · {by} · {at}", "content.version.published": "• Text {n} · <b>published</b> · {by} · {at}", "content.version.former": "• Text {n} · {by} · {at}",
	"content.send.sure": "📣 <b>Send this page to the subscribers?</b> There are {n}; only those who use this language ({language}) get it. Each text goes out once and cannot be taken back.",
	"content.send.done": "📣 It is going out to the subscribers little by little.",
	"content.file.ask":  "📎 Send a picture or a PDF. What is hidden in it is removed before it is stored.", "content.file.kind": "Only pictures and PDFs are taken.", "content.file.coming": "Received; what is hidden in it is being removed.",
	"content.file.done": "📎 The file is attached to draft {n}.", "content.file.refused": "📎 The file could not be attached. {why}",
	"readings.head": "📖 <b>Pages read – {period}</b> ({from:day} – {to:day})", "readings.line": "• {title}: {vi} (English: {en})", "readings.total": "Sum: {n} <i>(weeks that have ended, rounded down to fives)</i>", "readings.subscribers": "🔔 Subscribers: {n}",
}
