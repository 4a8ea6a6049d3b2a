package cases

import (
	"slices"
	"time"
)

// Deletable is how long after it was sent a message of a private chat can be deleted by
// the bot (core.telegram.org/bots/api#deletemessage: 48 hours), less what clocks differ by.
const Deletable = 48*time.Hour - 10*time.Minute

// maxShown bounds the messages of a chat whose numbers are remembered.
const maxShown = 600

// Shown is one message of a chat, of the bot or of the person, that can be deleted.
type Shown struct {
	Message int   `json:"n"`
	At      int64 `json:"t"` // seconds since 1970
}

// Show is the list of a chat with further messages.
func Show(list []Shown, now time.Time, messages ...int) []Shown {
	list = StillShown(list, now)
	for _, n := range messages {
		if n > 0 && !slices.ContainsFunc(list, func(s Shown) bool { return s.Message == n }) {
			list = append(list, Shown{n, now.Unix()})
		}
	}
	return list[max(0, len(list)-maxShown):]
}

// StillShown are the messages that can still be deleted.
func StillShown(list []Shown, now time.Time) []Shown {
	oldest := now.Add(-Deletable).Unix()
	return slices.DeleteFunc(slices.Clone(list), func(s Shown) bool { return s.At < oldest })
}

// Numbers are those of the messages, the newest first, each once.
func Numbers(list []Shown) []int {
	out := make([]int, 0, len(list))
	for _, s := range list {
		out = append(out, s.Message)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	slices.Reverse(out)
	return out
}
