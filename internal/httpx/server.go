package httpx

import (
	"log"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Limits of a connection: what a slow or talkative client can hold on to.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second // the whole request: 512 KiB at 20 kB/s
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 16 << 10 // bytes
)

// NewServer makes a server with every limit set. Its own complaints go to the
// log without the visitors' addresses.
func NewServer(handler http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          log.New(complaints{logger}, "", 0),
	}
}

// socketAddress is an address with its port, as net/http writes it.
var socketAddress = regexp.MustCompile(`(\[[0-9a-fA-F:.%a-z]+\]|\d+\.\d+\.\d+\.\d+):\d+`)

// complaints passes net/http's lines on to slog.
type complaints struct{ logger *slog.Logger }

// Write implements io.Writer for log.Logger: one call is one line.
func (w complaints) Write(line []byte) (int, error) {
	text := socketAddress.ReplaceAllString(strings.TrimSpace(string(line)), "(address)")
	w.logger.Warn("server", slog.String("complaint", text))
	return len(line), nil
}
