// Package arch holds the map of design.md against the code: which room may
// import which, where SQL may stand, how long a file may be, and that nobody is named
// to operators. It has tests
// only. depguard in .golangci.yaml holds the direct imports too; these tests need
// no linter and follow imports to their end.
package arch
