package vault_test

import (
	"bytes"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
	"tinbao/vault"
)

func pemOf(s *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
}

var bothStreams = []cases.Stream{cases.ReportStream, cases.HelpStream}

// treasure is one of everything that is sealed or hashed, made at one moment.
type treasure struct {
	n       int
	edge    []byte
	wrapped map[cases.Stream][]byte
	content map[cases.Stream][]byte
	routes  map[cases.Stream][]byte
	receipt map[cases.Stream][]byte
	anchor  map[cases.Stream][]byte
}

func (g *treasure) name() string      { return fmt.Sprint("c", g.n) }
func (g *treasure) at() vault.Place   { return vault.Place{Ward: 1, Column: "t.c", Row: g.name()} }
func (g *treasure) r() cases.Receipt  { return cases.Receipt("RECEIPT" + g.name()) }
func (g *treasure) back() cases.Route { return cases.Route{Chat: int64(g.n) + 1, Lang: "vi"} }

func bury(v *vault.Vault, n int) *treasure {
	g := &treasure{
		n: n, wrapped: map[cases.Stream][]byte{}, content: map[cases.Stream][]byte{}, routes: map[cases.Stream][]byte{},
		receipt: map[cases.Stream][]byte{}, anchor: map[cases.Stream][]byte{},
	}
	g.edge = v.SealEdge(g.at(), []byte(g.name()))
	for _, s := range bothStreams {
		var key vault.CaseKey
		key, g.wrapped[s] = v.NewCaseKey(s, 1, g.name())
		g.content[s] = key.Seal("cases.content", "", []byte(g.name()))
		g.routes[s] = v.SealRoute(s, 1, g.name(), g.back())
		g.receipt[s] = v.Receipt(s, g.r())
		g.anchor[s] = v.Anchor(s, []byte(g.name()))
	}
	return g
}

// opens tells whether all of it opens.
func (g *treasure) opens(v *vault.Vault) error {
	if plain, err := v.OpenEdge(g.at(), g.edge); err != nil || string(plain) != g.name() {
		return fmt.Errorf("edge: %q %w", plain, err)
	}
	for _, s := range bothStreams {
		key, err := v.CaseKey(s, 1, g.name(), g.wrapped[s])
		if err != nil {
			return err
		}
		if plain, err := key.Open("cases.content", "", g.content[s]); err != nil || string(plain) != g.name() {
			return fmt.Errorf("content: %q %w", plain, err)
		}
		if back, err := v.OpenRoute(s, 1, g.name(), g.routes[s]); err != nil || back != g.back() {
			return fmt.Errorf("route: %+v %w", back, err)
		}
	}
	return nil
}

// found tells whether its hashes are known.
func (g *treasure) found(v *vault.Vault) bool {
	for _, s := range bothStreams {
		known := slices.ContainsFunc(v.Receipts(s, g.r()), func(h []byte) bool { return bytes.Equal(h, g.receipt[s]) })
		if !known || !v.Holds(s, []byte(g.name()), g.anchor[s]) {
			return false
		}
	}
	return true
}

func has(old [][]byte, sealed []byte) bool {
	return slices.ContainsFunc(old, func(p []byte) bool { return bytes.HasPrefix(sealed, p) })
}

