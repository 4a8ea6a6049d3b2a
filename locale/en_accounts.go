package locale

// enAccounts are the English texts of the two logs that are not of reports.
var enAccounts = map[string]string{
	"cmd.nhatkytk": "see who invited, locked or changed which account", "do.nhatkytk": "🗂 Log of accounts",
	"accountlog.head":   "🗂 <b>Log of accounts</b> ({n} rows)",
	"accountlog.line":   "• {at} – {by}: {verb} – <b>{name}</b>{number}, {role}{before}",
	"accountlog.number": " (no. {id})", "accountlog.before": " (before: {what})",
	"account.found.done": "account was there before", "account.invited.done": "invited", "account.agreed.done": "agreed to the invitation", "account.refused.done": "refused the invitation",
	"account.opened.done": "opened the account", "account.opened.invited.done": "had invited, the account is open",
	"account.renamed.done": "had invited, the name changed", "account.role.done": "had invited, the role changed", "account.locked.done": "locked", "account.unlocked.done": "unlocked",
	"account.pin_reset.done": "reset the PIN",

	"cmd.luotxem": "see who opened which request for help, and how often", "do.luotxem": "👁 Looks at requests for help", "do.nhatky": "📜 Log of reports",
	"helpviews.head": "👁 <b>Looks at requests for help</b>, {from:day} – {to:day}\nOnly numbers of requests and of looks, nothing of what they say. Ask why somebody looks often who is not in charge.",
	"helpviews.line": "• {name}: <b>{number}</b> – {n} times, not in charge (last {last})", "helpviews.line.holds": "• {name}: <b>{number}</b> – {n} times, in charge",
	"helpviews.none": "Nobody opened a request for help this week.", "helpviews.earlier": "◀ Week before", "helpviews.later": "Week after ▶",
}
