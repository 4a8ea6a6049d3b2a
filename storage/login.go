package storage

import (
	"context"
	_ "embed"

	"github.com/jackc/pgx/v5"
)

//go:embed login.sql
var allowLogin string

// servingRole is the role of the logins that serve and own nothing. A database has it only
// where there is such a login.
const servingRole = "tinbao_serve"

// AllowLogin lets an account of the server, which must exist, serve from a database that
// another one owns. It needs the owner's account, and may be repeated.
func AllowLogin(ctx context.Context, url, login string) error {
	conn, err := owned(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return interpret(pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select set_config('tinbao.login', $1, true)", login); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, allowLogin)
		return err
	}))
}

// OwnsTables reports whether the account of an address owns the tables, or may become who does.
func OwnsTables(ctx context.Context, url string) (yes bool, err error) {
	conn, err := owned(ctx, url)
	if err != nil {
		return false, err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = conn.QueryRow(ctx, "select pg_has_role(session_user, nspowner, 'member') from pg_catalog.pg_namespace where nspname = 'ward'").Scan(&yes)
	return yes, interpret(err)
}
