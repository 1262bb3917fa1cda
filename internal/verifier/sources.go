package verifier

import (
	"context"
	"encoding/base64"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/hosted"
	"ramure/internal/jsonld"
	"ramure/internal/translog"
)

// check makes sure that the options can be read.
func (o Options) check() error {
	if o.Policy == nil || o.Proof == nil {
		return nil
	}
	if _, err := translog.ParsePolicy(o.Policy); err != nil {
		return err
	}
	_, err := translog.ParseProof(o.Proof)
	return err
}

// verify examines one credential, by the rules of the Open Badges that it is of.
func (x *examination) verify(ctx context.Context, document []byte) credential.Report {
	if isHosted(document) {
		return hosted.Verify(ctx, document, hosted.Sources{Fetch: hosted.Fetch(x.within), Now: x.now, Recipient: x.options.Recipient})
	}
	return credential.Verify(ctx, document, x.sources(document))
}

// isHosted reports an assertion of Open Badges 2.0, signed ones too.
func isHosted(document []byte) bool {
	text := plain(document)
	if isToken(text) {
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(string(text), ".")[1])
		if err != nil {
			return false
		}
		text = payload
	}
	doc, err := jsonld.DecodeObject(text)
	return err == nil && hosted.Is(doc)
}

// sources are the facts that the verification of this credential may ask for.
func (x *examination) sources(document []byte) credential.Sources {
	src := x.plainSources()
	log := x.logSource(document)
	if log == nil {
		return src
	}
	src.Log, src.Standing = log, log.standing
	if x.fetch == nil {
		src.Keys = did.Chain{did.Self{}, offlineKeys{log}}
	}
	return src
}

// plainSources are those that do not depend on the credential.
func (x *examination) plainSources() credential.Sources {
	src := credential.Sources{Now: x.now, Recipient: x.options.Recipient, Keys: did.Chain{did.Self{}, offlineKeys{}}}
	if x.fetch == nil {
		return src
	}
	src.Keys = did.Chain{did.Self{}, did.Remote{Loopback: x.Loopback, Fetch: document(x.fetch), Direct: document(x.direct)}}
	src.Status = statusSource{fetch: x.fetch, keys: src.Keys, now: x.now}
	src.Refresh = x.refresh
	return src
}

// document fetches what says which keys are an issuer's: a DID document, a profile,
// a key.
func document(fetch Fetch) did.Fetch {
	return func(ctx context.Context, address string) ([]byte, error) {
		return fetch(ctx, address, "application/did+json, application/jwk+json;q=0.9, application/json;q=0.8, */*;q=0.1")
	}
}

func (x *examination) refresh(ctx context.Context, address string) ([]byte, error) {
	return x.fetch(ctx, address, credentialTypes)
}
