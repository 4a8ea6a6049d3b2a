package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"tinbao/bot"
	"tinbao/storage"
)

// initCommand sets a ward up from nothing. What it asks can be given by flags; run again, it
// goes on with what is there and writes nothing over.
type initCommand struct {
	telegram
	Compose     bool   `help:"Prepare the folder of compose.yaml for docker compose, which brings the database."`
	Settings    string `default:"/etc/tinbao" placeholder:"DIR" help:"Folder for settings, token and wrapping key."`
	Data        string `default:"/var/lib/tinbao" placeholder:"DIR" help:"Folder for the key file."`
	Account     string `default:"tinbao" placeholder:"NAME" help:"Account of the service, which owns the key file; made when it is not there. Empty = yours."`
	WardName    string `name:"ward-name" env:"TINBAO_WARD_NAME" placeholder:"NAME" help:"Name of the ward as residents read it."`
	Admin       string `placeholder:"NAME" help:"Name of the first administrator, as colleagues know the person."`
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"Address of Postgres; \"here\" = make a database on this machine."`
	Database    string `default:"tinbao" placeholder:"NAME" help:"Name of the database and its role, when one is made here."`

	in *bufio.Reader
}

// here asks for a database on this machine.
const here = "here"

// Run asks, checks each answer, writes files, makes the schema, and says what is next.
func (c *initCommand) Run(ctx context.Context) error {
	c.in = bufio.NewReader(os.Stdin)
	if c.Compose {
		return c.compose(ctx)
	}
	env := filepath.Join(c.Settings, "env")
	if _, err := os.Lstat(env); errors.Is(err, fs.ErrNotExist) {
		if err := c.begin(ctx, env); err != nil {
			return err
		}
	} else if err := c.goOn(env); err != nil {
		return err
	}
	return c.finish(ctx)
}

// tokenFile and the next are where the secrets lie, as the unit of systemd expects them.
func (c *initCommand) tokenFile() string { return filepath.Join(c.Settings, "telegram_token") }

func (c *initCommand) keys() keyFile {
	return keyFile{Keys: filepath.Join(c.Data, "keys", "keys.json"), KEK: "file:" + filepath.Join(c.Settings, "kek")}
}

// begin asks for what was not given, until it is right, and writes it down.
func (c *initCommand) begin(ctx context.Context, env string) error {
	if err := os.MkdirAll(c.Settings, 0o700); err != nil {
		return &settingError{"--settings", "cannot be made; run this as root, or name folders of yours: --settings DIR --data DIR --account ''"}
	}
	if err := c.askToken(ctx); err != nil {
		return err
	}
	if err := c.askWard(); err != nil {
		return err
	}
	if err := c.askAdmin(); err != nil {
		return err
	}
	if err := c.askDatabase(ctx); err != nil {
		return err
	}
	if c.DatabaseURL == here {
		var err error
		if c.DatabaseURL, err = c.makeDatabase(ctx); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(c.tokenFile()); err != nil { // of an attempt that broke off
		return &settingError{c.tokenFile(), "cannot be replaced"}
	}
	if err := writeNew(c.tokenFile(), c.Token+"\n"); err != nil {
		return err
	}
	return writeNew(env, c.environment())
}

func (c *initCommand) askDatabase(ctx context.Context) error {
	return c.answer(&c.DatabaseURL, "--database-url", `
3. The database. Its address, like postgres://tinbao:password@host/tinbao, of an account that
   owns it and may create roles; or the word "here", to make one on this machine's Postgres.`,
		func(url string) error { return c.checkDatabase(ctx, url) })
}

func (c *initCommand) askToken(ctx context.Context) error {
	return c.answer(&c.Token, "TINBAO_TELEGRAM_TOKEN", `
1. The bot. In Telegram, write /newbot to @BotFather, give the bot a name and a user name that
   ends in "bot", and copy the token it answers with, like 123456:ABC-def.`,
		func(token string) error {
			t := c.telegram
			t.Token, t.TokenFile = token, ""
			client, _, err := t.client()
			if err != nil {
				return err
			}
			name, err := client.Username(ctx)
			if err != nil {
				return fmt.Errorf("Telegram does not take it: %w", err) //nolint:staticcheck // a name
			}
			fmt.Println("   ✓ @" + name)
			return nil
		})
}

func (c *initCommand) askWard() error {
	return c.answer(&c.WardName, "--ward-name", "\n2. The ward. Its name as residents read it, like "+newWard+".", isName)
}

