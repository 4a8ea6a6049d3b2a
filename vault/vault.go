package vault

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/subtle"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"tinbao/cases"
)

// Vault does everything that needs a key. It is safe for concurrent use.
type Vault struct {
	now atomic.Pointer[opened]

	path string // of the key file; "" = the keys never change
	kek  *KEK
	mu   sync.Mutex  // held while the file is read again
	seen fs.FileInfo // the file as it was read
}

// opened are the keys of one moment, ready for use.
type opened struct {
	fingerprint string
	family      string // the installation whose keys they are
	aeads       map[string]tink.AEAD
	prfs        map[string]*prf.Set
	known       map[string]bool            // beginnings of what can be opened
	gone        map[cases.Stream]time.Time // of each index: last use of the newest key that was removed
}

// New opens keysets that never change.
func New(k *Keys) (*Vault, error) {
	v := &Vault{}
	o, err := ready(k)
	v.now.Store(o)
	return v, err
}

// Open opens a key file. Refresh takes up what has changed in it.
func Open(path string, kek *KEK) (*Vault, error) {
	f, err := Load(path, kek)
	if err != nil {
		return nil, err
	}
	v, err := New(f.Keys)
	if err != nil {
		return nil, err
	}
	v.path, v.kek, v.seen = path, kek, f.seen
	return v, nil
}

// Refresh reads the key file again when it has changed. When the new one cannot be
// read, or is of another installation, the keys stay what they were.
func (v *Vault) Refresh() (changedNow bool, err error) {
	if v.path == "" {
		return false, nil
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if other, err := changed(v.path, v.seen); err != nil || !other {
		return false, err
	}
	f, err := Load(v.path, v.kek)
	if err != nil {
		return false, err
	}
	o, err := ready(f.Keys)
	if err != nil {
		return false, err
	}
	if o.family != v.now.Load().family {
		return false, errors.New("vault: the key file was exchanged for one of another installation; it is not taken up")
	}
	v.seen = f.seen
	v.now.Store(o)
	return true, nil
}

// Fingerprint names the state of the keys in use; see Keys.Fingerprint.
func (v *Vault) Fingerprint() string { return v.now.Load().fingerprint }

// KEK is the key the keysets are wrapped with, nil when they come from no file.
func (v *Vault) KEK() *KEK { return v.kek }

func ready(k *Keys) (*opened, error) {
	o := &opened{
		fingerprint: k.Fingerprint(), family: k.installation(), aeads: map[string]tink.AEAD{}, prfs: map[string]*prf.Set{},
		known: map[string]bool{}, gone: map[cases.Stream]time.Time{},
	}
	for name, s := range k.sets {
		if isIndex(name) {
			set, err := prf.NewPRFSet(s.handle)
			if err != nil {
				return nil, fmt.Errorf("vault: keyset %s is of another kind", name)
			}
			o.prfs[name] = set
			continue
		}
		a, err := aead.New(s.handle)
		if err != nil {
			return nil, fmt.Errorf("vault: keyset %s is of another kind", name)
		}
		o.aeads[name] = a
		for _, id := range s.keyIDs() {
			o.known[string(prefix(id))] = true
		}
	}
	for _, s := range []cases.Stream{cases.ReportStream, cases.HelpStream} {
		o.gone[s] = k.sets[indexKeys(s)].gone
	}
	return o, nil
}

// Place is where a sealed value stands. Two values never share one.
type Place struct {
	Ward   cases.WardID
	Column string // "table.column"
	Row    string // identifies the row within the table
}

// bytes is the associated data of a place: each part with its length in front,
// so that no two places read alike.
func (p Place) bytes() []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(p.Ward))
	for _, part := range []string{p.Column, p.Row} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(part)))
		out = append(out, part...)
	}
	return out
}

// seal seals under the present key of a keyset.
func (v *Vault) seal(set string, p Place, plain []byte) []byte {
	return seal(v.now.Load().aeads[set], p, plain)
}

