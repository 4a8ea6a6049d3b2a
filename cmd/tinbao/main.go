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
)

// version is set when a release is built.
var version = "dev"

// commands is the command line.
type commands struct {
	Serve       serveCommand       `cmd:"" help:"Run the bot."`
	Demo        demoCommand        `cmd:"" help:"Run everything on this machine with a simulated Telegram."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database's schema up to date."`
	Ward        wardCommand        `cmd:"" help:"Write the ward's name, hamlets and phone numbers from a JSON file."`
	Keys        keysCommand        `cmd:"" help:"Make, wrap and rotate keys."`
	Staff       staffCommand       `cmd:"" help:"Invite staff."`
	Doctor      doctorCommand      `cmd:"" help:"Check the installation and say what to mend."`
	VerifyAudit verifyAuditCommand `cmd:"" help:"Check that no row of the history was changed, removed or added."`
	Retention   retentionCommand   `cmd:"" help:"Tell what is past its time of retention, and with --run remove it now."`
	Export      exportCommand      `cmd:"" help:"Hand figures out to the level above the wards, and check what was handed out."`
	Figures     figuresCommand     `cmd:"" help:"Compare the figures with a full count, and with --recount make them anew."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask a running tinbao whether it is well (exit code 0 = yes)."`
	Version     kong.VersionFlag   `help:"Print the version."`
}

// A wrong setting ends the program with this code.
const exitSetting = 2

func main() { os.Exit(run()) }

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
