package archtest

import (
	"slices"
	"strings"
)

// landlords says in which rooms each library of others may be imported, by
// code that ships. A library that is not here has no landlord, and no place.
// An entry stands for the packages below it too.
var landlords = map[string][]string{
	"github.com/gin-gonic/gin":                   {"httpx", "public", "site", "api", "vcapi", "auth"},
	"github.com/danielgtaylor/huma/v2":           {"api"},
	"github.com/alecthomas/kong":                 {"cmd/ramure", "config"},
	"github.com/jackc/pgx/v5":                    {"store", "store/storetest", "store/pgtest"},
	"modernc.org/sqlite":                         {"store"},
	"github.com/pressly/goose/v3":                {"store"},
	"github.com/go-jose/go-jose/v4":              {"credential/vcjwt", "keyring", "did"},
	"github.com/piprate/json-gold":               {"jsonld"},
	"github.com/skip2/go-qrcode":                 {"qr"},
	"github.com/makiuchi-d/gozxing":              {"qr"},
	"github.com/yuin/goldmark":                   {"markup"},
	"github.com/microcosm-cc/bluemonday":         {"markup"},
	"golang.org/x/mod/sumdb":                     {"translog"},
	"github.com/prometheus/client_golang":        {"httpx", "app"},
	"github.com/chromedp":                        {"e2e"},
	"github.com/google/uuid":                     {"store", "app"},
	"github.com/wneessen/go-mail":                {"mail"},
	"golang.org/x/text":                          {"openbadges", "competence", "mediation", "lookalike", "locale"},
	"golang.org/x/sync":                          {"award", "store", "keyring", "outbound", "httpx", "public", "api", "app", "bench"},
	"golang.org/x/net":                           {"did", "outbound", "httpx"},
	"golang.org/x/crypto":                        {"keyring", "auth"},
	"github.com/emersion":                        {}, // tests alone
	"github.com/rogpeppe/go-internal/testscript": {}, // tests alone
}

// standard does the same for the packages of the standard library that open a
// way out: HTTP, SQL and HTML have their doors.
var standard = map[string][]string{
	"net/http":      {"httpx", "public", "site", "api", "vcapi", "auth", "outbound", "app", "cmd/ramure", "bench", "e2e"},
	"html/template": {"httpx", "public", "mail"},
	"database/sql":  {"store", "store/storetest", "store/pgtest", "bench"},
}

// worldly are packages of the standard library that words may not import: they
// know no I/O.
var worldly = []string{"os", "net", "net/http", "database/sql", "log", "syscall", "io/ioutil"}

// pure are the only imports of a resource.
var pure = []string{"embed", "io/fs"}

// landlord finds the entry of a table that an import path falls under.
func landlord(table map[string][]string, importPath string) (allowed []string, known bool) {
	for prefix, allowed := range table {
		if within(importPath, prefix) {
			return allowed, true
		}
	}
	return nil, false
}

// within reports whether a path is a prefix's own or below it.
func within(path, prefix string) bool {
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

// isStandard tells the standard library from modules: its first path element
// has no dot.
func isStandard(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

func isWorldly(importPath string) bool {
	return slices.ContainsFunc(worldly, func(one string) bool { return within(importPath, one) }) &&
		importPath != "net/url" && importPath != "net/netip" && importPath != "net/mail"
}
