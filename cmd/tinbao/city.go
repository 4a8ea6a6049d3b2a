package main

import (
	"context"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
	"tinbao/locale"
	paper "tinbao/reports"
	"tinbao/storage"
	"tinbao/vault"
)

// exportCommand hands out figures.
type exportCommand struct {
	City   exportCityCommand   `cmd:"" help:"Write the figures of all wards for the level above, as JSON and as a workbook, signed."`
	Verify exportVerifyCommand `cmd:"" help:"Check that a file is as it was signed."`
	Schema exportSchemaCommand `cmd:"" help:"Print the JSON Schema of the figures."`
}

// signing is the setting of the key that signs what leaves the ward.
type signing struct {
	CityKey string `name:"city-key" env:"TINBAO_CITY_KEY" placeholder:"FILE" help:"Private key that signs exports, made by: tinbao keys city."`
}

func (s signing) signer() (*vault.Signer, error) {
	if s.CityKey == "" {
		return nil, &settingError{"TINBAO_CITY_KEY", "is missing; make a key with: tinbao keys city FILE"}
	}
	signer, err := vault.OpenSigner(s.CityKey)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &settingError{"TINBAO_CITY_KEY", "there is no such file; make one with: tinbao keys city " + s.CityKey}
	}
	if err != nil {
		return nil, wrong("TINBAO_CITY_KEY", err)
	}
	return signer, nil
}

type exportCityCommand struct {
	settings
	signing

	Period string `required:"" placeholder:"DAYS" help:"First and last day, like 2026-01-01..2026-06-30."`
	Out    string `required:"" placeholder:"DIR" help:"Folder that receives the files; it is made when there is none."`
}

// Run reads ward by ward, each through a connection that is held to that ward.
func (c *exportCityCommand) Run(ctx context.Context) error {
	from, to, ok := strings.Cut(c.Period, "..")
	p, err := cases.ParsePeriod(from, to)
	if !ok || err != nil {
		return &settingError{"--period", "must be two days in order, like 2026-01-01..2026-06-30"}
	}
	signer, err := c.signer()
	if err != nil {
		return err
	}
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	city, err := a.city(ctx, p)
	if err != nil {
		return err
	}
	return writeCity(city, a.cityWords, signer, c.Out, "city-"+city.Period.From+".."+city.Period.To)
}

// city reads the figures of every ward of the installation.
func (a *app) city(ctx context.Context, p cases.Period) (paper.City, error) {
	out := paper.NewCity(p, a.now())
	wards, err := a.store.Wards(ctx)
	if err != nil {
		return out, err
	}
	for _, id := range wards {
		if err := a.cityWard(ctx, id, p, &out); err != nil {
			return out, fmt.Errorf("ward %d: %w", id, err)
		}
	}
	return out, nil
}

// cityWard adds a ward, as somebody above it sees it.
func (a *app) cityWard(ctx context.Context, id cases.WardID, p cases.Period, out *paper.City) error {
	store, err := storage.Open(ctx, storage.Config{URL: a.settings.DatabaseURL, Vault: a.vault, Ward: id, Bot: a.stations[0].Bot, MaxConns: 1, Now: a.clock, Calendar: a.settings.calendar(), Log: a.log})
	if err != nil {
		return err
	}
	defer store.Close()
	return store.Do(ctx, func(ctx context.Context, t *storage.Tx) error {
		s, err := a.sheetOf(ctx, t, p, func(p cases.Period) (cases.Statistics, error) { return t.CityFigures(ctx, p) })
		if err == nil {
			out.Add(s.ward, s.Statistics, s.coverage)
		}
		return err
	})
}

// cityWords names what stands as a key in the figures. The workbook is a paper, so it is
// Vietnamese.
func (a *app) cityWords(group, key string) string {
	prefix := map[string]string{
		"by": "board.by.", string(cases.ByKind): "kind.", string(cases.ByBehaviour): "act.", string(cases.BySource): "source.", string(cases.ByLevel): "level.",
		string(cases.ByUnit): "body.", "service": "service.", "referral": "board.referral.", "outcome": "outcome.", "help": "board.help.",
	}[group]
	if key == "" {
		prefix, key = "board.", "unsaid"
	}
	return html.UnescapeString(a.renderer.Format(locale.Vietnamese, bot.T(prefix+key)))
}

const (
	exportFolder = 0o750
	exportFile   = 0o640
	signatureEnd = ".sig"
)

// writeCity writes the two files and a signature of each.
func writeCity(city paper.City, words paper.CityWords, signer *vault.Signer, folder, name string) error {
	figures, err := city.JSON()
	if err != nil {
		return err
	}
	book, err := city.XLSX(words)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, exportFolder); err != nil {
		return &settingError{"--out", "cannot be made; check the path and who may write there"}
	}
	for _, f := range []struct {
		end  string
		body []byte
	}{{".json", figures}, {".xlsx", book}} {
		path := filepath.Join(folder, name+f.end)
		if err := errors.Join(os.WriteFile(path, f.body, exportFile), os.WriteFile(path+signatureEnd, signer.Sign(f.body), exportFile)); err != nil {
			return &settingError{"--out", "cannot be written; check the path and who may write there"}
		}
		fmt.Println("wrote", path, "and", path+signatureEnd)
	}
	fmt.Println("wards:", len(city.Wards))
	return nil
}

type exportVerifyCommand struct {
	Key  string   `required:"" placeholder:"FILE" help:"Public key of who signed."`
	File []string `arg:"" help:"Files to check; the signature of each stands beside it, with .sig at the end of its name."`
}

// Run checks every file; the first that is not as it was signed ends it.
func (c *exportVerifyCommand) Run() error {
	for _, path := range c.File {
		body, err := os.ReadFile(path)
		if err != nil {
			return &settingError{path, "cannot be read"}
		}
		signature, err := os.ReadFile(path + signatureEnd)
		if err != nil {
			return &settingError{path + signatureEnd, "cannot be read"}
		}
		switch err := vault.CheckSignature(c.Key, body, signature); {
		case errors.Is(err, vault.ErrSignature):
			return &settingError{path, "is NOT as it was signed by the owner of this key"}
		case err != nil:
			return wrong("--key", err)
		}
		fmt.Println(path, "is as it was signed")
	}
	return nil
}

type exportSchemaCommand struct{}

// Run prints the schema.
func (exportSchemaCommand) Run() error {
	_, err := os.Stdout.Write(paper.CitySchema)
	return err
}

// cityKeyCommand makes the key that signs exports.
type cityKeyCommand struct {
	File string `arg:"" env:"TINBAO_CITY_KEY" help:"Where to write the private key; the public key stands beside it, with .pub at the end."`
}

// Run never writes over a file that exists.
func (c *cityKeyCommand) Run() error {
	public := c.File + ".pub"
	shown, err := vault.NewSigner(c.File, public)
	if errors.Is(err, fs.ErrExist) {
		return &settingError{c.File, "or its .pub exists; keys are never written over"}
	}
	if err != nil {
		return err
	}
	fmt.Printf("wrote %s\nwrote %s\nGive the public key to whoever receives the exports, by another way than the files:\n%s", c.File, public, shown)
	return nil
}
