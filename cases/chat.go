package cases

// A ward may have several bots, and a person may write to more than one of them. So a chat
// is told by one number in which both are: Telegram's number of the chat, of 52 bits at
// most (Bot API, Chat), and above it the station of the bot. The first bot has station 0,
// so its chats are told by Telegram's own numbers.
const chatBits = 52

// Stations is how many stations there are, the first bot's included.
const Stations = 1 << (63 - chatBits)

// StationOf is the station of a bot beside the first, by its number. It stays the same
// whatever other bots there are, because ways back to people are kept under it.
func StationOf(bot int64) int { return 1 + int(bot%(Stations-1)) }

// ChatAt is the chat with a person, or a group (below zero), at a station.
func ChatAt(station int, chat int64) int64 {
	if chat <= 0 || chat >= 1<<chatBits {
		return chat // no bot of ours talks there
	}
	return int64(station)<<chatBits | chat
}

// SplitChat takes a chat apart into its station and Telegram's number.
func SplitChat(chat int64) (station int, number int64) {
	if chat <= 0 {
		return 0, chat
	}
	return int(chat >> chatBits), chat & (1<<chatBits - 1)
}
