// Command sbom writes a list in CycloneDX's format of what a built program is made of.
//
//	go run ./sbom dist/tinbao v1.0.0 dist/tinbao.cdx.json
package main

import (
	"context"
	"fmt"
	"os"

	"tinbao/tools/check/parts"
)

const usage = 4

func main() {
	if len(os.Args) != usage {
		fmt.Fprintln(os.Stderr, "usage: sbom PROGRAM VERSION FILE")
		os.Exit(1)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(program, version, file string) error {
	all, err := parts.Of(context.Background(), "../..")
	if err != nil {
		return err
	}
	out, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("opening the list: %w", err)
	}
	if err := parts.Write(out, program, version, all); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
