package telegramsim

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// profile is what a bot says about itself: commands by scope and language,
// descriptions and menu buttons.
type profile struct {
	mu       sync.RWMutex
	commands map[string][]Command // key: commandKey
	texts    map[string]string    // key: "<kind>|<language>"
	menus    map[int64]json.RawMessage
	picture  []byte // of the bot; nil = none
}

func (p *profile) init() {
	p.commands = map[string][]Command{}
	p.texts = map[string]string{}
	p.menus = map[int64]json.RawMessage{}
}

var commandPattern = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

const commandsMax = 100

func (r *request) commands() ([]Command, *apiError) {
	var list []Command
	if json.Unmarshal([]byte(r.str("commands")), &list) != nil {
		return nil, bad("can't parse commands JSON object")
	}
	if len(list) > commandsMax {
		return nil, bad("BOT_COMMANDS_TOO_MUCH")
	}
	for i, c := range list {
		list[i].Command = strings.TrimPrefix(c.Command, "/")
		if !commandPattern.MatchString(list[i].Command) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if n := units(c.Description); n < 1 || n > 256 {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return list, nil
}

// commandScope names the people a command list is for.
type commandScope struct {
	Type string          `json:"type"`
	Chat json.RawMessage `json:"chat_id"`
	User int64           `json:"user_id"`
}

// commandKey checks the scope of a request and makes the key of its list.
func (s *Server) commandKey(r *request) (string, *apiError) {
	scope := commandScope{Type: "default"}
	if text := r.str("scope"); text != "" && json.Unmarshal([]byte(text), &scope) != nil {
		return "", bad("can't parse BotCommandScope JSON object")
	}
	lang := r.str("language_code")
	if lang != "" && len(lang) != 2 {
		return "", bad("invalid language code specified")
	}
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return scope.Type + "|" + lang, nil
	case "chat", "chat_administrators", "chat_member":
		id, err := strconv.ParseInt(strings.Trim(string(scope.Chat), `"`), 10, 64)
		if c := s.people.get(id); err != nil || c == nil {
			return "", bad("chat not found")
		}
		return scope.key(id, lang), nil
	default:
		return "", bad("can't parse BotCommandScope: Unsupported type specified")
	}
}

func (c commandScope) key(chat int64, lang string) string {
	key := c.Type + ":" + strconv.FormatInt(chat, 10)
	if c.Type == "chat_member" {
		key += ":" + strconv.FormatInt(c.User, 10)
	}
	return key + "|" + lang
}

func (s *Server) setMyCommands(r *request) (any, *apiError) {
	list, fail := r.commands()
	if fail != nil {
		return nil, fail
	}
	return s.putCommands(r, list)
}

func (s *Server) deleteMyCommands(r *request) (any, *apiError) { return s.putCommands(r, nil) }

func (s *Server) putCommands(r *request, list []Command) (any, *apiError) {
	key, fail := s.commandKey(r)
	if fail != nil {
		return nil, fail
	}
	s.profile.mu.Lock()
	if len(list) == 0 {
		delete(s.profile.commands, key)
	} else {
		s.profile.commands[key] = list
	}
	s.profile.mu.Unlock()
	s.events.publish(event{Kind: evCommands})
	s.dirtyState()
	return true, nil
}

func (s *Server) getMyCommands(r *request) (any, *apiError) {
	key, fail := s.commandKey(r)
	if fail != nil {
		return nil, fail
	}
	s.profile.mu.RLock()
	defer s.profile.mu.RUnlock()
	return append([]Command{}, s.profile.commands[key]...), nil
}

// Commands returns the menu the person's phone shows: the narrowest scope that
// has a list wins, and within it the list of the phone's language.
func (s *Server) Commands(user int64) []Command {
	var lang string
	s.with(user, func(c *chat) { lang, _, _ = strings.Cut(strings.ToLower(c.user.LanguageCode), "-") })
	scopes := []string{"chat:" + strconv.FormatInt(user, 10), "all_private_chats", "default"}
	if user < 0 {
		scopes[1] = "all_group_chats"
	}
	s.profile.mu.RLock()
	defer s.profile.mu.RUnlock()
	for _, scope := range scopes {
		for _, l := range []string{lang, ""} {
			if list := s.profile.commands[scope+"|"+l]; len(list) > 0 {
				return append([]Command(nil), list...)
			}
		}
	}
	return nil
}

// setProfileText makes the method that sets a text about the bot; limit in
// UTF-16 units.
func setProfileText(field string, limit int) method {
	return func(s *Server, r *request) (any, *apiError) {
		text := r.str(field)
		if units(text) > limit {
			return nil, bad("bot " + strings.ReplaceAll(field, "_", " ") + " is too long")
		}
		s.profile.mu.Lock()
		s.profile.texts[field+"|"+r.str("language_code")] = text
		s.profile.mu.Unlock()
		s.dirtyState()
		return true, nil
	}
}

// setMyProfilePhoto takes a static picture as Telegram does: a JPEG that comes with the call.
func (s *Server) setMyProfilePhoto(r *request) (any, *apiError) {
	var photo struct {
		Type  string `json:"type"`
		Photo string `json:"photo"`
	}
	if json.Unmarshal([]byte(r.str("photo")), &photo) != nil || photo.Type != "static" {
		return nil, bad("can't parse input profile photo")
	}
	name, attached := strings.CutPrefix(photo.Photo, "attach://")
	file, there := r.files[name]
	if !attached || !there {
		return nil, bad("profile photo must be uploaded as a file")
	}
	if http.DetectContentType(file.body) != "image/jpeg" {
		return nil, bad("PHOTO_EXT_INVALID")
	}
	s.profile.mu.Lock()
	s.profile.picture = file.body
	s.profile.mu.Unlock()
	return true, nil
}

// Picture is the picture of the bot as it was uploaded; nil when there is none.
func (s *Server) Picture() []byte {
	s.profile.mu.RLock()
	defer s.profile.mu.RUnlock()
	return s.profile.picture
}

func getProfileText(field string) method {
	return func(s *Server, r *request) (any, *apiError) {
		s.profile.mu.RLock()
		defer s.profile.mu.RUnlock()
		return map[string]string{field: s.profile.texts[field+"|"+r.str("language_code")]}, nil
	}
}

func (s *Server) setChatMenuButton(r *request) (any, *apiError) {
	button := json.RawMessage(r.str("menu_button"))
	if len(button) == 0 {
		button = json.RawMessage(`{"type":"default"}`)
	}
	if !json.Valid(button) {
		return nil, bad("can't parse MenuButton JSON object")
	}
	s.profile.mu.Lock()
	s.profile.menus[r.int64("chat_id")] = button
	s.profile.mu.Unlock()
	s.dirtyState()
	return true, nil
}

func (s *Server) getChatMenuButton(r *request) (any, *apiError) {
	s.profile.mu.RLock()
	defer s.profile.mu.RUnlock()
	for _, id := range []int64{r.int64("chat_id"), 0} {
		if b := s.profile.menus[id]; b != nil {
			return b, nil
		}
	}
	return json.RawMessage(`{"type":"commands"}`), nil
}
