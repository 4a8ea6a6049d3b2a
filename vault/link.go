package vault

import "strconv"

// Link is the hash under which it is stored that a report is about an establishment. Of
// two reports on one establishment the hashes have nothing in common.
func (v *Vault) Link(caseID string, establishment int) []byte {
	return v.hash(edgeIndex, "establishment", caseID+"\x00"+strconv.Itoa(establishment))
}
