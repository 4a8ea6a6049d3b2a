package vault

import (
	"crypto/rand"
	"crypto/subtle"
	"slices"

	"golang.org/x/crypto/argon2"
)

// Cost of a PIN's hash: argon2id with the least memory OWASP's Password Storage Cheat
// Sheet asks for, some 30 ms on one core. The hash is sealed at rest besides.
const (
	pinPasses = 2
	pinMemory = 19 * 1024 // KiB
	pinLanes  = 1
	pinSalt   = 16
	pinBytes  = 32
)

// pinSlots bounds the memory that many people unlocking at once can take.
var pinSlots = make(chan struct{}, 4)

// HashPIN is what is kept of a PIN: a fresh salt and the hash.
func HashPIN(pin string) []byte {
	salt := make([]byte, pinSalt)
	rand.Read(salt)
	return slices.Concat(salt, hashPIN(salt, pin))
}

// IsPIN reports whether a hash was made from the PIN.
func IsPIN(hash []byte, pin string) bool {
	if len(hash) != pinSalt+pinBytes {
		return false
	}
	return subtle.ConstantTimeCompare(hash[pinSalt:], hashPIN(hash[:pinSalt], pin)) == 1
}

func hashPIN(salt []byte, pin string) []byte {
	pinSlots <- struct{}{}
	defer func() { <-pinSlots }()
	return argon2.IDKey([]byte(pin), salt, pinPasses, pinMemory, pinLanes, pinBytes)
}