func (c *initCommand) askAdmin() error {
	return c.answer(&c.Admin, "--admin", "   The first administrator: a name that colleagues know.", isName)
}

// isName refuses what a shell, systemd or compose would read otherwise in a file.
func isName(s string) error {
	if strings.ContainsAny(s, "'\"\\$`") || strings.ContainsFunc(s, unicode.IsControl) {
		return errors.New("it has a character that no name has")
	}
	return nil
}

// answer asks for one thing until check takes it. One that was given by a flag is checked
// once.
func (c *initCommand) answer(to *string, flag, question string, check func(string) error) error {
	if *to != "" {
		if err := check(*to); err != nil {
			var setting *settingError
			if errors.As(err, &setting) {
				return err
			}
			return &settingError{flag, err.Error()}
		}
		return nil
	}
	fmt.Println(question)
	for {
		fmt.Print("   > ")
		line, err := c.in.ReadString('\n')
		line = strings.TrimSpace(line)
		switch {
		case line != "":
			if wrong := check(line); wrong != nil {
				fmt.Println("   ✗", mend(wrong))
				break
			}
			*to = line
			return nil
		case err != nil:
			return &settingError{flag, "is missing, and nobody answers; give it, or run this in a terminal"}
		}
		if err != nil {
			return &settingError{flag, "has no right answer"}
		}
	}
}

// mend is what a person who answers reads of an error.
func mend(err error) string {
	var setting *settingError
	if errors.As(err, &setting) {
		return "it " + setting.mend
	}
	return err.Error()
}

// checkDatabase takes an empty database, and one that tinbao has begun with.
func (c *initCommand) checkDatabase(ctx context.Context, address string) error {
	if address == here {
		return nil
	}
	if err := (database{address}).check(); err != nil {
		return err
	}
	n, err := storage.Occupied(ctx, address)
	if err != nil {
		return fmt.Errorf("no way in: %w; does the server run, and are account and password right?", err)
	}
	if n > 0 {
		return errors.New("there is something in it already; make an empty one with createdb")
	}
	fmt.Println("   ✓ it is empty")
	return nil
}

// makeDatabase makes a role and a database as the administrator of this machine's Postgres,
// and gives the address.
func (c *initCommand) makeDatabase(ctx context.Context) (string, error) {
	password := random()
	script, err := storage.NewDatabase(c.Database, password)
	if err != nil {
		return "", &settingError{"--database", err.Error()}
	}
	cmd := exec.CommandContext(ctx, "runuser", "-u", "postgres", "--", "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f", "-")
	cmd.Dir = "/"
	// By standard input: what a program is called with is read by everybody on the machine.
	cmd.Stdin = strings.NewReader(script)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		why, _, _ := strings.Cut(cmp.Or(strings.TrimSpace(complaint.String()), err.Error()), "\n")
		return "", &settingError{"--database-url", "no database could be made here (" + why + "); as root where Postgres runs it can, or give the address of one"}
	}
	address, err := storage.NewAddress(c.Database, password, string(out))
	if err == nil {
		fmt.Println("   ✓ made the database and the role", c.Database)
	}
	return address, err
}

func random() string {
	raw := make([]byte, 24)
	rand.Read(raw)
	return hex.EncodeToString(raw)
}

// environment is the file of settings; the unit of systemd hands over the secrets itself.
func (c *initCommand) environment() string {
	lines := "DATABASE_URL='" + strings.ReplaceAll(c.DatabaseURL, "'", "%27") + "'\nTINBAO_WARD_NAME='" + c.WardName + "'\n"
	if c.API != bot.DefaultAPI {
		lines += "TINBAO_TELEGRAM_API='" + c.API + "'\n"
	}
	if c.Proxy != "" {
		lines += "TINBAO_PROXY='" + c.Proxy + "'\n"
	}
	return lines
}

// goOn reads what an earlier attempt wrote.
func (c *initCommand) goOn(env string) error {
	raw, err := os.ReadFile(env)
	if err != nil {
		return &settingError{env, "cannot be read; run this as root"}
	}
	fmt.Println("going on with", env)
	for line := range strings.Lines(string(raw)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		value = strings.Trim(value, "'")
		switch name {
		case "DATABASE_URL":
			c.DatabaseURL = value
		case "TINBAO_WARD_NAME":
			c.WardName = value
		case "TINBAO_TELEGRAM_API":
			c.API = value
		case "TINBAO_PROXY":
			c.Proxy = value
		}
	}
	return c.askAdmin()
}

