package telegramsim

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// apiError is a refusal in the words of the Bot API.
type apiError struct {
	code       int
	text       string // whole description, prefix included
	retryAfter int    // seconds, 0 = not sent
	page       string // sent instead of JSON; "" = JSON
}

// bad is the usual refusal: the request makes no sense.
func bad(text string) *apiError { return &apiError{code: 400, text: "Bad Request: " + text} }

type method func(*Server, *request) (any, *apiError)

// methods is the whole Bot API the simulator knows, by lower-case name.
var methods = map[string]method{
	"getme":                  func(s *Server, _ *request) (any, *apiError) { return s.me(), nil },
	"getupdates":             (*Server).getUpdates,
	"setwebhook":             (*Server).setWebhook,
	"deletewebhook":          (*Server).deleteWebhook,
	"getwebhookinfo":         (*Server).getWebhookInfo,
	"sendmessage":            (*Server).sendMessage,
	"sendphoto":              sendFile(Photo),
	"senddocument":           sendFile(Document),
	"sendvideo":              sendFile(Video),
	"sendvoice":              sendFile(Voice),
	"sendaudio":              sendFile(Audio),
	"sendanimation":          sendFile(Animation),
	"sendmediagroup":         (*Server).sendMediaGroup,
	"sendlocation":           (*Server).sendLocation,
	"sendcontact":            (*Server).sendContact,
	"sendchataction":         (*Server).sendChatAction,
	"copymessage":            (*Server).copyMessage,
	"editmessagetext":        (*Server).editMessageText,
	"editmessagecaption":     (*Server).editMessageCaption,
	"editmessagereplymarkup": (*Server).editMessageReplyMarkup,
	"deletemessage":          (*Server).deleteMessage,
	"deletemessages":         (*Server).deleteMessages,
	"answercallbackquery":    (*Server).answerCallbackQuery,
	"getfile":                (*Server).getFile,
	"getchat":                (*Server).getChat,
	"setmycommands":          (*Server).setMyCommands,
	"getmycommands":          (*Server).getMyCommands,
	"deletemycommands":       (*Server).deleteMyCommands,
	"setmyprofilephoto":      (*Server).setMyProfilePhoto,
	"setmydescription":       setProfileText("description", 512),
	"getmydescription":       getProfileText("description"),
	"setmyshortdescription":  setProfileText("short_description", 120),
	"getmyshortdescription":  getProfileText("short_description"),
	"setmyname":              setProfileText("name", 64),
	"getmyname":              getProfileText("name"),
	"setchatmenubutton":      (*Server).setChatMenuButton,
	"getchatmenubutton":      (*Server).getChatMenuButton,
}

// botPath splits "/bot<token>/<rest>" behind a prefix.
func botPath(path, prefix string) (token, rest string) {
	token, rest, _ = strings.Cut(strings.TrimPrefix(path, prefix), "/")
	return token, rest
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	token, name := botPath(r.URL.Path, "/bot")
	if token != s.opt.Token {
		reply(w, nil, &apiError{code: 401, text: "Unauthorized"})
		return
	}
	req, fail := decode(w, r)
	if fail != nil {
		s.finish(w, name, 0, nil, fail)
		return
	}
	req.method = strings.ToLower(name)
	chat := req.int64("chat_id")
	fault := s.faults.match(req.method, chat)
	if fault != nil && !s.before(r, fault) {
		s.calls.add(Call{Method: name, Chat: chat, At: s.opt.Now()})
		panic(http.ErrAbortHandler) // closes the connection without an answer
	}
	if fault != nil && fault.Kind == Hold {
		fault = s.faults.match(req.method, chat)
	}
	result, fail := s.run(req, fault)
	if fault != nil && !s.after(r, fault) {
		s.calls.add(Call{Method: name, Chat: chat, At: s.opt.Now(), Message: placed(result)})
		panic(http.ErrAbortHandler)
	}
	s.finish(w, name, chat, result, fail)
}

