package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"
)

// leak is a secret that stands where it must not.
type leak struct{ where, what, form string }

func (f leak) String() string { return f.where + ": " + f.what + " stands there (" + f.form + ")" }

// forms are the ways in which a text can be written down without being sealed.
func forms(s string) map[string][]byte {
	raw := []byte(s)
	var little, big []byte
	for _, u := range utf16.Encode([]rune(s)) {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	quoted, _ := json.Marshal(s) // a string has JSON
	out := map[string][]byte{
		"plain": raw, "UTF-16": little, "UTF-16 big-endian": big,
		"hex": []byte(hex.EncodeToString(raw)), "upper hex": []byte(strings.ToUpper(hex.EncodeToString(raw))),
		"JSON": bytes.Trim(quoted, `"`), "ASCII JSON": []byte(strings.Trim(strconv.QuoteToASCII(s), `"`)),
		"address": []byte(url.QueryEscape(s)), "path": []byte(url.PathEscape(s)), "HTML": []byte(html.EscapeString(s)),
	}
	for i := range 3 { // base64 looks different at each place of three
		if len(raw) >= i+6 {
			cut := raw[i:]
			cut = cut[:len(cut)/3*3]
			out[fmt.Sprint("base64 at ", i)] = []byte(base64.StdEncoding.EncodeToString(cut))
			out[fmt.Sprint("base64url at ", i)] = []byte(base64.RawURLEncoding.EncodeToString(cut))
		}
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		out["number"] = binary.BigEndian.AppendUint64(nil, uint64(n))
		out["number, little-endian"] = binary.LittleEndian.AppendUint64(nil, uint64(n))
		out["hex number"] = []byte("0x" + strconv.FormatInt(n, 16))
	} else if f, err := strconv.ParseFloat(s, 64); err == nil {
		out["float"] = binary.BigEndian.AppendUint64(nil, math.Float64bits(f))
		out["float, little-endian"] = binary.LittleEndian.AppendUint64(nil, math.Float64bits(f))
	}
	maps.DeleteFunc(out, func(form string, b []byte) bool { return form != "plain" && bytes.Equal(b, raw) })
	return out
}

// needle is one form of one secret.
type needle struct {
	leak
	bytes []byte
}

// head is how many bytes of every needle are looked up at once.
const head = 4

// find looks for every secret in every form in a heap of bytes; each is told once.
func find(where string, heap []byte, all secrets) (found []leak) {
	var usual [1 << 16]bool // by the first two bytes: most places are passed at a glance
	needles := map[uint32][]needle{}
	for what, s := range all {
		for form, b := range forms(s) {
			if len(b) < head {
				panic(fmt.Sprintf("%s is too short to be looked for: %q", what, s))
			}
			key := binary.LittleEndian.Uint32(b)
			usual[uint16(key)] = true
			needles[key] = append(needles[key], needle{leak{where, what, form}, b})
		}
	}
	seen := map[leak]bool{}
	for i := 0; i+head <= len(heap); i++ {
		if !usual[binary.LittleEndian.Uint16(heap[i:])] {
			continue
		}
		for _, n := range needles[binary.LittleEndian.Uint32(heap[i:])] {
			if !seen[n.leak] && bytes.HasPrefix(heap[i:], n.bytes) {
				seen[n.leak] = true
				found = append(found, n.leak)
			}
		}
	}
	slices.SortFunc(found, func(a, b leak) int { return strings.Compare(a.String(), b.String()) })
	return found
}

// hexForm is a run of bytes in hex, as Postgres writes them and many a program.
var hexForm = regexp.MustCompile(`[0-9a-fA-F]{16,}`)

// unpacked is a heap with what stands in it in hex added as bytes.
func unpacked(heap []byte) []byte {
	out := slices.Clone(heap)
	for _, h := range hexForm.FindAll(heap, -1) {
		raw, _ := hex.DecodeString(string(h[:len(h)/2*2])) // the pattern is hex
		out = append(out, '\n')
		out = append(out, raw...)
	}
	return out
}

// A search that finds nothing proves nothing unless it finds what is there.
func TestSearchFindsEveryForm(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"Nhà nghỉ <đầu> ngõ, 22 giờ", "5550070001", "20.95512", "+84900000001"} {
		for form, needle := range forms(secret) {
			if len(find("heap", slices.Concat([]byte("xx"), needle, []byte("yy")), secrets{"secret": secret})) == 0 {
				t.Errorf("%s not found as %s", secret, form)
			}
		}
		for pad := range 3 {
			heap := base64.StdEncoding.EncodeToString([]byte("abc"[:pad] + secret + "tail"))
			if len(find("heap", []byte(heap), secrets{"secret": secret})) == 0 {
				t.Errorf("%s not found in base64 behind %d bytes", secret, pad)
			}
		}
		twice := hex.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(secret))))
		if len(find("heap", unpacked([]byte(`{"\\x`+twice+`"}`)), secrets{"secret": secret})) == 0 {
			t.Errorf("%s not found in base64 in hex", secret)
		}
	}
}

// The search finds exactly what a plain look at every place finds.
func TestSearchFindsWhatStandsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune("abạ1")), 4, 9, -1)
		all := secrets{}
		for i, s := range rapid.SliceOfN(letters, 1, 4).Draw(t, "secrets") {
			all[strconv.Itoa(i)] = s
		}
		heap := []byte(strings.Join(rapid.SliceOf(letters).Draw(t, "heap"), ""))
		want := map[leak]bool{}
		for what, s := range all {
			for form, b := range forms(s) {
				if bytes.Contains(heap, b) {
					want[leak{"heap", what, form}] = true
				}
			}
		}
		found := find("heap", heap, all)
		for _, f := range found {
			if !want[f] {
				t.Errorf("%s does not", f)
			}
		}
		if len(found) != len(want) {
			t.Errorf("found %d, want %d", len(found), len(want))
		}
	})
}
