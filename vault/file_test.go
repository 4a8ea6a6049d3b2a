package vault_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
	"github.com/tink-crypto/tink-go/v2/tink"
	"pgregory.net/rapid"

	"tinbao/cases"
	"tinbao/vault"
)

var past = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// place is a key file with its wrapping key, in two folders.
type place struct {
	t         *testing.T
	path, kek string
}

func newPlace(t *testing.T) place {
	t.Helper()
	p := place{t, filepath.Join(t.TempDir(), "keys", "tinbao.json"), "file:" + filepath.Join(t.TempDir(), "kek", "kek")}
	if made, err := vault.EnsureKEK(p.kek); err != nil || !made {
		t.Fatal(made, err)
	}
	if err := vault.Create(p.path, p.wrapping(), past); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p place) wrapping() *vault.KEK { return openKEK(p.t, p.kek) }

func openKEK(t *testing.T, name string) *vault.KEK {
	t.Helper()
	k, err := vault.OpenKEK(name)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (p place) open() *vault.Vault {
	p.t.Helper()
	v, err := vault.Open(p.path, p.wrapping())
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}

func (p place) load() *vault.File {
	p.t.Helper()
	f, err := vault.Load(p.path, p.wrapping())
	if err != nil {
		p.t.Fatal(err)
	}
	return f
}

func TestKeyFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	if err := vault.Create(p.path, p.wrapping(), past); !errors.Is(err, fs.ErrExist) {
		t.Errorf("wrote over a key file: %v", err)
	}
	if one, two := p.open(), p.open(); one.CallbackTag(1, "a") != two.CallbackTag(1, "a") {
		t.Error("the same file gives other keys")
	}
	if err := os.Chmod(p.path, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Load(p.path, p.wrapping()); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a readable key file was taken: %v", err)
	}
	for _, s := range []string{"", "{}", `{"tinbao_keys":9}`, `{"tinbao_keys":2,"keysets":{}}`, `{"tinbao_keys":2,"keysets":{"edge":{"wrapped":"AAAA"}}}`} {
		if _, err := vault.ReadKeys(strings.NewReader(s), p.wrapping()); err == nil {
			t.Errorf("read %q", s)
		}
	}
}

// Every name of a wrapping key that is wrong is refused with what to do.
func TestWrappingKeysThatAreRefused(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string, mode fs.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return "file:" + path
	}
	good := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))
	t.Setenv("TINBAO_TEST_KEK", good)
	t.Setenv("TINBAO_TEST_SHORT", good[:20])
	for name, want := range map[string]string{
		put("good", good+"\n", 0o600):            "",
		"env:TINBAO_TEST_KEK":                    "",
		put("open", good, 0o644):                 "chmod 600",
		put("group", good, 0o640):                "chmod 600",
		put("short", good[:40], 0o600):           "not 32 bytes",
		put("words", "not base64 at all", 0o600): "not 32 bytes",
		put("empty", "", 0o600):                  "empty",
		"file:" + filepath.Join(dir, "none"):     "opening the wrapping key",
		"env:TINBAO_TEST_SHORT":                  "not 32 bytes",
		"env:TINBAO_TEST_NONE":                   "openssl rand",
		"/etc/kek":                               "write it like",
		"":                                       "write it like",
		"aws-kms://arn":                          "no key management service",
		"hcvault://":                             "no address of a transit key",
		"hcvault://127.0.0.1:1/transit/tinbao":   "malformed",
	} {
		_, err := vault.OpenKEK(name)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if err != nil && strings.Contains(err.Error(), good[:20]) {
			t.Errorf("%s: the error tells the key", name)
		}
	}
	if made, err := vault.EnsureKEK(put("stays", good, 0o600)); made || err != nil {
		t.Errorf("an existing wrapping key was touched: %v %v", made, err)
	}
}

