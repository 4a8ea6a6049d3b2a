package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tinbao/cases"
)

// Station is one of the bots of a ward, at which people write.
type Station struct {
	Bot    int64 // Telegram's number of the bot
	At     int   // see cases.ChatAt; 0 = the first bot
	Client *Client
	Limits *Limits // Telegram's are for each bot apart
}

// Update reads what came to this bot. Chat and file say by which bot they are reached.
func (s Station) Update(raw []byte) (Update, error) {
	u, err := ReadUpdate(raw)
	u.Chat = cases.ChatAt(s.At, u.Chat)
	if u.File != nil && s.At != 0 {
		u.File.FileID = strconv.Itoa(s.At) + fileMark + u.File.FileID
	}
	return u, err
}

// Keeper keeps updates under the chats of this bot.
func (s Station) Keeper(keep Keeper) Keeper {
	return func(ctx context.Context, updates []Raw) error {
		for i := range updates {
			updates[i].Chat = cases.ChatAt(s.At, updates[i].Chat)
		}
		return keep(ctx, updates)
	}
}

// fileMark stands between the station and Telegram's id of a file, in which it never is.
const fileMark = ":"

// Stations are the bots of a ward, the first one first.
type Stations []Station

// ErrNoStation is given for a chat or file of a bot that is not among the stations.
var ErrNoStation = errors.New("a bot that is not here: its token is missing")

func (s Stations) at(number int) (Station, error) {
	for _, one := range s {
		if one.At == number {
			return one, nil
		}
	}
	return Station{}, ErrNoStation
}

// Refused reports whether Telegram did not accept a bot's token at its last answer.
func (s Stations) Refused() bool {
	return slices.ContainsFunc(s, func(one Station) bool { return one.Client.Refused() })
}

// Send delivers one encoded call to a chat by the bot at which the person writes, see
// [Sender.Send].
func (s Stations) Send(ctx context.Context, chat int64, payload []byte) (message int, err error) {
	station, _ := cases.SplitChat(chat)
	one, err := s.at(station)
	if err != nil {
		return 0, err
	}
	return Sender{Client: one.Client, Limits: one.Limits}.Send(ctx, chat, payload)
}

// Fetch downloads a file by the bot it was sent to, see [Client.Fetch].
func (s Stations) Fetch(ctx context.Context, fileID string, limit int64) ([]byte, error) {
	at, id, marked := strings.Cut(fileID, fileMark)
	if !marked {
		at, id = "0", fileID
	}
	number, err := strconv.Atoi(at)
	if err != nil {
		return nil, fmt.Errorf("telegram: unreadable file id")
	}
	one, err := s.at(number)
	if err != nil {
		return nil, err
	}
	return one.Client.Fetch(ctx, id, limit)
}
