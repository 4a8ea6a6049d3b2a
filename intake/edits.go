package intake

import (
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"tinbao/bot"
	"tinbao/bot/dialog"
	"tinbao/cases"
)

// A person who edits a message corrects it: words that are not sent yet are replaced, those
// sent just now as well, and an older edit is an addition.

// hashOf finds the words of a message again.
func hashOf(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.TrimSpace(text)))
	return h.Sum64()
}

// noteWords remembers which message words came in, so that an edit finds them in the draft.
func (d *Desk) noteWords(st Store, r *bot.Request) {
	if strings.TrimSpace(r.Text) == "" || r.MessageID == 0 {
		return
	}
	st.Thread().Remember(cases.OwnWords{Message: r.MessageID, At: st.Now().Unix(), Hash: hashOf(d.shown(r))}, st.Now())
	st.KeepThread()
}

// edited takes what a person changed in an earlier message: in place of words that are not
// sent yet or were sent just now, else as an addition.
func (d *Desk) edited(ctx context.Context, st Store, r *bot.Request, s dialog.Session) error {
	own, ok := st.Thread().Find(r.MessageID)
	text := d.shown(r)
	switch {
	case !ok || text == "" || len([]rune(text)) > maxText:
		r.Say(bot.T("edited"))
		return nil
	case own.Hash == hashOf(text): // nothing of the words changed
		return nil
	case own.CaseRef != cases.CaseRef{}:
		return d.editedSent(ctx, st, r, s, own, text)
	}
	next, found := replaced(s, own.Hash, text)
	if !found {
		r.Say(bot.T("edited"))
		return nil
	}
	own.Hash = hashOf(text)
	st.Thread().Remember(own, st.Now())
	st.KeepThread()
	if next.Dialog == looseID {
		r.Say(bot.T("edited.draft"))
		return keep(st, r, next)
	}
	if err := keep(st, r, next); err != nil {
		return err
	}
	c, known := d.dialogs[next.Dialog]
	if !known || c.Ver != next.Ver {
		r.Say(bot.T("edited.draft"))
		return nil
	}
	return d.ask(ctx, st, r, next, 0, bot.T("edited.draft"))
}

// replaced is a session with other words in place of those with a hash.
func replaced(s dialog.Session, hash uint64, text string) (dialog.Session, bool) {
	for name, values := range s.Answers {
		for i, v := range values {
			mark := ""
			if strings.HasPrefix(v, "t:") && hashOf(v) != hash {
				mark, v = "t:", v[2:]
			}
			if name == "file" || hashOf(v) != hash {
				continue
			}
			values = slices.Clone(values)
			values[i] = mark + text
			s = with(s, name, false, values[0])
			s.Answers[name] = values
			return s, true
		}
	}
	return s, false
}

func (d *Desk) editedSent(ctx context.Context, st Store, r *bot.Request, s dialog.Session, own cases.OwnWords, text string) error {
	if _, err := d.danger(ctx, st, r, s); err != nil {
		return err
	}
	fresh, key := st.Now().Sub(time.Unix(own.At, 0)) <= cases.TakeBack && own.Talk > 0, "edited.added"
	if fresh {
		_, err := st.TakeWords(ctx, own.CaseRef, cases.Addition{In: own.In, Talk: own.Talk})
		switch cases.KindOf(err) {
		case cases.NotAllowed, cases.NotFound:
			fresh = false
		default:
			if err != nil {
				return err
			}
			key = "edited.sent"
		}
	}
	said := text
	if !fresh {
		said = d.Label(r.Lang, "edited.mark") + " " + text
	}
	c, err := st.AddInfo(ctx, own.Stream, own.ID, cases.Route{Chat: r.Chat, Lang: r.Lang}, said, nil)
	switch cases.KindOf(err) {
	case cases.NotAllowed, cases.NotFound:
		r.Say(bot.T("edited"))
		return nil
	}
	if err != nil {
		return err
	}
	t, before := st.Thread(), own.Addition
	own.Addition = cases.Addition{In: st.Added().In, Talk: st.Added().Talk, Files: own.Files}
	own.Hash = hashOf(text)
	t.Remember(own, st.Now())
	if fresh && t.Run != nil {
		for i, a := range t.Run.Added {
			if a.In == before.In && a.Talk == before.Talk {
				t.Run.Added[i] = own.Addition
			}
		}
	}
	st.KeepThread()
	sent, err := sentAs(ctx, st, own.CaseRef, c)
	if err != nil {
		return err
	}
	r.Reply(bot.Reply{Lines: []bot.Text{bot.T(key, "received", sent)}, Of: &bot.CaseRef{Stream: own.Stream, ID: own.ID}})
	return d.tellAdded(ctx, st, r, own.CaseRef, sent, c)
}
