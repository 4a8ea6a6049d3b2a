package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// shots, when set in the environment, is a folder that receives pictures of the
// page, for the manual and for a look.
const shots = "TINBAO_TEST_SHOTS"

// page is the demo's page in a real browser.
type page struct {
	t   *testing.T
	ctx context.Context
}

// phone names one of the two phones of the page.
type phone string

const (
	residentPhone phone = "resident"
	staffPhone    phone = "staff"
)

func (p page) eval(script string) (bool, error) {
	return chromedp.Run(p.ctx, chromedp.Evaluate[bool]("Boolean("+script+")"))
}

// until waits for a script to be true.
func (p page) until(what, script string) {
	p.t.Helper()
	for end := time.Now().Add(patience); ; wait(p.ctx, nil, 50*time.Millisecond) {
		ok, err := p.eval(script)
		if err != nil {
			p.t.Fatalf("%s: %v", what, err)
		}
		if ok {
			return
		}
		if time.Now().After(end) {
			p.shoot("failed.png")
			text, _ := chromedp.Run(p.ctx, chromedp.Evaluate[string]("document.body.innerText"))
			p.t.Fatalf("%s: not on the page:\n%s", what, text)
		}
	}
}

// last finds the last visible element of a phone that matches and holds a text.
func last(on phone, selector, text string) string {
	return fmt.Sprintf("[...document.querySelectorAll('#phone-%s %s')].filter(e => e.offsetParent !== null && e.innerText.includes(%q)).at(-1)", on, selector, text)
}

func (p page) sees(on phone, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%s sees %q", on, text), last(on, ".bubble", text))
}

func (p page) presses(on phone, label string) {
	p.t.Helper()
	button := last(on, ":is(.inline button, .keyboard button, .start, .sheet button)", label)
	p.until(fmt.Sprintf("%s presses %q", on, label), button)
	if _, err := p.eval("(" + button + ".click(), true)"); err != nil {
		p.t.Fatal(err)
	}
}

func (p page) types(on phone, text string) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx,
		chromedp.SendKeys(chromedp.CSS(fmt.Sprintf("#phone-%s .compose textarea", on)), text),
		chromedp.Click(chromedp.CSS(fmt.Sprintf("#phone-%s .compose .send", on))),
	); err != nil {
		p.t.Fatal(err)
	}
}

// picks shows the phone of the person whose label begins with a text.
func (p page) picks(on phone, label string) {
	p.t.Helper()
	script := fmt.Sprintf(`(() => { const s = document.querySelector('#phone-%s .picker');
		const o = [...s.options].find(o => o.text.includes(%q)); if (!o) return false;
		s.value = o.value; s.dispatchEvent(new Event('change', {bubbles: true})); return true })()`, on, label)
	p.until(fmt.Sprintf("%s is %q", on, label), script)
}

func (p page) shoot(name string) {
	dir := os.Getenv(shots)
	if dir == "" {
		return
	}
	const png = 100
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(png))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), picture, 0o644)
	}
	if err != nil {
		p.t.Error(err)
	}
}

// openDemo starts the whole demo and opens its page.
func openDemo(t *testing.T, command *demoCommand) page {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- command.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the demo ended with: %v", err)
		}
	})
	for up := false; !up; wait(ctx, nil, 50*time.Millisecond) {
		resp, err := http.Get("http://" + command.Addr + "/")
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			up = resp.StatusCode == http.StatusOK
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatal(err)
		default:
		}
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("no browser; run: make setup")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox, chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocated, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	tab, cancelTab := chromedp.NewContext(allocated)
	t.Cleanup(cancelTab)
	if err := chromedp.Do(tab, chromedp.Navigate("http://"+command.Addr+"/")); err != nil {
		t.Fatal(err)
	}
	return page{t, tab}
}

// A report walks from the resident's phone to the police and back, pressed with
// a mouse on the page a newcomer sees.
func TestDemoPage(t *testing.T) {
	t.Parallel()
	p := openDemo(t, &demoCommand{Dir: t.TempDir(), Addr: freeAddress(t), Empty: true})
	p.picks(residentPhone, "Người dân 1")
	p.picks(staffPhone, "Phòng VH-XH")
	p.sees(residentPhone, "Xin chào")
	p.presses(residentPhone, "🔔 Gửi phản ánh")
	p.presses(residentPhone, "Tôi thấy dấu hiệu vi phạm")
	p.presses(residentPhone, "Tổ dân phố 5")
	p.sees(residentPhone, "3/3")
	p.types(residentPhone, "Quán gội đầu gần chợ có dấu hiệu bất thường vào ban đêm.")
	p.sees(residentPhone, "Xem lại rồi bấm")
	p.presses(residentPhone, "✅ Gửi")
	p.sees(residentPhone, "Đã nhận thông tin")
	p.presses(staffPhone, "Xem")
	p.sees(staffPhone, "Quán gội đầu gần chợ")
	p.shoot("received.png")
	p.presses(staffPhone, "Nhận việc")
	p.sees(staffPhone, "Người phụ trách")
	p.presses(staffPhone, "🔍 Đã xác minh")
	p.presses(staffPhone, "Đã xác minh: có cơ sở")
	p.presses(staffPhone, "Phân loại")
	p.presses(staffPhone, "Phản ánh")
	p.presses(staffPhone, "Chuyển Công an")
	p.presses(staffPhone, "Đồng ý")
	p.sees(staffPhone, "Đã chuyển xử lý")
	p.sees(residentPhone, "đã được chuyển đến Công an phường")
	p.picks(staffPhone, "Công an")
	p.presses(staffPhone, "Xem")
	p.presses(staffPhone, "Xác nhận đã nhận")
	p.sees(staffPhone, "Công an đã nhận")
	p.shoot("police.png")
	p.presses(staffPhone, "Ghi kết quả")
	p.types(staffPhone, "Đã kiểm tra, lập biên bản và xử lý theo quy định.")
	p.sees(staffPhone, "Đã có kết quả")
	p.presses(residentPhone, "🔎 Tra cứu mã")
	p.sees(residentPhone, "Nhập mã")
	code, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](
		`[...document.querySelectorAll('#phone-resident .bubble code')].map(e => e.innerText).find(s => s.length == 20)`))
	if err != nil {
		t.Fatal(err)
	}
	p.types(residentPhone, code)
	p.sees(residentPhone, "Đã kiểm tra xong, chờ kết luận")
	p.shoot("done.png")
}
