package vault

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// The size of a sealed value is content: the length of a text is nearly unique, and that of
// a file is. What a person wrote or sent is filled up to a step before it is sealed. Within
// a step all sizes look alike.
const (
	textLeast = 256     // bytes; no text is sealed shorter
	textWhole = 1 << 16 // up to here texts are filled up to powers of two
	bodyLeast = 1 << 14 // no file is sealed shorter
)

// step is the size a value is filled up to: from least on, four steps to each power of two,
// so that at most a quarter is added.
func step(n, least int) int {
	if n <= least {
		return least
	}
	quarter := 1 << max(bits.Len(uint(n-1))-3, 0)
	return (n + quarter - 1) / quarter * quarter
}

// textStep is the size a text of n bytes is filled up to.
func textStep(n int) int {
	switch {
	case n <= textLeast:
		return textLeast
	case n <= textWhole:
		return 1 << bits.Len(uint(n-1))
	}
	return step(n, textWhole)
}

// padText fills a text or JSON up with spaces, which a program that does not know of them
// reads as nothing.
func padText(plain []byte) []byte {
	out := make([]byte, textStep(len(plain)))
	for i := range out[copy(out, plain):] {
		out[len(plain)+i] = ' '
	}
	return out
}

func trimText(padded []byte) []byte { return bytes.TrimRight(padded, " ") }

// bodyMark ends a file that was filled up; the file's true length stands before it.
const bodyMark = "\x00tinbao\x00"

const bodyTail = 8 + len(bodyMark)

// BodySize is how many bytes a file of n bytes is sealed as, which is all that its size
// tells.
func BodySize(n int) int { return step(n+bodyTail, bodyLeast) }

func padBody(plain []byte) []byte {
	out := make([]byte, BodySize(len(plain)))
	copy(out, plain)
	tail := out[len(out)-bodyTail:]
	binary.BigEndian.PutUint64(tail, uint64(len(plain)))
	copy(tail[8:], bodyMark)
	return out
}

// trimBody gives a file as it was; one that was sealed before files were filled up is
// itself.
func trimBody(padded []byte) []byte {
	if len(padded) < bodyTail || !bytes.HasSuffix(padded, []byte(bodyMark)) {
		return padded
	}
	n := binary.BigEndian.Uint64(padded[len(padded)-bodyTail:])
	if n > uint64(len(padded)-bodyTail) || BodySize(int(n)) != len(padded) {
		return padded
	}
	return padded[:n]
}

// SealText seals a text or JSON of the case as Seal does, at a size that tells little of
// its length. White space at its end is not kept.
func (k CaseKey) SealText(column, row string, plain []byte) []byte {
	return k.Seal(column, row, padText(plain))
}

// OpenText opens what SealText or Seal sealed for the same column and row.
func (k CaseKey) OpenText(column, row string, sealed []byte) ([]byte, error) {
	plain, err := k.Open(column, row, sealed)
	return trimText(plain), err
}

// SealBody seals a file of the case at a size that tells little of its own.
func (k CaseKey) SealBody(column, row string, plain []byte) []byte {
	return k.Seal(column, row, padBody(plain))
}

// OpenBody opens what SealBody or Seal sealed for the same column and row.
func (k CaseKey) OpenBody(column, row string, sealed []byte) ([]byte, error) {
	plain, err := k.Open(column, row, sealed)
	return trimBody(plain), err
}

// SealEdgeText is SealEdge for a text or JSON, at a size that tells little of its length.
// White space at its end is not kept.
func (v *Vault) SealEdgeText(p Place, plain []byte) []byte { return v.SealEdge(p, padText(plain)) }

// OpenEdgeText opens what SealEdgeText or SealEdge sealed for the same place.
func (v *Vault) OpenEdgeText(p Place, sealed []byte) ([]byte, error) {
	plain, err := v.OpenEdge(p, sealed)
	return trimText(plain), err
}
