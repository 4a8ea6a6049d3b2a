package vault

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is sealed comes back as it was, also what was sealed before sizes were steps.
func TestPaddingIsTakenOffAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.Byte(), 0, 1<<17).Draw(t, "body")
		if rapid.Bool().Draw(t, "ends like a mark") {
			body = append(body, bodyMark...)
		}
		if !bytes.Equal(trimBody(padBody(body)), body) || !bytes.Equal(trimBody(body), body) {
			t.Error("a file is not what it was")
		}
		text := bytes.TrimRight(body, " ")
		if !bytes.Equal(trimText(padText(text)), text) || !bytes.Equal(trimText(text), text) {
			t.Error("a text is not what it was")
		}
	})
}

// Sizes are few, and at most a quarter is added to a file.
func TestSizesAreSteps(t *testing.T) {
	t.Parallel()
	texts, bodies := map[int]bool{}, map[int]bool{}
	for n := range 4000 {
		if len(padText(make([]byte, n))) != textStep(n) || textStep(n) < n {
			t.Fatal("a text of", n, "bytes")
		}
		texts[textStep(n)] = true
	}
	const largest = 20 << 20
	for n := 1 << 10; n <= largest; n += 997 {
		size := BodySize(n)
		if size < n || n > bodyLeast && float64(size) > 1.25*float64(n+bodyTail)+1 {
			t.Fatalf("a file of %d bytes is sealed as %d", n, size)
		}
		bodies[size] = true
	}
	if len(texts) > 5 || len(bodies) > 46 {
		t.Errorf("texts up to 4,000 bytes have %d sizes, files up to 20 MB %d", len(texts), len(bodies))
	}
}
