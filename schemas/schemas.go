package schemas

import "embed"

// FS holds the embedded files under their names here: contexts/…, data/…,
// openapi/… and NOTICE.md.
//
//go:embed contexts data openapi NOTICE.md
var FS embed.FS

// contexts maps each JSON-LD context address to the file that stands for it.
// An address is compared byte for byte: no redirect, no trailing slash, no
// change of scheme.
var contexts = map[string]string{
	"https://www.w3.org/ns/credentials/v2":                       "contexts/credentials-v2.jsonld",
	"https://www.w3.org/2018/credentials/v1":                     "contexts/credentials-v1.jsonld",
	"https://www.w3.org/ns/credentials/status/v1":                "contexts/bitstring-status-list-v1.jsonld",
	"https://w3id.org/security/data-integrity/v2":                "contexts/data-integrity-v2.jsonld",
	"https://w3id.org/security/multikey/v1":                      "contexts/multikey-v1.jsonld",
	"https://w3id.org/security/suites/ed25519-2020/v1":           "contexts/ed25519-signature-2020-v1.jsonld",
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json":       "contexts/openbadges-3.0.jsonld",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "contexts/openbadges-3.0.1.jsonld",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "contexts/openbadges-3.0.2.jsonld",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "contexts/openbadges-3.0.3.jsonld",
	"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json":    "contexts/openbadges-extensions.jsonld",
}

// Contexts lists the addresses of the embedded JSON-LD contexts, in no order.
func Contexts() []string {
	urls := make([]string, 0, len(contexts))
	for url := range contexts {
		urls = append(urls, url)
	}
	return urls
}

// Context gives the bytes of the JSON-LD context that stands for an address,
// and false for an address that is not in the table.
func Context(url string) ([]byte, bool) {
	name, known := contexts[url]
	if !known {
		return nil, false
	}
	data, err := FS.ReadFile(name)
	return data, err == nil
}
