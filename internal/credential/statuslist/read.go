package statuslist

import (
	"fmt"
	"slices"
	"time"
)

// skew is how far the issuer's clock may be ahead of ours.
const skew = 5 * time.Minute

// Read tells whether the wanted bit is set in a list credential whose proof the
// caller has verified (§3.2). Any error means that the status is unknown:
// ErrMalformed, ErrWrongList, ErrIssuer, ErrPurpose, ErrNotYetValid, ErrStale,
// ErrTooShort, ErrTooLarge or ErrRange.
func Read(doc map[string]any, want Entry, now time.Time) (set bool, err error) {
	index, err := ParseIndex(want.Index)
	if err != nil {
		return false, err
	}
	subject, err := listOf(doc)
	if err != nil {
		return false, err
	}
	if err := checkOwner(doc, want); err != nil {
		return false, err
	}
	if err := checkDates(doc, now); err != nil {
		return false, err
	}
	if want.Purpose == "" || !slices.Contains(texts(subject["statusPurpose"]), want.Purpose) {
		return false, ErrPurpose
	}
	return bit(subject, index)
}

// Issuer is the id of the issuer of a list credential, empty when it has none.
func Issuer(doc map[string]any) string {
	issuer := doc["issuer"]
	if object, ok := issuer.(map[string]any); ok {
		issuer = object["id"]
	}
	id, _ := issuer.(string)
	return id
}

// bit unfolds the list and looks the bit up.
func bit(subject map[string]any, index int) (bool, error) {
	encoded, ok := subject["encodedList"].(string)
	if !ok {
		return false, fmt.Errorf("%w: no encodedList", ErrMalformed)
	}
	list, err := Decode(encoded)
	if err != nil {
		return false, err
	}
	if index >= list.Len() {
		return false, fmt.Errorf("%w: %d of %d", ErrRange, index, list.Len())
	}
	return list.Get(index), nil
}

// listOf finds the list in its credential, by the types of both.
func listOf(doc map[string]any) (map[string]any, error) {
	types := texts(doc["type"])
	if !slices.Contains(types, typeVerifiable) || !slices.Contains(types, TypeCredential) {
		return nil, fmt.Errorf("%w: no %s", ErrMalformed, TypeCredential)
	}
	subject, _ := doc["credentialSubject"].(map[string]any)
	if !slices.Contains(texts(subject["type"]), TypeList) {
		return nil, fmt.Errorf("%w: the subject is no %s", ErrMalformed, TypeList)
	}
	return subject, nil
}

// checkOwner asks that the list be the one that the credential names, and that
// the credential's issuer have made it.
func checkOwner(doc map[string]any, want Entry) error {
	if id, present := doc["id"]; want.List == "" || present && id != want.List {
		return ErrWrongList
	}
	if want.Issuer == "" || Issuer(doc) != want.Issuer {
		return ErrIssuer
	}
	return nil
}

// checkDates accepts a list without dates, which the specification allows, but
// not one with dates that cannot be read.
func checkDates(doc map[string]any, now time.Time) error {
	from, hasFrom, err := dateTime(doc, "validFrom")
	if err != nil {
		return err
	}
	until, hasUntil, err := dateTime(doc, "validUntil")
	switch {
	case err != nil:
		return err
	case hasFrom && now.Before(from.Add(-skew)):
		return fmt.Errorf("%w: from %s", ErrNotYetValid, format(from))
	case hasUntil && !now.Before(until):
		return fmt.Errorf("%w: until %s", ErrStale, format(until))
	}
	return nil
}

func dateTime(doc map[string]any, name string) (t time.Time, present bool, err error) {
	value, present := doc[name]
	if !present {
		return time.Time{}, false, nil
	}
	text, _ := value.(string)
	t, err = time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, true, fmt.Errorf("%w: %s", ErrMalformed, name)
	}
	return t, true, nil
}

// texts lists the strings of a member that may hold one or several.
func texts(value any) []string {
	if s, ok := value.(string); ok {
		return []string{s}
	}
	array, _ := value.([]any)
	var list []string
	for _, element := range array {
		if s, ok := element.(string); ok {
			list = append(list, s)
		}
	}
	return list
}
