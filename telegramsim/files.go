package telegramsim

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif" // formats of photos
	_ "image/jpeg"
	_ "image/png"
	"io"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// fileStore keeps every file that was ever sent. Equal bytes are kept once, so
// a load test may send the same photo a million times.
type fileStore struct {
	mu     sync.RWMutex
	token  string
	dir    string             // of the bytes, by hash; "" = memory
	byID   map[string]*stored // every file_id ever given out
	byPath map[string]*stored // by download path
	bodies map[string][]byte  // by hash, without dir
	count  int                // files so far
	albums int64              // albums so far
}

// stored is one file_id. The sizes of a photo are files of their own that share
// the bytes.
type stored struct {
	File
	Kind  FileKind `json:"kind"`
	Path  string   `json:"path"`
	Hash  string   `json:"hash"`            // hex SHA-256 of the bytes
	Type  string   `json:"type"`            // media type, also where Telegram tells none
	Sizes []File   `json:"sizes,omitempty"` // all sizes of a photo; the file alone otherwise
}

// fileForm is what is known of a kind of file without looking inside.
type fileForm struct {
	folder, ext, mime string
	prefix            string // of file ids
	named             bool   // Telegram tells the file's name and media type
	typeName          string // in errors
}

var fileForms = map[FileKind]fileForm{
	Photo:     {"photos", ".jpg", "image/jpeg", "AgACAgUAAxkB", false, "Photo"},
	Video:     {"videos", ".mp4", "video/mp4", "BAACAgUAAxkB", true, "Video"},
	Voice:     {"voice", ".oga", "audio/ogg", "AwACAgUAAxkB", false, "VoiceNote"},
	Audio:     {"music", ".mp3", "audio/mpeg", "CQACAgUAAxkB", true, "Audio"},
	Document:  {"documents", "", "application/octet-stream", "BQACAgUAAxkB", true, "Document"},
	VideoNote: {"video_notes", ".mp4", "video/mp4", "DQACAgUAAxkB", false, "VideoNote"},
	Animation: {"animations", ".mp4", "video/mp4", "CgACAgUAAxkB", true, "Animation"},
	Sticker:   {"stickers", ".webp", "image/webp", "CAACAgUAAxkB", false, "Sticker"},
}

func (fs *fileStore) init(token, stateDir string) {
	fs.token = token
	fs.byID, fs.byPath = map[string]*stored{}, map[string]*stored{}
	fs.bodies = map[string][]byte{}
	if stateDir != "" {
		fs.dir = filepath.Join(stateDir, "files")
	}
}

func (fs *fileStore) get(id string) *stored {
	fs.mu.RLock()
	defer fs.mu.RUnlock()
	return fs.byID[id]
}

// put stores a file and returns its sizes, rising. Only photos have several.
func (fs *fileStore) put(kind FileKind, up upload, size image.Point) ([]File, error) {
	sum := sha256.Sum256(up.body)
	hash := hex.EncodeToString(sum[:])
	if err := fs.keep(hash, up.body); err != nil {
		return nil, err
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	points := []image.Point{size}
	if kind == Photo {
		points = photoSizes(size)
	}
	var set []*stored
	var sizes []File
	for _, p := range points {
		f := fs.describe(kind, up, p)
		f.Hash = hash
		set, sizes = append(set, f), append(sizes, f.File)
	}
	for _, f := range set {
		f.Sizes = sizes
		fs.index(f)
	}
	return sizes, nil
}

func (fs *fileStore) index(f *stored) {
	fs.byID[f.ID], fs.byPath[f.Path] = f, f
}

// keep stores bytes under their hash, once.
func (fs *fileStore) keep(hash string, body []byte) error {
	if fs.dir != "" {
		name := filepath.Join(fs.dir, hash)
		if _, err := os.Stat(name); err == nil {
			return nil
		}
		return writeFile(name, body)
	}
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if _, ok := fs.bodies[hash]; !ok {
		fs.bodies[hash] = bytes.Clone(body)
	}
	return nil
}

// describe makes the record of a new file; the store is locked.
func (fs *fileStore) describe(kind FileKind, up upload, size image.Point) *stored {
	fs.count++
	form := fileForms[kind]
	f := &stored{Kind: kind, Type: mediaType(form, up)}
	f.File = File{
		ID: form.prefix + fs.token64("id", 60), UniqueID: "AgAD" + fs.token64("unique", 12),
		Size: int64(len(up.body)), Width: size.X, Height: size.Y,
	}
	if form.named {
		f.Name, f.MIME = up.name, f.Type
	} else if kind == Voice {
		f.MIME = f.Type
	}
	f.Path = form.folder + "/file_" + strconv.Itoa(fs.count) + extension(kind, form, up.name)
	return f
}

// token64 makes the n characters which stand for the newest file. They differ
// from bot to bot, as file ids do, and are the same in every run.
func (fs *fileStore) token64(use string, n int) string {
	sum := sha512.Sum512(fmt.Appendf(nil, "%s\x00%s\x00%d", fs.token, use, fs.count))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:n]
}

