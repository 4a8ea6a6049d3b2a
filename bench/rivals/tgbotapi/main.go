// Command tgbotapi is the echo bot of the README of go-telegram-bot-api: it answers every
// message with its own text, keeps nothing, and is what tinbao is compared with.
package main

import (
	"fmt"
	"os"

	api "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// pollSeconds is how long one getUpdates waits.
const pollSeconds = 30

func main() {
	bot, err := api.NewBotAPIWithAPIEndpoint(os.Getenv("BENCH_TOKEN"), os.Getenv("BENCH_API")+"/bot%s/%s")
	if err != nil {
		fmt.Fprintln(os.Stderr, "tgbotapi:", err)
		os.Exit(1)
	}
	ask := api.NewUpdate(0)
	ask.Timeout = pollSeconds
	for update := range bot.GetUpdatesChan(ask) {
		if update.Message == nil {
			continue
		}
		if _, err := bot.Send(api.NewMessage(update.Message.Chat.ID, update.Message.Text)); err != nil {
			fmt.Fprintln(os.Stderr, "tgbotapi:", err)
		}
	}
}
