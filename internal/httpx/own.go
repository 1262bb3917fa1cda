package httpx

import (
	"bytes"
	"context"
	"net/http"

	"ramure/internal/problem"
)

// ReadOwn asks our own doors for what anybody may read at a full address of ours,
// without the network: behind a proxy, or on a machine that may not speak to the
// world, the service does not reach its own address. It answers problem.NotFound and
// problem.Gone as they were meant, and problem.Unavailable for any other refusal.
func ReadOwn(ctx context.Context, doors http.Handler, address, accept string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, problem.Wrap(problem.Malformed, "error.kind.malformed.text", err)
	}
	request.Header.Set("Accept", accept)
	answer := &ownAnswer{header: http.Header{}, status: http.StatusOK}
	doors.ServeHTTP(answer, request)
	switch answer.status {
	case http.StatusOK:
		return answer.body.Bytes(), nil
	case http.StatusNotFound:
		return nil, problem.New(problem.NotFound, "error.page.notFound")
	case http.StatusGone:
		return answer.body.Bytes(), problem.New(problem.Gone, "error.kind.gone.text")
	}
	return nil, problem.New(problem.Unavailable, "error.kind.unavailable.text")
}

// ownAnswer is what an answer to ourselves is written on.
type ownAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (s *ownAnswer) Header() http.Header { return s.header }

// WriteHeader implements http.ResponseWriter.
func (s *ownAnswer) WriteHeader(status int) { s.status = status }

// Write implements http.ResponseWriter.
func (s *ownAnswer) Write(part []byte) (int, error) { return s.body.Write(part) }
