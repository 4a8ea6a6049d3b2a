package vault_test

import (
	"bytes"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tinbao/cases"
	"tinbao/vault"
)

func fresh(t *testing.T) (*vault.Vault, *vault.Keys) {
	t.Helper()
	k, err := vault.NewKeys(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.New(k)
	if err != nil {
		t.Fatal(err)
	}
	return v, k
}

// A sealed value opens at its own place and at no other.
func TestSealedValuesAreBoundToTheirPlace(t *testing.T) {
	t.Parallel()
	v, _ := fresh(t)
	part := rapid.StringN(0, 8, -1)
	place := rapid.Custom(func(t *rapid.T) vault.Place {
		return vault.Place{Ward: cases.WardID(rapid.Int32Range(1, 3).Draw(t, "ward")), Column: part.Draw(t, "column"), Row: part.Draw(t, "row")}
	})
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		at, other := place.Draw(t, "at"), place.Draw(t, "other")
		sealed := v.SealEdge(at, plain)
		if len(plain) > 8 && bytes.Contains(sealed, plain) {
			t.Fatal("the plain bytes stand in the sealed value")
		}
		if back, err := v.OpenEdge(at, sealed); err != nil || !bytes.Equal(back, plain) {
			t.Fatalf("does not open: %v", err)
		}
		if _, err := v.OpenEdge(other, sealed); (err == nil) != (at == other) {
			t.Fatalf("opened at %+v what was sealed at %+v", other, at)
		}
	})
}

func TestStreamsShareNoKey(t *testing.T) {
	t.Parallel()
	v, _ := fresh(t)
	key, wrapped := v.NewCaseKey(cases.HelpStream, 1, "c1")
	sealed := key.Seal("cases.content", "", []byte("x"))
	if _, err := v.CaseKey(cases.ReportStream, 1, "c1", wrapped); err == nil {
		t.Error("a help key opened with the report keyset")
	}
	if _, err := v.CaseKey(cases.HelpStream, 1, "c2", wrapped); err == nil {
		t.Error("a case key opened for another case")
	}
	if _, err := v.CaseKey(cases.HelpStream, 2, "c1", wrapped); err == nil {
		t.Error("a case key opened for another ward")
	}
	again, err := v.CaseKey(cases.HelpStream, 1, "c1", wrapped)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open("cases.content", "", sealed); err != nil || string(plain) != "x" {
		t.Errorf("%q %v", plain, err)
	}
	if _, err := again.Open("talks.body", "", sealed); err == nil {
		t.Error("opened in another column")
	}
	route := v.SealRoute(cases.HelpStream, 1, "c1", cases.Route{Chat: 7, Lang: "vi"})
	if _, err := v.OpenRoute(cases.ReportStream, 1, "c1", route); err == nil {
		t.Error("a help route opened with the report keyset")
	}
	r := cases.Receipt("ABCDEFGHJKMNPQRSTU")
	if bytes.Equal(v.Receipt(cases.HelpStream, r), v.Receipt(cases.ReportStream, r)) {
		t.Error("a receipt has the same hash in both streams")
	}
}

func TestRoutesOfOnePersonCannotBeLinked(t *testing.T) {
	t.Parallel()
	v, _ := fresh(t)
	r := cases.Route{Chat: 123456789, Lang: "vi"}
	a, b := v.SealRoute(cases.ReportStream, 1, "a", r), v.SealRoute(cases.ReportStream, 1, "b", r)
	const prefix = 5 // Tink's key id
	if bytes.Equal(a[prefix:prefix+24], b[prefix:prefix+24]) {
		t.Error("two routes share a nonce")
	}
	if back, err := v.OpenRoute(cases.ReportStream, 1, "a", a); err != nil || back != r {
		t.Errorf("%+v %v", back, err)
	}
	if _, err := v.OpenRoute(cases.ReportStream, 1, "b", a); err == nil {
		t.Error("a route opened for another case")
	}
}

func TestDraw(t *testing.T) {
	t.Parallel()
	v, _ := fresh(t)
	other, _ := fresh(t)
	yes, same := 0, 0
	for i := range 1000 {
		one := strconv.Itoa(i)
		first := v.Draw(cases.ReportStream, "a", one)
		if first {
			yes++
		}
		if first != v.Draw(cases.ReportStream, "a", one) {
			t.Fatal("a coin fell twice differently")
		}
		if first == other.Draw(cases.ReportStream, "a", one) {
			same++
		}
	}
	if yes < 650 || yes > 850 || same == 1000 {
		t.Errorf("%d of 1000, %d the same under other keys", yes, same)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	v, _ := fresh(t)
	day := time.Date(2026, 11, 24, 10, 0, 0, 0, cases.Vietnam)
	if v.DailyName(1, day) == v.DailyName(1, day.Add(24*time.Hour)) {
		t.Error("the daily name does not change")
	}
	if v.DailyName(1, day) != v.DailyName(1, day.Add(time.Hour)) || v.DailyName(1, day) == v.DailyName(2, day) {
		t.Error("the daily name must tell chats apart within a day")
	}
	if v.CallbackTag(1, "xem|1") == v.CallbackTag(2, "xem|1") || v.CallbackTag(1, "xem|1") == v.CallbackTag(1, "xem|2") {
		t.Error("a tag must be bound to the chat and the data")
	}
	if got := len(v.CallbackTag(1, "x")); got != 12 {
		t.Errorf("a tag has %d symbols", got)
	}
	if len(v.Receipts(cases.ReportStream, "X")) != 1 || v.WebhookSecret(1) == v.WebhookSecret(2) {
		t.Error("hashes and secrets")
	}
}
