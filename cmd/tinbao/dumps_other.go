//go:build !linux

package main

// noDumps is done by the system elsewhere, or not at all.
func noDumps() {}
