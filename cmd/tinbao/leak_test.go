package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tinbao/telegramsim"
)

// secrets are things that must not stand somewhere, each under what it is.
type secrets map[string]string

// identities tell who somebody is. Nobody but the person's own phone and Telegram may
// know them, so they must not reach staff either.
func (w *town) identities() secrets {
	out := secrets{}
	for who, u := range cast {
		if u.Side == telegramsim.Staff {
			continue
		}
		out[who+"'s username"] = u.Username
		out[who+"'s id"] = strconv.FormatInt(u.ID, 10)
		if strings.Contains(u.FirstName, "Kín") {
			out[who+"'s name"] = u.FirstName
		}
		for _, m := range w.sim.Messages(u.ID) {
			own := fmt.Sprintf("%s's %%s of message %d", who, m.ID)
			for _, code := range receiptForm.FindAllString(m.Text, -1) {
				out[fmt.Sprintf(own, "receipt")] = code
				out[fmt.Sprintf(own, "receipt without dashes")] = strings.ReplaceAll(code, "-", "")
			}
			if m.FromBot {
				continue
			}
			if f, _ := m.File(); f != nil {
				out[fmt.Sprintf(own, "file")] = f.ID
				if f.Name != "" {
					out[fmt.Sprintf(own, "file name")] = f.Name
				}
			}
			if m.Location != nil {
				out[fmt.Sprintf(own, "latitude")] = strconv.FormatFloat(m.Location.Latitude, 'f', -1, 64)
				out[fmt.Sprintf(own, "longitude")] = strconv.FormatFloat(m.Location.Longitude, 'f', -1, 64)
			}
			if m.Contact != nil {
				out[fmt.Sprintf(own, "phone")] = m.Contact.Phone
			}
		}
	}
	maps.Copy(out, traces)
	return out
}

// canaries are things that must stand nowhere outside of Telegram: who people are,
// what they wrote, and what their buttons carry.
func (w *town) canaries() secrets {
	out := w.identities()
	out["token"] = testToken
	for who, u := range cast {
		out[who+"'s username"] = u.Username
		out[who+"'s id"] = strconv.FormatInt(u.ID, 10)
		if p, ok := posts[who]; ok {
			out[who+"'s name among colleagues"] = p.name
		}
		for _, m := range w.sim.Messages(u.ID) {
			if text := words(m); long(text) {
				out[fmt.Sprintf("%s's message %d", who, m.ID)] = text
			}
			if f, _ := m.File(); f != nil && !m.FromBot {
				out[fmt.Sprintf("%s's file %d", who, m.ID)] = f.ID
			}
			for i, b := range slices.Concat(m.Inline...) {
				if long(b.Data) {
					out[fmt.Sprintf("%s's button %d of message %d", who, i, m.ID)] = b.Data
				}
			}
		}
	}
	return out
}

// words are what a person wrote in a message, "" when it came from a keyboard. Of a
// command only what stands behind it counts.
func words(m telegramsim.Message) string {
	text := strings.TrimSpace(m.Text)
	if m.FromBot || onMenu(text) {
		return ""
	}
	if strings.HasPrefix(text, "/") {
		_, text, _ = strings.Cut(text, " ")
	}
	return strings.TrimSpace(text)
}

// shortest is the length from which a text cannot stand somewhere by chance.
const shortest = 12

func long(text string) bool { return len([]rune(text)) >= shortest }

func onMenu(text string) bool {
	return strings.ContainsAny(text, "🔔🤝🔎📖🆘🔒📋📊❓🙋") && len([]rune(text)) < 30
}

// leaks fails the test for everything the program leaves behind about people.
func (w *town) leaks() {
	w.t.Helper()
	for _, f := range w.search(w.canaries()) {
		w.t.Error(f)
	}
	identities := w.identities()
	maps.DeleteFunc(identities, func(what, _ string) bool { return w.agreed(what) })
	for _, f := range find("what staff get", w.staffGet(), identities) {
		w.t.Error(f)
	}
	for _, l := range w.linkage() {
		w.t.Error(l)
	}
}

// agreed reports whether a place is one staff may get: the person said that it is exact, or
// chose it by its name.
func (w *town) agreed(what string) bool {
	return slices.ContainsFunc(w.exact, func(who string) bool {
		return strings.HasPrefix(what, who+"'s latitude") || strings.HasPrefix(what, who+"'s longitude")
	})
}

// exactly are the buttons and acts with which a person gives an exact place to staff.
var exactly = []string{"📍 Nơi xảy ra", "✅ Đồng ý gửi vị trí chính xác", "✅ Send the exact location", "📍 Where it happened"}

// search looks in everything the program leaves behind.
func (w *town) search(canaries secrets) (found []leak) {
	w.t.Helper()
	_, metrics := w.get("/metrics")
	for where, heap := range map[string][]byte{
		"Postgres":          w.dump(),
		"pg_dump":           w.backup(),
		"journal":           unpacked(w.recorded()),
		"Redis":             dumpRedis(w.t, w.settings.RedisURL),
		"snapshot of Redis": snapshotRedis(w.t, w.settings.RedisURL),
		"log":               []byte(w.log.String()),
		"metrics":           []byte(metrics),
		"temporary files":   dumpTemp(w.t),
	} {
		found = append(found, find(where, heap, canaries)...)
	}
	return found
}

// staffGet is all that the bot ever put on a phone of staff: texts, buttons, and
// files as they are downloaded.
func (w *town) staffGet() []byte {
	w.t.Helper()
	var heap bytes.Buffer
	for _, u := range cast {
		if u.Side != telegramsim.Staff {
			continue
		}
		for _, m := range w.sim.Messages(u.ID) {
			if !m.FromBot {
				continue
			}
			fmt.Fprintf(&heap, "%s\n%s\n%v\n", m.Text, m.HTML, m.Inline)
			if f, _ := m.File(); f != nil {
				body, err := w.sim.FileBody(f.ID)
				if err != nil {
					w.t.Fatal(err)
				}
				heap.WriteString(f.Name + "\n")
				heap.Write(body)
			}
		}
	}
	return heap.Bytes()
}

// A town whose people wrote nothing special has nothing that could be found by
// accident, and the list of what must not be found is not empty.
func TestCanariesAreThere(t *testing.T) {
	t.Parallel()
	s := newStory(t)
	for _, line := range []string{
		"an starts", "an presses 🔔 Gửi phản ánh", "an presses Dấu hiệu trên mạng", "an pins", "an says 22 giờ thứ Sáu",
		"an sends pdf: Chú thích dưới tệp này", "an presses ✅ Gửi", "an shares", "hoa says /ghichu PA-26-0001 Người này là hàng xóm",
	} {
		s.play(line)
	}
	have := map[string]bool{}
	for _, secret := range s.canaries() {
		have[secret] = true
	}
	for _, want := range []string{
		testToken, "an_private_name", "5550070001", "5550080001", "20.95512", "105.74871", "+84900000001", "22 giờ thứ Sáu",
		trace + ".pdf", trace, owner, serial, "Chú thích dưới tệp này", "PA-26-0001 Người này là hàng xóm", "Cô Hoa", s.receipt("an"),
	} {
		if !have[want] {
			t.Errorf("nobody would look for %q", want)
		}
	}
	s.leaks()
}
