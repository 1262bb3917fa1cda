package main

import (
	"strings"
	"unicode"

	"ramure/internal/locale"
)

// language reads the language of the terminal as POSIX orders its variables
// (Base Definitions §8.2); without a word of English it is French.
func language(env func(string) string) locale.Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := env(name); value != "" {
			if strings.HasPrefix(value, "en") {
				return locale.English
			}
			return locale.French
		}
	}
	return locale.French
}

// printable keeps what a stranger wrote from moving about on the terminal:
// controls, line breaks and marks of direction are shown as a question mark.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) && !unicode.Is(unicode.Zl, r) && !unicode.Is(unicode.Zp, r) {
			return r
		}
		return '?'
	}, text)
}
