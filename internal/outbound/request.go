package outbound

// Request is one question.
type Request struct {
	Address   string
	Accept    string // the header
	Redirects Redirects
}

// Redirects says which redirects of a request are followed, within the count of
// Options.
type Redirects uint8

// The policies on redirects.
const (
	Follow Redirects = iota // all that the guard lets pass
	Stay                    // those that stay on the origin that was asked
	Never
)