// dig seals everything anew that is under a former key.
func (g *treasure) dig(t *rapid.T, v *vault.Vault, old vault.Former) {
	must := func(b []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if has(old.Edge, g.edge) {
		g.edge = must(v.ResealEdge(g.at(), g.edge))
	}
	for _, s := range bothStreams {
		if has(old.Cases[s], g.wrapped[s]) {
			g.wrapped[s] = must(v.RewrapCaseKey(s, 1, g.name(), g.wrapped[s]))
		}
		if has(old.Ways[s], g.routes[s]) {
			g.routes[s] = must(v.ResealRoute(s, 1, g.name(), g.routes[s]))
		}
	}
}

// However a rotation is interrupted and resumed, with replicas that take up each
// state of the file sooner or later: everything opens for everybody at every moment,
// and at the end with the new keys alone.
func TestRotationLosesNothing(t *testing.T) {
	t.Setenv("TINBAO_TEST_ROTATION", base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
	run, dir := 0, t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		run++
		p := place{t, filepath.Join(dir, fmt.Sprint(run), "keys.json"), "env:TINBAO_TEST_ROTATION"}
		if err := vault.Create(p.path, p.wrapping(), past); err != nil {
			rt.Fatal(err)
		}
		v, other := p.open(), p.open() // two replicas
		now := past
		var all []*treasure
		everything := func() {
			for _, g := range all {
				for _, r := range []*vault.Vault{v, other} {
					if err := g.opens(r); err != nil {
						rt.Fatal(err)
					}
					if !g.found(r) {
						rt.Fatal("a receipt or an anchor is not found")
					}
				}
			}
		}
		make := func() {
			for range rapid.IntRange(0, 2).Draw(rt, "new") {
				r := v
				if rapid.Bool().Draw(rt, "by the other") {
					r = other
				}
				all = append(all, bury(r, len(all)))
			}
		}
		all = append(all, bury(v, 0))
		for range rapid.IntRange(1, 2).Draw(rt, "rotations") {
			step := func(change func(f *vault.File)) {
				f := p.load() // each step could be another run
				change(f)
				now = now.Add(time.Hour)
				if err := f.Save(); err != nil {
					rt.Fatal(err)
				}
				make() // while the replicas still know the former state
				v.Refresh()
				if rapid.Bool().Draw(rt, "the other is slow") {
					everything()
					make()
				}
				other.Refresh()
				make()
				everything()
				if v.Fingerprint() != f.Fingerprint() || other.Fingerprint() != f.Fingerprint() {
					rt.Fatal("a replica does not know the file")
				}
			}
			step(func(f *vault.File) {
				if err := f.Add(now); err != nil || !f.Added() || f.Promoted() {
					rt.Fatal(err)
				}
			})
			step(func(f *vault.File) {
				if err := f.Promote(now); err != nil || f.Added() || !f.Promoted() {
					rt.Fatal(err)
				}
			})
			old := p.load()
			olds := old.Former()
			if len(olds.All()) != 5 {
				rt.Fatalf("%d keys are replaced", len(olds.All()))
			}
			step(func(f *vault.File) {
				if !f.Rest(now) || f.Rest(now) {
					rt.Fatal("the end of the former keys is written down once")
				}
			})
			stop := rapid.IntRange(0, len(all)).Draw(rt, "interrupted after")
			for _, g := range all[:stop] {
				g.dig(rt, v, olds)
			}
			everything()
			for _, g := range all {
				g.dig(rt, other, olds)
			}
			step(func(f *vault.File) {
				sealing, index, err := f.Drop(func(cases.Stream, time.Time) (bool, error) { return false, nil })
				if err != nil || sealing != 5 || index != 0 || f.Promoted() {
					rt.Fatal(sealing, index, err)
				}
			})
		}
		fresh := p.open()
		for _, g := range all {
			if err := g.opens(fresh); err != nil || !g.found(fresh) {
				rt.Fatal(err)
			}
		}
		_, index, err := p.load().Drop(func(_ cases.Stream, last time.Time) (bool, error) { return last.After(past), nil })
		if err != nil || index == 0 {
			rt.Fatal(index, err)
		}
	})
}

// What a rotation took the key away from does not open any more, with no copy of
// the present file; receipts and anchors are found until their key goes as well.
func TestFormerKeysAreGone(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	v := p.open()
	g := bury(v, 1)
	copied := *bury(v, 2)
	f := p.load()
	later := past.Add(24 * time.Hour)
	if err := f.Add(later); err != nil {
		t.Fatal(err)
	}
	if err := f.Promote(later); err != nil {
		t.Fatal(err)
	}
	f.Rest(later)
	asked := map[cases.Stream]time.Time{}
	if _, _, err := f.Drop(func(s cases.Stream, last time.Time) (bool, error) { asked[s] = last; return s == cases.HelpStream, nil }); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	for _, s := range bothStreams {
		if !asked[s].After(later) {
			t.Errorf("%s: asked about %v", s, asked[s])
		}
	}
	now := p.open()
	if _, err := now.OpenEdge(g.at(), g.edge); err == nil {
		t.Error("opened under a key that is gone")
	}
	for _, s := range bothStreams {
		if _, err := now.CaseKey(s, 1, copied.name(), copied.wrapped[s]); err == nil {
			t.Errorf("%s: a case key opened", s)
		}
		if _, err := now.OpenRoute(s, 1, copied.name(), copied.routes[s]); err == nil {
			t.Errorf("%s: a way back opened", s)
		}
		kept := s == cases.ReportStream
		if now.Holds(s, []byte(g.name()), g.anchor[s]) != kept {
			t.Errorf("%s: anchors hold: %v", s, !kept)
		}
		if got := len(now.Receipts(s, g.r())); (got == 2) != kept {
			t.Errorf("%s: %d hashes of a receipt", s, got)
		}
		if now.Holds(s, []byte("another"), g.anchor[s]) {
			t.Errorf("%s: an anchor holds for something else", s)
		}
	}
	if !now.IndexGone(cases.ReportStream).IsZero() || !now.IndexGone(cases.HelpStream).After(later) {
		t.Errorf("%v %v", now.IndexGone(cases.ReportStream), now.IndexGone(cases.HelpStream))
	}
	if now.CallbackTag(1, "a") != v.CallbackTag(1, "a") || !bytes.Equal(now.Who(7), v.Who(7)) {
		t.Error("names of chats or tags on buttons changed")
	}
	if body := []byte("backup"); !v.BackupSigner().Public().Signed(body, now.BackupSigner().Sign(body)) {
		t.Error("backups from before are not believed")
	}
}

// A replica that did not yet look at the file looks when it meets a key it does not
// know.
func TestUnknownKeyIsLookedUp(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	late := p.open()
	f := p.load()
	if err := f.Add(past); err != nil {
		t.Fatal(err)
	}
	if err := f.Promote(past); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	g := bury(p.open(), 1)
	if err := g.opens(late); err != nil {
		t.Error(err)
	}
}
