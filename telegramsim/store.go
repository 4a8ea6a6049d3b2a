package telegramsim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// flushEvery bounds what a killed process loses. A chat and the queue are
// separate files: after a kill they may differ by that much.
const flushEvery = 500 * time.Millisecond

// store remembers what has to be written to the state folder:
//
//	state.json      queue, people's order, webhook, callbacks, profile, files
//	chats/<id>.json one conversation
//	files/<sha256>  bytes, written at once
type store struct {
	dir     string
	writing sync.Mutex // one flush at a time
	state   atomic.Bool
	mu      sync.Mutex
	chats   map[int64]bool
}

// dirty marks a chat for the next flush; dirtyState marks all the rest. Both
// are called with locks held and take none of the server's.
func (s *Server) dirty(chat int64) {
	if s.store == nil {
		return
	}
	s.store.mu.Lock()
	defer s.store.mu.Unlock()
	s.store.chats[chat] = true
}

func (s *Server) dirtyState() {
	if s.store != nil {
		s.store.state.Store(true)
	}
}

// savedState is state.json.
type savedState struct {
	Order     []int64                   `json:"order"`
	NextID    int64                     `json:"next_update_id"`
	Queue     []*queued                 `json:"queue"`
	Allowed   []string                  `json:"allowed_updates,omitempty"`
	Webhook   webhookConfig             `json:"webhook"`
	Callbacks map[string]callback       `json:"callbacks"`
	Pressed   []string                  `json:"pressed"` // ids of Callbacks by time
	LastPress int64                     `json:"last_press"`
	Commands  map[string][]Command      `json:"commands"`
	Texts     map[string]string         `json:"texts"`
	Menus     map[int64]json.RawMessage `json:"menus"`
	Files     []*stored                 `json:"files"`
	FileCount int                       `json:"file_count"`
	Albums    int64                     `json:"albums"`
}

// savedChat is one file of chats/.
type savedChat struct {
	User     User           `json:"user"`
	Title    string         `json:"title,omitempty"`
	Started  bool           `json:"started"`
	Blocked  bool           `json:"blocked"`
	LastID   int            `json:"last_id"`
	Messages []*message     `json:"messages"`
	Keyboard *replyKeyboard `json:"keyboard,omitempty"`
	Toasts   []Toast        `json:"toasts,omitempty"`
}

func (st *store) chatFile(id int64) string {
	return filepath.Join(st.dir, "chats", strconv.FormatInt(id, 10)+".json")
}

// openStore reads the state folder and starts to keep it up to date.
func (s *Server) openStore(dir string) error {
	st := &store{dir: dir, chats: map[int64]bool{}}
	for _, sub := range []string{"chats", "files"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return err
		}
	}
	var saved savedState
	if err := readJSONFile(filepath.Join(dir, "state.json"), &saved); err != nil {
		return err
	}
	for _, id := range saved.Order {
		if err := s.restoreChat(id, st.chatFile(id)); err != nil {
			return err
		}
	}
	s.store = st
	s.restore(saved)
	s.wg.Go(s.flushLoop)
	return nil
}

// readJSONFile leaves v alone when the file does not exist.
func readJSONFile(name string, v any) error {
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *Server) restoreChat(id int64, name string) error {
	var saved savedChat
	if err := readJSONFile(name, &saved); err != nil {
		return err
	}
	if saved.User.ID == 0 && saved.Title == "" {
		return nil // killed before this chat was written for the first time
	}
	c := s.people.ensure(id)
	c.user, c.title = saved.User, saved.Title
	c.started, c.blocked = saved.Started, saved.Blocked
	c.messages = saved.Messages
	s.messages.Store(max(s.messages.Load(), int64(saved.LastID)))
	c.keyboard, c.toasts = saved.Keyboard, saved.Toasts
	return nil
}

