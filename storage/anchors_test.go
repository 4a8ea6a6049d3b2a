package storage_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tinbao/storage"
)

// anchoredDays is a ward with a report a day and an anchor after each, three of them.
func anchoredDays(t *testing.T, file string) *bench {
	b := setup(t)
	for range 3 {
		b.report(an, sample)
		b.pass(25 * time.Hour)
		if err := b.SetAnchors(t.Context(), 24*time.Hour, func(storage.Anchor) []storage.Message { return nil }); err != nil {
			t.Fatal(err)
		}
		if err := b.KeepAnchors(t.Context(), file); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func (b *bench) audited(file string) string {
	b.t.Helper()
	found, err := b.VerifyHistory(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	gone, kept, err := b.Compare(file, found)
	if err != nil || !kept {
		b.t.Fatal(kept, err)
	}
	return strings.Join(append(found.Faults, gone...), "\n")
}

// Whoever can change the database takes away no anchor unnoticed: in the middle, at the end,
// all of them, with the numbers of the rest made gapless, or by putting the whole back to an
// earlier state; nor by setting new ones in their place.
func TestAMissingAnchorIsAFault(t *testing.T) {
	t.Parallel()
	const earlier = `alter table casework.events disable trigger user; alter table casework.report_events disable trigger user;
		delete from casework.anchors where n = 3; delete from casework.events e using casework.cases c where c.id = e.case_id and c.seq = 3;
		delete from casework.routes r using casework.cases c where c.id = r.case_id and c.seq = 3; delete from casework.cases where seq = 3;
		update casework.counters set last = 2 where stream = 'report'`
	for name, c := range map[string]struct {
		sql, want string
		anew      bool // the program sets anchors again
	}{
		"the last":          {"delete from casework.anchors where n = 3", "kept outside of the database and not in it", false},
		"in the middle":     {"delete from casework.anchors where n = 2", "the anchors 2 to 2 are missing", false},
		"the first":         {"delete from casework.anchors where n = 1", "the anchors 1 to 1 are missing", false},
		"all":               {"delete from casework.anchors", "under no anchor", false},
		"renumbered":        {"delete from casework.anchors where n = 2; update casework.anchors set n = 2 where n = 3", "does not follow the anchor", false},
		"all, and set anew": {"delete from casework.anchors", "kept outside of the database and not in it", true},
		"earlier, set anew": {earlier, "kept outside of the database and not in it", true},
		"an earlier state":  {earlier, "kept outside of the database and not in it", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "anchors.json")
			b := anchoredDays(t, file)
			if faults := b.audited(file); faults != "" {
				t.Fatalf("before: %s", faults)
			}
			b.owner(c.sql)
			if c.anew {
				b.pass(25 * time.Hour)
				if err := b.SetAnchors(t.Context(), 24*time.Hour, func(storage.Anchor) []storage.Message { return nil }); err != nil {
					t.Fatal(err)
				}
				if err := b.KeepAnchors(t.Context(), file); err != nil {
					t.Fatal(err)
				}
			}
			if faults := b.audited(file); !strings.Contains(faults, c.want) {
				t.Errorf("%q, want %q", faults, c.want)
			}
		})
	}
}
