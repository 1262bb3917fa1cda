package mail

import (
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"time"

	smtp "github.com/wneessen/go-mail"
)

// Server is where messages are handed in. The zero value is none.
type Server struct {
	Host     string
	Port     int
	User     string
	Password string
	// Implicit: TLS from the first byte (smtps:); else by STARTTLS, which is asked
	// for and never done without, but on this very machine.
	Implicit bool
	// Trust adds to the authorities of the system; nil: those alone.
	Trust *tls.Config
}

// ParseServer reads smtp://user:password@host:port, or smtps:. An empty text is no
// server.
func ParseServer(text string) (Server, error) {
	if text == "" {
		return Server{}, nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.Fragment != "" {
		return Server{}, errServer
	}
	s := Server{Host: u.Hostname(), User: u.User.Username()}
	s.Password, _ = u.User.Password()
	switch u.Scheme {
	case "smtp":
		s.Port = 587
	case "smtps":
		s.Port, s.Implicit = 465, true
	default:
		return Server{}, errServer
	}
	if u.Port() == "" {
		return s, nil
	}
	if s.Port, err = strconv.Atoi(u.Port()); err != nil || s.Port < 1 || s.Port > 65535 {
		return Server{}, errServer
	}
	return s, nil
}

var errServer = errors.New("RAMURE_SMTP_URL is not of the form smtp://user:password@host:port (or smtps://)")

// local says that the server is this very machine, where nobody listens in.
func (s Server) local() bool {
	address, err := netip.ParseAddr(s.Host)
	return s.Host == "localhost" || err == nil && address.Unmap().IsLoopback()
}

// sendTimeout bounds each exchange with the server.
const sendTimeout = 30 * time.Second

func (s Server) client() (*smtp.Client, error) {
	options := []smtp.Option{smtp.WithPort(s.Port), smtp.WithTimeout(sendTimeout), smtp.WithTLSPolicy(smtp.TLSMandatory)}
	switch {
	case s.Implicit:
		options = append(options, smtp.WithSSL())
	case s.local():
		options = append(options, smtp.WithTLSPolicy(smtp.TLSOpportunistic))
	}
	if s.Trust != nil {
		options = append(options, smtp.WithTLSConfig(s.Trust))
	}
	if s.User != "" {
		options = append(options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(s.User), smtp.WithPassword(s.Password))
	}
	return smtp.NewClient(s.Host, options...)
}

// Address is host and port, for the operator's page.
func (s Server) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }
