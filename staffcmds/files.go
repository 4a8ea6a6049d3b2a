package staffcmds

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"tinbao/bot"
	"tinbao/cases"
)

const (
	filesAtOnce = 5        // so that one press does not put hundreds of megabytes into the outbox
	maxPhoto    = 10 << 20 // bytes, Bot API limit of sendPhoto; larger pictures go as documents
)

// files sends the stored files of a case, a handful at a time.
func files() Command {
	return Command{
		Name: "tep", Aliases: []string{"files"}, Help: "cmd.tep", Args: "usage.case", Rights: seeing,
		Run: func(ctx context.Context, st Store, r *bot.Request, args []string) error {
			c, t, err := opened(ctx, st, r, args)
			if err != nil {
				return err
			}
			if len(c.Files) == 0 {
				r.Toast(bot.T("files.none"))
				return nil
			}
			desk, err := deskFor(st, *r.Staff, t.Stream)
			if err != nil {
				return err
			}
			return sendFiles(ctx, desk, r, c, pageOf(t.rest))
		},
	}
}

func sendFiles(ctx context.Context, desk Desk, r *bot.Request, c cases.Case, page int) error {
	part, page, pages := cut(c.Files, page, filesAtOnce)
	var notes []bot.Text
	for i, f := range part {
		n := (page-1)*filesAtOnce + i + 1
		if f.State != cases.FileStored {
			notes = append(notes, fileNote(f, n))
			continue
		}
		body, mime, err := desk.Attachment(ctx, *r.Staff, f.ID)
		if err != nil {
			return fmt.Errorf("reading file %d: %w", n, err)
		}
		r.Reply(bot.Reply{
			Lines: []bot.Text{bot.T(captionOf(f), "number", c.Number.String(), "n", n, "of", len(c.Files))}, Protect: true,
			File: &bot.Attachment{Photo: ShownAsPhoto(f.Kind, body), Name: fileName(c.Number, n, mime), Body: body},
		})
	}
	var rows [][]bot.Button
	if page < pages {
		notes = append(notes, bot.T("files.more", "n", len(c.Files)-page*filesAtOnce))
		rows = [][]bot.Button{{{Label: bot.T("do.tep.more"), Do: bot.Action("tep", c.Number.String(), strconv.Itoa(page+1))}}}
	}
	if len(notes) > 0 {
		r.Reply(bot.Reply{Lines: notes, Buttons: rows, Protect: true})
	}
	return nil
}

func captionOf(f cases.File) string {
	if f.ByStaff {
		return "files.caption.staff"
	}
	return "files.caption"
}

// fileNote says why a file cannot be sent: not yet, or never.
func fileNote(f cases.File, n int) bot.Text {
	if f.State == cases.FileWaiting {
		return bot.T("files.waiting", "n", n)
	}
	why := bot.T("files.unknown")
	if strings.HasPrefix(f.Fault, "file.") {
		why = bot.T(f.Fault)
	}
	return bot.T("files.refused", "n", n, "why", why)
}

// extensions are the endings of the types the bot keeps.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif",
	"video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm",
	"audio/ogg": ".ogg", "audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/wav": ".wav",
	"application/pdf": ".pdf",
}

// fileName names a file by its case and place; a name from outside could say who
// made it.
func fileName(n cases.Number, place int, mime string) string {
	ending, ok := extensions[mime]
	if !ok {
		ending = ".bin"
	}
	return n.String() + "-" + strconv.Itoa(place) + ending
}

// ShownAsPhoto reports whether a picture goes as one; too large ones go as documents.
func ShownAsPhoto(kind cases.MediaKind, body []byte) bool {
	return kind == cases.Photo && len(body) <= maxPhoto
}

// HandoutName names a file that goes to a person: it tells neither the case nor who
// made it.
func HandoutName(mime string) string {
	ending, ok := extensions[mime]
	if !ok {
		ending = ".bin"
	}
	return "phuong" + ending
}