// open opens what any key of a keyset sealed. A value under a key that is not known
// is a reason to look whether the key file has changed.
func (v *Vault) open(set string, p Place, sealed []byte) ([]byte, error) {
	o := v.now.Load()
	plain, err := open(o.aeads[set], p, sealed)
	if err == nil || len(sealed) < prefixBytes || o.known[string(sealed[:prefixBytes])] {
		return plain, err
	}
	v.Refresh() //nolint:errcheck // whoever watches the file tells of it
	return open(v.now.Load().aeads[set], p, sealed)
}

func seal(a tink.AEAD, p Place, plain []byte) []byte {
	sealed, err := a.Encrypt(plain, p.bytes())
	if err != nil {
		panic("vault: sealing " + p.Column + ": " + err.Error()) // only when the system has no randomness
	}
	return sealed
}

func open(a tink.AEAD, p Place, sealed []byte) ([]byte, error) {
	plain, err := a.Decrypt(sealed, p.bytes())
	if err != nil {
		return nil, fmt.Errorf("vault: %s: %w", p.Column, cases.Reason("a sealed value does not open"))
	}
	return plain, nil
}

// SealEdge seals what is not yet a case.
func (v *Vault) SealEdge(p Place, plain []byte) []byte { return v.seal(edgeKeys, p, plain) }

// OpenEdge opens what SealEdge sealed for the same place.
func (v *Vault) OpenEdge(p Place, sealed []byte) ([]byte, error) {
	return v.open(edgeKeys, p, sealed)
}

// CaseKey is the key of one case.
type CaseKey struct {
	ward   cases.WardID
	caseID string
	aead   tink.AEAD
}

const caseKeyBytes = 32 // XChaCha20-Poly1305

func caseKeyPlace(ward cases.WardID, caseID string) Place {
	return Place{Ward: ward, Column: "cases.case_key", Row: caseID}
}

// NewCaseKey makes the key of a case and its wrapped form for the database.
func (v *Vault) NewCaseKey(s cases.Stream, ward cases.WardID, caseID string) (CaseKey, []byte) {
	raw := make([]byte, caseKeyBytes)
	rand.Read(raw)
	wrapped := v.seal(contentKeys(s), caseKeyPlace(ward, caseID), raw)
	k, err := caseKey(ward, caseID, raw)
	if err != nil {
		panic("vault: a key of the right length was refused: " + err.Error())
	}
	return k, wrapped
}

// CaseKey unwraps the key of a case.
func (v *Vault) CaseKey(s cases.Stream, ward cases.WardID, caseID string, wrapped []byte) (CaseKey, error) {
	raw, err := v.open(contentKeys(s), caseKeyPlace(ward, caseID), wrapped)
	if err != nil {
		return CaseKey{}, err
	}
	return caseKey(ward, caseID, raw)
}

func caseKey(ward cases.WardID, caseID string, raw []byte) (CaseKey, error) {
	a, err := subtle.NewXChaCha20Poly1305(raw)
	if err != nil {
		return CaseKey{}, fmt.Errorf("vault: key of a case: %w", err)
	}
	return CaseKey{ward: ward, caseID: caseID, aead: a}, nil
}

func (k CaseKey) place(column, row string) Place {
	return Place{Ward: k.ward, Column: column, Row: k.caseID + "/" + row}
}

// Seal seals a value of the case for a column and row ("" = the case itself).
func (k CaseKey) Seal(column, row string, plain []byte) []byte {
	return seal(k.aead, k.place(column, row), plain)
}

// Open opens what Seal sealed for the same column and row.
func (k CaseKey) Open(column, row string, sealed []byte) ([]byte, error) {
	return open(k.aead, k.place(column, row), sealed)
}

