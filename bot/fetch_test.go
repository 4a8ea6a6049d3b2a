package bot_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tinbao/bot"
	"tinbao/telegramsim"
)

// A file is evidence: only what Telegram says will never come is given up, and no
// answer of somebody in between is.
func TestFilesAreGivenUpOnlyForGood(t *testing.T) {
	t.Parallel()
	const path = `{"ok":true,"result":{"file_id":"x","file_path":"p"}}`
	for name, c := range map[string]struct {
		get      string // the answer of getFile
		download int    // the status of the download
		gone     bool
	}{
		"unknown":           {`{"ok":false,"error_code":400,"description":"Bad Request: invalid file_id"}`, 0, true},
		"wrong or not now":  {`{"ok":false,"error_code":400,"description":"Bad Request: wrong file_id or the file is temporarily unavailable"}`, 0, false},
		"download 404":      {path, http.StatusNotFound, false},
		"download 403":      {path, http.StatusForbidden, false},
		"download 413":      {path, http.StatusRequestEntityTooLarge, false},
		"download 502":      {path, http.StatusBadGateway, false},
		"getFile overdrawn": {`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`, 0, false},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/file/") {
				w.WriteHeader(c.download)
				return
			}
			io.WriteString(w, c.get)
		}))
		t.Cleanup(s.Close)
		_, err := client(t, s.URL, "").Fetch(t.Context(), "x", 10)
		var f *bot.Failure
		gone := errors.As(err, &f) && (f.Refused() || f.Gone())
		if err == nil || errors.Is(err, bot.ErrTooBig) || gone != c.gone {
			t.Errorf("%s: gone %v, want %v: %v", name, gone, c.gone, err)
		}
	}
}

// Uploads fail as calls do, though the library keeps no code of theirs.
func TestUploadsFailAsCallsDo(t *testing.T) {
	t.Parallel()
	sim, base := telegram(t)
	if _, err := sim.Start(an, ""); err != nil {
		t.Fatal(err)
	}
	c := client(t, base, "")
	upload := func() error {
		_, err := c.Upload(t.Context(), "sendDocument", map[string]string{"chat_id": "5550001"}, "document", bot.Attachment{Name: "a.txt", Body: []byte("x")})
		return err
	}
	sim.SetFault(telegramsim.Fault{Kind: telegramsim.TooManyRequests, RetryAfter: 7, Count: 1})
	if after, ok := bot.RetryIn(upload()); !ok || after != 7*time.Second {
		t.Errorf("429: %v %v", after, ok)
	}
	var f *bot.Failure
	sim.SetFault(telegramsim.Fault{Kind: telegramsim.ServerError, Count: 1})
	if err := upload(); !errors.As(err, &f) || f.Refused() || f.Gone() {
		t.Errorf("500: %v", err)
	}
	if err := sim.Block(an); err != nil {
		t.Fatal(err)
	}
	if err := upload(); !errors.As(err, &f) || !f.Gone() {
		t.Errorf("blocked: %v", err)
	}
}

// A file that is said to be too big is not even asked for.
func TestDeclaredSizeIsBelieved(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/file/") {
			t.Error("the file was downloaded")
		}
		io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_size":11,"file_path":"p"}}`)
	}))
	t.Cleanup(s.Close)
	if _, err := client(t, s.URL, "").Fetch(t.Context(), "x", 10); !errors.Is(err, bot.ErrTooBig) {
		t.Error(err)
	}
}
