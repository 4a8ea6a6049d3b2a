// Package bot is the Telegram edge and the only importer of
// go-telegram-bot-api. Updates come in through Poll or Webhook and are kept
// before Telegram may forget them; handlers answer with Reply values, which are
// rendered into Calls and delivered later by Sender. A handler never sends.
//
// What is promised: the bot token never appears in an error or a log, callback
// data is authenticated and bound to the chat it was made for, and texts from
// people are always escaped. What is not: Telegram itself reads every message.
package bot
