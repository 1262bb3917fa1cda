package statuslist

import "fmt"

// Entry is what a credential says of its bit, as it stands in its
// credentialStatus, and who issued that credential (§2.1).
type Entry struct {
	List    string // statusListCredential, the address of the list
	Index   string // statusListIndex, a base-10 string
	Purpose string // statusPurpose, such as revocation
	Issuer  string // issuer of the credential: nobody else may revoke it
}

// ParseIndex reads a statusListIndex: digits of base 10, no sign, no leading
// zero. The errors are ErrMalformed and, beyond what any list holds, ErrRange.
func ParseIndex(s string) (int, error) {
	if s == "" || len(s) > 1 && s[0] == '0' {
		return 0, fmt.Errorf("%w: index", ErrMalformed)
	}
	const beyond = maxInflated * 8
	index := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("%w: index", ErrMalformed)
		}
		index = min(index*10+int(r-'0'), beyond) // it may yet turn out malformed
	}
	if index == beyond {
		return 0, fmt.Errorf("%w: index", ErrRange)
	}
	return index, nil
}
