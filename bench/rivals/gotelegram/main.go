// Command gotelegram is the echo bot of the README of go-telegram/bot: it answers every
// message with its own text, each in a goroutine of its own, and keeps nothing.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	b, err := bot.New(os.Getenv("BENCH_TOKEN"), bot.WithServerURL(os.Getenv("BENCH_API")), bot.WithDefaultHandler(echo))
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotelegram:", err)
		return
	}
	b.Start(ctx)
}

func echo(ctx context.Context, b *bot.Bot, update *models.Update) {
	if update.Message == nil {
		return
	}
	if _, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: update.Message.Chat.ID, Text: update.Message.Text}); err != nil {
		fmt.Fprintln(os.Stderr, "gotelegram:", err)
	}
}
