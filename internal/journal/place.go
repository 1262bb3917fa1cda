package journal

import "net/netip"

// Network is what is kept of a caller's address: its /24 or its /48, enough to see
// that somebody else was there, too little to follow a person.
func Network(address string) string {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	parsed = parsed.Unmap().WithZone("")
	bits := 48
	if parsed.Is4() {
		bits = 24
	}
	prefix, err := parsed.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
