package httpx

import (
	"strconv"
	"strings"
)

// maxRanges bounds the work that one Accept header can ask for.
const maxRanges = 64

// Negotiate chooses among media types by an Accept header (RFC 9110 §12.5.1):
// for each offer the most specific range that covers it gives its quality; the
// best quality wins, and among equals the first offer. Without a header the
// first offer is right. ok is false when none is acceptable. Parameters of a
// range other than q are not compared, because none of our types has a variant.
func Negotiate(accept string, offers ...string) (offer string, ok bool) {
	if strings.TrimSpace(accept) == "" {
		return offers[0], true
	}
	ranges := parseAccept(accept)
	best := 0.0
	for _, candidate := range offers {
		if q := qualityOf(candidate, ranges); q > best {
			offer, best = candidate, q
		}
	}
	return offer, best > 0
}

// mediaRange is one member of an Accept header.
type mediaRange struct {
	kind    string // lower case: text/html, text/*, */*
	quality float64
}

func parseAccept(accept string) []mediaRange {
	var ranges []mediaRange
	for member := range strings.SplitSeq(accept, ",") {
		if len(ranges) == maxRanges {
			break
		}
		kind, parameters, _ := strings.Cut(member, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
		if strings.Count(kind, "/") != 1 {
			continue
		}
		ranges = append(ranges, mediaRange{kind, qualityParameter(parameters)})
	}
	return ranges
}

// qualityParameter finds q among the parameters. A q that cannot be read counts
// as nothing: it was certainly not a preference.
func qualityParameter(parameters string) float64 {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(parameter, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return q
	}
	return 1
}

// qualityOf gives the quality of the most specific range that covers an offer.
func qualityOf(offer string, ranges []mediaRange) float64 {
	major, _, _ := strings.Cut(offer, "/")
	quality, specificity := 0.0, 0
	for _, r := range ranges {
		s := 0
		switch r.kind {
		case offer:
			s = 3
		case major + "/*":
			s = 2
		case "*/*":
			s = 1
		}
		if s > specificity || (s == specificity && s > 0 && r.quality > quality) {
			quality, specificity = r.quality, s
		}
	}
	return quality
}
