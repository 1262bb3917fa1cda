package openbadges

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// IdentityHash is "sha256$" and the lower-case hexadecimal SHA-256 of the
// identifier followed by the salt, both as given (Open Badges 3.0 §B.2,
// IdentityHash). An empty salt is no salt.
func IdentityHash(identifier, salt string) string {
	sum := sha256.Sum256([]byte(identifier + salt))
	return "sha256$" + hex.EncodeToString(sum[:])
}

// MatchIdentity reports whether the hash is that of one of the candidates with
// the salt. It reads sha256 and md5 (which is never issued), hexadecimal of
// either case, and takes the same time whichever candidate fits.
func MatchIdentity(identityHash, salt string, candidates ...string) bool {
	algorithm, want, ok := parseIdentityHash(identityHash)
	if !ok {
		return false
	}
	matched := 0
	for _, candidate := range candidates {
		matched |= subtle.ConstantTimeCompare(want, digest(algorithm, candidate+salt))
	}
	return matched == 1
}

// Matches reports whether text names the person of this object, whose salt it
// must carry if it has one. The specification says nothing of case and blanks,
// so the text is tried as typed, then trimmed, then in lower case; a name is tried
// in its folded form too. It takes the same time whichever fits.
func (o IdentityObject) Matches(text string) bool {
	spellings := spellings(text)
	if folded := FoldName(text, ""); o.IdentityType == IdentityName && folded != "" {
		spellings = append(spellings, folded)
	}
	if strings.TrimSpace(text) == "" {
		return false // an empty text is nobody, whatever was hashed
	}
	if o.Hashed {
		return MatchIdentity(o.IdentityHash, o.Salt, spellings...)
	}
	plain := []string{o.IdentityHash}
	if o.IdentityType == IdentityName {
		plain = append(plain, FoldName(o.IdentityHash, ""))
	}
	return anyEqual(plain, spellings)
}

// spellings are the forms in which an identifier may have been hashed: as typed,
// trimmed, in lower case, and with composed letters.
func spellings(text string) []string {
	trimmed := strings.TrimSpace(text)
	lower := strings.ToLower(trimmed)
	return []string{text, trimmed, lower, norm.NFC.String(trimmed), norm.NFC.String(lower)}
}

// anyEqual compares each text with each other one, in constant time for texts of
// the same lengths. An empty text is nobody's.
func anyEqual(these, those []string) bool {
	matched := 0
	for _, a := range these {
		for _, b := range those {
			if a != "" {
				matched |= subtle.ConstantTimeCompare([]byte(a), []byte(b))
			}
		}
	}
	return matched == 1
}

// parseIdentityHash splits "algorithm$hex" into the algorithm and the digest.
func parseIdentityHash(s string) (algorithm string, sum []byte, ok bool) {
	algorithm, text, found := strings.Cut(s, "$")
	if !found {
		return "", nil, false
	}
	sum, err := hex.DecodeString(text)
	if err != nil {
		return "", nil, false
	}
	return algorithm, sum, len(sum) > 0 && len(sum) == len(digest(algorithm, ""))
}

// digest is nil for an algorithm that the specification does not know.
func digest(algorithm, text string) []byte {
	switch algorithm {
	case "sha256":
		sum := sha256.Sum256([]byte(text))
		return sum[:]
	case "md5":
		sum := md5.Sum([]byte(text))
		return sum[:]
	}
	return nil
}

func isIdentityHash(s string) bool {
	_, _, ok := parseIdentityHash(s)
	return ok
}
