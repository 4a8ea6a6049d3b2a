package telegramsim

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Limits of the page's requests.
const (
	controlMax = 1 << 20   // bytes of a JSON request, beyond any update
	filesMax   = 256 << 20 // bytes of files sent at once
	shownMax   = 200       // messages of a chat unless the page asks for more
)

// control is what the page sends; each control reads its own fields.
type control struct {
	User      int64    `json:"user"`
	Message   int      `json:"message"`
	Text      string   `json:"text"`
	Data      string   `json:"data"`
	Label     string   `json:"label"`
	Payload   string   `json:"payload"`
	ReplyTo   int      `json:"reply_to"`
	On        bool     `json:"on"`
	Latitude  *float64 `json:"latitude"` // nil = the middle of Hà Nội
	Longitude *float64 `json:"longitude"`
}

// acts are the controls which play a person, by their path below /sim/.
var acts = map[string]func(*Server, control) (int, error){
	"send":     func(s *Server, c control) (int, error) { return s.Reply(c.User, c.ReplyTo, c.Text) },
	"start":    func(s *Server, c control) (int, error) { return s.Start(c.User, c.Payload) },
	"edit":     func(s *Server, c control) (int, error) { return c.Message, s.EditText(c.User, c.Message, c.Text) },
	"press":    func(s *Server, c control) (int, error) { return c.Message, s.Press(c.User, c.Message, c.Data) },
	"tap":      func(s *Server, c control) (int, error) { return 0, s.PressText(c.User, c.Label) },
	"keyboard": func(s *Server, c control) (int, error) { return 0, s.pressKeyboard(c.User, c.Label) },
	"location": func(s *Server, c control) (int, error) { return s.SendLocation(c.User, c.place()) },
	"contact":  (*Server).sendOwnContact,
	"sticker":  func(s *Server, c control) (int, error) { return s.SendSticker(c.User) },
	"block":    func(s *Server, c control) (int, error) { return 0, s.Block(c.User) },
	"unblock":  func(s *Server, c control) (int, error) { return 0, s.Unblock(c.User) },
	"limits":   func(s *Server, c control) (int, error) { s.EnforceLimits(c.On); return 0, nil },
	"nofaults": func(s *Server, _ control) (int, error) { s.ClearFaults(); return 0, nil },
}

func (c control) place() Location {
	if c.Latitude == nil || c.Longitude == nil {
		return hanoi
	}
	return Location{*c.Latitude, *c.Longitude}
}

func (s *Server) sendOwnContact(c control) (int, error) {
	var name string
	s.with(c.User, func(c *chat) { name = c.user.FirstName })
	return s.SendContact(c.User, Contact{Phone: ownPhone(c.User), FirstName: name, UserID: c.User})
}

// controls adds what the page, or a script, may ask for below /sim/.
func (s *Server) controls(mux *http.ServeMux) {
	for name, act := range acts {
		mux.HandleFunc("POST /sim/"+name, func(w http.ResponseWriter, r *http.Request) {
			var c control
			if readControl(w, r, &c) {
				id, err := act(s, c)
				answerControl(w, map[string]int{"message": id}, err)
			}
		})
	}
	mux.HandleFunc("GET /sim/users", s.serveUsers)
	mux.HandleFunc("POST /sim/users", s.serveAddUser)
	mux.HandleFunc("GET /sim/chat", s.serveChat)
	mux.HandleFunc("GET /sim/status", s.serveStatus)
	mux.HandleFunc("GET /sim/file/{id}", s.servePageFile)
	mux.HandleFunc("POST /sim/files", s.serveSendFiles)
	mux.HandleFunc("POST /sim/fault", s.serveFault)
	mux.HandleFunc("POST /sim/update", s.serveInject)
}

// readControl reads a JSON body. It insists on the content type because a page
// of another site cannot send that one without asking first.
func readControl(w http.ResponseWriter, r *http.Request, v any) bool {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		http.Error(w, "want application/json", http.StatusUnsupportedMediaType)
		return false
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, controlMax)).Decode(v); err != nil {
		answerControl(w, nil, errControl)
		return false
	}
	return true
}

var errControl = errors.New("telegramsim: malformed request")

