package telegramsim

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Limits on what a bot may send in one request, in bytes.
const (
	maxUpload = 50 << 20
	maxBody   = maxUpload + 1<<20
)

// request is one decoded call of the Bot API. Values that are not strings in a
// JSON body are kept as their JSON text, which is how forms carry them too.
type request struct {
	ctx    context.Context
	method string // lower case
	values map[string]string
	files  map[string]upload
}

// upload is a file in a multipart body.
type upload struct {
	name, mime string
	body       []byte
}

func (r *request) str(key string) string { return r.values[key] }

func (r *request) bool(key string) bool {
	switch strings.ToLower(r.values[key]) {
	case "true", "1", "yes", "t", "y":
		return true
	default:
		return false
	}
}

// int64 returns 0 for missing and malformed numbers, like Telegram.
func (r *request) int64(key string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(r.values[key]), 10, 64)
	return n
}

// decode reads query, form, multipart and JSON bodies alike.
func decode(w http.ResponseWriter, r *http.Request) (*request, *apiError) {
	out := &request{ctx: r.Context(), values: map[string]string{}}
	for key, list := range r.URL.Query() {
		out.values[key] = list[0]
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/json":
		err = out.readJSON(r.Body)
	case "multipart/form-data":
		err = out.readMultipart(r)
	default:
		if err = r.ParseForm(); err == nil {
			for key, list := range r.PostForm {
				out.values[key] = list[0]
			}
		}
	}
	return out, decodeError(err)
}

func decodeError(err error) *apiError {
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &large), errors.Is(err, errTooLarge):
		return &apiError{code: http.StatusRequestEntityTooLarge, text: "Request Entity Too Large"}
	default:
		return bad("can't parse request body")
	}
}

var errTooLarge = errors.New("uploaded file too large")

func (r *request) readJSON(body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil || len(raw) == 0 {
		return err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return err
	}
	for key, value := range fields {
		var text string
		switch {
		case string(value) == "null":
		case json.Unmarshal(value, &text) == nil:
			r.values[key] = text
		default:
			r.values[key] = string(value)
		}
	}
	return nil
}

func (r *request) readMultipart(in *http.Request) error {
	parts, err := in.MultipartReader()
	if err != nil {
		return err
	}
	r.files = map[string]upload{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		body, err := io.ReadAll(io.LimitReader(part, maxUpload+1))
		switch {
		case err != nil:
			return err
		case len(body) > maxUpload:
			return errTooLarge
		case part.FileName() != "":
			r.files[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), body: body}
		default:
			r.values[part.FormName()] = string(body)
		}
	}
}
