package cases_test

import (
	"math"
	"testing"

	"tinbao/cases"
)

func TestChatsOfSeveralBots(t *testing.T) {
	t.Parallel()
	const largest = 1<<52 - 1
	for _, chat := range []int64{1, 7_000_000_000, largest} {
		if cases.ChatAt(0, chat) != chat {
			t.Errorf("at the first bot %d is another number", chat)
		}
		for _, station := range []int{0, 1, cases.StationOf(7_123_456_789), cases.Stations - 1} {
			told := cases.ChatAt(station, chat)
			if s, n := cases.SplitChat(told); told <= 0 || s != station || n != chat {
				t.Errorf("%d at station %d is told as %d, which is %d at %d", chat, station, told, n, s)
			}
		}
	}
	for _, chat := range []int64{0, -1001234567890, math.MinInt64} {
		if s, n := cases.SplitChat(cases.ChatAt(5, chat)); s != 0 || n != chat {
			t.Errorf("%d became %d at %d", chat, n, s)
		}
	}
	for bot := range int64(3 * cases.Stations) {
		if s := cases.StationOf(bot); s < 1 || s >= cases.Stations {
			t.Fatalf("bot %d has station %d", bot, s)
		}
	}
}