func (s *Server) run(req *request, fault *Fault) (any, *apiError) {
	if fault != nil {
		if fail := fault.answer(); fail != nil {
			return nil, fail
		}
	}
	run, ok := methods[req.method]
	if !ok {
		return nil, &apiError{code: 404, text: "Not Found"}
	}
	result, fail := run(s, req)
	if fault != nil && fail == nil {
		result = s.disorder(fault, result)
	}
	return result, fail
}

func (s *Server) finish(w http.ResponseWriter, name string, chat int64, result any, fail *apiError) {
	status := http.StatusOK
	if fail != nil {
		status = fail.code
	}
	s.calls.add(Call{Method: name, Chat: chat, At: s.opt.Now(), Status: status, Message: placed(result)})
	reply(w, result, fail)
}

// placed is the message a call put into a chat, 0 = none.
func placed(result any) int {
	if m, ok := result.(*apiMessage); ok && m != nil {
		return m.ID
	}
	return 0
}

type apiReply struct {
	OK         bool        `json:"ok"`
	Result     any         `json:"result,omitempty"`
	Code       int         `json:"error_code,omitempty"`
	Text       string      `json:"description,omitempty"`
	Parameters *retryAfter `json:"parameters,omitempty"`
}

type retryAfter struct {
	Seconds int `json:"retry_after"`
}

func reply(w http.ResponseWriter, result any, fail *apiError) {
	out := apiReply{OK: true, Result: result}
	if fail != nil && fail.page != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(fail.code)
		_, _ = io.WriteString(w, fail.page) //nolint:gosec // the test's own page; an error means that the bot hung up
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if fail != nil {
		out = apiReply{Code: fail.code, Text: fail.text}
		if fail.retryAfter > 0 {
			out.Parameters = &retryAfter{fail.retryAfter}
			w.Header().Set("Retry-After", strconv.Itoa(fail.retryAfter))
		}
		w.WriteHeader(fail.code)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return // the bot hung up
	}
}

func (s *Server) me() any {
	return struct {
		apiUser
		Groups  bool `json:"can_join_groups"`
		ReadAll bool `json:"can_read_all_group_messages"`
		Inline  bool `json:"supports_inline_queries"`
	}{apiUser: *s.botUser(), Groups: true}
}

// chat returns the chat a request names.
func (s *Server) chat(r *request, key string) (*chat, *apiError) {
	text := r.str(key)
	if text == "" {
		return nil, bad(key + " is empty")
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, bad("chat not found")
	}
	if c := s.people.get(id); c != nil {
		return c, nil
	}
	return nil, bad("chat not found")
}

// reachable tells whether the bot may write to a locked chat.
func (c *chat) reachable() *apiError {
	switch {
	case c.blocked:
		return &apiError{code: 403, text: "Forbidden: bot was blocked by the user"}
	case !c.started:
		return &apiError{code: 403, text: "Forbidden: bot can't initiate conversation with a user"}
	default:
		return nil
	}
}

func (s *Server) getChat(r *request) (any, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.started {
		return nil, bad("chat not found")
	}
	return struct {
		apiChat
		AccentColor int `json:"accent_color_id"`
		Reactions   int `json:"max_reaction_count"`
	}{c.api(), 0, 11}, nil
}

func (s *Server) sendChatAction(r *request) (any, *apiError) {
	c, fail := s.chat(r, "chat_id")
	if fail != nil {
		return nil, fail
	}
	if r.str("action") == "" {
		return nil, bad("wrong parameter action in request")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if fail := c.reachable(); fail != nil {
		return nil, fail
	}
	c.typing = s.opt.Now().Add(typingTime)
	s.touch(c, event{Kind: evTyping, Millis: typingTime.Milliseconds()})
	return true, nil
}

// stopTyping ends the typing state when a message arrives; the chat is locked.
func (c *chat) stopTyping() { c.typing = time.Time{} }