// refusals gives each error its HTTP status and the words the phone shows.
var refusals = []struct {
	err    error
	status int
	text   string
}{
	{errNoUser, http.StatusNotFound, "Không có người này."},
	{errNoMessage, http.StatusNotFound, "Tin nhắn không còn nữa."},
	{errNoButton, http.StatusNotFound, "Nút này không còn nữa."},
	{errBlocked, http.StatusConflict, "Bạn đã chặn bot. Hãy bỏ chặn để nhắn tiếp."},
	{errEmpty, http.StatusBadRequest, "Chưa có nội dung để gửi."},
	{errTooLong, http.StatusBadRequest, "Chú thích dài quá 1024 ký tự."},
	{errPlace, http.StatusBadRequest, "Tọa độ không hợp lệ."},
	{errControl, http.StatusBadRequest, "Yêu cầu không hợp lệ."},
	{errClosed, http.StatusServiceUnavailable, "Máy chủ mô phỏng đã dừng."},
}

func answerControl(w http.ResponseWriter, result any, err error) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err == nil {
		w.Write(encode(result))
		return
	}
	status, text := http.StatusBadRequest, err.Error()
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			status, text = r.status, r.text
		}
	}
	w.WriteHeader(status)
	w.Write(encode(map[string]string{"error": text}))
}

func (s *Server) serveUsers(w http.ResponseWriter, _ *http.Request) {
	s.profile.mu.RLock()
	about := s.profile.texts["description|"]
	s.profile.mu.RUnlock()
	answerControl(w, map[string]any{
		"bot":   map[string]string{"name": s.opt.BotName, "username": s.opt.BotUsername, "about": about},
		"users": append([]User{}, s.Users()...),
	}, nil)
}

func (s *Server) serveAddUser(w http.ResponseWriter, r *http.Request) {
	var u User
	if !readControl(w, r, &u) {
		return
	}
	if u.ID <= 0 || u.FirstName == "" {
		answerControl(w, nil, errControl)
		return
	}
	s.AddUser(u)
	answerControl(w, u, nil)
}

// pageChat is one phone's screen.
type pageChat struct {
	User     User           `json:"user"`
	Started  bool           `json:"started"`
	Blocked  bool           `json:"blocked"`
	Typing   int64          `json:"typing"` // milliseconds left
	More     bool           `json:"more"`   // older messages exist
	Messages []*message     `json:"messages"`
	Keyboard *replyKeyboard `json:"keyboard"`
	Commands []Command      `json:"commands"`
}

func (s *Server) serveChat(w http.ResponseWriter, r *http.Request) {
	user, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
	limit, err := strconv.Atoi(r.FormValue("limit"))
	if err != nil || limit <= 0 {
		limit = shownMax
	}
	if s.people.get(user) == nil {
		answerControl(w, nil, errNoUser)
		return
	}
	out := pageChat{Commands: s.Commands(user)}
	s.with(user, func(c *chat) {
		out.User, out.Started, out.Blocked, out.Keyboard = c.user, c.started, c.blocked, c.keyboard
		out.Typing = max(0, c.typing.Sub(s.opt.Now()).Milliseconds())
		from := max(0, len(c.messages)-limit)
		out.More = from > 0
		out.Messages = append([]*message{}, c.messages[from:]...)
	})
	answerControl(w, out, nil) // messages are replaced, never changed, so no lock is needed
}

func (s *Server) serveStatus(w http.ResponseWriter, _ *http.Request) {
	s.queue.mu.Lock()
	hook := s.hook.conf.URL != ""
	s.queue.mu.Unlock()
	s.faults.mu.Lock()
	n := len(s.faults.list)
	s.faults.mu.Unlock()
	s.limits.mu.Lock()
	on := s.limits.on
	s.limits.mu.Unlock()
	answerControl(w, map[string]any{"pending": s.Pending(), "webhook": hook, "faults": n, "limits": on}, nil)
}

// faultNames are the faults as the page calls them.
var faultNames = map[string]FaultKind{
	"429": TooManyRequests, "500": ServerError, "401": Unauthorized, "409": Conflict,
	"reset": Reset, "ambiguous": Ambiguous, "slow": Slow, "502": Gateway, "hold": Hold, "holdanswer": HoldAnswer, "twice": Twice, "reversed": Reversed,
}

