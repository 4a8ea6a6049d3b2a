package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tinbao/internal/testservers"
	"tinbao/telegramsim"
)

// The doctor walks the way of the updates: what Telegram says of it, and the address itself.
func TestDoctorTriesTheWebhook(t *testing.T) {
	t.Parallel()
	w := newTownOn(t, testservers.Database(t), "", webhook)
	client := w.app.booths[0].Client
	check := func(name, wantErr, wantWarn string) {
		t.Helper()
		f := w.app.checkUpdates(t.Context())
		got := ""
		if f.err != nil {
			got = f.err.Error()
		}
		if !strings.Contains(got, wantErr) || (wantErr == "") != (got == "") || !strings.Contains(f.warn, wantWarn) || (wantWarn == "") != (f.warn == "") {
			t.Errorf("%s: %v, %q", name, f.err, f.warn)
		}
	}
	w.settle()
	check("all is well", "", "")
	if _, text := w.get("/metrics"); !strings.Contains(text, "\ntinbao_updates_unreadable_total 0\n") {
		t.Error("the knock of the doctor counts as an update that was lost")
	}
	if err := client.SetWebhook(t.Context(), "https://elsewhere.example/t", "x"); err != nil {
		t.Fatal(err)
	}
	check("another address", "another program set it", "")
	if err := client.RemoveWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("none", "", "no webhook is set")
	for name, status := range map[string]int{"a proxy without this path": http.StatusNotFound, "a proxy alone": http.StatusBadGateway, "another page": http.StatusOK, "a redirect": http.StatusMovedPermanently} {
		proxy := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", "/x")
			rw.WriteHeader(status)
		}))
		w.app.settings.WebhookURL = proxy.URL + "/telegram"
		check(name, "instead of tinbao", "")
		proxy.Close()
		check(name+", gone", "does not answer", "")
	}
	w.sim.SetFault(telegramsim.Fault{Kind: telegramsim.ServerError, Method: "getWebhookInfo"})
	check("Telegram is away", "where they go is not told", "")
}

// Accounts that nobody can use are no staff.
func TestDoctorMissesStaff(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	if f := w.app.checkAccounts(t.Context()); f.err != nil || f.warn != "" || strings.HasPrefix(f.note, "0 ") {
		t.Errorf("%+v", f)
	}
	if f := w.app.checkUpdates(t.Context()); f.err != nil || f.warn != "" || f.note != "0 wait with Telegram" {
		t.Errorf("%+v", f)
	}
	w.exec("update ward.staff set locked = not locked") // none of them is what its history says
	if f := w.app.checkAccounts(t.Context()); f.err != nil || !strings.Contains(f.warn, "staff invite") {
		t.Errorf("%+v", f)
	}
}
