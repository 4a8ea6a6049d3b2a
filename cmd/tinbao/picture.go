package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the only form Telegram takes
	"os"
)

// pictureCommand sets the picture of the bots from a file of the ward. Telegram makes its own
// copy and tells nothing by which a file could be compared with it, so this is done once and
// not at each start.
type pictureCommand struct {
	telegram

	File string `arg:"" help:"A square JPEG, at least 200 pixels wide, without anybody's face."`
}

const (
	leastPicture = 200     // pixels
	mostPicture  = 5 << 20 // bytes
)

// Run sets it for every bot of the ward.
func (c *pictureCommand) Run(ctx context.Context) error {
	body, err := os.ReadFile(c.File)
	if err != nil {
		return &settingError{c.File, "cannot be read"}
	}
	size, form, err := image.DecodeConfig(bytes.NewReader(body))
	switch {
	case err != nil || form != "jpeg":
		return &settingError{c.File, "is no JPEG; save the picture as .jpg"}
	case size.Width != size.Height || size.Width < leastPicture:
		return &settingError{c.File, fmt.Sprintf("is %d × %d pixels; a square of at least %d is needed", size.Width, size.Height, leastPicture)}
	case len(body) > mostPicture:
		return &settingError{c.File, "is larger than 5 MB"}
	}
	all, err := c.stations()
	if err != nil {
		return err
	}
	for _, s := range all {
		if err := s.Client.SetPicture(ctx, body); err != nil {
			return fmt.Errorf("setting the picture of bot %d: %w", s.Bot, err)
		}
		fmt.Println("bot", s.Bot, "has the picture")
	}
	return nil
}
