package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"tinbao/cases"
	"tinbao/storage"
)

// migrateCommand brings the schema up to date.
type migrateCommand struct {
	database
	Ward     int    `env:"TINBAO_WARD" default:"1" help:"Number of the ward in this installation."`
	WardName string `name:"ward-name" env:"TINBAO_WARD_NAME" placeholder:"NAME" help:"What a ward is called that does not exist yet."`
	Login    string `help:"An account of Postgres, which exists, under which serve may run without owning the tables."`
}

// newWard is what a ward is called until the operator says otherwise.
const newWard = "phường Yên Nghĩa"

// Run migrates, and makes the ward when it does not exist.
func (c *migrateCommand) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	if err := storage.Migrate(ctx, c.DatabaseURL); err != nil {
		return err
	}
	if err := storage.EnsureWard(ctx, c.DatabaseURL, cases.Ward{ID: cases.WardID(c.Ward), Name: cmp.Or(c.WardName, newWard), Phones: map[string]string{}}); err != nil {
		return err
	}
	if c.Login != "" {
		if err := storage.AllowLogin(ctx, c.DatabaseURL, c.Login); err != nil {
			return fmt.Errorf("--login %s: %w", c.Login, err)
		}
	}
	schema, err := storage.ReadSchema(ctx, c.DatabaseURL)
	if err == nil {
		fmt.Println("schema", schema)
	}
	return err
}

// wardCommand writes what the ward is.
type wardCommand struct {
	database
	Ward int    `env:"TINBAO_WARD" default:"1" help:"Number of the ward in this installation."`
	File string `arg:"" help:"JSON file: name, reception, hamlets, phones (police, health, office, and listen: a line where somebody listens, with its hours), bodies (name, address, hours, phone, link, for), police_exception (true = help may reach the police without consent when somebody is under 18 or a life is in danger; the bot says so first), exit (the https page to which the quick exit of the web form leads)."`
}

// wardFile is the form of the file.
type wardFile struct {
	Name      string            `json:"name"`
	Reception string            `json:"reception"`
	Hamlets   []string          `json:"hamlets"`
	Phones    map[string]string `json:"phones"`
	Exception bool              `json:"police_exception"`
	Bodies    []cases.Body      `json:"bodies"`
	Exit      string            `json:"exit"`
}

var phoneNames = []string{"police", "health", "office", "listen"}

// Run reads the file and writes the ward.
func (c *wardCommand) Run(ctx context.Context) error {
	if err := c.check(); err != nil {
		return err
	}
	w, err := readWard(c.File)
	if err != nil {
		return err
	}
	w.ID = cases.WardID(c.Ward)
	return storage.PutWard(ctx, c.DatabaseURL, w)
}

// readWard reads the ward's file.
func readWard(path string) (cases.Ward, error) {
	f, err := os.Open(path)
	if err != nil {
		return cases.Ward{}, &settingError{path, "cannot be read"}
	}
	defer f.Close()
	var w wardFile
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&w); err != nil {
		return cases.Ward{}, &settingError{path, "is not the JSON expected: " + err.Error()}
	}
	if w.Name == "" {
		return cases.Ward{}, &settingError{path, `needs a "name"`}
	}
	for name := range w.Phones {
		if !slices.Contains(phoneNames, name) {
			return cases.Ward{}, &settingError{path, fmt.Sprintf("knows no phone %q; there are police, health, office, listen", name)}
		}
	}
	if w.Exit != "" && !strings.HasPrefix(w.Exit, "https://") {
		return cases.Ward{}, &settingError{path, `needs an "exit" that begins with https://`}
	}
	if err := w.checkBodies(path); err != nil {
		return cases.Ward{}, err
	}
	return cases.Ward{Name: w.Name, Reception: w.Reception, Hamlets: w.Hamlets, Phones: w.Phones, PoliceException: w.Exception, Bodies: w.Bodies, Exit: w.Exit}, nil
}

// checkBodies finds the first body that could not be shown.
func (w wardFile) checkBodies(file string) error {
	if len(w.Bodies) > cases.MostBodies {
		return &settingError{file, fmt.Sprintf("names more than %d bodies", cases.MostBodies)}
	}
	for i, b := range w.Bodies {
		if strings.TrimSpace(b.Name) == "" {
			return &settingError{file, fmt.Sprintf(`needs a "name" for body %d`, i+1)}
		}
		for _, s := range b.For {
			if !slices.Contains(cases.Subjects, s) {
				return &settingError{file, fmt.Sprintf("says body %d is for %q; there are %v", i+1, s, cases.Subjects)}
			}
		}
		if b.Link != "" && !strings.HasPrefix(b.Link, "https://") && !strings.HasPrefix(b.Link, "http://") {
			return &settingError{file, fmt.Sprintf("gives body %d a link that is no address of a page", i+1)}
		}
	}
	return nil
}

// staffCommand invites staff.
type staffCommand struct {
	Invite inviteCommand `cmd:"" help:"Make a one-time link that opens an account, valid for 24 hours."`
}

type inviteCommand struct {
	settings
	Role string `required:"" help:"officer, police, health, support, leader, clerk, admin or observer."`
	Name string `required:"" help:"How colleagues know the person."`
	PNG  string `name:"png" placeholder:"FILE" help:"Write the link as a QR picture too."`
}

// Run prints the link and its QR code.
func (c *inviteCommand) Run(ctx context.Context) error {
	role, err := cases.ParseRole(c.Role)
	if err != nil {
		return &settingError{"--role", fmt.Sprintf("%q is no role; there are %v", c.Role, cases.Roles)}
	}
	a, err := wire(ctx, c.settings, options{log: silent()})
	if err != nil {
		return err
	}
	defer a.close()
	name, err := a.stations[0].Client.Username(ctx)
	if err != nil {
		return fmt.Errorf("asking Telegram for the bot's name: %w", err)
	}
	a.link.set(name)
	inv, err := a.store.Invite(ctx, role, c.Name)
	if cases.KindOf(err) == cases.Conflict {
		return &settingError{"--name", "is the name of another account, or of an invitation that waits"}
	}
	if err != nil {
		return err
	}
	return showLink(a.link.to(inv.Token), inv.Expires, c.PNG)
}

const qrPixels = 512

func showLink(link string, expires time.Time, png string) error {
	code, err := qrcode.New(link, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("drawing the QR code: %w", err)
	}
	fmt.Println(code.ToSmallString(false))
	fmt.Println(link)
	fmt.Println("valid once, until", expires.In(cases.Vietnam).Format("15:04 02/01/2006"))
	if png == "" {
		return nil
	}
	return code.WriteFile(qrPixels, filepath.Clean(png))
}

// healthcheckCommand asks a running program whether it is well.
type healthcheckCommand struct {
	HTTPAddr string `name:"http-addr" env:"TINBAO_HTTP_ADDR" default:"127.0.0.1:8080" help:"Where the program serves HTTP."`
}

// Run fails unless /healthz answers 200.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.HTTPAddr+"/healthz", nil)
	if err != nil {
		return &settingError{"TINBAO_HTTP_ADDR", "is not an address like 127.0.0.1:8080"}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return errors.New("no answer")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New("not well: " + resp.Status)
	}
	return nil
}
