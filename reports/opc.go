package reports

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
)

// Open Packaging Conventions (ECMA-376 part 2): the archive that .docx and .xlsx files are.
// What others sent is read by its relations from the root on, and only what a list names is
// kept; the lists of the package itself are written anew.

// errPackage is an archive that cannot be taken, for any reason but its size.
var errPackage = errors.New("not a package of parts")

// errPackageSize is an archive that unpacks to more than may be.
var errPackageSize = errors.New("a package of parts that is too large")

// bounds limit a package.
type bounds struct {
	bytes int64 // unpacked, in all
	parts int
}

const maxDepth = 200

// unzip reads the parts of a package in their order. Two parts of one name, whatever their
// capitals, are refused: readers differ in which they take.
func (b bounds) unzip(body []byte) ([]part, error) {
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil || len(z.File) == 0 {
		return nil, errPackage
	}
	if len(z.File) > b.parts {
		return nil, errPackageSize
	}
	var all []part
	seen := map[string]bool{}
	left := b.bytes
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		key := strings.ToLower(name)
		if strings.HasSuffix(name, "/") {
			continue
		}
		if seen[key] || path.Clean("/"+name) != "/"+name {
			return nil, errPackage
		}
		seen[key] = true
		r, err := f.Open()
		if err != nil {
			return nil, errPackage
		}
		content, err := io.ReadAll(io.LimitReader(r, left+1))
		r.Close()
		if left -= int64(len(content)); left < 0 {
			return nil, errPackageSize
		}
		if err != nil {
			return nil, errPackage
		}
		all = append(all, part{name, content})
	}
	return all, nil
}

// named finds a part; names have no case (ECMA-376 part 2, 6.2.2.3).
func named(all []part, name string) *part {
	i := slices.IndexFunc(all, func(p part) bool { return strings.EqualFold(p.name, name) })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// relation is an entry of a list of relations.
type relation struct {
	id, kind, target string // kind: the last element of its type
	external         bool
}

// relsOf is the name of the list of relations of a part; "" is the package.
func relsOf(name string) string {
	folder, file := path.Split(name)
	return folder + "_rels/" + file + ".rels"
}

// relations reads the list of relations of a part. Targets of parts are names of parts.
func relations(all []part, of string) ([]relation, error) {
	p := named(all, relsOf(of))
	if p == nil {
		return nil, nil
	}
	var list []relation
	err := tokens(p.body, func(e xml.StartElement) error {
		if e.Name.Local != "Relationship" {
			return nil
		}
		var r relation
		for _, a := range e.Attr {
			switch strings.ToLower(a.Name.Local) {
			case "id":
				r.id = a.Value
			case "type":
				r.kind = path.Base(strings.TrimSpace(a.Value))
			case "target":
				r.target = strings.TrimSpace(a.Value)
			case "targetmode":
				r.external = r.external || !strings.EqualFold(strings.TrimSpace(a.Value), "Internal")
			}
		}
		target := strings.ReplaceAll(r.target, `\`, "/")
		r.external = r.external || strings.Contains(target, ":") || strings.HasPrefix(target, "//") || strings.Contains(target, "%")
		if !r.external {
			if !strings.HasPrefix(target, "/") {
				target = path.Join("/", path.Dir("/"+of), target)
			}
			r.target = strings.TrimPrefix(path.Clean(target), "/")
		}
		list = append(list, r)
		return nil
	})
	return list, err
}

// tokens calls see with each element of an XML part. It fails at what is not well formed, at
// declarations of types and entities, and at processing instructions.
func tokens(body []byte, see func(xml.StartElement) error) error {
	return walk(xml.NewDecoder(bytes.NewReader(body)), func(_ int, t xml.Token) error { // an encoding that is not UTF-8 is an error of it
		if e, ok := t.(xml.StartElement); ok {
			return see(e)
		}
		return nil
	})
}

// walk calls see with each token, and where it begins.
func walk(d *xml.Decoder, see func(before int, t xml.Token) error) error {
	depth, roots := 0, 0
	for {
		before := int(d.InputOffset())
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			if depth > 0 || roots != 1 {
				return errPackage
			}
			return nil
		}
		if err != nil {
			return errPackage
		}
		switch e := t.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			if depth++; depth > maxDepth {
				return errPackage
			}
		case xml.EndElement:
			depth--
		case xml.Directive:
			return errPackage
		case xml.ProcInst:
			if e.Target != "xml" {
				return errPackage
			}
		}
		if err := see(before, t); err != nil {
			return err
		}
	}
}

// asUTF8 gives an XML part or a text that is UTF-16, by its mark or by its first signs, as
// UTF-8; another as it is, without a mark.
func asUTF8(body []byte) []byte {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		return body[3:]
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		order, body = binary.LittleEndian, body[2:]
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		order, body = binary.BigEndian, body[2:]
	case len(body) > 3 && body[0] != 0 && body[1] == 0 && body[3] == 0:
		order = binary.LittleEndian
	case len(body) > 3 && body[0] == 0 && body[1] != 0 && body[2] == 0:
		order = binary.BigEndian
	default:
		return body
	}
	units := make([]uint16, len(body)/2)
	for i := range units {
		units[i] = order.Uint16(body[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// plainXML is an XML part as UTF-8 without its declaration.
func plainXML(body []byte) []byte {
	body = bytes.TrimLeft(asUTF8(body), " \t\r\n")
	if bytes.HasPrefix(body, []byte("<?xml")) && len(body) > 5 && strings.ContainsRune(" \t\r\n", rune(body[5])) {
		if end := bytes.Index(body, []byte("?>")); end >= 0 {
			body = body[end+2:]
		}
	}
	return body
}
