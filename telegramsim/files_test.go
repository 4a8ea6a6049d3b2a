package telegramsim_test

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"testing"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/google/go-cmp/cmp"

	"tinbao/telegramsim"
)

func (b *bench) download(path string) (int, []byte) {
	b.t.Helper()
	resp, err := b.client.Get(b.url + path)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, body
}

func TestFilesRoundTrip(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"", t.TempDir()} {
		b := setup(t, telegramsim.Options{StateDir: dir})
		photo := picture(t, 1000, 500)
		must[int](t)(b.SendPhoto(an, "a.png", "", photo, "Ảnh /tip"))
		m := b.updates(0)[0].Message
		var widths []int
		for _, p := range m.Photo {
			widths = append(widths, p.Width)
		}
		if diff := cmp.Diff([]int{90, 320, 800, 1000}, widths); diff != "" || m.Caption != "Ảnh /tip" || len(m.CaptionEntities) != 1 {
			t.Fatalf("%s\n%+v", diff, m)
		}
		file, err := b.library().GetFile(tgbotapi.FileConfig{FileID: m.Photo[3].FileID})
		if err != nil || file.FilePath != "photos/file_4.jpg" || file.FileSize != len(photo) {
			t.Fatalf("%+v %v", file, err)
		}
		if code, body := b.download("/file/bot" + token + "/" + file.FilePath); code != 200 || !bytes.Equal(body, photo) {
			t.Fatalf("status %d, %d bytes", code, len(body))
		}
		if code, _ := b.download("/file/bot123456:wrong/" + file.FilePath); code != 401 {
			t.Errorf("a wrong token downloads: %d", code)
		}
	}
}

func TestFilePaths(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	body := []byte("không phải phim")
	must[int](t)(b.SendVideo(an, "x.mp4", "", body, ""))
	must[int](t)(b.SendVoice(an, "", "", body, ""))
	must[int](t)(b.SendDocument(an, "../../bản đồ.PDF", "application/pdf", body, ""))
	must[int](t)(b.SendSticker(an))
	list := b.updates(0)
	ids := []string{list[0].Message.Video.FileID, list[1].Message.Voice.FileID, list[2].Message.Document.FileID, list[3].Message.Sticker.FileID}
	want := []string{"videos/file_1.mp4", "voice/file_2.oga", "documents/file_3.PDF", "stickers/file_4.webp"}
	for i, id := range ids {
		var f tgbotapi.File
		if b.ok("getFile", fields{"file_id": id}, &f); f.FilePath != want[i] {
			t.Errorf("got %s, want %s", f.FilePath, want[i])
		}
	}
	b.refused(400, "Bad Request: invalid file_id", "getFile", fields{"file_id": "AgAD"})
}

func TestBigFiles(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.SendDocument(an, "lớn.bin", "", make([]byte, 20<<20+1), ""))
	b.refused(400, "Bad Request: file is too big", "getFile", fields{"file_id": b.updates(0)[0].Message.Document.FileID})
}

func TestBotUploadsAndReuses(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.Start(an, ""))
	bot := b.library()
	photo := picture(t, 50, 50)
	up := tgbotapi.NewPhoto(an, tgbotapi.FileBytes{Name: "a.png", Bytes: photo})
	up.Caption, up.ParseMode = "<b>Bản đồ</b>", "HTML"
	sent, err := bot.Send(up)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bot.Send(tgbotapi.NewPhoto(an, tgbotapi.FileID(sent.Photo[0].FileID))); err != nil {
		t.Fatal(err)
	}
	list := b.Messages(an)
	if list[1].HTML != "<b>Bản đồ</b>" || list[2].Photo.ID != list[1].Photo.ID {
		t.Fatalf("got %+v", list)
	}
	if body := must[[]byte](t)(b.FileBody(list[2].Photo.ID)); !bytes.Equal(body, photo) {
		t.Error("other bytes")
	}
	b.refused(400, "Bad Request: can't use file of type Photo as Document", "sendDocument", fields{"chat_id": an, "document": sent.Photo[0].FileID})
	b.refused(400, "Bad Request: there is no photo in the request", "sendPhoto", fields{"chat_id": an})
	_, err = bot.Send(tgbotapi.NewPhoto(an, tgbotapi.FileBytes{Name: "a.png", Bytes: []byte("chữ")}))
	if err == nil || err.Error() != "Bad Request: IMAGE_PROCESS_FAILED" {
		t.Errorf("got %v", err)
	}
}

func TestAlbums(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	photo := picture(t, 20, 20)
	ids := must[[]int](t)(b.SendAlbum(an, []telegramsim.AlbumItem{{Body: photo, Caption: "hai ảnh"}, {Body: photo}, {Kind: telegramsim.Video, Body: photo}}))
	list := b.updates(0)
	if len(ids) != 3 || len(list) != 3 || list[0].Message.MediaGroupID == "" || list[2].Message.MediaGroupID != list[0].Message.MediaGroupID {
		t.Fatalf("%v %+v", ids, list)
	}
	if _, err := b.SendAlbum(an, []telegramsim.AlbumItem{{Body: photo}, {Kind: telegramsim.Document, Body: photo}}); err == nil {
		t.Error("photos and documents mixed")
	}
	group := tgbotapi.NewMediaGroup(an, []any{
		tgbotapi.NewInputMediaPhoto(tgbotapi.FileBytes{Name: "a.png", Bytes: photo}),
		tgbotapi.NewInputMediaPhoto(tgbotapi.FileID(list[0].Message.Photo[0].FileID)),
	})
	sent, err := b.library().SendMediaGroup(group)
	if err != nil || len(sent) != 2 || sent[1].MediaGroupID != sent[0].MediaGroupID || sent[0].MediaGroupID == list[0].Message.MediaGroupID {
		t.Fatalf("%v %+v", err, sent)
	}
	if !regexp.MustCompile(`^\d+$`).MatchString(sent[0].MediaGroupID) {
		t.Error(sent[0].MediaGroupID)
	}
}

func TestDownloadFault(t *testing.T) {
	t.Parallel()
	b := setup(t, telegramsim.Options{})
	must[int](t)(b.SendDocument(an, "a.txt", "", []byte("a"), ""))
	b.SetFault(telegramsim.Fault{Kind: telegramsim.ServerError, Method: "file", Count: 1})
	for _, want := range []int{http.StatusInternalServerError, http.StatusOK} {
		if code, _ := b.download("/file/bot" + token + "/documents/file_1.txt"); code != want {
			t.Errorf("got %d, want %d", code, want)
		}
	}
}
