package media

// gifFrames counts the frames of a GIF as far as it is whole.
func gifFrames(b []byte) (frames int) {
	const header, extension, frame, frameHeader = 13, 0x21, 0x2c, 9
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	if len(b) < header {
		return 0
	}
	at := header + table(b[10])
	for at < len(b) {
		switch {
		case b[at] == extension:
			at += 2
		case b[at] == frame && at+frameHeader < len(b):
			frames++
			at += 1 + frameHeader + table(b[at+frameHeader]) + 1
		default:
			return frames
		}
		for at < len(b) && b[at] != 0 { // blocks, each behind its length
			at += 1 + int(b[at])
		}
		at++
	}
	return frames
}
