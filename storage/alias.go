package storage

import (
	"fmt"

	"github.com/google/uuid"
)

// flowers name the unknown people who write, so that staff can speak of one
// without a label. The list is short and all names are neutral.
var flowers = []string{
	"Sen", "Mai", "Đào", "Cúc", "Lan", "Hồng", "Huệ", "Nhài", "Quỳnh", "Ban",
	"Gạo", "Sim", "Bưởi", "Lựu", "Súng", "Bằng Lăng", "Hướng Dương", "Phượng", "Cẩm Chướng", "Thạch Thảo",
}

const aliasNumbers = 90 // two digits, 10 to 99

// alias names the person behind one case. It is derived from the case alone, so
// two cases of one person have nothing in common.
func alias(id uuid.UUID) string {
	n := int(id[0])<<8 | int(id[1])
	return fmt.Sprintf("%s %d", flowers[n%len(flowers)], 10+n/len(flowers)%aliasNumbers)
}
