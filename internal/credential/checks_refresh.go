package credential

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"ramure/internal/openbadges"
)

// checkRefresh asks once for a newer version of the credential, and only of one that
// is proven (Open Badges 3.0 §8.3, Refresh). If there is a newer one, that is the one
// examined from here on; if it can't be had or can't be believed, the one at hand is
// as good as it was.
func (e *examination) checkRefresh(ctx context.Context) (Check, bool) {
	service := e.cred.RefreshService
	switch {
	case service == nil:
		return ok(CheckRefresh, "none"), true
	case service.Type != openbadges.TypeRefreshService:
		return unknown(CheckRefresh, "unsupported"), true
	case e.src.Keys == nil || e.src.Refresh == nil:
		return unknown(CheckRefresh, "offline"), true
	case !e.is(CheckProof) || !e.is(CheckIssuer):
		return unknown(CheckRefresh, "unproven"), true
	}
	input, err := e.src.Refresh(ctx, service.ID)
	if errors.Is(err, ErrOffline) {
		return unknown(CheckRefresh, "offline"), true
	}
	if err != nil {
		return unknown(CheckRefresh, "unreachable"), true
	}
	return e.renew(ctx, input)
}

// renew examines what the refresh service gave. A newer version of this credential
// takes its place, with all that is found out about it.
func (e *examination) renew(ctx context.Context, input []byte) (Check, bool) {
	n := newExamination(e.src)
	switch {
	case !n.begin(input) || !n.walk(ctx, proving) || !n.is(CheckProof) || !n.is(CheckIssuer):
		return unknown(CheckRefresh, "unreadable"), true
	case !sameID(e.head.id, n.head.id) || !sameID(e.head.issuer, n.head.issuer):
		return unknown(CheckRefresh, "otherBadge"), true
	case !later(n.head.validFrom, e.head.validFrom):
		return ok(CheckRefresh, "current"), true
	}
	n.walk(ctx, asking)
	*e = *n
	return ok(CheckRefresh, "newer").with("from", e.head.validFrom), false
}

// later compares the beginnings of two versions.
func later(a, b openbadges.DateTime) bool {
	this, _ := openbadges.ParseDateTime(a)
	that, _ := openbadges.ParseDateTime(b)
	return this.After(that)
}

// sameID compares ids after percent-decoding and trimming (Open Badges 3.0 §8.6,
// Credential equality).
func sameID(a, b string) bool { return plainID(a) == plainID(b) }

func plainID(id string) string {
	if decoded, err := url.PathUnescape(id); err == nil {
		id = decoded
	}
	return strings.TrimSpace(id)
}
