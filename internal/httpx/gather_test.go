package httpx

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// serveHall serves a hall on a socket, and answers its address.
func serveHall(t *testing.T, h *hall) string {
	t.Helper()
	handler, err := h.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(handler, slog.New(slog.DiscardHandler))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan struct{})
	go func() { _ = server.Serve(listener); close(served) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	return listener.Addr().String()
}

// begin sends the beginning of a request and leaves the connection open.
func begin(t *testing.T, address, text string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	return conn
}

func statusOf(t *testing.T, conn net.Conn) int {
	t.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// The only place of a lane is free while bodies are still on their way.
func TestSlowBodiesTakeNoPlace(t *testing.T) {
	t.Parallel()
	oneSeat := func(c *Config) {
		c.Lanes = map[Lane]LaneLimit{Reading: {Places: 1, Patience: time.Millisecond}}
	}
	address := serveHall(t, newHall(t, oneSeat, reader("/form", SmallBody)))
	const request = "POST /form HTTP/1.1\r\nHost: badges.exemple.fr\r\nContent-Length: %d\r\n\r\n%s"
	var slow []net.Conn
	for range 10 {
		slow = append(slow, begin(t, address, fmt.Sprintf(request, 8, "half")))
	}
	for range 10 { // a slow body that took the place would have it by now
		if got := statusOf(t, begin(t, address, fmt.Sprintf(request, 4, "full"))); got != 200 {
			t.Fatalf("a whole request beside slow ones: %d", got)
		}
	}
	for _, conn := range slow {
		if _, err := io.WriteString(conn, "half"); err != nil {
			t.Fatal(err)
		}
		if got := statusOf(t, conn); got != 200 {
			t.Errorf("a slow request that was completed: %d", got)
		}
	}
}

// A body that stops is given up, and the connection is not used again.
func TestBodyThatStopsIsGivenUp(t *testing.T) {
	t.Parallel()
	ended := make(chan error, 1)
	impatient := Route{Method: "POST", Path: "/form", Policy: Public, Body: DocumentBody, Handler: func(c *gin.Context) {
		_, err := readInTime(c, time.Millisecond)
		ended <- err
		Fail(c, unread(err))
	}}
	address := serveHall(t, newHall(t, nil, impatient))
	conn := begin(t, address, "POST /form HTTP/1.1\r\nHost: badges.exemple.fr\r\nContent-Length: 8\r\n\r\nhalf")
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "timeout") {
		t.Errorf("the body ended with %v", err)
	}
	if got := statusOf(t, conn); got != 400 {
		t.Errorf("answered %d", got)
	}
	if _, err := io.ReadAll(conn); err != nil {
		t.Errorf("the connection was not closed: %v", err)
	}
}
