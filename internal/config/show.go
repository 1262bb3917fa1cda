package config

import (
	"net/url"
	"strconv"
	"strings"
)

// Setting is one line of what `ramure config` understood.
type Setting struct{ Name, Value string }

// Settings lists what was understood, secrets masked.
func (c *Config) Settings() []Setting {
	return []Setting{
		{"RAMURE_LISTEN", c.Listen},
		{"RAMURE_ADMIN_LISTEN", c.AdminListen},
		{"RAMURE_BASE_URL", c.BaseURL},
		{"RAMURE_DATA_DIR", c.DataDir},
		{"RAMURE_DATABASE_URL", withoutPassword(c.DatabaseURL)},
		{"RAMURE_MASTER_KEY", masked(c.MasterKey)},
		{"RAMURE_KEY_FILE", c.KeyFile},
		{"RAMURE_SMTP_URL", withoutPassword(c.SMTPURL)},
		{"RAMURE_MAIL_FROM", c.MailFrom},
		{"RAMURE_OIDC_ISSUER", c.OIDCIssuer},
		{"RAMURE_OIDC_CLIENT_ID", c.OIDCClientID},
		{"RAMURE_OIDC_CLIENT_SECRET", masked(c.OIDCClientSecret)},
		{"RAMURE_TRUSTED_PROXIES", strings.Join(c.TrustedProxies, ",")},
		{"RAMURE_LEGAL_EDITOR", c.LegalEditor},
		{"RAMURE_LEGAL_DIRECTOR", c.LegalDirector},
		{"RAMURE_LEGAL_HOST", c.LegalHost},
		{"RAMURE_SOURCE_URL", c.SourceURL},
		{"RAMURE_CONTACT_EMAIL", c.ContactEmail},
	}
}

func masked(secret string) string {
	if secret == "" {
		return ""
	}
	return "(set, " + strconv.Itoa(len(secret)) + " characters)"
}

// withoutPassword hides what an address may carry of secrets: the password in
// its authority or in its query.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return masked(address)
	}
	query := u.Query()
	if query.Has("password") {
		query.Set("password", "xxxxx")
		u.RawQuery = query.Encode()
	}
	return u.Redacted()
}
