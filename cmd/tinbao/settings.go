package main

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/media"
)

// A wrong setting ends the program with this code.
const exitSetting = 2

// settingError is a wrong or missing setting: which one, and how to mend it.
type settingError struct{ name, mend string }

// Error is the one line the operator reads.
func (e *settingError) Error() string { return e.name + ": " + e.mend }

// database is the setting of every command that needs Postgres.
type database struct {
	DatabaseURL string `name:"database-url" env:"DATABASE_URL" placeholder:"URL" help:"Address of Postgres."`
}

func (d database) check() error {
	if d.DatabaseURL == "" {
		return &settingError{"DATABASE_URL", "is missing; give the address of Postgres, like postgres://user@host/tinbao"}
	}
	if _, err := pgxpool.ParseConfig(d.DatabaseURL); err != nil {
		return &settingError{"DATABASE_URL", "is not an address of Postgres; write it like postgres://user@host/tinbao"}
	}
	return nil
}

// telegram is how to reach Telegram.
type telegram struct {
	Token      string `name:"telegram-token" env:"TINBAO_TELEGRAM_TOKEN" placeholder:"TOKEN" help:"Token of the bot. Better in a file, see the next."`
	TokenFile  string `name:"telegram-token-file" env:"TINBAO_TELEGRAM_TOKEN_FILE" placeholder:"FILE" help:"File with the token of the bot."`
	MoreTokens string `name:"telegram-more-tokens-file" env:"TINBAO_TELEGRAM_MORE_TOKENS_FILE" placeholder:"FILE" help:"File with tokens of more bots of the same ward, one a line; each may send as many messages as the first."`
	API        string `name:"telegram-api" env:"TINBAO_TELEGRAM_API" default:"${api}" placeholder:"URL" help:"Base address of the Bot API."`
	Proxy      string `env:"TINBAO_PROXY" placeholder:"URL" help:"Way out to Telegram: http://host:port or socks5://host:port."`
}

var tokenForm = regexp.MustCompile(`^(\d{1,15}):[\w-]+$`)

// client checks the settings and makes the client; number is the bot's.
func (t telegram) client() (client *bot.Client, number int64, err error) {
	token := strings.TrimSpace(t.Token)
	if t.TokenFile != "" {
		raw, err := os.ReadFile(t.TokenFile)
		if err != nil {
			return nil, 0, &settingError{"TINBAO_TELEGRAM_TOKEN_FILE", "cannot be read; check the path and who may read it"}
		}
		token = strings.TrimSpace(string(raw))
	}
	if token == "" {
		return nil, 0, &settingError{"TINBAO_TELEGRAM_TOKEN", "is missing; get one from @BotFather in Telegram"}
	}
	parts := tokenForm.FindStringSubmatch(token)
	if parts == nil {
		return nil, 0, &settingError{"TINBAO_TELEGRAM_TOKEN", "does not look like a token; it reads like 123456:ABC-def, copy it again from @BotFather"}
	}
	if number, err = strconv.ParseInt(parts[1], 10, 64); err != nil {
		return nil, 0, &settingError{"TINBAO_TELEGRAM_TOKEN", "begins with a number that is too large"}
	}
	if client, err = bot.NewClient(token, t.API, t.Proxy); err != nil {
		name, mend, _ := strings.Cut(err.Error(), ": ")
		return nil, 0, &settingError{name, mend}
	}
	return client, number, nil
}

// settings are everything the bot needs to run.
type settings struct {
	database
	keyFile
	telegram
	webSettings
	auditSettings
	dashboardSettings
	destroyedFile
	RedisURL     string `env:"REDIS_URL" placeholder:"URL" help:"Address of Redis or of a cluster, redis+cluster://host:port,host:port; without one each replica keeps its own limits."`
	Ward         int    `env:"TINBAO_WARD" default:"1" help:"Number of the ward in this installation."`
	Mode         string `env:"TINBAO_MODE" default:"polling" help:"polling or webhook."`
	WebhookURL   string `name:"webhook-url" env:"TINBAO_WEBHOOK_URL" placeholder:"URL" help:"Address under which Telegram reaches this program."`
	SendRate     int    `env:"TINBAO_SEND_RATE" default:"30" help:"Messages a second in all; Telegram allows 30 unless it granted more."`
	ChatRate     int    `env:"TINBAO_CHAT_RATE" default:"1" help:"Messages a second to one chat; Telegram allows 1."`
	IdleMinutes  int    `env:"TINBAO_IDLE_MINUTES" default:"60" help:"Minutes without a command after which staff need their PIN again."`
	RouteDays    int    `env:"TINBAO_ROUTE_DAYS" default:"90" help:"Days the way back to a person is kept after a case has ended."`
	FileDays     int    `env:"TINBAO_FILE_DAYS" default:"365" help:"Days files are kept after a case has ended."`
	ContentDays  int    `env:"TINBAO_CONTENT_DAYS" default:"730" help:"Days what was written is kept after a case has ended."`
	OfficeHours  string `env:"TINBAO_OFFICE_HOURS" default:"08:00-11:30,13:30-17:00" help:"When the office is open on a working day; limits in working hours count these."`
	Office       string `env:"TINBAO_OFFICE" default:"auto" help:"LibreOffice, for papers as PDF: auto, none, or its path."`
	DrainSeconds int    `env:"TINBAO_DRAIN_SECONDS" default:"0" help:"Seconds for which a program that is being stopped still takes requests while /readyz says no, so that a balancer notices."`
	Traces       string `env:"TINBAO_TRACES" placeholder:"URL" help:"Receiver of traces by OTLP over HTTP, like http://127.0.0.1:4318; empty = none. They hold no content."`
	HTTPAddr     string `name:"http-addr" env:"TINBAO_HTTP_ADDR" default:"127.0.0.1:8080" help:"Where /healthz, /readyz, /metrics, the webhook and the dashboard are served."`
}

