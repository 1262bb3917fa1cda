package outbound

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	"ramure/internal/problem"
)

// answer is a document, or where it is said to be.
type answer struct {
	body        []byte
	contentType string
	moved       bool
	location    string
}

// What a host answers in place of the document.
var (
	errNotFound = errors.New("outbound: the host has no such document")
	errGone     = errors.New("outbound: the host has the document no more")
)

// errStatus is any other status than those that are understood.
type errStatus int

func (e errStatus) Error() string {
	return fmt.Sprintf("outbound: the host does not give the document: it answers %d", int(e))
}

func read(response *http.Response) (answer, error) {
	switch response.StatusCode {
	case 200:
	case 301, 302, 303, 307, 308:
		return answer{moved: true, location: response.Header.Get("Location")}, nil
	case 404:
		return answer{}, errNotFound
	case 410:
		said, _ := readBody(response) // what can't be read says nothing more
		return said, errGone
	default:
		return answer{}, errStatus(response.StatusCode)
	}
	return readBody(response)
}

func readBody(response *http.Response) (answer, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxBody+1))
	if err != nil {
		return answer{}, err
	}
	if len(body) > MaxBody {
		return answer{}, errTooLarge
	}
	contentType, _, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	if err != nil {
		contentType = ""
	}
	return answer{body: body, contentType: contentType}, nil
}

var errTooLarge = fmt.Errorf("outbound: the answer is over %d bytes", MaxBody)

// failure says in the vocabulary of problems what went wrong.
func failure(err error) error {
	var status errStatus
	switch {
	case errors.Is(err, errRefused):
		return problem.Wrap(problem.Invalid, "error.outbound.refused", err)
	case errors.Is(err, errTooLarge):
		return problem.Wrap(problem.TooLarge, "error.outbound.tooLarge", err)
	case errors.Is(err, errNotFound):
		return problem.Wrap(problem.NotFound, "error.outbound.notFound", err)
	case errors.Is(err, errGone):
		return problem.Wrap(problem.Gone, "error.outbound.gone", err)
	case errors.As(err, &status):
		return problem.Wrap(problem.Unavailable, "error.outbound.status", err).With("status", strconv.Itoa(int(status)))
	}
	return problem.Wrap(problem.Unavailable, "error.outbound.failed", err)
}
