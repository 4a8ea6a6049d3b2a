// Package telegramsim is a Telegram Bot API server that lives in one process:
// for demonstrations without an account, for end-to-end tests and for load
// tests.
//
// A bot talks to [Server.Handler] exactly as it would to api.telegram.org.
// People are played through the acts of [Server] (SendText, Press, SendPhoto,
// Block …) or by hand on the web page served at "/", which shows a resident's
// phone and a staff phone side by side.
//
// # What is promised
//
// Updates stay until they are confirmed, by a later getUpdates offset or by a
// 2xx answer of the webhook. Updates of one chat are queued in the order in
// which they happened. Error codes and texts are Telegram's own where a bot
// could depend on them. [Server.SetFault] makes the network and Telegram
// misbehave in the ways that lose or repeat messages.
//
// Rules that a bot could depend on have their source beside them; those that can be tried from
// outside are in TestConformance, which also runs against Telegram itself.
//
// With Options.StateDir everything survives Close and New. A process that is
// killed loses at most its last half second.
//
// # What is not promised
//
// Only private chats and plain groups exist; there are no channels, topics,
// inline mode, payments or Markdown. A webhook on this machine may be plain HTTP. Uploaded
// photos keep their bytes, so metadata Telegram would strip is still inside;
// the smaller sizes are those same bytes, and lengths of sound and film are not
// measured.
// Nothing here authenticates people: whoever reaches the page may act as
// anyone, which is why the page answers loopback visitors only.
package telegramsim
