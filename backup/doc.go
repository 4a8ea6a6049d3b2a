// Package backup is the form of a backup file. It holds rows and what they were counted and
// summed up to, and nothing that anybody would execute: the schema comes from the program
// that restores.
//
// A backup is an age file (age-encryption.org/v1). Decrypted it is a tar of manifest.json,
// the rows of each table of the manifest in parts rows/0000/000000, rows/0000/000001 …, as
// Postgres' COPY writes them in its binary form, and end.json with a SHA-256 over all that
// and an Ed25519 signature by a key of the server. A recovery key opens a backup and makes
// none that is believed.
//
// Nothing is ever written to a disk in clear.
package backup