func (s *Server) serveFault(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Kind       string `json:"kind"`
		Method     string `json:"method"`
		Chat       int64  `json:"chat"`
		Count      int    `json:"count"`
		RetryAfter int    `json:"retry_after"`
		DelayMS    int64  `json:"delay_ms"`
	}
	if !readControl(w, r, &in) {
		return
	}
	kind, ok := faultNames[in.Kind]
	if !ok {
		answerControl(w, nil, errControl)
		return
	}
	s.SetFault(Fault{
		Kind: kind, Method: in.Method, Chat: in.Chat, Count: in.Count, RetryAfter: in.RetryAfter,
		Delay: time.Duration(in.DelayMS) * time.Millisecond,
	})
	answerControl(w, in, nil)
}

func (s *Server) serveInject(w http.ResponseWriter, r *http.Request) {
	var raw json.RawMessage
	if readControl(w, r, &raw) {
		id, err := s.InjectUpdate(raw)
		answerControl(w, map[string]int64{"update_id": id}, err)
	}
}

// servePageFile shows a file to the page. Only pictures, sound and film open in
// the browser; the rest is downloaded, so a sent web page never runs here.
func (s *Server) servePageFile(w http.ResponseWriter, r *http.Request) {
	f := s.files.get(r.PathValue("id"))
	if f == nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=86400")
	h.Set("Content-Type", f.Type)
	if !playable(f.Type) || r.FormValue("download") != "" {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.downloadName()}))
	}
	s.serveBody(w, r, f)
}

func playable(kind string) bool {
	switch kind {
	case "image/jpeg", "image/png", "image/gif", "image/webp":
		return true
	default:
		return strings.HasPrefix(kind, "audio/") || strings.HasPrefix(kind, "video/")
	}
}

func (f *stored) downloadName() string {
	if f.Name != "" {
		return f.Name
	}
	return f.Path[strings.LastIndexByte(f.Path, '/')+1:]
}

// serveSendFiles sends the files of a form in their order: "user", "caption"
// and "as" (media, document, voice or audio) come before the files.
func (s *Server) serveSendFiles(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, filesMax)
	fields, items, err := readFiles(r)
	if err != nil {
		answerControl(w, nil, errControl)
		return
	}
	user, _ := strconv.ParseInt(fields["user"], 10, 64)
	if len(items) > 0 {
		items[0].Caption = fields["caption"]
	}
	for i := range items {
		items[i].Kind = pickKind(fields["as"], items[i].MIME)
	}
	id, err := s.sendPicked(user, items)
	answerControl(w, map[string]int{"message": id}, err)
}

func readFiles(r *http.Request) (fields map[string]string, items []AlbumItem, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, err
	}
	fields = map[string]string{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return fields, items, nil
		}
		if err != nil {
			return nil, nil, err
		}
		body, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, err
		}
		if part.FileName() == "" {
			fields[part.FormName()] = string(body)
			continue
		}
		items = append(items, AlbumItem{Name: part.FileName(), MIME: part.Header.Get("Content-Type"), Body: body})
	}
}

// pickKind is what a phone makes of a file picked in one of its pickers.
func pickKind(as, mime string) FileKind {
	switch {
	case as == "voice":
		return Voice
	case as == "audio":
		return Audio
	case as == "media" && mime == "image/gif":
		return Animation
	case as == "media" && strings.HasPrefix(mime, "image/") && mime != "image/svg+xml":
		return Photo
	case as == "media" && strings.HasPrefix(mime, "video/"):
		return Video
	default:
		return Document
	}
}

// sendPicked sends files as albums where Telegram would, and alone otherwise.
func (s *Server) sendPicked(user int64, items []AlbumItem) (last int, err error) {
	if len(items) == 0 {
		return 0, errEmpty
	}
	for len(items) > 0 {
		n := groupLen(items)
		if n == 1 {
			last, err = s.SendFile(user, items[0])
		} else {
			var ids []int
			if ids, err = s.SendAlbum(user, items[:n]); err == nil {
				last = ids[n-1]
			}
		}
		if err != nil {
			return 0, err
		}
		items = items[n:]
	}
	return last, nil
}

// groupLen counts the first files that fit one album.
func groupLen(items []AlbumItem) int {
	kinds := []FileKind{items[0].Kind}
	for _, item := range items[1:min(len(items), albumMax)] {
		if kinds = append(kinds, item.Kind); checkAlbum(kinds) != nil {
			return len(kinds) - 1
		}
	}
	return len(kinds)
}
