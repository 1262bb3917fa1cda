package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// Config is everything that Ramure can be told at its start. Flags and
// environment variables fill it; Complete must have been called before use.
type Config struct {
	Listen      string `name:"listen" env:"RAMURE_LISTEN" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Address that it listens on."`
	AdminListen string `name:"admin-listen" env:"RAMURE_ADMIN_LISTEN" default:"127.0.0.1:8081" placeholder:"HOST:PORT" help:"Address of /healthz, /readyz and /metrics; keep it private."`
	// BaseURL is the public origin. It stands in every credential, so it is fixed
	// for good: a start with another one than the stored one is refused.
	BaseURL          string `name:"base-url" env:"RAMURE_BASE_URL" placeholder:"https://HOST" help:"Public origin, fixed for good (default: follows --listen)."`
	AcceptNewBaseURL bool   `name:"accept-new-base-url" help:"Accept another base URL than the stored one: for demonstrations only, since badges issued before stop verifying."`
	DataDir          string `name:"data-dir" env:"RAMURE_DATA_DIR" default:"./data" placeholder:"DIR" help:"Where the SQLite file and the master key are."`
	DatabaseURL      string `name:"database-url" env:"RAMURE_DATABASE_URL" placeholder:"URL" help:"sqlite:PATH or postgres://… (default: ramure.db in the data directory)."`
	MasterKey        string `name:"master-key" env:"RAMURE_MASTER_KEY" placeholder:"BASE64" help:"Key that seals the issuers' keys, 32 bytes in base64 (default: read from the key file)."`
	KeyFile          string `name:"key-file" env:"RAMURE_KEY_FILE" placeholder:"FILE" help:"File of the master key, made at the first start (default: master.key in the data directory)."`

	SMTPURL          string   `name:"smtp-url" env:"RAMURE_SMTP_URL" placeholder:"smtp://…" help:"Mail server; without it messages wait in the outbox."`
	MailFrom         string   `name:"mail-from" env:"RAMURE_MAIL_FROM" placeholder:"ADDRESS" help:"Sender of messages (default: badges@ the public host)."`
	OIDCIssuer       string   `name:"oidc-issuer" env:"RAMURE_OIDC_ISSUER" placeholder:"URL" help:"OpenID Connect provider for sign-in."`
	OIDCClientID     string   `name:"oidc-client-id" env:"RAMURE_OIDC_CLIENT_ID" placeholder:"ID" help:"Client id at that provider."`
	OIDCClientSecret string   `name:"oidc-client-secret" env:"RAMURE_OIDC_CLIENT_SECRET" placeholder:"SECRET" help:"Client secret at that provider."`
	TrustedProxies   []string `name:"trusted-proxies" env:"RAMURE_TRUSTED_PROXIES" placeholder:"CIDR" help:"Proxies whose X-Forwarded-For is believed (default: none)."`

	LegalEditor   string `name:"legal-editor" env:"RAMURE_LEGAL_EDITOR" placeholder:"TEXT" help:"Who publishes the site: name, seat, telephone (for the legal notice)."`
	LegalDirector string `name:"legal-director" env:"RAMURE_LEGAL_DIRECTOR" placeholder:"TEXT" help:"Director of publication."`
	LegalHost     string `name:"legal-host" env:"RAMURE_LEGAL_HOST" placeholder:"TEXT" help:"Who hosts the site: name, address, telephone."`
	SourceURL     string `name:"source-url" env:"RAMURE_SOURCE_URL" placeholder:"URL" help:"Where the source code of this very service is (AGPL, section 13)."`
	ContactEmail  string `name:"contact-email" env:"RAMURE_CONTACT_EMAIL" placeholder:"ADDRESS" help:"Address for questions on data and accessibility."`
}

// Complete fills in what follows from other settings, and refuses what can't
// work with a sentence that says why.
func (c *Config) Complete() error {
	port, err := portOf("RAMURE_LISTEN", "127.0.0.1:8080", c.Listen)
	if err != nil {
		return err
	}
	if _, err := portOf("RAMURE_ADMIN_LISTEN", "127.0.0.1:8081", c.AdminListen); err != nil {
		return err
	}
	if c.BaseURL == "" && port == 0 {
		return fmt.Errorf("RAMURE_LISTEN must name a port, which the base URL follows: port 0 is another one at each start")
	}
	if c.BaseURL == "" {
		c.BaseURL = origin(c.Listen)
	}
	if err := c.checkBaseURL(); err != nil {
		return err
	}
	if c.DatabaseURL == "" {
		c.DatabaseURL = "sqlite:" + filepath.Join(c.DataDir, "ramure.db")
	}
	if !strings.HasPrefix(c.DatabaseURL, "sqlite:") && !c.Postgres() {
		return fmt.Errorf("RAMURE_DATABASE_URL must start with sqlite: or postgres://")
	}
	if c.KeyFile == "" {
		c.KeyFile = filepath.Join(c.DataDir, "master.key")
	}
	return c.checkProxies()
}

// Postgres reports whether the database is a PostgreSQL server.
func (c *Config) Postgres() bool {
	return strings.HasPrefix(c.DatabaseURL, "postgres://") || strings.HasPrefix(c.DatabaseURL, "postgresql://")
}

// portOf reads the port of a listening address, a number: its name would end up
// in the base URL.
func portOf(setting, example, address string) (uint64, error) {
	_, text, err := net.SplitHostPort(address)
	if err != nil {
		return 0, fmt.Errorf("%s must be HOST:PORT, such as %s: %w", setting, example, err)
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%s must end in the number of a port, such as %s", setting, example)
	}
	return port, nil
}

// Reach gives the origin by which this machine reaches a listening address, that
// of a setting; the error says how to write it.
func Reach(setting, listen string) (string, error) {
	if _, err := portOf(setting, "127.0.0.1:8081", listen); err != nil {
		return "", err
	}
	return origin(listen), nil
}

func origin(listen string) string {
	host, port, _ := net.SplitHostPort(listen)
	ip, err := netip.ParseAddr(host)
	if host == "" || (err == nil && (ip.IsUnspecified() || ip == netip.MustParseAddr("127.0.0.1") || ip == netip.IPv6Loopback())) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// checkBaseURL asks for a bare origin, over https unless it is this machine:
// did:web knows no other scheme.
func (c *Config) checkBaseURL() error {
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("RAMURE_BASE_URL must be an origin without a path, such as https://badges.example.org")
	}
	if u.Host != strings.ToLower(u.Host) {
		return fmt.Errorf("RAMURE_BASE_URL must be in lower case")
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && Loopback(u.Hostname()):
	default:
		return fmt.Errorf("RAMURE_BASE_URL must start with https:// (plain http only serves this very machine): badges made under %q could not be verified by others", u.Scheme)
	}
	return nil
}

// Loopback reports whether a host name is this very machine.
func Loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && ip.IsLoopback())
}

func (c *Config) checkProxies() error {
	for _, proxy := range c.TrustedProxies {
		_, prefixErr := netip.ParsePrefix(proxy)
		_, addrErr := netip.ParseAddr(proxy)
		if prefixErr != nil && addrErr != nil {
			return fmt.Errorf("RAMURE_TRUSTED_PROXIES must be addresses or prefixes such as 10.0.0.0/8, separated by commas")
		}
	}
	return nil
}
