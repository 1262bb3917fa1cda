package bench

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// wire is a keep-alive connection that asks with ready bytes and reads answers
// as cheaply as can be: on a small machine net/http's client would take as much
// of the processors as the server under measurement, and make every ratio look
// better than it is.
type wire struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer; overwritten by the next
}

// reply is one answer (RFC 9112). Its body is good until the next one.
type reply struct {
	status     int
	body       []byte
	retryAfter bool // the header Retry-After was there
	closing    bool // the server will close the connection
}

// answerLimit bounds one exchange.
const answerLimit = 20 * time.Second

func dial(address string) (*wire, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &wire{conn: conn, in: bufio.NewReaderSize(conn, 16<<10)}, nil
}

func (w *wire) close() { _ = w.conn.Close() }

// ask sends a request and reads the answer whole.
func (w *wire) ask(request []byte) (reply, error) {
	if err := w.conn.SetDeadline(time.Now().Add(answerLimit)); err != nil {
		return reply{}, err
	}
	if _, err := w.conn.Write(request); err != nil {
		return reply{}, err
	}
	return w.read()
}

func (w *wire) read() (r reply, err error) {
	line, err := w.in.ReadSlice('\n')
	if err != nil {
		return r, err
	}
	if r.status, err = statusOf(line); err != nil {
		return r, err
	}
	length := -1
	for {
		line, err := w.in.ReadSlice('\n')
		if err != nil {
			return r, err
		}
		name, value, found := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(": "))
		if !found {
			break // the empty line
		}
		switch string(name) { // as net/http writes them
		case "Content-Length":
			if length, err = strconv.Atoi(string(value)); err != nil {
				return r, err
			}
		case "Retry-After":
			r.retryAfter = true
		case "Connection":
			r.closing = string(value) == "close"
		}
	}
	r.body, err = w.readBody(r.status, length)
	return r, err
}

func statusOf(line []byte) (int, error) {
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) || len(line) < 12 {
		return 0, fmt.Errorf("not an answer: %q", line)
	}
	return strconv.Atoi(string(line[9:12]))
}

func (w *wire) readBody(status, length int) ([]byte, error) {
	if status == 204 || status == 304 {
		return nil, nil
	}
	if length < 0 {
		return nil, errors.New("the answer doesn't tell its length")
	}
	if cap(w.body) < length {
		w.body = make([]byte, length)
	}
	w.body = w.body[:length]
	_, err := io.ReadFull(w.in, w.body)
	return w.body, err
}
