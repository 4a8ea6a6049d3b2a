// Package vault holds the keys of an installation and everything that is done
// with them: sealing what is stored, sealing the way back to a person, the keyed
// hashes under which things are found again, and the tags on buttons.
//
// Reports and requests for help share no key. Each stream has a keyset for its
// case keys, one for return routes and one for its index; a third group, the
// edge, serves what is not yet a case: pending updates, drafts and the outbox.
//
// Every case has a key of its own, stored wrapped by the keyset of its stream.
// Destroying that one value makes everything written about the case unreadable.
//
// The keysets lie in the key file, each wrapped by a key-encryption key (KEK) that is
// kept elsewhere. They are rotated while programs run: a new key is added, known to
// all, used, and the former ones go once nothing is under them. A Vault takes up what
// changed in its file and is never without keys.
//
// Every sealed value is bound to where it stands (table, column, ward, row): a
// value copied into another row, column or ward does not open. Errors name the
// place and never the content.
package vault
