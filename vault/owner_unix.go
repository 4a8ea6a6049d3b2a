//go:build unix

package vault

import (
	"io/fs"
	"os"
	"syscall"
)

// handedOver reports whether a file belongs to root while this program is not root.
func handedOver(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == 0 && os.Geteuid() != 0
}