// What is in a key file is bound to its place there: nothing can be exchanged,
// changed or moved, whatever a person with the file but not the key does.
func TestKeysetsCannotBeExchanged(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	raw, err := os.ReadFile(p.path)
	if err != nil {
		t.Fatal(err)
	}
	other := newPlace(t)
	if _, err := vault.ReadKeys(bytes.NewReader(raw), other.wrapping()); err == nil || !strings.Contains(err.Error(), "TINBAO_KEK") {
		t.Errorf("opened under another key: %v", err)
	}
	type file struct {
		Version int                                   `json:"tinbao_keys"`
		Keysets map[string]map[string]json.RawMessage `json:"keysets"`
	}
	var whole file
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range whole.Keysets {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) != 8 {
		t.Fatalf("%d keysets", len(names))
	}
	tried := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		var f file
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		a, b := rapid.SampledFrom(names).Draw(t, "a"), rapid.SampledFrom(names).Draw(t, "b")
		how := rapid.SampledFrom([]string{"swap", "swap wrapped", "dates", "no dates", "bit"}).Draw(t, "how")
		tried[how] = true
		changed := true
		switch how {
		case "swap":
			f.Keysets[a], f.Keysets[b] = f.Keysets[b], f.Keysets[a]
			changed = a != b
		case "swap wrapped":
			f.Keysets[a]["wrapped"], f.Keysets[b]["wrapped"] = f.Keysets[b]["wrapped"], f.Keysets[a]["wrapped"]
			changed = a != b
		case "dates":
			f.Keysets[a]["keys"] = bytes.ReplaceAll(f.Keysets[a]["keys"], []byte("2026-"), []byte("2025-"))
		case "no dates":
			f.Keysets[a]["keys"] = json.RawMessage("null")
		case "bit":
			var w []byte
			json.Unmarshal(f.Keysets[a]["wrapped"], &w)
			w[rapid.IntRange(3, len(w)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			f.Keysets[a]["wrapped"], _ = json.Marshal(w)
		}
		again, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		k, err := vault.ReadKeys(bytes.NewReader(again), p.wrapping())
		if how == "bit" && err == nil { // the part in clear tells the numbers of the keys, and nothing relies on it
			if k.Fingerprint() != p.load().Fingerprint() {
				t.Fatal("a changed bit changed the keys")
			}
			return
		}
		if (err == nil) == changed {
			t.Fatalf("%s of %s and %s: %v", how, a, b, err)
		}
	})
	if len(tried) != 5 {
		t.Errorf("tried only %v", tried)
	}
}

// cleartext is a key file of version 1, as it was written before keys were wrapped.
func cleartext(t *testing.T, path string) {
	t.Helper()
	sets := map[string][]byte{}
	put := func(template *tinkpb.KeyTemplate, names ...string) {
		for _, name := range names {
			h, err := keyset.NewHandle(template)
			if err != nil {
				t.Fatal(err)
			}
			var raw bytes.Buffer
			if err := insecurecleartextkeyset.Write(h, keyset.NewBinaryWriter(&raw)); err != nil {
				t.Fatal(err)
			}
			sets[name] = raw.Bytes()
		}
	}
	put(aead.XChaCha20Poly1305KeyTemplate(), "edge", "report", "help", "report-route", "help-route")
	put(prf.HMACSHA256PRFKeyTemplate(), "edge-index", "report-index", "help-index")
	raw, err := json.Marshal(map[string]any{"tinbao_keys": 1, "keysets": sets})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A file in clear is refused with the way out; that way keeps every key.
func TestRewrap(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	cleartext(t, p.path)
	if _, err := vault.Load(p.path, p.wrapping()); !errors.Is(err, vault.ErrInClear) || !strings.Contains(err.Error(), "tinbao keys rewrap") {
		t.Errorf("a file in clear: %v", err)
	}
	never := func() (*vault.KEK, error) { return nil, errors.New("asked for the old wrapping key") }
	if err := vault.Rewrap(p.path, never, p.wrapping()); err != nil {
		t.Fatal(err)
	}
	v := p.open()
	where := vault.Place{Ward: 1, Column: "t.c", Row: "r"}
	sealed, tag := v.SealEdge(where, []byte("x")), v.CallbackTag(1, "a")
	second := place{t, p.path, "file:" + filepath.Join(t.TempDir(), "kek2")}
	if _, err := vault.EnsureKEK(second.kek); err != nil {
		t.Fatal(err)
	}
	wrongFrom := func() (*vault.KEK, error) { return second.wrapping(), nil }
	if err := vault.Rewrap(p.path, wrongFrom, second.wrapping()); err == nil {
		t.Error("wrapped anew without the key it was wrapped with")
	}
	if err := vault.Rewrap(p.path, func() (*vault.KEK, error) { return p.wrapping(), nil }, second.wrapping()); err != nil {
		t.Fatal(err)
	}
	if _, err := vault.Load(p.path, p.wrapping()); err == nil {
		t.Error("the old wrapping key still opens")
	}
	after := second.open()
	if plain, err := after.OpenEdge(where, sealed); err != nil || string(plain) != "x" || after.CallbackTag(1, "a") != tag {
		t.Errorf("the keys changed with their wrapping: %q %v", plain, err)
	}
	info, err := os.Stat(p.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
	// a file in clear can be rotated like any other
	f := second.load()
	if f.Added() || f.Promoted() {
		t.Error("a file at rest is in the middle of a rotation")
	}
}

// transit answers like the transit engine of Vault, with a real key.
func transit(t *testing.T, token string) *httptest.Server {
	t.Helper()
	h, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		t.Fatal(err)
	}
	a, err := aead.New(h)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Vault-Token") != token {
			http.Error(w, `{"errors":["permission denied"]}`, http.StatusForbidden)
			return
		}
		if answer := transitAnswer(r, a); answer != nil {
			json.NewEncoder(w).Encode(map[string]any{"data": answer})
			return
		}
		http.Error(w, `{"errors":["no"]}`, http.StatusBadRequest)
	}))
	t.Cleanup(server.Close)
	return server
}

