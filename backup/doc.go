// Package backup is the form of a backup file, and what is done with Postgres' own
// programs to write and read one.
//
// A backup is an age file (age-encryption.org/v1). Decrypted it is a tar: manifest.json,
// the parts dump/000000, dump/000001 … of a pg_dump in its custom format, and end.json
// with the length and the SHA-256 of the dump. So whoever has the key opens it without
// this program, too:
//
//	age -d -i KEY FILE | tar -x && cat dump/* | pg_restore …
//
// Nothing is ever written to a disk in clear.
package backup
