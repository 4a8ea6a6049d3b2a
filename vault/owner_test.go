package vault

import (
	"io/fs"
	"testing"
)

func TestWhoMayReadSecrets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mode       fs.FileMode
		handedOver bool
		want       bool
	}{
		{0o600, false, true},
		{0o400, false, true},
		{0o640, false, false},
		{0o440, false, false},
		{0o604, false, false},
		{0o600, true, true},
		{0o400, true, true},
		{0o440, true, true},
		{0o640, true, true},
		{0o660, true, false},
		{0o450, true, false},
		{0o444, true, false},
		{0o601, true, false},
	} {
		if got := private(c.mode, c.handedOver); got != c.want {
			t.Errorf("mode %o, handed over %v: %v", c.mode, c.handedOver, got)
		}
	}
}