// restore takes over state.json; nobody else uses the server yet, but a
// webhook starts to deliver at once.
func (s *Server) restore(saved savedState) {
	s.files.restore(saved)
	s.callbacks.lastID, s.callbacks.order = saved.LastPress, saved.Pressed
	maps.Copy(s.callbacks.waiting, saved.Callbacks)
	maps.Copy(s.profile.commands, saved.Commands)
	maps.Copy(s.profile.texts, saved.Texts)
	maps.Copy(s.profile.menus, saved.Menus)
	q := &s.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	q.nextID = max(q.nextID, saved.NextID)
	if saved.NextID != 0 {
		q.nextID = saved.NextID
	}
	q.items, q.live, q.allowed = saved.Queue, len(saved.Queue), saved.Allowed
	for _, item := range q.items {
		if item.Forced {
			q.forced++
		}
	}
	if saved.Webhook.URL != "" {
		s.startHook(saved.Webhook)
	}
}

func (fs *fileStore) restore(saved savedState) {
	fs.count, fs.albums = saved.FileCount, saved.Albums
	for _, f := range saved.Files {
		fs.index(f)
	}
}

func (s *Server) flushLoop() {
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.flush() // what fails stays marked: the next round or Close tells
		case <-s.ctx.Done():
			return
		}
	}
}

// flush writes what changed. Marks are taken before the data is read, so a
// change that comes meanwhile is written by the next flush.
func (s *Server) flush() error {
	st := s.store
	st.writing.Lock()
	defer st.writing.Unlock()
	st.mu.Lock()
	chats := st.chats
	st.chats = map[int64]bool{}
	st.mu.Unlock()
	var errs []error
	for id := range chats {
		if err := s.flushChat(id); err != nil {
			s.dirty(id)
			errs = append(errs, err)
		}
	}
	if st.state.Swap(false) {
		if err := s.flushState(); err != nil {
			s.dirtyState()
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (s *Server) flushChat(id int64) error {
	var raw []byte
	s.with(id, func(c *chat) {
		raw = encode(savedChat{
			User: c.user, Title: c.title, Started: c.started, Blocked: c.blocked, LastID: int(s.messages.Load()),
			Messages: c.messages, Keyboard: c.keyboard, Toasts: c.toasts,
		})
	})
	return writeFile(s.store.chatFile(id), raw)
}

func (s *Server) flushState() error {
	var saved savedState
	s.people.mu.RLock()
	saved.Order = slices.Clone(s.people.order)
	s.people.mu.RUnlock()
	s.queue.save(&saved)
	s.queue.mu.Lock()
	saved.Webhook = s.hook.conf
	s.queue.mu.Unlock()
	s.callbacks.save(&saved)
	s.profile.save(&saved)
	s.files.save(&saved)
	return writeFile(filepath.Join(s.store.dir, "state.json"), encode(saved))
}

func (q *queue) save(out *savedState) {
	q.mu.Lock()
	defer q.mu.Unlock()
	out.NextID, out.Allowed = q.nextID, q.allowed
	for _, item := range q.items {
		if !item.done {
			out.Queue = append(out.Queue, &queued{ID: item.ID, Chat: item.Chat, Raw: item.Raw, Forced: item.Forced, At: item.At})
		}
	}
}

func (cs *callbackStore) save(out *savedState) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	out.Callbacks, out.Pressed, out.LastPress = maps.Clone(cs.waiting), slices.Clone(cs.order), cs.lastID
}

func (p *profile) save(out *savedState) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	out.Commands, out.Texts, out.Menus = maps.Clone(p.commands), maps.Clone(p.texts), maps.Clone(p.menus)
}

func (fs *fileStore) save(out *savedState) {
	fs.mu.RLock()
	defer fs.mu.RUnlock()
	out.FileCount, out.Albums = fs.count, fs.albums
	out.Files = slices.Collect(maps.Values(fs.byID))
}

// writeFile replaces a file in one step: readers and a crash see the old or
// the new content, never a part.
func writeFile(name string, body []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails after the rename, as it should
	_, err = tmp.Write(body)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
