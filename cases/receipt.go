package cases

import (
	"io"
	"strings"
)

// ReceiptAlphabet has no 0 O 1 I L, which are misread from paper.
const ReceiptAlphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const (
	receiptRandom = 17 // symbols of log2(31) = 4.95 bits: 84 bits in all, above the 80 of the design
	receiptLength = receiptRandom + 1
	receiptGroup  = 6
)

// Receipt is the code a resident keeps. Whoever has it can read the status of
// one case, so it is shown once and stored only as a keyed hash.
// The value holds receiptLength symbols without separators.
type Receipt string

// NewReceipt draws a receipt from random, which must be cryptographic.
// An error is the reader's.
func NewReceipt(random io.Reader) (Receipt, error) {
	symbols := make([]byte, 0, receiptLength)
	one := make([]byte, 1)
	const fair = 256 - 256%len(ReceiptAlphabet) // larger bytes would favour the first symbols
	for len(symbols) < receiptRandom {
		if _, err := io.ReadFull(random, one); err != nil {
			return "", err
		}
		if int(one[0]) < fair {
			symbols = append(symbols, ReceiptAlphabet[int(one[0])%len(ReceiptAlphabet)])
		}
	}
	return Receipt(append(symbols, checkSymbol(symbols))), nil
}

// ParseReceipt reads a receipt as typed: lower case, spaces, dots and dashes are
// fine. The error is Invalid with the same text as for an unknown receipt, so
// that an answer tells nothing about which codes exist.
func ParseReceipt(s string) (Receipt, error) {
	clean := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '.', '_', '–', '—', '\u00a0', '\n', '\t':
			return -1
		}
		return r
	}, strings.ToUpper(s))
	if len(clean) != receiptLength || strings.Trim(clean, ReceiptAlphabet) != "" {
		return "", Fail(Invalid, "receipt.notfound")
	}
	if checkSymbol([]byte(clean[:receiptRandom])) != clean[receiptRandom] {
		return "", Fail(Invalid, "receipt.notfound")
	}
	return Receipt(clean), nil
}

// String groups the symbols as they are shown: ABCDEF-GHJKMN-PQRSTU.
func (r Receipt) String() string {
	var b strings.Builder
	for i, c := range string(r) {
		if i > 0 && i%receiptGroup == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// checkSymbol is a weighted sum modulo 31. As 31 is prime and the weights are
// all different, it finds every single wrong symbol and every swap of two.
func checkSymbol(symbols []byte) byte {
	sum := 0
	for i, c := range symbols {
		sum += (i + 2) * strings.IndexByte(ReceiptAlphabet, c)
	}
	return ReceiptAlphabet[sum%len(ReceiptAlphabet)]
}
