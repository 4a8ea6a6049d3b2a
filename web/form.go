package web

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"time"

	"tinbao/cases"
)

// A form carries a token: a random number and the time it ends, under a tag. It is
// bound to the kind of form and to nobody.
const (
	nonceBytes = 16
	timeBytes  = 8
	formLife   = 6 * time.Hour
)

func (s *site) issue(purpose string) string {
	raw := make([]byte, nonceBytes, nonceBytes+timeBytes)
	rand.Read(raw)
	raw = binary.BigEndian.AppendUint64(raw, uint64(s.Now().Add(formLife).Unix()))
	return base64.RawURLEncoding.EncodeToString(append(raw, s.Tag(purpose+"\x00"+string(raw))...))
}

// accept reads a token that was made for one of the purposes; Expired when it is too
// old, or none of ours.
func (s *site) accept(token string, purposes ...string) (purpose string, form []byte, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) <= nonceBytes+timeBytes {
		return "", nil, cases.Fail(cases.Expired, "web.expired")
	}
	form, tag := raw[:nonceBytes+timeBytes], raw[nonceBytes+timeBytes:]
	for _, p := range purposes {
		if hmac.Equal(tag, s.Tag(p+"\x00"+string(form))) {
			purpose = p
		}
	}
	ends := binary.BigEndian.Uint64(form[nonceBytes:])
	if purpose == "" || uint64(s.Now().Unix()) > ends {
		return "", nil, cases.Fail(cases.Expired, "web.expired")
	}
	return purpose, form, nil
}
