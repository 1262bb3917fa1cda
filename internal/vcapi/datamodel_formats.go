package vcapi

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"ramure/internal/credential/statuslist"
)

// format says which rule a value breaks, or "".
type format func(m *model, value any) string

// text accepts a text that is not empty.
func text(_ *model, value any) string {
	if s, isText := value.(string); !isText || s == "" {
		return "text"
	}
	return ""
}

// typeName accepts a term or an absolute URL; that a context defines the term is
// for JSON-LD to say (§4.5).
func typeName(m *model, value any) string { return text(m, value) }

// url accepts an absolute URL in ASCII (§4.4).
func url(_ *model, value any) string {
	if s, isText := value.(string); !isText || !isURL(s) {
		return "url"
	}
	return ""
}

// scheme begins an absolute URL (RFC 3986 §3.1).
var scheme = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)

func isURL(s string) bool {
	head := scheme.FindString(s)
	rest := s[len(head):]
	if head == "" || rest == "" || strings.ContainsFunc(s, notInURL) {
		return false
	}
	if web := strings.EqualFold(head, "https:") || strings.EqualFold(head, "http:"); web {
		host, isWeb := strings.CutPrefix(rest, "//")
		return isWeb && host != "" && !strings.ContainsRune("/?#", rune(host[0]))
	}
	return true
}

// notInURL says of a character that no URL has it (RFC 3986 §2).
func notInURL(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }

// moment accepts a dateTimeStamp; a lenient model also one without zone.
func moment(m *model, value any) string {
	s, _ := value.(string)
	if _, zoned, ok := readMoment(s); !ok || !zoned && !m.lenient {
		return "dateTimeStamp"
	}
	return ""
}

// momentForm is an xsd:dateTime; what comes last is the zone.
var momentForm = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$`)

// readMoment reads an xsd:dateTime and says whether it has a zone. Without one it
// is in UTC (§4.9). Fractions beyond a nanosecond are cut.
func readMoment(s string) (at time.Time, zoned, ok bool) {
	parts := momentForm.FindStringSubmatch(s)
	if parts == nil {
		return time.Time{}, false, false
	}
	fraction, zone := parts[2], parts[3]
	if zone == "" {
		zone = "Z"
	}
	at, err := time.Parse(time.RFC3339Nano, parts[1]+fraction[:min(len(fraction), len(".123456789"))]+zone)
	return at, parts[3] != "", err == nil
}

// words accepts a text, a language value object, or a list of such objects (§4.6,
// §11.1).
func words(_ *model, value any) string {
	if _, isText := value.(string); isText {
		return ""
	}
	list, isList := value.([]any)
	if isList && len(list) == 0 {
		return "empty"
	}
	for _, item := range items(value) {
		if object, isObject := item.(map[string]any); !isObject || !isLanguageValue(object) {
			return "languageValue"
		}
	}
	return ""
}

// languageTag has the shape of BCP 47.
var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

func isLanguageValue(object map[string]any) bool {
	if _, isText := object["@value"].(string); !isText {
		return false
	}
	for name, value := range object {
		s, _ := value.(string)
		switch name {
		case "@value":
		case "@language":
			if !languageTag.MatchString(s) {
				return false
			}
		case "@direction":
			if s != "ltr" && s != "rtl" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// index accepts a base-10 whole number as a text (Bitstring Status List §2.1). How
// large it may be depends on the list.
func index(_ *model, value any) string {
	s, isText := value.(string)
	if !isText || !indexForm.MatchString(s) {
		return "index"
	}
	return ""
}

var indexForm = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)

// positive accepts a whole number above zero, natural zero too.
func positive(m *model, value any) string {
	if value == json.Number("0") {
		return "positive"
	}
	return natural(m, value)
}

func natural(_ *model, value any) string {
	if n, isNumber := value.(json.Number); !isNumber || !indexForm.MatchString(string(n)) {
		return "wholeNumber"
	}
	return ""
}

// hexadecimal accepts a status value, 0x and digits (Bitstring Status List §2.1).
func hexadecimal(_ *model, value any) string {
	if s, _ := value.(string); !hexadecimalForm.MatchString(s) {
		return "hexadecimal"
	}
	return ""
}

var hexadecimalForm = regexp.MustCompile(`^0x[0-9A-Fa-f]+$`)

// encodedList accepts a list that unfolds to at least 16 KiB (§2.2).
func encodedList(_ *model, value any) string {
	s, _ := value.(string)
	if _, err := statuslist.Decode(s); err != nil {
		return "encodedList"
	}
	return ""
}
