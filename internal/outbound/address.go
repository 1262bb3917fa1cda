package outbound

import "net/netip"

// globalIPv6 is the only part of the IPv6 space that is handed out to networks of
// the internet: loopback, unique local, link local, multicast, IPv4-mapped and
// NAT64 addresses (64:ff9b::/96, 64:ff9b:1::/48) lie outside it.
var globalIPv6 = netip.MustParsePrefix("2000::/3")

// reserved are the blocks that are not of the public internet, from the IANA
// special-purpose address registries (RFC 6890), and the metadata address of a
// cloud that is a public one.
var reserved = prefixes(
	"0.0.0.0/8",        // this network
	"10.0.0.0/8",       // private
	"100.64.0.0/10",    // shared by carriers (CGNAT)
	"127.0.0.0/8",      // loopback
	"168.63.129.16/32", // metadata of Azure
	"169.254.0.0/16",   // link local, metadata of most clouds
	"172.16.0.0/12",    // private
	"192.0.0.0/24",     // protocol assignments, metadata of Oracle
	"192.0.2.0/24",     // documentation
	"192.88.99.0/24",   // 6to4 relays
	"192.168.0.0/16",   // private
	"198.18.0.0/15",    // benchmarks
	"198.51.100.0/24",  // documentation
	"203.0.113.0/24",   // documentation
	"224.0.0.0/4",      // multicast
	"240.0.0.0/4",      // reserved, broadcast
	"2001::/23",        // protocol assignments: Teredo, ORCHID, benchmarks
	"2001:db8::/32",    // documentation
	"2002::/16",        // 6to4: an IPv4 address inside
	"3fff::/20",        // documentation
)

func prefixes(texts ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		out[i] = netip.MustParsePrefix(text)
	}
	return out
}

// public says whether an address is one of the open internet. An IPv4 address in
// IPv6 clothes is judged as what it is.
func public(address netip.Addr) bool {
	address = address.Unmap()
	if !address.IsValid() || address.Zone() != "" {
		return false
	}
	if address.Is6() && !globalIPv6.Contains(address) {
		return false
	}
	for _, block := range reserved {
		if block.Contains(address) {
			return false
		}
	}
	return true
}
