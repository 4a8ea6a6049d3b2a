package bot

import "regexp"

// startLink is a link that begins a chat with a word for the bot, as Telegram documents it
// (core.telegram.org/api/links, "Bot links"): t.me/name?start=WORD, telegram.me and
// telegram.dog, tg://resolve?domain=name&start=WORD.
var startLink = regexp.MustCompile(`(?i)(?:\b(?:t|telegram)\.(?:me|dog)/[a-z0-9_]+/?|\btg:(?://)?resolve)\?(?:[^\s#]*?&(?:amp;)?)?start=([a-z0-9_-]{1,64})`)

// StartLink gives the word of the first link in a text that begins a chat with a bot. A
// phone that copies a link instead of opening it sends it as words.
func StartLink(text string) (word string, found bool) {
	m := startLink.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1], true
}
