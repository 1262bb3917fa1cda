package config_test

import (
	"strings"
	"testing"

	"ramure/internal/config"
)

func defaults() config.Config {
	return config.Config{Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081", DataDir: "./data"}
}

func TestCompleteDerivesWhatWasLeftEmpty(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"127.0.0.1:8080": "http://localhost:8080",
		"0.0.0.0:9000":   "http://localhost:9000",
		"[::]:9000":      "http://localhost:9000",
		":80":            "http://localhost:80",
		"127.0.0.7:8080": "http://127.0.0.7:8080",
	}
	for listen, want := range cases {
		c := defaults()
		c.Listen = listen
		if err := c.Complete(); err != nil {
			t.Fatalf("%s: %v", listen, err)
		}
		if c.BaseURL != want {
			t.Errorf("%s: base URL %s, want %s", listen, c.BaseURL, want)
		}
		if c.DatabaseURL != "sqlite:data/ramure.db" || c.KeyFile != "data/master.key" {
			t.Errorf("%s: %s and %s", listen, c.DatabaseURL, c.KeyFile)
		}
	}
}

func TestReachFindsTheAdminAddress(t *testing.T) {
	t.Parallel()
	for listen, want := range map[string]string{":8081": "http://localhost:8081", "0.0.0.0:80": "http://localhost:80", "10.0.0.7:8081": "http://10.0.0.7:8081"} {
		if got, err := config.Reach("RAMURE_ADMIN_LISTEN", listen); err != nil || got != want {
			t.Errorf("%s: %s, %v", listen, got, err)
		}
	}
	if _, err := config.Reach("RAMURE_ADMIN_LISTEN", "nowhere"); err == nil || !strings.Contains(err.Error(), "RAMURE_ADMIN_LISTEN must be HOST:PORT") {
		t.Errorf("nowhere: %v", err)
	}
}

// A given base URL stands whatever the port is: a proxy knows it.
func TestCompleteKeepsAGivenBaseURL(t *testing.T) {
	t.Parallel()
	c := defaults()
	c.Listen, c.BaseURL = "127.0.0.1:0", "https://badges.example.org/"
	if err := c.Complete(); err != nil || c.BaseURL != "https://badges.example.org" {
		t.Errorf("%s, %v", c.BaseURL, err)
	}
}

func TestCompleteRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, want string
		spoil      func(*config.Config)
	}{
		{"no port", "RAMURE_LISTEN", func(c *config.Config) { c.Listen = "127.0.0.1" }},
		{"a port by name", "RAMURE_LISTEN must end in the number", func(c *config.Config) { c.Listen = "127.0.0.1:http" }},
		{"a port too high", "RAMURE_LISTEN must end in the number", func(c *config.Config) { c.Listen = "127.0.0.1:65536" }},
		{"any port, followed by the base URL", "RAMURE_LISTEN must name a port", func(c *config.Config) { c.Listen = "127.0.0.1:0" }},
		{"admin port by name", "RAMURE_ADMIN_LISTEN must end in the number", func(c *config.Config) { c.AdminListen = ":alt" }},
		{"admin without port", "RAMURE_ADMIN_LISTEN", func(c *config.Config) { c.AdminListen = "x" }},
		{"plain http in public", "https://", func(c *config.Config) { c.BaseURL = "http://badges.example.org" }},
		{"a path", "without a path", func(c *config.Config) { c.BaseURL = "https://example.org/badges" }},
		{"a user", "without a path", func(c *config.Config) { c.BaseURL = "https://me@example.org" }},
		{"capitals", "lower case", func(c *config.Config) { c.BaseURL = "https://Example.org" }},
		{"listening on a public address without base URL", "https://", func(c *config.Config) { c.Listen = "192.0.2.1:80" }},
		{"another database", "postgres://", func(c *config.Config) { c.DatabaseURL = "mysql://x" }},
		{"a proxy by name", "RAMURE_TRUSTED_PROXIES", func(c *config.Config) { c.TrustedProxies = []string{"proxy"} }},
	}
	for _, k := range cases {
		c := defaults()
		k.spoil(&c)
		if err := c.Complete(); err == nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%s: %v does not say %q", k.name, err, k.want)
		}
	}
}

func TestSettingsMaskSecrets(t *testing.T) {
	t.Parallel()
	c := defaults()
	c.DatabaseURL = "postgres://ramure:hunter2@db/ramure?password=hunter2"
	c.MasterKey, c.OIDCClientSecret, c.SMTPURL = "hunter2hunter2", "hunter2", "smtp://me:hunter2@mail:25"
	if err := c.Complete(); err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, s := range c.Settings() {
		if strings.Contains(s.Value, "hunter2") {
			t.Errorf("%s shows a secret: %s", s.Name, s.Value)
		}
		if s.Value != "" {
			shown++
		}
	}
	if shown < 8 {
		t.Errorf("only %d settings are shown", shown)
	}
}