const (
	polling = "polling"
	webhook = "webhook"
)

// check finds the first wrong setting that the parts do not check themselves.
func (s settings) check() error {
	if err := s.database.check(); err != nil {
		return err
	}
	if s.RedisURL != "" {
		client, err := redisAt(s.RedisURL)
		if err != nil {
			return &settingError{"REDIS_URL", "is not an address of Redis; write it like redis://host:6379/0 or redis+cluster://host:6379,host:6379"}
		}
		client.Close()
	}
	if s.SendRate < 1 || s.ChatRate < 1 {
		return &settingError{"TINBAO_SEND_RATE", "and TINBAO_CHAT_RATE must be numbers from 1"}
	}
	if s.RouteDays < 1 || s.FileDays < 1 || s.ContentDays < s.RouteDays {
		return &settingError{"TINBAO_CONTENT_DAYS", "TINBAO_ROUTE_DAYS and TINBAO_FILE_DAYS must be days from 1, and content cannot go before the way back"}
	}
	if s.IdleMinutes < 1 {
		return &settingError{"TINBAO_IDLE_MINUTES", "must be a number of minutes from 1"}
	}
	if _, err := cases.ParseHours(s.OfficeHours); err != nil && s.OfficeHours != "" {
		return &settingError{"TINBAO_OFFICE_HOURS", "must be times in order, like 08:00-11:30,13:30-17:00"}
	}
	if s.DrainSeconds < 0 || s.DrainSeconds > mostDrain {
		return &settingError{"TINBAO_DRAIN_SECONDS", "must be a number of seconds from 0 to " + strconv.Itoa(mostDrain)}
	}
	if s.Ward < 1 {
		return &settingError{"TINBAO_WARD", "must be a number from 1"}
	}
	if err := s.webSettings.check(); err != nil {
		return err
	}
	if s.Traces != "" {
		if _, err := receiverOf(s.Traces); err != nil {
			return err
		}
	}
	if err := s.dashboardSettings.check(); err != nil {
		return err
	}
	switch s.Mode {
	case polling:
		return nil
	case webhook:
		u, err := url.Parse(s.WebhookURL)
		if err != nil || u.Host == "" || u.Path == "" || u.Path == "/" {
			return &settingError{"TINBAO_WEBHOOK_URL", "is needed in webhook mode, with a path; write it like https://host/telegram"}
		}
		if why := bot.WebhookRefused(u, s.API); why != "" {
			return &settingError{"TINBAO_WEBHOOK_URL", why}
		}
		return nil
	}
	return &settingError{"TINBAO_MODE", fmt.Sprintf("is %q; it must be polling or webhook", s.Mode)}
}

// pace is how fast the bot may write. A burst to one chat grows with its rate.
func (s settings) pace() bot.Pace {
	p := bot.TelegramPace
	p.All, p.Burst, p.Chat = s.SendRate, p.Burst*s.ChatRate, s.ChatRate
	return p
}

func (s settings) retention() cases.Retention {
	return cases.Retention{Routes: s.RouteDays, Files: s.FileDays, Content: s.ContentDays}
}

// office is the path of LibreOffice, "" when papers come as Word documents only.
func (s settings) office() string {
	switch s.Office {
	case "auto", "":
		return media.FindOffice()
	case "none":
		return ""
	}
	return s.Office
}

// mostDrain keeps a stop from being taken for a program that hangs.
const mostDrain = 300 // seconds

func (s settings) drain() time.Duration { return time.Duration(s.DrainSeconds) * time.Second }

func (s settings) idle() time.Duration { return time.Duration(s.IdleMinutes) * time.Minute }

func (s settings) ward() cases.WardID { return cases.WardID(s.Ward) }
