package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"testing"

	"tinbao/telegramsim"
)

// The picture arrives as it was given; what Telegram would refuse is refused with its reason.
func TestPicture(t *testing.T) {
	t.Parallel()
	sim, web := simulated(t, telegramsim.Options{})
	file := func(width, height int, encode func(io.Writer, image.Image) error) string {
		var b bytes.Buffer
		path := filepath.Join(t.TempDir(), "logo")
		if err := encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	asJPEG := func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) }
	set := func(path string) error {
		return (&pictureCommand{telegram: telegram_(web.URL), File: path}).Run(t.Context())
	}
	for name, path := range map[string]string{
		"none": filepath.Join(t.TempDir(), "none"), "PNG": file(300, 300, png.Encode), "no square": file(300, 200, asJPEG), "small": file(100, 100, asJPEG),
	} {
		if err := set(path); err == nil || sim.Picture() != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	good := file(300, 300, asJPEG)
	if err := set(good); err != nil {
		t.Fatal(err)
	}
	if want, _ := os.ReadFile(good); !bytes.Equal(sim.Picture(), want) {
		t.Error("another picture arrived")
	}
}
