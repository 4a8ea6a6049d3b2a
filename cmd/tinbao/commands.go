package main

import "github.com/alecthomas/kong"

// commands is the command line.
type commands struct {
	Serve       serveCommand       `cmd:"" help:"Run the bot."`
	Demo        demoCommand        `cmd:"" help:"Run everything on this machine with a simulated Telegram."`
	Init        initCommand        `cmd:"" help:"Set a ward up: asks for the bot's token, the ward's name and the database, and does the rest; run it again to go on."`
	Migrate     migrateCommand     `cmd:"" help:"Bring the database's schema up to date."`
	Ward        wardCommand        `cmd:"" help:"Write the ward's name, hamlets and phone numbers from a JSON file."`
	Keys        keysCommand        `cmd:"" help:"Make, wrap and rotate keys."`
	Staff       staffCommand       `cmd:"" help:"Invite staff."`
	Doctor      doctorCommand      `cmd:"" help:"Check the installation and say what to mend."`
	VerifyAudit verifyAuditCommand `cmd:"" help:"Check that no row of the history was changed, removed or added."`
	Retention   retentionCommand   `cmd:"" help:"Tell what is past its time of retention, and with --run remove it now."`
	Backup      backupCommand      `cmd:"" help:"Write an encrypted backup, check one, make a recovery key."`
	Restore     restoreCommand     `cmd:"" help:"Restore a backup into an empty database."`
	Destroyed   destroyedCommand   `cmd:"" help:"Keep and replay the list of what was destroyed for good."`
	Report      reportCommand      `cmd:"" help:"Write the files of a periodic report into a folder."`
	Poster      posterCommand      `cmd:"" help:"Make posters to print, with a code that opens the bot."`
	Picture     pictureCommand     `cmd:"" help:"Set the picture of the bot from a JPEG."`
	Export      exportCommand      `cmd:"" help:"Hand figures out to the level above the wards, and check what was handed out."`
	Figures     figuresCommand     `cmd:"" help:"Compare the figures with a full count, and with --recount make them anew."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask a running tinbao whether it is well (exit code 0 = yes)."`
	Version     kong.VersionFlag   `help:"Print the version."`
}
