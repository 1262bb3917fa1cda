package statuslist

import "errors"

// Why a list or an entry gave no answer. Each is wrapped with its particulars.
var (
	ErrMalformed   = errors.New("statuslist: malformed")
	ErrTooShort    = errors.New("statuslist: fewer than 131,072 entries")
	ErrTooLarge    = errors.New("statuslist: more than 2 MiB")
	ErrRange       = errors.New("statuslist: index out of range")
	ErrWrongList   = errors.New("statuslist: another list than the entry's")
	ErrIssuer      = errors.New("statuslist: list of another issuer")
	ErrPurpose     = errors.New("statuslist: list of another purpose")
	ErrNotYetValid = errors.New("statuslist: list is not valid yet")
	ErrStale       = errors.New("statuslist: list is past its validity")
)
