package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/skip2/go-qrcode"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/intake"
	"tinbao/locale"
	"tinbao/media"
	paper "tinbao/reports"
)

// posterCommand makes posters to print. It needs the ward's file and the bot's name, and
// neither a database nor a token.
type posterCommand struct {
	File   string `arg:"" help:"The ward's JSON file, as for tinbao ward."`
	Bot    string `required:"" placeholder:"NAME" help:"Name of the bot, as in t.me/NAME."`
	Kind   string `enum:"report,help,page" default:"report" help:"report, help or page."`
	Page   string `placeholder:"KEY" help:"Of a page: risk, report, rights, health, tests or support."`
	Hamlet int    `placeholder:"N" help:"Of a report: number of the hamlet in the ward's file, -1 = one poster for each; without it the place is asked."`
	Size   string `enum:"a4,a5" default:"a4" help:"a4 or a5."`
	Lang   string `enum:"vi,en" default:"vi" help:"vi or en."`
	Web    string `placeholder:"ADDRESS" help:"Address of the web form as people type it; without it none is printed."`
	Out    string `default:"." help:"Folder the files are written into."`
	Office string `env:"TINBAO_OFFICE" default:"auto" help:"LibreOffice: auto or its path."`
}

// botName is what Telegram allows.
var botName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{3,31}$`)

// Run writes the posters and prints their names, which tell no more than the links do.
func (c *posterCommand) Run(ctx context.Context) error {
	w, err := readWard(c.File)
	if err != nil {
		return err
	}
	c.Bot = strings.TrimPrefix(c.Bot, "@")
	soffice := settings{Office: c.Office}.office()
	switch {
	case !botName.MatchString(c.Bot):
		return &settingError{"--bot", "is the name of a bot, like yennghia_bot"}
	case c.Kind == "page" && !slices.Contains(cases.PageKeys, cases.PageKey(c.Page)):
		return &settingError{"--page", fmt.Sprintf("names the page; there are %v", cases.PageKeys)}
	case c.Hamlet < -1 || c.Hamlet > len(w.Hamlets):
		return &settingError{"--hamlet", fmt.Sprintf("is a number from 1 to %d, or -1 for all", len(w.Hamlets))}
	case c.Hamlet != 0 && c.Kind != "report":
		return &settingError{"--hamlet", "is for reports only"}
	case soffice == "":
		return &settingError{"TINBAO_OFFICE", "LibreOffice is not there; it makes the PDF"}
	}
	hamlets := []int{c.Hamlet}
	if c.Hamlet == -1 {
		hamlets = nil
		for i := range w.Hamlets {
			hamlets = append(hamlets, i+1)
		}
	}
	for _, n := range hamlets {
		word, p, err := c.poster(w, n)
		if err != nil {
			return err
		}
		page, err := p.Page()
		if err != nil {
			return err
		}
		pdf, err := media.PDF(ctx, soffice, page)
		if err != nil {
			return err
		}
		path := filepath.Join(c.Out, "poster-"+word+"-"+c.Size+".pdf")
		if err := os.WriteFile(path, pdf, 0o600); err != nil {
			return fmt.Errorf("writing a poster: %w", err)
		}
		fmt.Println(path)
	}
	return nil
}

const codePixels = 1200

// poster is what stands on one, and the word of its link.
func (c *posterCommand) poster(w cases.Ward, hamlet int) (word string, p paper.Poster, err error) {
	texts := bot.Renderer{Texts: locale.Catalogue{}}
	say := func(key string, pairs ...any) string { return texts.Plain(c.Lang, bot.T(key, pairs...)) }
	key := "poster." + c.Kind
	title := []any{}
	local := []string{"police", "office"}
	switch c.Kind {
	case "report":
		word = intake.ReportLink(hamlet)
	case "help":
		word, local = intake.HelpLink(), []string{"health", "listen"}
	case "page":
		word, local = intake.PageLink(cases.PageKey(c.Page)), []string{"health", "office"}
		title = append(title, "title", bot.T("page."+c.Page+".title"))
	}
	code, err := qrcode.New("https://t.me/"+c.Bot+"?start="+word, qrcode.High) // a quarter of it may be scratched
	if err != nil {
		return "", p, fmt.Errorf("drawing the code: %w", err)
	}
	picture, err := code.PNG(codePixels)
	if err != nil {
		return "", p, fmt.Errorf("drawing the code: %w", err)
	}
	p = paper.Poster{
		Small: c.Size == "a5", Ward: say("poster.ward", "ward", bot.Words(w.Name)), Code: picture,
		Title: strings.Split(say(key+".title", title...), "\n"), Lines: strings.Split(say(key+".lines"), "\n"),
		Scan: say("poster.scan"), Shown: "t.me/" + c.Bot, Web: c.Web, WebHint: say("poster.web"),
		Danger: say("poster.danger"), Foot: say("poster.foot"),
	}
	if hamlet > 0 {
		p.Ward += " · " + w.Hamlets[hamlet-1]
	}
	for _, number := range []string{"113", "115", "111"} {
		p.Numbers = append(p.Numbers, paper.PosterNumber{Number: number, Who: say("poster.who." + number)})
	}
	for _, who := range local {
		number, hours, _ := strings.Cut(w.Phones[who], " (")
		if hours != "" {
			hours = " (" + hours
		}
		if number != "" {
			p.Local = append(p.Local, paper.PosterNumber{Number: number, Who: say("poster.who."+who) + hours})
		}
	}
	return word, p, nil
}
