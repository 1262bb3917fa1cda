package archtest

import (
	"slices"
	"strings"
)

// module is the name in go.mod.
const module = "ramure"

// The layers, from the words up. Data goes door → act → proof → store, imports
// go down: a room may import what stands in its line of the table below.
var (
	words = []string{"problem", "scope", "freshness", "journal", "openbadges", "openbadges2", "competence", "mediation", "lookalike"}

	proofs = []string{
		"credential", "credential/vcjwt", "credential/dataintegrity", "credential/statuslist",
		"jsonld", "did", "keyring", "translog", "baking", "qr", "hosted", "markup",
	}

	acts = []string{"award", "network", "verifier", "standing", "demo"}

	doors = []string{
		"store", "auth", "job", "mail", "locale", "outbound", "httpx", "public", "site", "api", "vcapi", "config", "app",
	}

	// trials are rooms of tests: nothing that ships imports them.
	trials = []string{"archtest", "bench", "e2e", "e2e/tessera", "store/storetest", "store/pgtest"}

	// hooks are what trials hold on to, and empty in what ships.
	hooks = []string{"failpoint"}

	// resources are embedded files; they lie beside internal and cmd.
	resources = []string{"schemas", "web", "migrations"}
)

// everything stands for any room but a trial.
const everything = "*"

// rooms says, for each room, which others it may import. A room that is not
// here does not exist yet.
var rooms = map[string][]string{
	// The command line is a door too: flags in, text out, and the acts in
	// between, as app has joined them.
	"cmd/ramure": union(words, acts, []string{
		"app", "config", "credential", "did", "translog", "auth", "outbound", "locale", "web",
	}),

	// Words know the standard library and the words below them.
	"problem":     {},
	"scope":       {},
	"freshness":   {},
	"journal":     {},
	"openbadges":  {},
	"openbadges2": {"openbadges"},
	"competence":  {"problem"},
	"mediation":   {"problem", "competence"},
	"lookalike":   {},

	// Proofs know words. What seals knows neither badges nor its parent.
	"credential": {
		"openbadges", "problem", "schemas", "jsonld", "did",
		"credential/vcjwt", "credential/dataintegrity", "credential/statuslist",
	},
	"credential/vcjwt":         {"problem", "jsonld", "did"},
	"credential/dataintegrity": {"problem", "jsonld", "did"},
	"credential/statuslist":    {"problem", "jsonld"},
	"jsonld":                   {"problem", "schemas"},
	"did":                      {"problem", "jsonld"},
	"keyring":                  {"problem"},
	"translog":                 {"problem"},
	"baking":                   {"problem"},
	"hosted":                   {"problem", "openbadges", "openbadges2", "jsonld", "credential"},
	"qr":                       {"problem"},
	"markup":                   {"problem"},

	// Acts know words and proofs, and never one another; the demonstration
	// alone goes through the other acts.
	"award":    union(words, proofs, hooks),
	"network":  union(words, proofs),
	"verifier": union(words, proofs),
	"standing": union(words, proofs),
	"demo":     union(words, proofs, acts, resources),

	// Doors translate.
	"store": union(words, acts, []string{
		"translog", "credential/statuslist", "auth", "job", "keyring", "migrations", "failpoint",
	}),
	"auth":     union(words, []string{"httpx", "locale"}),
	"job":      {"problem"},
	"mail":     {"problem", "job", "locale", "web"},
	"locale":   {"problem", "web"},
	"outbound": {"problem"},
	"httpx":    {"problem", "locale", "markup", "web"},
	"public": union(words, acts, resources, []string{
		"httpx", "auth", "locale", "markup", "qr", "credential", "did", "translog",
	}),
	"site": union(words, acts, resources, []string{
		"httpx", "auth", "locale", "markup", "qr",
	}),
	"api": union(words, acts, resources, []string{
		"httpx", "auth", "locale", "markup", "qr", "credential", "did", "translog",
		"jsonld", // its strict decoder reads each body before huma does
	}),
	// The adapter is a door of its own kind: it lays the proofs themselves open.
	"vcapi": {
		"problem", "jsonld", "did", "httpx",
		"credential/vcjwt", "credential/dataintegrity", "credential/statuslist",
	},
	"config": {"problem"},
	"app":    {everything},

	"archtest":        {},
	"failpoint":       {},
	"bench":           {everything},
	"e2e":             {everything},
	"e2e/tessera":     {},
	"store/pgtest":    {},
	"store/storetest": {everything, "store/pgtest"},

	"schemas":    {},
	"web":        {},
	"migrations": {},
}

// mayImportApp are the rooms for which the whole program is put together.
var mayImportApp = []string{"cmd/ramure", "app", "e2e", "bench"}

// allows reports whether one room may import another in code that ships.
func allows(from, to string) bool {
	allowed := rooms[from]
	if slices.Contains(allowed, to) {
		return true
	}
	return slices.Contains(allowed, everything) && !slices.Contains(trials, to)
}

// layer names the layer of a room, for the rules that hold for a whole layer.
func layer(room string) string {
	for name, members := range map[string][]string{
		"words": words, "proofs": proofs, "acts": acts, "doors": doors, "trials": trials, "hooks": hooks, "resources": resources,
	} {
		if slices.Contains(members, room) {
			return name
		}
	}
	return ""
}

// roomOf turns an import path of ours into a room: ramure/internal/did → did,
// ramure/schemas → schemas.
func roomOf(importPath string) (string, bool) {
	inside, ours := strings.CutPrefix(importPath, module+"/")
	return strings.TrimPrefix(inside, "internal/"), ours
}

func union(lists ...[]string) []string { return slices.Concat(lists...) }
