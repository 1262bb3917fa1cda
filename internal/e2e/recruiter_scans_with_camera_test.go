package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Frames of the film that the camera sees, in pixels.
const filmWidth, filmHeight = 640, 480

// film puts a picture in the middle of the camera's view, on grey, for a few frames:
// YUV4MPEG2, 4:2:0, without colour.
func film(t *testing.T, picture []byte) []byte {
	t.Helper()
	code, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	frame := image.NewGray(image.Rect(0, 0, filmWidth, filmHeight))
	for i := range frame.Pix {
		frame.Pix[i] = 200
	}
	size := code.Bounds().Size()
	at := image.Pt((filmWidth-size.X)/2, (filmHeight-size.Y)/2)
	draw.Draw(frame, image.Rectangle{Min: at, Max: at.Add(size)}, code, code.Bounds().Min, draw.Src)
	var out bytes.Buffer
	fmt.Fprintf(&out, "YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420\n", filmWidth, filmHeight)
	for range 3 {
		out.WriteString("FRAME\n")
		out.Write(frame.Pix)
		out.Write(bytes.Repeat([]byte{128}, filmWidth*filmHeight/2))
	}
	return out.Bytes()
}

// camera opens a browser whose camera sees a film, and is allowed or refused.
func camera(t *testing.T, film []byte, allowed bool) *browser {
	t.Helper()
	asked := chromedp.Flag("use-fake-ui-for-media-stream", true)
	if !allowed {
		asked = chromedp.Flag("deny-permission-prompts", true)
	}
	return open(t, asked, chromedp.Flag("use-fake-device-for-media-stream", true),
		chromedp.Flag("use-file-for-fake-video-capture", saved(t, "film.y4m", film)))
}

// A recruiter holds a printed badge before the camera: the code is read and the
// badge verified, with no other hand. This browser reads no codes by itself, so that
// the reader beside the page does it.
func TestRecruiterScansWithCamera(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	own := s.issue(token, order(s.achievement(token), nil))
	b := camera(t, film(t, s.get("/qr/"+own+".png?size=300", "image/png", http.StatusOK).Body), true)
	b.visit(s.Base + "/verifier")
	if before := ask(b, chromedp.Evaluate[int](`document.querySelectorAll('script[src*="jsqr"]').length`)); before != 0 {
		t.Error("the reader of codes is loaded before it is asked for")
	}
	if native := ask(b, chromedp.Evaluate[bool](`"BarcodeDetector" in window`)); native {
		t.Log("this browser reads codes by itself")
	}
	b.axe("verifier-camera")
	b.do(chromedp.Click(chromedp.CSS("[data-start]")), chromedp.WaitReady(chromedp.CSS("#reponse")))
	if band := b.band(); !strings.Contains(band, "Lieu de ce réseau") || !strings.Contains(band, "Valable") {
		t.Errorf("the answer reads: %s", band)
	}
}

// A camera that is refused is told so, with what to do instead; the page goes on as
// without it.
func TestCameraIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	own := s.issue(token, order(s.achievement(token), nil))
	b := camera(t, film(t, s.get("/qr/"+own+".png?size=300", "image/png", http.StatusOK).Body), false)
	b.visit(s.Base + "/verifier")
	b.do(chromedp.Click(chromedp.CSS("[data-start]")))
	said := ask(b, chromedp.Poll[string](`document.querySelector("[data-say]").textContent`))
	if !strings.Contains(said, "photo du code") || ask(b, chromedp.Evaluate[bool](`document.querySelector("[data-start]").disabled`)) {
		t.Errorf("it says %q", said)
	}
}

// The policy of content holds on the page with the camera, and on the answer: nothing
// of ours breaks it.
func TestVerifierKeepsThePolicy(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	own := s.issue(token, order(s.achievement(token), nil))
	policy := s.get("/verifier", "text/html", http.StatusOK).Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %s", policy)
	}
	b := camera(t, film(t, s.get("/qr/"+own+".png?size=300", "image/png", http.StatusOK).Body), true)
	b.reports()
	b.visit(s.Base + "/verifier")
	b.do(chromedp.Click(chromedp.CSS("[data-start]")), chromedp.WaitReady(chromedp.CSS("#reponse")))
	b.handIn(s, "", "", sampleFile(t, "json/eddsa-rdfc-2022.json"))
	if violations := ask(b, chromedp.Evaluate[string](`sessionStorage.getItem("violations") || ""`)); violations != "" {
		t.Errorf("the policy was broken: %s", violations)
	}
}
