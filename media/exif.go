package media

import (
	"bytes"
	"encoding/binary"
)

const (
	markerScan    = 0xda
	markerExif    = 0xe1
	markerComment = 0xfe
	upOnTop       = 1 // the orientation of a picture that need not be turned
)

// orientation is the EXIF orientation of a photo, 1 where none is told.
func orientation(f format, b []byte) int {
	var tiff []byte
	switch f {
	case jpegFormat:
		jpegSegments(b, func(marker byte, data []byte) bool {
			if rest, ok := bytes.CutPrefix(data, []byte("Exif\x00\x00")); marker == markerExif && ok {
				tiff = rest
			}
			return tiff == nil
		})
	case pngFormat:
		tiff = chunk(b, 8, binary.BigEndian, "eXIf", true)
	case webpFormat:
		tiff = bytes.TrimPrefix(chunk(b, 12, binary.LittleEndian, "EXIF", false), []byte("Exif\x00\x00"))
	default: // no other format is a photo
	}
	return tiffOrientation(tiff)
}

// jpegSegments calls see for each segment up to the first scan, until it says no.
func jpegSegments(b []byte, see func(marker byte, data []byte) bool) {
	for i := 2; i+4 <= len(b) && b[i] == 0xff; {
		marker := b[i+1]
		if marker == 0xff { // a fill byte
			i++
			continue
		}
		end := i + 2 + int(binary.BigEndian.Uint16(b[i+2:]))
		if end > len(b) || end < i+4 || !see(marker, b[i+4:end]) || marker == markerScan {
			return
		}
		i = end
	}
}

// chunk finds a named chunk of PNG (length, name, data, checksum) or RIFF (name,
// length, data, padding to even).
func chunk(b []byte, from int, order binary.ByteOrder, name string, png bool) []byte {
	for i := from; i+8 <= len(b); {
		size, id, padding := order.Uint32(b[i:]), string(b[i+4:i+8]), 4
		if !png {
			id, size = string(b[i:i+4]), order.Uint32(b[i+4:])
			padding = int(size & 1)
		}
		if uint64(size) > uint64(len(b)-i-8) {
			return nil
		}
		end := i + 8 + int(size)
		if id == name {
			return b[i+8 : end]
		}
		i = end + padding
	}
	return nil
}

// tiffOrientation reads tag 0x0112 of the first directory of EXIF data.
func tiffOrientation(t []byte) int {
	const header, entrySize, orientationTag = 8, 12, 0x0112
	if len(t) < header {
		return upOnTop
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(t[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(t[4:]))
	if at+2 > uint64(len(t)) {
		return upOnTop
	}
	entries := t[at+2:]
	for range order.Uint16(t[at:]) {
		if len(entries) < entrySize {
			return upOnTop
		}
		if order.Uint16(entries) == orientationTag {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[entrySize:]
	}
	return upOnTop
}

// bareJPEG reports whether a JPEG holds nothing but a picture: no application
// segment, no comment, and nothing after its end.
func bareJPEG(b []byte) bool {
	ok := false
	jpegSegments(b, func(marker byte, _ []byte) bool {
		ok = marker == markerScan
		return marker != markerComment && (marker < 0xe0 || marker > 0xef)
	})
	return ok && bytes.HasSuffix(b, []byte{0xff, 0xd9})
}
