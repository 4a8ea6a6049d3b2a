package bot_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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

// A file that came empty, in part, or as a page of a gateway is evidence that is still to
// come: it is no success and no refusal.
func TestSpoiledDownloadsAreTriedAgain(t *testing.T) {
	t.Parallel()
	const page = "<!DOCTYPE html><html><body>Log in to the network</body></html>"
	for name, c := range map[string]struct {
		size string
		body string
		good bool
	}{
		"whole":                    {`,"file_size":4`, "%PDF", true},
		"of no size":               {``, "%PDF", true},
		"of an odd size":           {`,"file_size":"x"`, "%PDF", true},
		"a page the person sent":   {fmt.Sprintf(`,"file_size":%d`, len(page)), page, true},
		"empty":                    {`,"file_size":4`, "", false},
		"empty and of no size":     {``, "", false},
		"in part":                  {`,"file_size":4`, "%P", false},
		"too much":                 {`,"file_size":4`, "%PDF-", false},
		"a page in its place":      {``, page, false},
		"a page, size by accident": {`,"file_size":9`, page, false},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/file/") {
				io.WriteString(w, c.body)
				return
			}
			io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_path":"p"`+c.size+`}}`)
		}))
		t.Cleanup(s.Close)
		body, err := client(t, s.URL, "").Fetch(t.Context(), "x", 1000)
		var f *bot.Failure
		if (err == nil) != c.good || errors.As(err, &f) || errors.Is(err, bot.ErrTooBig) || c.good && string(body) != c.body {
			t.Errorf("%s: %q, %v", name, body, err)
		}
	}
}

// A download that stands still ends long before its time; one that is only slow does not.
func TestStalledDownloadsEnd(t *testing.T) {
	t.Parallel()
	for name, pieces := range map[string]int{"stands still": 1, "is slow": 6} {
		free := make(chan struct{})
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/file/") {
				io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_path":"p","file_size":6}}`)
				return
			}
			for range pieces {
				io.WriteString(w, "x")
				w.(http.Flusher).Flush()
				if pieces > 1 {
					time.Sleep(100 * time.Millisecond)
				}
			}
			if pieces == 1 {
				<-free
			}
		}))
		c := client(t, s.URL, "")
		c.Stall = 2 * time.Second
		if pieces > 1 {
			c.Stall = 500 * time.Millisecond // less than all of it takes
		}
		body, err := c.Fetch(t.Context(), "x", 10)
		close(free)
		s.Close()
		if (err == nil) != (len(body) == 6) || (err == nil) != (pieces == 6) {
			t.Errorf("%s: %q, %v", name, body, err)
		}
	}
}

// A server that runs with --local gives the path on its disk, of the files of this bot only.
func TestFilesOfALocalServer(t *testing.T) {
	t.Parallel()
	c := client(t, "http://127.0.0.1:1", "")
	dir := t.TempDir()
	own := filepath.Join(dir, token, "photos", "file_0.jpg")
	other := filepath.Join(dir, "keys.json")
	if err := os.MkdirAll(filepath.Dir(own), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{own, other} {
		if err := os.WriteFile(name, []byte("bytes"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for path, good := range map[string]bool{
		own: true, other: false, filepath.Join(dir, token) + "/../keys.json": false, filepath.Join(dir, token, "gone.jpg"): false, "/etc/passwd": false,
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/file/") {
				t.Error("asked by HTTP")
			}
			io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_size":5,"file_path":"`+path+`"}}`)
		}))
		t.Cleanup(s.Close)
		c = client(t, s.URL, "")
		body, err := c.Fetch(t.Context(), "x", 10)
		if (err == nil) != good || good && string(body) != "bytes" {
			t.Errorf("%s: %q, %v", path, body, err)
		}
	}
	if _, err := c.Fetch(t.Context(), "x", 4); !errors.Is(err, bot.ErrTooBig) {
		t.Error(err)
	}
}
