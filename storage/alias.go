package storage

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"tinbao/cases"
)

// flowers name the unknown people who write, so that staff can speak of one
// without a label. The list is short and all names are neutral.
var flowers = []string{
	"Sen", "Mai", "Đào", "Cúc", "Lan", "Hồng", "Huệ", "Nhài", "Quỳnh", "Ban",
	"Gạo", "Sim", "Bưởi", "Lựu", "Súng", "Bằng Lăng", "Hướng Dương", "Phượng", "Cẩm Chướng", "Thạch Thảo",
}

const (
	aliasNumbers = 90 // two digits, 10 to 99
	aliasFirst   = 10
)

// alias names the person behind one case. It is derived from the case alone, so
// two cases of one person have nothing in common. It is made of random bits: the
// beginning of an id that has no time in it, the end of one that has.
func alias(id uuid.UUID) string {
	n := int(id[0])<<8 | int(id[1])
	if id.Version() == timed {
		n = int(id[14])<<8 | int(id[15])
	}
	return fmt.Sprintf("%s %d", flowers[n%len(flowers)], aliasFirst+n/len(flowers)%aliasNumbers)
}

// aliasWords are all words, folded, of which aliases are made.
var aliasWords = func() map[string]bool {
	all := map[string]bool{}
	for _, f := range flowers {
		for _, w := range cases.WordsOf(f) {
			all[w] = true
		}
	}
	for n := range aliasNumbers {
		all[strconv.Itoa(aliasFirst+n)] = true
	}
	return all
}()

// mayBeAlias reports whether folded words could all stand in one alias. No words could.
func mayBeAlias(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !aliasWords[w] })
}
