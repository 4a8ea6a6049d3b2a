package vault

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/hashicorp/vault/api"
	"github.com/tink-crypto/tink-go-hcvault/v2/integration/hcvault"
	"github.com/tink-crypto/tink-go/v2/core/registry"
)

const (
	transitScheme = "hcvault://"
	kmsPatience   = 10 * time.Second // for one answer of the KMS
)

// kms finds the client of a key management service that knows a key.
func kms(uri string) (registry.KMSClient, error) {
	if !strings.HasPrefix(uri, transitScheme) {
		return nil, fmt.Errorf("vault: no key management service of this program knows %s", uri)
	}
	u, err := url.Parse(uri)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("vault: %s is no address of a transit key; write it like hcvault://host/transit/keys/tinbao", uri)
	}
	conf := api.DefaultConfig() // reads VAULT_CACERT and its kin
	if conf.Error != nil {
		return nil, fmt.Errorf("vault: settings of the KMS: %w", conf.Error)
	}
	conf.Address, conf.Timeout = "https://"+u.Host, kmsPatience
	client, err := api.NewClient(conf) // reads VAULT_TOKEN
	if err != nil {
		return nil, fmt.Errorf("vault: settings of the KMS: %w", err)
	}
	return hcvault.NewClientWithAEADOptions(transitScheme+u.Host, client.Logical())
}
