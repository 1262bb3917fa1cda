package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// artifacts is the ignored folder of pictures and prints, from this package.
const artifacts = "../../artifacts"

// widths are the two widths that every page is looked at in, in CSS pixels.
var widths = []int64{320, 1280}

// chromium finds the browser, which `make setup` installs. Without it the test
// fails: a skipped browser is a failure.
func chromium(tb testing.TB) string {
	tb.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	tb.Fatal("no chromium in the PATH: run `make setup`")
	return ""
}

// browsers lets two browsers run at a time: more would only wait for the cores.
var browsers = make(chan struct{}, 2)

// browser is one window of a headless Chromium with a profile of its own.
type browser struct {
	context.Context
	tb testing.TB
}

// open starts a browser that only ever talks to this machine; more are flags of its
// own.
func open(tb testing.TB, more ...chromedp.ExecAllocatorOption) *browser {
	tb.Helper()
	browsers <- struct{}{}
	tb.Cleanup(func() { <-browsers })
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(tb)),
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(tb.TempDir()), chromedp.WSURLReadTimeout(time.Minute),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "fr-FR"), chromedp.Flag("accept-lang", "fr-FR,fr"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	tb.Cleanup(stop)
	window, closeWindow := chromedp.NewContext(allocator)
	tb.Cleanup(closeWindow)
	if err := chromedp.Do(window); err != nil { // the first step starts the browser, which lives as long as its context
		tb.Fatal(err)
	}
	limited, cancel := context.WithTimeout(window, 5*time.Minute)
	tb.Cleanup(cancel)
	return &browser{limited, tb}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.tb.Helper()
	if err := chromedp.Do(b, steps...); err != nil {
		b.tb.Fatal(err)
	}
}

// ask runs a step that answers something.
func ask[T any](b *browser, step chromedp.Action[T]) T {
	b.tb.Helper()
	value, err := chromedp.Run(b, step)
	if err != nil {
		b.tb.Fatal(err)
	}
	return value
}

// command is a step that sends one command of the DevTools protocol.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[R] {
	return func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, c, params) }
}

// width makes the window a phone or a desk.
func (b *browser) width(pixels int64) {
	b.tb.Helper()
	ask(b, command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: pixels, Height: 800, DeviceScaleFactor: 1, Mobile: pixels < 500}))
}

// script switches scripts on or off.
func (b *browser) script(on bool) {
	b.tb.Helper()
	ask(b, command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}))
}

// visit goes to an address and waits for the page.
func (b *browser) visit(address string) {
	b.tb.Helper()
	b.do(chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS("body")))
}

// text gives what a reader sees of an element.
func (b *browser) text(selector string) string {
	b.tb.Helper()
	return strings.TrimSpace(ask(b, chromedp.Text(chromedp.CSS(selector))))
}

// keep writes pictures of both widths and a print of the present page. A page
// that needs scrolling sideways fails.
func (b *browser) keep(name string) {
	b.tb.Helper()
	for _, width := range widths {
		b.width(width)
		wide := ask(b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
		if wide > width {
			b.tb.Errorf("%s: at %d px the page is %d px wide", name, width, wide)
		}
		write(b.tb, fmt.Sprintf("%s-%d.png", name, width), ask(b, chromedp.FullScreenshot(100)))
	}
	yes := true // A4 in inches, with the colours of the bands
	print := ask(b, command(page.PrintToPDF, page.PrintToPDFParams{PaperWidth: 8.27, PaperHeight: 11.69, PrintBackground: &yes}))
	write(b.tb, name+".pdf", print.Data)
}

func write(tb testing.TB, name string, data []byte) {
	tb.Helper()
	if err := os.MkdirAll(artifacts, 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(artifacts, name), data, 0o644); err != nil {
		tb.Fatal(err)
	}
}

// axeSource reads the accessibility rules that `make setup` installs.
var axeSource = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("foreign/node_modules/axe-core/axe.min.js")
	return string(text), err
})

// axe holds the present page against the rules of WCAG 2.2 A and AA and the
// best practices, at both widths.
func (b *browser) axe(name string) {
	b.tb.Helper()
	source, err := axeSource()
	if err != nil {
		b.tb.Fatalf("%v: run `make setup`", err)
	}
	for _, width := range widths {
		b.width(width)
		ask(b, chromedp.Evaluate[int](source+`;0`))
		found := ask(b, chromedp.Evaluate[string](`axe.run(document).then(r => JSON.stringify({
			passes: r.passes.length,
			violations: r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 160)).join(" | "))}))`,
			chromedp.EvalAwaitPromise))
		var report struct {
			Passes     int
			Violations []string
		}
		if err := json.Unmarshal([]byte(found), &report); err != nil {
			b.tb.Fatal(err)
		}
		if report.Passes < 10 {
			b.tb.Errorf("%s at %d px: axe looked at only %d rules", name, width, report.Passes)
		}
		for _, v := range report.Violations {
			b.tb.Errorf("%s at %d px: %s", name, width, v)
		}
	}
}
