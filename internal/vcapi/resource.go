package vcapi

import (
	"bytes"
	"context"
	"crypto"
	_ "crypto/sha256" // for crypto.SHA256
	_ "crypto/sha512" // for crypto.SHA384 and SHA512
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"

	"ramure/internal/did"
)

// digest is what a resource must hash to.
type digest struct {
	hash crypto.Hash
	sum  []byte
}

// hashes by their names in Subresource Integrity, and their multihash codes.
var hashes = []struct {
	name string
	code byte
	hash crypto.Hash
}{{"sha256", 0x12, crypto.SHA256}, {"sha384", 0x20, crypto.SHA384}, {"sha512", 0x13, crypto.SHA512}}

// published are the digests of resources whose very bytes the specifications fix,
// in hexadecimal (VC Data Model §B.1). Our own copy is indented in another way.
var published = map[string]map[crypto.Hash]string{
	contextV2: {
		crypto.SHA256: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
		crypto.SHA384: "97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614",
	},
}

// sri accepts integrity metadata (Subresource Integrity §3.5).
func sri(_ *model, value any) string {
	s, _ := value.(string)
	if len(parseSRI(s)) == 0 {
		return "digestSRI"
	}
	return ""
}

// parseSRI reads one or more digests with blanks between; none if one of them is
// malformed.
func parseSRI(s string) []digest {
	var found []digest
	for _, part := range strings.Fields(s) {
		name, encoded, _ := strings.Cut(part, "-")
		sum, err := base64.StdEncoding.Strict().DecodeString(encoded)
		known := false
		for _, h := range hashes {
			if h.name == name && len(sum) == h.hash.Size() {
				found, known = append(found, digest{h.hash, sum}), true
			}
		}
		if err != nil || !known {
			return nil
		}
	}
	return found
}

// multibase accepts a digest in Multibase (VC Data Integrity §2.6).
func multibase(_ *model, value any) string {
	s, _ := value.(string)
	if _, ok := parseMultibase(s); !ok {
		return "digestMultibase"
	}
	return ""
}

// parseMultibase reads a digest in base64url ("u") or base58btc ("z"), as a
// multihash or bare; a bare one tells its hash by its length.
func parseMultibase(s string) (digest, bool) {
	var sum []byte
	var err error
	if encoded, isURL := strings.CutPrefix(s, "u"); isURL {
		sum, err = base64.RawURLEncoding.Strict().DecodeString(encoded)
	} else {
		sum, err = did.DecodeMultibase(s)
	}
	if err != nil {
		return digest{}, false
	}
	for _, h := range hashes {
		size := h.hash.Size()
		if len(sum) == size {
			return digest{h.hash, sum}, true
		}
		if len(sum) == size+2 && sum[0] == h.code && int(sum[1]) == size {
			return digest{h.hash, sum[2:]}, true
		}
	}
	return digest{}, false
}

// checkResources compares the digests of related resources with what can be had of
// them (VC Data Model §5.3). A resource that is away tells nothing.
func (a *Adapter) checkResources(ctx context.Context, doc map[string]any) (found []detail) {
	for i, item := range items(doc["relatedResource"]) {
		resource, _ := item.(map[string]any) // objects, by the data model
		if !a.matches(ctx, resource) {
			path := "$.relatedResource[" + strconv.Itoa(i) + "]"
			found = append(found, say(cryptographicError, "the resource has another digest", path))
		}
	}
	return found
}

func (a *Adapter) matches(ctx context.Context, resource map[string]any) bool {
	var wanted []digest
	for _, text := range texts(resource["digestSRI"]) {
		wanted = append(wanted, parseSRI(text)...)
	}
	for _, text := range texts(resource["digestMultibase"]) {
		one, _ := parseMultibase(text)
		wanted = append(wanted, one)
	}
	sumOf := a.sums(ctx, identifier(resource))
	for _, one := range wanted {
		if sum := sumOf(one.hash); sum != nil && !bytes.Equal(sum, one.sum) {
			return false
		}
	}
	return true
}

// sums tells the digests of a resource; nil if one is not known.
func (a *Adapter) sums(ctx context.Context, id string) func(crypto.Hash) []byte {
	if known, fixed := published[id]; fixed {
		return func(h crypto.Hash) []byte {
			sum, _ := hex.DecodeString(known[h])
			return sum
		}
	}
	data, err := a.Fetch(ctx, id)
	return func(h crypto.Hash) []byte {
		if err != nil || !h.Available() {
			return nil
		}
		hashed := h.New()
		hashed.Write(data)
		return hashed.Sum(nil)
	}
}
