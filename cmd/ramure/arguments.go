package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
)

// hyphenID is the shape of an id whose first character is a hyphen, as one in
// sixty-four has it: 22 characters of base64url (decisions.md, Ids).
var hyphenID = regexp.MustCompile(`^-[A-Za-z0-9_-]{21}$`)

// flagLike is what a long flag looks like.
var flagLike = regexp.MustCompile(`^--[a-z][a-z-]*$`)

// shield keeps ids that begin with a hyphen from being taken for flags: they go to
// the end, after "--". Whoever wrote "--" has seen to it already.
func shield(args []string) []string {
	if slices.Contains(args, "--") {
		return args
	}
	isID := func(arg string) bool { return hyphenID.MatchString(arg) && !flagLike.MatchString(arg) }
	if !slices.ContainsFunc(args, isID) {
		return args
	}
	var plain, ids []string
	for _, arg := range args {
		if isID(arg) {
			ids = append(ids, arg)
			continue
		}
		plain = append(plain, arg)
	}
	return slices.Concat(plain, []string{"--"}, ids)
}

// hyphenFile finds a file that was taken for flags, so that the person can be told
// how to name it; "" when there is none.
func hyphenFile(args []string) string {
	for _, arg := range args {
		if strings.HasPrefix(arg, "-") && len(arg) > 1 {
			if info, err := os.Stat(arg); err == nil && info.Mode().IsRegular() {
				return arg
			}
		}
	}
	return ""
}