// mediaType believes the sender unless he does not know better, then the
// name, then the bytes.
func mediaType(form fileForm, up upload) string {
	for _, t := range []string{up.mime, mime.TypeByExtension(path.Ext(up.name))} {
		if t, _, err := mime.ParseMediaType(t); err == nil && t != "application/octet-stream" {
			return t
		}
	}
	if form.folder == "photos" || form.folder == "documents" {
		t, _, _ := mime.ParseMediaType(http.DetectContentType(up.body))
		return t
	}
	return form.mime
}

var extPattern = regexp.MustCompile(`^\.[A-Za-z0-9]{1,8}$`)

func extension(kind FileKind, form fileForm, name string) string {
	if ext := path.Ext(name); kind != Photo && extPattern.MatchString(ext) {
		return ext
	}
	return form.ext
}

// imageSize reads the size of an image in pixels, zero if it is none.
func imageSize(body []byte) image.Point {
	conf, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return image.Point{}
	}
	return image.Pt(conf.Width, conf.Height)
}

// photoBoxes are the squares into which Telegram fits the smaller sizes, in pixels.
var photoBoxes = []int{90, 320, 800}

// photoSizes lists the sizes of a photo, rising, the original last.
func photoSizes(full image.Point) []image.Point {
	var out []image.Point
	longest := max(full.X, full.Y)
	for _, box := range photoBoxes {
		if longest > box {
			out = append(out, image.Pt(max(1, full.X*box/longest), max(1, full.Y*box/longest)))
		}
	}
	return append(out, full)
}

// nopCloser makes a reader of bytes look like an open file.
type nopCloser struct{ *bytes.Reader }

func (nopCloser) Close() error { return nil }

// open returns the bytes of a file.
func (fs *fileStore) open(f *stored) (io.ReadSeekCloser, error) {
	if fs.dir != "" {
		return os.Open(filepath.Join(fs.dir, f.Hash))
	}
	fs.mu.RLock()
	defer fs.mu.RUnlock()
	return nopCloser{bytes.NewReader(fs.bodies[f.Hash])}, nil
}

func (fs *fileStore) nextAlbum() string {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.albums++
	return "1379" + fmt.Sprintf("%013d", fs.albums)
}

// FileBody returns the bytes behind a file id.
func (s *Server) FileBody(fileID string) ([]byte, error) {
	f := s.files.get(fileID)
	if f == nil {
		return nil, fmt.Errorf("telegramsim: no file %q", fileID)
	}
	body, err := s.files.open(f)
	if err != nil {
		return nil, fmt.Errorf("telegramsim: reading a file: %w", err)
	}
	defer body.Close()
	return io.ReadAll(body)
}

// serveFile answers downloads, as api.telegram.org/file/ does. A Fault whose
// method is "file" hits them too.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, name := botPath(r.URL.Path, "/file/bot")
	if token != s.opt.Token {
		reply(w, nil, &apiError{code: 401, text: "Unauthorized"})
		return
	}
	if !s.spoilDownload(w, r) {
		return
	}
	s.files.mu.RLock()
	f := s.files.byPath[strings.TrimPrefix(name, "/")]
	s.files.mu.RUnlock()
	if f == nil || f.Size > maxDownload {
		reply(w, nil, &apiError{code: 404, text: "Not Found"})
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	s.serveBody(w, r, f)
}

// spoilDownload applies a fault to a download; false = it is answered.
func (s *Server) spoilDownload(w http.ResponseWriter, r *http.Request) bool {
	fault := s.faults.match("file", 0)
	if fault == nil {
		return true
	}
	if !s.before(r, fault) || fault.Kind == Ambiguous {
		panic(http.ErrAbortHandler)
	}
	if fail := fault.answer(); fail != nil {
		reply(w, nil, fail)
		return false
	}
	return true
}

func (s *Server) serveBody(w http.ResponseWriter, r *http.Request, f *stored) {
	body, err := s.files.open(f)
	if err != nil {
		http.Error(w, "file is gone", http.StatusInternalServerError)
		return
	}
	defer body.Close()
	http.ServeContent(w, r, "", time.Time{}, body)
}
