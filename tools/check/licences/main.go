// Command licences writes the page of licences.
//
//	go run ./licences docs/licences.md
package main

import (
	"context"
	"fmt"
	"os"

	"tinbao/tools/check/parts"
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	all, err := parts.Of(context.Background(), "../..")
	if err != nil {
		return err
	}
	const readable = 0o644
	return os.WriteFile(file, []byte(parts.Page(all)), readable)
}
