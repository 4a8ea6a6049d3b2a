package reports

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"text/template"
)

// Poster is a page to print and hang up.
type Poster struct {
	Small   bool           // A5 instead of A4
	Ward    string         // whose it is
	Title   []string       // in lines
	Lines   []string       // what it is for, a few words each
	Code    []byte         // the code to scan, a PNG with its white edge
	Scan    string         // what to do with the code
	Shown   string         // the link as it can be typed, "" = none
	Web     string         // the address of the form for browsers as it can be typed, "" = none
	WebHint string         // stands before Web
	Danger  string         // stands before the numbers
	Numbers []PosterNumber // of the country
	Local   []PosterNumber // of the ward
	Foot    string
}

// PosterNumber is a telephone number with who answers it.
type PosterNumber struct{ Number, Who string }

// Page is the page as a flat OpenDocument text (OASIS OpenDocument 1.3). Sizes are those of A4; on A5
// everything is smaller by the square root of two.
func (p Poster) Page() ([]byte, error) {
	scale := 1.0
	if p.Small {
		scale = 148.0 / 210
	}
	t, err := template.New("poster").Funcs(template.FuncMap{
		"mm":      func(v float64) string { return fmt.Sprintf("%.2fmm", v*scale) },
		"pt":      func(v float64) string { return fmt.Sprintf("%.1fpt", v*scale) },
		"picture": func() string { return base64.StdEncoding.EncodeToString(p.Code) },
		"text":    plain,
	}).Parse(posterForm)
	if err != nil {
		return nil, fmt.Errorf("the form of a poster: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return nil, fmt.Errorf("writing a poster: %w", err)
	}
	return b.Bytes(), nil
}

//go:embed poster.fodt
var posterForm string
