package storage

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

//go:embed catalogue.sql
var readCatalogue string

// catalogueWanted is what a database has that only migrations made, after a line with the
// version of its schema and the major version of Postgres that described it. A test writes it.
//
//go:embed catalogue.txt
var catalogueWanted string

const catalogueHead = "schema %d, PostgreSQL %d"

// String is the catalogue as its description is kept.
func (c Catalogue) String() string {
	return fmt.Sprintf(catalogueHead, c.Schema, c.Major) + "\n" + strings.Join(c.Lines, "\n") + "\n"
}

// Catalogue is what holds the wall up in a database: owners, grants, row security, policies,
// triggers, functions and roles, a line each.
type Catalogue struct {
	Schema int64 // version
	Major  int   // of Postgres, which words expressions in its own way
	Lines  []string
}

// ReadCatalogue reads it. It needs an account that may connect.
func ReadCatalogue(ctx context.Context, url string) (c Catalogue, err error) {
	schema, err := ReadSchema(ctx, url)
	if err != nil {
		return c, err
	}
	conn, err := owned(ctx, url)
	if err != nil {
		return c, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	c.Schema = schema.Have
	if err := conn.QueryRow(ctx, "select current_setting('server_version_num')::int / 10000").Scan(&c.Major); err != nil {
		return c, interpret(err)
	}
	rows, err := conn.Query(ctx, readCatalogue)
	if err != nil {
		return c, interpret(err)
	}
	c.Lines, err = pgx.CollectRows(rows, pgx.RowTo[string])
	return c, interpret(err)
}

// Strange compares a catalogue with what migrations make: lines that are there and should
// not be, and lines that are missing. What [AllowLogin] adds may be there. On another version of Postgres than the one that
// worded the wanted ones expressions are compared by their plain text, and the code of
// functions that the server keeps parsed is not. known is false for the schema of another release, of which
// nothing is known here.
func (c Catalogue) Strange() (extra, missing []string, known bool) {
	want := wantedCatalogue()
	if want.Schema != c.Schema {
		return nil, nil, false
	}
	have, lines := c.Lines, want.Lines
	if c.Major != want.Major {
		have, lines = plainly(have), plainly(lines)
	}
	missing = slices.DeleteFunc(without(lines, have), func(l string) bool { return strings.Contains(l, servingRole) })
	return without(have, lines), missing, true
}

// wantedCatalogue reads the embedded description.
func wantedCatalogue() (c Catalogue) {
	head, body, _ := strings.Cut(catalogueWanted, "\n")
	if _, err := fmt.Sscanf(head, catalogueHead, &c.Schema, &c.Major); err != nil {
		panic(err) // the file is part of the program
	}
	c.Lines = strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	return c
}

var (
	castForm      = regexp.MustCompile(`::("?[a-z_]+"?\.)?"?[a-z_]+"?( varying| precision| with(out)? time zone)?(\(\d+\))?(\[\])?`)
	qualifierForm = regexp.MustCompile(`"?\b[a-z_][a-z_0-9]*"?\.`)
	layoutForm    = regexp.MustCompile(`[\s()";]+`)
)

// plainly leaves out what versions of Postgres word differently: layout, brackets, casts,
// and the names that stand before columns.
func plainly(lines []string) (out []string) {
	for _, l := range lines {
		head, expression, _ := strings.Cut(l, " | ")
		if strings.HasPrefix(head, "function ") || strings.HasPrefix(head, "view ") { // a hash
			expression = ""
		}
		expression = castForm.ReplaceAllString(strings.ToLower(expression), "")
		out = append(out, head+" | "+layoutForm.ReplaceAllString(qualifierForm.ReplaceAllString(expression, ""), ""))
	}
	return out
}

func without(lines, others []string) (rest []string) {
	for _, l := range lines {
		if !slices.Contains(others, l) {
			rest = append(rest, l)
		}
	}
	return rest
}