// RewrapCaseKey wraps the key of a case under the present key of its stream.
func (v *Vault) RewrapCaseKey(s cases.Stream, ward cases.WardID, caseID string, wrapped []byte) ([]byte, error) {
	return v.reseal(contentKeys(s), caseKeyPlace(ward, caseID), wrapped)
}

// ResealRoute seals a way back under the present key of its stream.
func (v *Vault) ResealRoute(s cases.Stream, ward cases.WardID, caseID string, sealed []byte) ([]byte, error) {
	return v.reseal(routeKeys(s), routePlace(ward, caseID), sealed)
}

// ResealEdge seals what is not yet a case under the present key.
func (v *Vault) ResealEdge(p Place, sealed []byte) ([]byte, error) {
	return v.reseal(edgeKeys, p, sealed)
}

func (v *Vault) reseal(set string, p Place, sealed []byte) ([]byte, error) {
	plain, err := v.open(set, p, sealed)
	if err != nil {
		return nil, err
	}
	return v.seal(set, p, plain), nil
}

func routePlace(ward cases.WardID, caseID string) Place {
	return Place{Ward: ward, Column: "routes.sealed", Row: caseID}
}

// SealRoute seals the way back to a person for one case. The same chat sealed
// twice gives two values with nothing in common.
func (v *Vault) SealRoute(s cases.Stream, ward cases.WardID, caseID string, r cases.Route) []byte {
	return v.seal(routeKeys(s), routePlace(ward, caseID), padText(encodeRoute(r)))
}

// OpenRoute opens a way back.
func (v *Vault) OpenRoute(s cases.Stream, ward cases.WardID, caseID string, sealed []byte) (cases.Route, error) {
	raw, err := v.open(routeKeys(s), routePlace(ward, caseID), sealed)
	if err != nil {
		return cases.Route{}, err
	}
	return decodeRoute(raw)
}

// SealEdgeRoute seals the way back to a draft's writer or to a member of staff.
func (v *Vault) SealEdgeRoute(p Place, r cases.Route) []byte {
	return v.SealEdgeText(p, encodeRoute(r))
}

// OpenEdgeRoute opens what SealEdgeRoute sealed.
func (v *Vault) OpenEdgeRoute(p Place, sealed []byte) (cases.Route, error) {
	raw, err := v.OpenEdge(p, sealed)
	if err != nil {
		return cases.Route{}, err
	}
	return decodeRoute(raw)
}

func encodeRoute(r cases.Route) []byte {
	raw, err := json.Marshal(r)
	if err != nil {
		panic("vault: a route is a number and a word: " + err.Error())
	}
	return raw
}

func decodeRoute(raw []byte) (cases.Route, error) {
	var r cases.Route
	if err := json.Unmarshal(raw, &r); err != nil {
		return cases.Route{}, cases.Reason("vault: a route cannot be read")
	}
	return r, nil
}

const hashBytes = 32

// hash is a keyed hash under the primary key of an index. label keeps the uses
// of one key apart.
func (v *Vault) hash(index, label, value string) []byte {
	h, err := v.now.Load().prfs[index].ComputePrimaryPRF([]byte(label+"\x00"+value), hashBytes)
	if err != nil {
		panic("vault: hashing for " + index + ": " + err.Error()) // only for a wrong output length
	}
	return h
}

