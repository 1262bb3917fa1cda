package jsonld

import (
	"math"
	"strconv"
	"strings"
)

const (
	// maxInteger is the first integer that a float64 cannot tell from its
	// neighbour, 2^53.
	maxInteger = 1 << 53
	// maxDigits is how many significant decimal digits a float64 always keeps.
	maxDigits = 15
	// maxLeadingZeros keeps decimals at 0.000001 and above, where every writer
	// of JSON uses plain digits.
	maxLeadingZeros = 5
)

// inNumber reports whether a byte can stand in a JSON number.
func inNumber(c byte) bool {
	return isDigit(c) || c == '-' || c == '+' || c == '.' || c|0x20 == 'e'
}

// plainNumber reports whether every JSON reader and every JSON-LD processor
// gives a number the same value: no exponent, no negative zero, integers below
// 2^53 in size, decimals of 1e-6 and above with at most 15 significant digits.
func plainNumber(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, decimal := strings.Cut(digits, ".")
	if !allDigits(whole) || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if decimal && !allDigits(fraction) {
		return false
	}
	fraction = strings.TrimRight(fraction, "0")
	significant := strings.TrimLeft(whole+fraction, "0")
	if significant == "" {
		return len(digits) == len(text) // zero has no sign
	}
	if fraction == "" {
		return smallInteger(whole)
	}
	return len(significant) <= maxDigits && (whole != "0" || leadingZeros(fraction) <= maxLeadingZeros)
}

func smallInteger(digits string) bool {
	n, err := strconv.ParseUint(digits, 10, 64)
	return err == nil && n < maxInteger
}

func allDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

func leadingZeros(text string) int {
	return len(text) - len(strings.TrimLeft(text, "0"))
}

// jsonNumber reports whether a text is a number of JSON (RFC 8259 §6) that a
// float64 can hold: Go's own parser also reads hexadecimal, infinity and more.
func jsonNumber(text string) bool {
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, decimal := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	switch {
	case !allDigits(whole) || len(whole) > 1 && whole[0] == '0':
		return false
	case decimal && !allDigits(fraction):
		return false
	case scaled && !allDigits(unsigned(exponent)):
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

func unsigned(exponent string) string {
	if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
		return exponent[1:]
	}
	return exponent
}

// appendES6 writes a number as ECMAScript's Number::toString does, which RFC 8785
// §3.2.2.3 asks for: the fewest digits that give the same number back, plain from
// 1e-6 to 1e21, without a sign for zero.
func appendES6(to []byte, f float64) []byte {
	const least, beyond = 1e-6, 1e21
	if f == 0 {
		return append(to, '0')
	}
	if size := math.Abs(f); size >= least && size < beyond {
		return strconv.AppendFloat(to, f, 'f', -1, 64)
	}
	to = strconv.AppendFloat(to, f, 'e', -1, 64)
	if last := len(to) - 1; to[last-1] == '0' && !isDigit(to[last-2]) {
		return append(to[:last-1], to[last]) // Go writes e-07
	}
	return to
}
