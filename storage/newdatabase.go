package storage

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

var databaseName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,40}$`)

// NewDatabase is the script that psql runs as the administrator of a server to make a
// database, and a role that owns it and may make those of the program, both of one name.
// The password is of hex digits. What psql prints is read by its address.
func NewDatabase(name, password string) (string, error) {
	if !databaseName.MatchString(name) {
		return "", errors.New("must be of a-z, 0-9 and _, and begin with a letter")
	}
	return fmt.Sprintf(`create role %[1]s login createrole password '%[2]s';
create database %[1]s owner %[1]s encoding 'UTF8' template template0;
select current_setting('port') || '|' || split_part(current_setting('unix_socket_directories'), ',', 1) || '|' || current_setting('listen_addresses');
`, name, password), nil
}

// NewAddress is the address of a new database on this machine, by what psql printed.
func NewAddress(name, password, printed string) (string, error) {
	part := strings.Split(strings.TrimSpace(printed), "|")
	if len(part) != 3 {
		return "", errors.New("psql answered in a way that is not understood")
	}
	u := url.URL{Scheme: "postgres", User: url.UserPassword(name, password), Host: "127.0.0.1:" + part[0], Path: "/" + name}
	if part[2] == "" { // it listens on its socket only
		u.Host, u.RawQuery = "", url.Values{"host": {part[1]}, "port": {part[0]}}.Encode()
	}
	return u.String(), nil
}
