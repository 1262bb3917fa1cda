package freshness

import "errors"

// errAbandoned is what those learn who waited for a reading that panicked.
var errAbandoned = errors.New("freshness: the reading did not end")