func transitAnswer(r *http.Request, a tink.AEAD) map[string]any {
	var in struct {
		Plaintext  []byte `json:"plaintext"`
		Ciphertext string `json:"ciphertext"`
		Associated []byte `json:"associated_data"`
	}
	if json.NewDecoder(r.Body).Decode(&in) != nil {
		return nil
	}
	switch r.URL.Path {
	case "/v1/transit/encrypt/tinbao":
		sealed, err := a.Encrypt(in.Plaintext, in.Associated)
		if err != nil {
			return nil
		}
		return map[string]any{"ciphertext": "vault:v1:" + base64.StdEncoding.EncodeToString(sealed)}
	case "/v1/transit/decrypt/tinbao":
		raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(in.Ciphertext, "vault:v1:"))
		if err != nil {
			return nil
		}
		plain, err := a.Decrypt(raw, in.Associated)
		if err != nil {
			return nil
		}
		return map[string]any{"plaintext": plain}
	}
	return nil
}

// The keysets can be wrapped by a key that never leaves a server.
func TestWrappedByAServer(t *testing.T) {
	server := transit(t, "let me in")
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pemOf(server), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("VAULT_CACERT", ca)
	t.Setenv("VAULT_TOKEN", "let me in")
	p := newPlace(t)
	tag := p.open().CallbackTag(1, "a")
	remote := place{t, p.path, "hcvault://" + strings.TrimPrefix(server.URL, "https://") + "/transit/keys/tinbao"}
	if err := vault.Rewrap(p.path, func() (*vault.KEK, error) { return p.wrapping(), nil }, remote.wrapping()); err != nil {
		t.Fatal(err)
	}
	if remote.open().CallbackTag(1, "a") != tag {
		t.Error("the keys changed")
	}
	raw, err := os.ReadFile(p.path)
	if err != nil {
		t.Fatal(err)
	}
	swapped := strings.NewReplacer(`"report":`, `"help":`, `"help":`, `"report":`).Replace(string(raw))
	if _, err := vault.ReadKeys(strings.NewReader(swapped), remote.wrapping()); err == nil {
		t.Error("keysets were exchanged")
	}
	t.Setenv("VAULT_TOKEN", "somebody else")
	if _, err := vault.Open(p.path, remote.wrapping()); err == nil {
		t.Error("opened without the right to")
	}
}

// Refresh takes up what changed, and nothing that is broken or foreign.
func TestRefresh(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	v := p.open()
	if changed, err := v.Refresh(); changed || err != nil {
		t.Errorf("%v %v", changed, err)
	}
	f := p.load()
	if err := f.Add(past); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	before := v.Fingerprint()
	if changed, err := v.Refresh(); !changed || err != nil || v.Fingerprint() == before || v.Fingerprint() != f.Fingerprint() {
		t.Errorf("%v %v", changed, err)
	}
	good := v.Fingerprint()
	raw, err := os.ReadFile(p.path)
	if err != nil {
		t.Fatal(err)
	}
	foreign := newPlace(t)
	if err := vault.Rewrap(foreign.path, func() (*vault.KEK, error) { return foreign.wrapping(), nil }, p.wrapping()); err != nil {
		t.Fatal(err)
	}
	strange, err := os.ReadFile(foreign.path)
	if err != nil {
		t.Fatal(err)
	}
	for what, content := range map[string][]byte{"half": raw[:len(raw)/2], "empty": nil, "foreign": strange} {
		if err := os.WriteFile(p.path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if changed, err := v.Refresh(); changed || err == nil || v.Fingerprint() != good {
			t.Errorf("%s: %v %v", what, changed, err)
		}
	}
	if err := os.Remove(p.path); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Refresh(); err == nil || v.Fingerprint() != good {
		t.Error("an absent file went unnoticed, or took the keys away")
	}
	if v.SealRoute(cases.HelpStream, 1, "c", cases.Route{Chat: 1}) == nil {
		t.Error("the keys are gone")
	}
}

// Of two who change a file at once the second is told, and the first's work stays.
func TestTwoWritersOfAKeyFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	one, two := p.load(), p.load()
	if err := errors.Join(one.Add(past), two.Add(past), one.Save()); err != nil {
		t.Fatal(err)
	}
	if err := two.Save(); err == nil || p.load().Fingerprint() != one.Fingerprint() {
		t.Errorf("written over: %v", err)
	}
}