// hashes gives the keyed hash under every key of an index, so that what was
// stored before a rotation is still found.
func (v *Vault) hashes(index, label, value string) [][]byte {
	set := v.now.Load().prfs[index]
	out := make([][]byte, 0, len(set.PRFs))
	for _, p := range set.PRFs {
		h, err := p.ComputePRF([]byte(label+"\x00"+value), hashBytes)
		if err != nil {
			panic("vault: hashing for " + index + ": " + err.Error())
		}
		out = append(out, h)
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// Who is the pseudonym under which drafts and accounts of a chat are found, and the lane in
// which what it sends and gets is kept in order.
func (v *Vault) Who(chat int64) []byte {
	return v.hash(edgeIndex, "who", strconv.FormatInt(chat, 10))
}

// MuteName is the name under which it stands that a chat is muted. Names for different
// purposes have nothing in common.
func (v *Vault) MuteName(chat int64) []byte {
	return v.hash(edgeIndex, "mute", strconv.FormatInt(chat, 10))
}

// NewsName is the name under which a chat that gets news stands.
func (v *Vault) NewsName(chat int64) []byte {
	return v.hash(edgeIndex, "news", strconv.FormatInt(chat, 10))
}

// Receipt is the hash under which a receipt is stored.
func (v *Vault) Receipt(s cases.Stream, r cases.Receipt) []byte {
	return v.hash(indexKeys(s), "receipt", string(r))
}

// Receipts are all hashes a receipt may be stored under.
func (v *Vault) Receipts(s cases.Stream, r cases.Receipt) [][]byte {
	return v.hashes(indexKeys(s), "receipt", string(r))
}

// Anchor is the code of a sum over a stream's history. Without the keys nobody can
// make one that fits a history that was changed.
func (v *Vault) Anchor(s cases.Stream, sum []byte) []byte {
	return v.hash(indexKeys(s), "anchor", string(sum))
}

// Holds reports whether a code is an anchor of a sum under any key of the index.
func (v *Vault) Holds(s cases.Stream, sum, code []byte) bool {
	held := false
	for _, h := range v.hashes(indexKeys(s), "anchor", string(sum)) {
		held = hmac.Equal(h, code) || held
	}
	return held
}

// IndexGone is when the newest removed key of a stream's index was last used; zero
// when none was removed. Anchors set before cannot be checked.
func (v *Vault) IndexGone(s cases.Stream) time.Time { return v.now.Load().gone[s] }

// Draw is a coin that falls the same for two cases each time, and true three times of
// four. Nobody without the keys foresees it.
func (v *Vault) Draw(s cases.Stream, one, other string) bool {
	return v.hash(indexKeys(s), "draw", one+"\x00"+other)[0] < 192
}

// Token is the hash under which a one-time link is stored.
func (v *Vault) Token(token string) []byte { return v.hash(edgeIndex, "token", token) }

// AccountEvent is the code of a row of the history of accounts.
func (v *Vault) AccountEvent(row []byte) []byte {
	return v.hash(edgeIndex, "account event", string(row))
}

const tagBytes = 9 // 72 bits, 12 symbols: what fits beside 50 bytes of action in a button's 64

// CallbackTag authenticates the data of a button for one chat.
func (v *Vault) CallbackTag(chat int64, data string) string {
	h := v.hash(edgeIndex, "button", strconv.FormatInt(chat, 10)+"\x00"+data)
	return base64.RawURLEncoding.EncodeToString(h[:tagBytes])
}

// DailyName is a name of a chat that changes every day, for limits in Redis.
func (v *Vault) DailyName(chat int64, now time.Time) string {
	day := cases.DayOf(now)
	h := v.hash(edgeIndex, "day", fmt.Sprintf("%d-%d-%d\x00%d", day.Year, day.Month, day.Day, chat))
	return base64.RawURLEncoding.EncodeToString(h[:16])
}

// DailyHash is a hash of several values that changes every day, for counting.
func (v *Vault) DailyHash(now time.Time, values ...string) string {
	day := cases.DayOf(now)
	h := v.hash(edgeIndex, "meter", fmt.Sprintf("%d-%d-%d\x00%q", day.Year, day.Month, day.Day, values))
	return base64.RawURLEncoding.EncodeToString(h[:16])
}

// WebhookSecret is what Telegram shows with every update of a bot; all replicas
// of an installation compute the same.
func (v *Vault) WebhookSecret(bot int64) string {
	return base64.RawURLEncoding.EncodeToString(v.hash(edgeIndex, "webhook", strconv.FormatInt(bot, 10)))
}
