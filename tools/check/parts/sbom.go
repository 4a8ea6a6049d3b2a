package parts

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// Write writes what is in a built program, of a version, as a list in CycloneDX's format.
// The list of modules is the one the compiler put into the program; all gives the
// licences. It is the same for the same program: it holds no time and no number of its own.
func Write(w io.Writer, program, version string, all []Part) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return fmt.Errorf("reading what the program is made of: %w", err)
	}
	raw, err := os.ReadFile(program)
	if err != nil {
		return fmt.Errorf("reading the program: %w", err)
	}
	known := map[string]Part{}
	for _, p := range all {
		known[p.Path] = p
	}
	sum := sha256.Sum256(raw)
	bom := cdx.NewBOM()
	self := cdx.Component{
		BOMRef: "tinbao", Type: cdx.ComponentTypeApplication, Name: "tinbao", Version: version,
		Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}},
	}
	bom.Metadata = &cdx.Metadata{Component: &self}
	var components []cdx.Component
	var refs []string
	for _, m := range append([]*debug.Module{{Path: Library, Version: strings.TrimPrefix(info.GoVersion, "go")}}, info.Deps...) {
		c, err := component(m, known)
		if err != nil {
			return err
		}
		components, refs = append(components, c), append(refs, c.BOMRef)
	}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: self.BOMRef, Dependencies: &refs}}
	return cdx.NewBOMEncoder(w, cdx.BOMFileFormatJSON).SetPretty(true).Encode(bom)
}

// component is a module of the program. One without a known licence is an error: the
// list would not be whole.
func component(m *debug.Module, known map[string]Part) (cdx.Component, error) {
	p, there := known[m.Path]
	switch {
	case !there:
		return cdx.Component{}, fmt.Errorf("%s is in the program, but not in go.mod: build it anew", m.Path)
	case p.Path != Library && (p.Version != m.Version || m.Replace != nil):
		return cdx.Component{}, fmt.Errorf("%s is %s in the program and %s in go.mod: build it anew", m.Path, m.Version, p.Version)
	}
	c := cdx.Component{
		BOMRef: "pkg:golang/" + m.Path + "@" + m.Version, Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version,
		PackageURL: "pkg:golang/" + m.Path + "@" + m.Version, Scope: cdx.ScopeRequired,
	}
	if h, ok := strings.CutPrefix(m.Sum, "h1:"); ok {
		raw, err := base64.StdEncoding.DecodeString(h)
		if err != nil {
			return c, fmt.Errorf("the sum of %s: %w", m.Path, err)
		}
		// What go.sum holds is a SHA-256 of a list of the SHA-256 of the files (golang.org/x/mod/sumdb/dirhash, Hash1).
		c.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(raw)}}
	}
	var licences cdx.Licenses
	for _, l := range p.Licences {
		licences = append(licences, cdx.LicenseChoice{License: &cdx.License{ID: l}})
	}
	c.Licenses = &licences
	return c, nil
}
