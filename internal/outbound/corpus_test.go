package outbound

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// corpus gives addresses that must not lead to any connection, each once.
func corpus() []string {
	seen, list := map[string]bool{}, []string{}
	add := func(format string, values ...any) {
		if address := fmt.Sprintf(format, values...); !seen[address] {
			seen[address] = true
			list = append(list, address)
		}
	}
	for _, host := range literals() {
		add("https://%s/did.json", host)
		add("http://%s/did.json", host)
	}
	for i := range forbidden {
		add("https://%s/did.json", poisoned(i))
	}
	for _, address := range written {
		add("%s", address)
	}
	return list
}

// poisoned names a host whose server of names answers the i-th forbidden address.
func poisoned(i int) string { return fmt.Sprintf("n%d.poison.example.org", i) }

// literals writes forbidden IPv4 addresses in the ways that some program reads.
func literals() []string {
	var hosts []string
	for _, text := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.16.0.1", "100.64.0.1", "0.0.0.0"} {
		b := netip.MustParseAddr(text).As4()
		n := binary.BigEndian.Uint32(b[:])
		hosts = append(hosts,
			text, text+".", fmt.Sprint(n), fmt.Sprintf("0x%x", n), fmt.Sprintf("0%o", n), fmt.Sprintf("%d", uint64(n)+1<<32),
			fmt.Sprintf("0%o.0%o.0%o.0%o", b[0], b[1], b[2], b[3]), fmt.Sprintf("0x%x.0x%x.0x%x.0x%x", b[0], b[1], b[2], b[3]),
			fmt.Sprintf("%d.%d", b[0], n&0xffffff), fmt.Sprintf("%d.%d.%d", b[0], b[1], n&0xffff), fmt.Sprintf("0%s", text),
			fmt.Sprintf("%d.%d.%d.0x%x", b[0], b[1], b[2], b[3]), fmt.Sprintf("[::ffff:%s]", text), fmt.Sprintf("[::%s]", text), fmt.Sprintf("[64:ff9b::%s]", text),
			fmt.Sprintf("[::ffff:%x:%x]", n>>16, n&0xffff), fmt.Sprintf("[2002:%x:%x::]", n>>16, n&0xffff), text+":443", text+":80",
			strings.ReplaceAll(text, ".", "。"), strings.ReplaceAll(text, ".", "%2e"), strings.Replace(text, ".", "..", 1),
		)
	}
	for _, text := range forbidden {
		if strings.Contains(text, ":") && !strings.Contains(text, "%") {
			hosts = append(hosts, "["+text+"]")
		}
	}
	return hosts
}

// written are single cases.
var written = []string{
	// other schemes and no scheme
	"", " ", "example.com", "//example.com/", "/etc/passwd", "file:///etc/passwd", "ftp://example.com/", "gopher://example.com:70/_",
	"dict://example.com:2628/", "ldap://example.com/", "data:text/plain,x", "javascript:alert(1)", "jar:https://example.com!/", "unix:///var/run/docker.sock",
	"http://example.com/", "https:example.com", "https:/example.com", "https:///example.com", "https:\\\\example.com", "https://", "https:///", "https://?", "https://#",
	"HTTPS://127.0.0.1/", "hTTp://localhost/", "ws://example.com/", "wss://example.com/", "did:web:example.com", "urn:uuid:x",
	// other ports
	"https://example.com:80/", "https://example.com:8443/", "https://example.com:22/", "https://example.com:0/", "https://example.com:65536/",
	"https://example.com:443443/", "https://example.com:+443/", "https://example.com:-1/", "https://example.com:/", "https://example.com:44 3/", "https://example.com:0443/",
	// local names
	"https://localhost/", "https://LOCALHOST/", "https://localhost./", "https://a.localhost/", "https://localhost.localdomain.local/", "https://printer/",
	"https://db.internal/", "https://metadata.google.internal/computeMetadata/v1/", "https://router.lan/", "https://nas.local/", "https://intranet.corp/", "https://x.home.arpa/",
	"https://x.onion/", "https://x.test/", "https://x.invalid/", "https://kubernetes.default.svc.cluster.local/", "https://x.intranet/", "https://x.private/", "https://1.0.0.127.in-addr.arpa/",
	// who is the host?
	"https://example.com@127.0.0.1/", "https://user:pass@example.com/", "https://127.0.0.1@example.com/", "https://@example.com/", "https://:@example.com/",
	"https://example.com%40127.0.0.1/", "https://127.0.0.1%2f@example.com/", "https://example.com\\@127.0.0.1/", "https://127.0.0.1\\.example.com/", "https://127.0.0.1\\example.com",
	"https://example.com#@127.0.0.1/", "https://127.0.0.1#.example.com/", "https://example.com/#fragment", "https://example.com#", "https://127.0.0.1;.example.com/", "https://127.0.0.1,example.com/",
	"https://[127.0.0.1]/", "https://[::1/", "https://::1/", "https://[::1]]/", "https://[[::1]]/", "https://[::1%25lo]/", "https://[fe80::1%25eth0]/", "https://[example.com]/", "https://[]/", "https://[::1].example.com/",
	"https://exa[mple.com/", "https://example.com:443:443/", "https://example.com:443@127.0.0.1/",
	// blanks, breaks and controls
	" https://example.com/", "https://example.com/ ", "https://exam ple.com/", "https://example.com/a b", "https://example.com/\r\nHost: 127.0.0.1", "https://example.com\r\n/", "https://example.com/\n",
	"https://example.com\t/", "https://exam\tple.com/", "https://example.com/\x00", "https://example.com\x00.evil.example/", "https://example.com/\x7f", "\thttps://example.com/", "https://example.com/%0d%0aX: y z",
	"https://example.com%0d%0a/", "https://example.com%00/", "https://example.com%20/", "https://%65xample.com/", "https://example%2ecom/", "https://127%2e0%2e0%2e1/", "https://%31%32%37.0.0.1/", "https://example.com%/", "https://example.com%zz/",
	// letters that are not ASCII, and marks that programs drop or fold
	"https://exämple.com/", "https://ｅxample.com/", "https://example。com/", "https://example．com/", "https://①②⑦.⓪.⓪.①/", "https://１２７.0.0.1/", "https://loc\u00adalhost/", "https://local\u200bhost/", "https://ⓛocalhost/",
	"https://example.com\u2028/", "https://example.com/é", "https://\u017f.example/", "https://\u212a.example/", "https://example.com\u202e/",
	// labels that are none
	"https://-a.example/", "https://a-.example/", "https://a..example/", "https://.example.com/", "https://example.com./", "https://exa_mple.com/", "https://*.example.com/", "https://a,b.example/", "https://a!b.example/", "https://a$b.example/", "https://(a).example/",
	"https://" + strings.Repeat("a", 64) + ".example/", "https://" + strings.Repeat("a.", 130) + "example/", "https://example.com/" + strings.Repeat("a", 2000),
	"https://example.123/", "https://example.0x7f/", "https://1.2.3.4.5/", "https://256.256.256.256/", "https://127.0.0.1.1/", "https://0/", "https://1/", "https://0x7f/", "https://00000000/",
	// characters of templates and quotes
	"https://example.com/<script>", "https://example.com/\"", "https://example.com/{x}", "https://example.com/a|b", "https://example.com/`id`", "https://example.com/^", "https://example.com/a\\b",
}
