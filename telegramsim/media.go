package telegramsim

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Limits of Telegram on files, in bytes.
const (
	maxDownload = 20 << 20 // through getFile
	maxPhoto    = 10 << 20 // sent as a photo
)

// albumMax is the most files of one album.
const albumMax = 10

// setFile puts a stored file into a message.
func (m *message) setFile(kind FileKind, sizes []File) {
	largest := sizes[len(sizes)-1]
	*m.slot(kind) = &largest
	if kind == Photo {
		m.Sizes = sizes
	}
}

// sendFile makes the method that sends one file of a kind.
func sendFile(kind FileKind) method {
	return func(s *Server, r *request) (any, *apiError) {
		d, fail := s.draft(r)
		if fail != nil {
			return nil, fail
		}
		if d.message.Text, d.message.Entities, fail = r.caption(); fail != nil {
			return nil, fail
		}
		if fail := s.attach(&d.message, r, kind, r.str(string(kind))); fail != nil {
			return nil, fail
		}
		return s.sendOne(d)
	}
}

// attach resolves what a request names as a file: an uploaded part or the id of
// a file Telegram knows.
func (s *Server) attach(m *message, r *request, kind FileKind, ref string) *apiError {
	part, uploaded := strings.CutPrefix(ref, "attach://")
	if ref == "" {
		part, uploaded = string(kind), true
	}
	if !uploaded {
		return s.reuse(m, kind, ref)
	}
	up, ok := r.files[part]
	if !ok {
		return bad(fmt.Sprintf("there is no %s in the request", strings.ReplaceAll(string(kind), "_", " ")))
	}
	return s.upload(m, kind, up)
}

func (s *Server) upload(m *message, kind FileKind, up upload) *apiError {
	size := imageSize(up.body)
	switch {
	case len(up.body) == 0:
		return bad("file must be non-empty")
	case kind != Photo:
	case len(up.body) > maxPhoto:
		return bad(fmt.Sprintf("file %q of size %d bytes is too big for a photo", up.name, len(up.body)))
	case size.X == 0:
		return bad("IMAGE_PROCESS_FAILED")
	case size.X+size.Y > 10_000 || size.X > 20*size.Y || size.Y > 20*size.X:
		return bad("PHOTO_INVALID_DIMENSIONS")
	}
	sizes, err := s.files.put(kind, up, size)
	if err != nil {
		return &apiError{code: 500, text: "Internal Server Error: " + err.Error()}
	}
	s.dirtyState()
	m.setFile(kind, sizes)
	return nil
}

func (s *Server) reuse(m *message, kind FileKind, id string) *apiError {
	f := s.files.get(id)
	switch {
	case strings.Contains(id, "://"): // the simulator never fetches anything
		return bad("failed to get HTTP URL content")
	case f == nil:
		return bad("wrong file identifier/HTTP URL specified")
	case f.Kind != kind:
		return bad("can't use file of type " + fileForms[f.Kind].typeName + " as " + fileForms[kind].typeName)
	}
	m.setFile(kind, f.Sizes)
	return nil
}

// inputMedia is one file in sendMediaGroup.
type inputMedia struct {
	Type     FileKind        `json:"type"`
	Media    string          `json:"media"`
	Caption  string          `json:"caption"`
	Mode     string          `json:"parse_mode"`
	Entities json.RawMessage `json:"caption_entities"`
}

func (r *request) media() ([]inputMedia, *apiError) {
	var list []inputMedia
	if json.Unmarshal([]byte(r.str("media")), &list) != nil {
		return nil, bad("can't parse media JSON object")
	}
	switch {
	case len(list) == 0:
		return nil, bad("there are no messages to send")
	case len(list) > albumMax:
		return nil, bad("too many messages to send as an album")
	}
	kinds := make([]FileKind, len(list))
	for i, item := range list {
		kinds[i] = item.Type
		if item.Media == "" {
			return nil, bad("media not found")
		}
	}
	if err := checkAlbum(kinds); err != nil {
		return nil, bad(err.Error())
	}
	return list, nil
}

// checkAlbum lets photos and videos mix, documents and audio only stay among
// themselves.
func checkAlbum(kinds []FileKind) error {
	for _, kind := range kinds {
		switch kind {
		case Photo, Video:
		case Document, Audio:
			for _, other := range kinds {
				if other != kind {
					return fmt.Errorf("%s can't be mixed with other media types", kind)
				}
			}
		default:
			return fmt.Errorf("type %q of the media can't be in an album", kind)
		}
	}
	return nil
}

func (s *Server) sendMediaGroup(r *request) (any, *apiError) {
	list, fail := r.media()
	if fail != nil {
		return nil, fail
	}
	album := ""
	if len(list) > 1 {
		album = s.files.nextAlbum()
	}
	var drafts []*draft
	for _, item := range list {
		d, fail := s.draft(r)
		if fail != nil {
			return nil, fail
		}
		if d.message.Text, d.message.Entities, fail = caption(item.Caption, item.Mode, string(item.Entities)); fail != nil {
			return nil, fail
		}
		if fail := s.attach(&d.message, r, item.Type, item.Media); fail != nil {
			return nil, fail
		}
		d.message.Album = album
		drafts = append(drafts, d)
	}
	out, fail := s.send(drafts...)
	if fail != nil {
		return nil, fail
	}
	return out, nil
}

func (s *Server) getFile(r *request) (any, *apiError) {
	id := r.str("file_id")
	f := s.files.get(id)
	switch {
	case id == "":
		return nil, bad("file_id not specified")
	case f == nil:
		return nil, bad("invalid file_id")
	case f.Size > maxDownload:
		return nil, bad("file is too big")
	}
	return struct {
		ID       string `json:"file_id"`
		UniqueID string `json:"file_unique_id"`
		Size     int64  `json:"file_size"`
		Path     string `json:"file_path"`
	}{f.ID, f.UniqueID, f.Size, f.Path}, nil
}
