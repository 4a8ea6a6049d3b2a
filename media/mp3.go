package media

import "encoding/binary"

// mp3Header is the beginning of a frame of layer III, of which an MP3 is made.
type mp3Header uint32

const (
	mp3HeaderSize = 4
	// mp3Same are the bits that stay the same through a file: sync, version, layer
	// and sampling rate.
	mp3Same mp3Header = 0xfffe0c00
)

var (
	mp3Kilobits = [2][16]int{ // of MPEG 1, of MPEG 2 and 2.5
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
	mp3Rates = map[mp3Header][4]int{ // by version: 2.5, 2, 1
		0: {11_025, 12_000, 8000}, 2: {22_050, 24_000, 16_000}, 3: {44_100, 48_000, 32_000},
	}
)

// size is the length of the frame in bytes, 0 for what is no header.
func (h mp3Header) size() int {
	const layerIII = 1
	version := h >> 19 & 3
	rate := mp3Rates[version][h>>10&3]
	if h>>21 != 0x7ff || h>>17&3 != layerIII || rate == 0 {
		return 0
	}
	kilobits, bytesPerBit := mp3Kilobits[1][h>>12&15], 72
	if version == 3 {
		kilobits, bytesPerBit = mp3Kilobits[0][h>>12&15], 144
	}
	if kilobits == 0 {
		return 0
	}
	return bytesPerBit*1000*kilobits/rate + int(h>>9&1)
}

// mp3Frames gives the frames of an MP3 and leaves out what stands between and behind
// them, which players skip and archives are hidden in. A frame is one that follows
// another or is followed by one.
func mp3Frames(b []byte) []byte {
	var out []byte
	var first mp3Header
	header := func(at int) (mp3Header, int) {
		if at+mp3HeaderSize > len(b) {
			return 0, 0
		}
		h := mp3Header(binary.BigEndian.Uint32(b[at:]))
		n := h.size()
		if at+n > len(b) || first != 0 && h&mp3Same != first&mp3Same {
			return 0, 0
		}
		return h, n
	}
	for at, follows := 0, false; at < len(b); {
		h, n := header(at)
		_, next := header(at + n)
		if n == 0 || !follows && next == 0 {
			at, follows = at+1, false
			continue
		}
		if first == 0 {
			first = h
		}
		out, at, follows = append(out, b[at:at+n]...), at+n, true
	}
	return out
}
