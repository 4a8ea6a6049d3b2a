package media

import (
	"bytes"
	"encoding/binary"
)

// blankHEVCNotes overwrites the notes in the header of an HEVC track, which
// ffmpeg copies whatever it is told. The file keeps its length, so no table of
// positions changes.
func blankHEVCNotes(b []byte) {
	const size, name = 4, "hvcC"
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte(name))
		if i < 0 {
			return
		}
		i += from
		from = i + len(name)
		if i < size {
			continue
		}
		if end := i - size + int(binary.BigEndian.Uint32(b[i-size:])); end > from && end <= len(b) {
			blankNotes(b[from:end])
		}
	}
}

// blankNotes goes through the arrays of a decoder configuration record (ISO/IEC
// 14496-15, 8.3.3.1): 22 bytes of settings, then arrays of units of one type.
func blankNotes(record []byte) {
	const settings, firstSet, lastSet = 22, 32, 34 // parameter sets, without which nothing can be decoded
	if len(record) <= settings {
		return
	}
	arrays, rest := int(record[settings]), record[settings+1:]
	for range arrays {
		if len(rest) < 3 {
			return
		}
		kind, units := rest[0]&0x3f, int(binary.BigEndian.Uint16(rest[1:]))
		rest = rest[3:]
		for range units {
			if len(rest) < 2 {
				return
			}
			n := int(binary.BigEndian.Uint16(rest))
			if n > len(rest)-2 {
				return
			}
			if kind < firstSet || kind > lastSet {
				blankNote(rest[2 : 2+n])
			}
			rest = rest[2+n:]
		}
	}
}

// blankNote keeps the unit's header, the type and the size of its message, and
// the closing byte; 0xff in between can be mistaken for no start of a unit.
func blankNote(unit []byte) {
	const header = 2
	at := header
	for range 2 { // type, size: bytes of 255 and a smaller one
		for at < len(unit) && unit[at] == 0xff {
			at++
		}
		at++
	}
	for i := at; i < len(unit)-1; i++ {
		unit[i] = 0xff
	}
}
