package archtest

import "regexp"

// word is a name of a package that may be used in a few rooms only.
type word struct {
	of    string         // import path of the package
	names *regexp.Regexp // which of its names
	rooms []string       // where they may stand
	tests bool           // whether tests are held to it too
	why   string
}

// reserved are the words that belong to a room.
var reserved = []word{
	{
		of: "time", names: regexp.MustCompile(`^(Now|Since|Until)$`),
		rooms: []string{"app", "cmd/ramure", "bench"},
		why:   "the clock comes in through the door, as an argument",
	},
	{
		of: "net/http", names: regexp.MustCompile(`^Status`),
		rooms: []string{"httpx", "api", "outbound"},
		why:   "httpx alone turns a kind of problem into a status (api declares them, outbound reads those of others)",
	},
	{
		of: "net/http", names: regexp.MustCompile(`^(Get|Head|Post|PostForm|DefaultClient)$`),
		tests: true,
		why:   "the default client has no limit and no guard",
	},
	{
		of: "net/http", names: regexp.MustCompile(`^Client$`),
		rooms: []string{"outbound", "cmd/ramure", "bench"},
		why:   "outbound alone leaves the machine",
	},
	{
		of: module + "/internal/scope", names: regexp.MustCompile(`^Grant$`),
		rooms: []string{"auth"},
		why:   "auth alone decides whose data an act may touch",
	},
}

// statement is how a string of SQL begins: a verb in capitals, or in small
// letters with the words that follow it in SQL and in no English sentence.
var statement = regexp.MustCompile(`^\s*(?:` +
	`(?:SELECT|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|PRAGMA|WITH|LOCK|COPY)\s` +
	`|(?i:insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s|pragma\s+\w+\s*=` +
	`|select\s+[\w*.,()\s]+\sfrom\s+\w+(?:\s+(?:where|join|order|group|limit)\s|;|\s*$))` +
	`)`)

// speakers are the rooms that may speak SQL.
var speakers = []string{"store", "store/storetest", "store/pgtest", "bench"}

// answering are methods of gin and net/http whose first argument is a status.
var answering = regexp.MustCompile(
	`^(WriteHeader|Status|AbortWithStatus|AbortWithStatusJSON|JSON|IndentedJSON|PureJSON|HTML|String|Data|DataFromReader|XML|Redirect)$`)

// answerers are the rooms that may answer with a status.
var answerers = []string{"httpx", "api"}

// hollow are package names that say nothing of what is inside.
var hollow = []string{"util", "utils", "common", "helper", "helpers", "manager", "types", "models", "misc", "base", "core"}
