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
// Every sealed value is bound to where it stands (table, column, ward, row): a
// value copied into another row, column or ward does not open. Errors name the
// place and never the content.
package vault
