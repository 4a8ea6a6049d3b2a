package main

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

const axeFile = "tinbao/axe-core-4.14.1/axe.min.js"

// reader is a browser with scripts on, at the width of a small phone.
func (w *town) reader() (page, string) {
	w.t.Helper()
	site, err := w.app.site()
	if err != nil {
		w.t.Fatal(err)
	}
	server := httptest.NewServer(w.app.discreetly(site))
	w.t.Cleanup(server.Close)
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		w.t.Fatal("no browser; run: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WindowSize(320, 700),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "vi"), chromedp.UserDataDir(w.t.TempDir()))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	w.t.Cleanup(cancel)
	tab, cancelTab := chromedp.NewContext(allocated)
	w.t.Cleanup(cancelTab)
	return page{w.t, tab}, server.URL
}

// colours is how the person has set the phone.
func colours(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}

const audit = `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target + " " + (n.any[0] || n.all[0] || n.none[0] || {}).message).join("; ")).join("\n"))`

// sound fails for a page that keeps somebody from using it, or is wider than the screen,
// in light and in dark, at the widths of phones and of a desk.
func (p page) sound(name, axe string) {
	p.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int64{320, 360, 1280} {
			if err := chromedp.Do(p.ctx, chromedp.EmulateViewport(width, 700), colours(scheme)); err != nil {
				p.t.Fatal(err)
			}
			if wide, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.documentElement.scrollWidth > innerWidth")); err != nil || wide {
				p.t.Errorf("%s, %d px: scrolls to the side (%v)", name, width, err)
			}
			p.shoot(fmt.Sprintf("web-%s-%s-%d.png", name, scheme, width))
		}
		if err := chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](axe)); err != nil {
			p.t.Fatal(err)
		}
		found, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](audit, chromedp.EvalAwaitPromise))
		if err != nil || found != "" {
			p.t.Errorf("%s, %s: %s %v", name, scheme, found, err)
		}
	}
}

func axeSource(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile(filepath.Join(cache, axeFile))
	if err != nil {
		t.Fatal("axe-core is missing; run: make setup")
	}
	return string(axe)
}

// Every page and state of the web form can be used by everybody: axe finds nothing.
func TestWebForEverybody(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	p, url := s.reader()
	axe := axeSource(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			p.shoot("failed.png")
			t.Fatal(err)
		}
	}
	open := func(name, path string) {
		t.Helper()
		must(chromedp.Do(p.ctx, chromedp.Navigate(url+path)))
		p.sound(name, axe)
	}
	press := func(button, then string) {
		t.Helper()
		must(chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(document.querySelector(%q).closest("form").noValidate = true, document.querySelector(%q).click(), null)`, button, button)),
			chromedp.WaitVisible(chromedp.CSS(then))))
	}
	open("start", "/?lang=vi")
	open("start-en", "/?lang=en")
	open("help", "/trao-doi?lang=vi")
	open("help-en", "/trao-doi?lang=en")
	open("look", "/tra-cuu?lang=vi")
	open("guide", "/huong-dan?lang=vi")
	open("report", "/bao-tin?lang=vi")
	press("main button", ".problems")
	p.sound("problems", axe)
	must(chromedp.Do(p.ctx, chromedp.Click(chromedp.CSS(`input[value=signs]`)), chromedp.SendKeys(chromedp.CSS(`#text`), "có người bị nhốt trong nhà nghỉ, đang kêu cứu")))
	press("main button", ".code")
	p.sound("urgent", axe)
	code, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS(`.code strong`)))
	must(err)
	must(chromedp.Do(p.ctx, chromedp.Navigate(url+"/tra-cuu?lang=vi"), chromedp.SendKeys(chromedp.CSS(`#code`), code)))
	press("main button", ".card")
	must(chromedp.Do(p.ctx, chromedp.Evaluate[chromedp.Void](`(document.querySelectorAll("details").forEach(d => d.open = true), null)`)))
	p.sound("case", axe)
	press(`button[value=own]`, "main form")
	p.sound("own", axe)
	press("main button", ".card .state")
	press(`button[value=del]`, ".grave")
	p.sound("sure", axe)
	press(".grave", "[role=status]")
	p.sound("done", axe)
}

// The exit takes the place of the page in the history, by the link and by Escape.
func TestWebExit(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	v := w.visitor("203.0.113.90:1")
	for _, path := range []string{"/", "/bao-tin", "/trao-doi", "/tra-cuu", "/huong-dan"} {
		body := v.get(path)
		head, _, _ := strings.Cut(body, "</title>")
		if !strings.Contains(body, `id="leave"`) || strings.Contains(strings.ToLower(head), "hỗ trợ") {
			t.Errorf("%s: no exit, or a title that tells\n%s", path, body)
		}
	}
	p, url := w.reader()
	if err := chromedp.Do(p.ctx, chromedp.Navigate(url+"/trao-doi")); err != nil {
		t.Fatal(err)
	}
	before, err := chromedp.Run(p.ctx, chromedp.Evaluate[int]("history.length"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.eval(`(document.getElementById("leave").href = location.origin + "/huong-dan", [1, 2, 3].forEach(() => dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}))), true)`); err != nil {
		t.Fatal(err)
	}
	p.until("left", fmt.Sprintf(`location.pathname === "/huong-dan" && history.length === %d`, before))
}