// writeNew writes a file that is not there yet.
func writeNew(path, body string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &settingError{path, "exists; it is not written over"}
	}
	if err != nil {
		return &settingError{path, "cannot be written; who owns the folder?"}
	}
	_, err = io.WriteString(f, body)
	return errors.Join(err, f.Sync(), f.Close())
}

// finish makes the keys, the schema and the ward, checks all of it, and invites.
func (c *initCommand) finish(ctx context.Context) error {
	account, err := c.account(ctx)
	if err != nil {
		return err
	}
	keys := c.keys()
	if _, err := os.Lstat(keys.Keys); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(keys.Keys), 0o700); err != nil {
			return &settingError{"--data", "cannot be made; who owns the folder above?"}
		}
		newKEK, err := keys.make()
		if newKEK {
			sayKEK(keys.KEK)
		}
		if err != nil {
			return err
		}
		fmt.Println("wrote", keys.Keys)
	}
	for _, args := range [][]string{{"migrate"}, {"doctor"}, {"staff", "invite", "--role", "admin", "--name", c.Admin}} {
		fmt.Println("\ntinbao", strings.Join(args, " "))
		if err := c.tinbao(ctx, args...); err != nil {
			if args[0] != "doctor" { // what it found is printed, and may wait
				return fmt.Errorf("tinbao %s failed; mend what it says and run init again: it goes on here", args[0])
			}
		}
	}
	if account != nil {
		if err := handOver(filepath.Dir(keys.Keys), account); err != nil {
			return err
		}
	}
	c.next()
	return nil
}

// tinbao runs another command of this program with the settings.
func (c *initCommand) tinbao(ctx context.Context, args ...string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "DATABASE_URL="+c.DatabaseURL, "TINBAO_WARD_NAME="+c.WardName, "TINBAO_TELEGRAM_API="+c.API, "TINBAO_PROXY="+c.Proxy,
		"TINBAO_TELEGRAM_TOKEN=", "TINBAO_TELEGRAM_TOKEN_FILE="+c.tokenFile(), "TINBAO_KEYS="+c.keys().Keys, "TINBAO_KEK="+c.keys().KEK)
	return cmd.Run()
}

// account is the account of the service; nil = one's own.
func (c *initCommand) account(ctx context.Context) (*user.User, error) {
	if c.Account == "" {
		return nil, nil
	}
	if os.Geteuid() != 0 {
		return nil, &settingError{"--account", "is for root; give --account '' to keep everything under your own account"}
	}
	if u, err := user.Lookup(c.Account); err == nil {
		return u, nil
	}
	cmd := exec.CommandContext(ctx, "useradd", "--system", "--home-dir", c.Data, "--shell", "/usr/sbin/nologin", c.Account)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, &settingError{"--account", "cannot be made: " + strings.TrimSpace(string(out))}
	}
	fmt.Println("made the account", c.Account)
	return user.Lookup(c.Account)
}

// handOver gives the folder of the key file, and what was written there, to the service.
func handOver(folder string, to *user.User) error {
	uid, err := strconv.Atoi(to.Uid)
	gid, groupErr := strconv.Atoi(to.Gid)
	if err := errors.Join(err, groupErr); err != nil {
		return err
	}
	return own(folder, uid, gid)
}

// own gives a folder and everything in it to an account.
func own(folder string, uid, gid int) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	return fs.WalkDir(root.FS(), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return root.Lchown(path, uid, gid)
	})
}

// next says how to start.
func (c *initCommand) next() {
	fmt.Println("\nThe first administrator opens the link above in Telegram once tinbao serves. Start it:")
	if c.Settings == systemdFolder {
		fmt.Println(`  install -m 755 deploy/systemd/tinbao-as-service /usr/local/bin/
  install -m 644 deploy/systemd/tinbao.service /etc/systemd/system/
  systemctl daemon-reload && systemctl enable --now tinbao`)
	} else {
		fmt.Printf("  set -a; . %s/env; TINBAO_TELEGRAM_TOKEN_FILE=%s TINBAO_KEYS=%s TINBAO_KEK=%s\n  tinbao serve\n", c.Settings, c.tokenFile(), c.keys().Keys, c.keys().KEK)
	}
	fmt.Println("Phones, hamlets and addresses of the ward: tinbao ward ward.json; see docs/operations.md.")
}

// systemdFolder is where the unit of systemd looks for settings.
const systemdFolder = "/etc/tinbao"
