// Command tinbao is the Telegram front desk of a ward.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // the image has no zone files

	"github.com/alecthomas/kong"

	"tinbao/bot"
	"tinbao/media"
)

// version is set when a release is built.
var version = "dev"

func main() {
	media.Child() // where this process is to clean one file, it ends here
	noDumps()
	os.Exit(run())
}

// run does what the command line says and gives the exit code.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k := kong.Parse(&commands{}, kong.Name("tinbao"), kong.UsageOnError(), kong.Vars{"version": version, "api": bot.DefaultAPI},
		kong.Description("The Telegram front desk of a ward: anonymous reports, requests for help, and the staff who answer them."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	err := k.Run()
	if err == nil || errors.Is(err, context.Canceled) {
		return 0
	}
	fmt.Fprintln(os.Stderr, "tinbao:", err)
	var setting *settingError
	if errors.As(err, &setting) {
		return exitSetting
	}
	return 1
}
