package verifier

import (
	"crypto"
	"crypto/ed25519"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ramure/internal/problem"
	"ramure/internal/translog"
)

// receiptHeader is the first line of every receipt: the key signs nothing else.
const receiptHeader = "ramure/receipt/v1"

// Notary signs receipts for one instance, and knows its own again.
type Notary struct {
	base    string
	private crypto.Signer
	key     translog.Key
}

// NewNotary makes a notary for the instance at a base URL, with an Ed25519 key that
// signs receipts and nothing else. The name of the key is `<host>/receipts`.
func NewNotary(base string, private crypto.Signer) (*Notary, error) {
	public, _ := private.Public().(ed25519.PublicKey)
	key, err := ReceiptKey(base, public)
	if err != nil {
		return nil, err
	}
	return &Notary{base: base, private: private, key: key}, nil
}

// ReceiptKey is the key by which receipts of the instance at a base URL are checked.
func ReceiptKey(base string, public ed25519.PublicKey) (translog.Key, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return translog.Key{}, fmt.Errorf("verifier: no name for the key of receipts in %q", base)
	}
	return translog.NewKey(u.Host+"/receipts", translog.TypeLog, public)
}

// Public is the key that the instance publishes for its receipts.
func (n *Notary) Public() ed25519.PublicKey { return n.key.Public }

// Receipt is what a receipt says of itself, once its signature is found good.
type Receipt struct {
	Instance string    // base URL of who verified
	At       time.Time // when, to the second
	Badges   int
	Text     string // all that it says, without the signature
}

// Receipt writes what was checked, when and by whom, as a text that people can read
// and that this instance signs (c2sp.org/signed-note). It holds hashes of what was
// handed in, the ids of the badges and the word of each check; no name of a file, and
// nothing else that the badges say. The failure is problem.Unavailable where no
// receipts are given.
func (s Service) Receipt(items []Item) ([]byte, error) {
	if s.Notary == nil || len(items) == 0 {
		return nil, problem.New(problem.Unavailable, "error.verify.receipt")
	}
	var text strings.Builder
	at := items[0].Report.CheckedAt
	fmt.Fprintf(&text, "%s\ninstance %s\nchecked %s\nbadges %d\n", receiptHeader, quoted(s.Notary.base), at.UTC().Format(time.RFC3339), len(items))
	for i, item := range items {
		fmt.Fprintf(&text, "\nbadge %d\n", i+1)
		writeItem(&text, item)
	}
	return translog.SignText(s.Notary.key.Name, text.String(), s.Notary.private)
}

func writeItem(text *strings.Builder, item Item) {
	r := item.Report
	fmt.Fprintf(text, "input sha256 %x, %d bytes\n", item.Digest.SHA256, item.Digest.Size)
	for _, line := range []struct{ name, value string }{
		{"carrier", item.Carrier}, {"form", r.Form}, {"verdict", string(r.Verdict)}, {"problem", keyOf(item.Err)},
		{"id", r.CredentialID}, {"issuer", r.IssuerID}, {"standing", string(r.IssuerStanding)}, {"looks like", item.LookAlike},
		{"signed", r.Suite}, {"document sha256", r.DocHash},
	} {
		if line.value != "" {
			fmt.Fprintf(text, "%s %s\n", line.name, quoted(line.value))
		}
	}
	checks := r.Checks
	if item.Holder != nil {
		checks = append(checks[:len(checks):len(checks)], *item.Holder)
	}
	for _, c := range checks {
		fmt.Fprintf(text, "check %s %s %s\n", c.ID, c.Status, c.Reason)
	}
}

// keyOf is the word for why nothing was examined.
func keyOf(err error) string {
	var failure *problem.Error
	if errors.As(err, &failure) {
		return failure.Key
	}
	if err != nil {
		return string(problem.Internal)
	}
	return ""
}

// maxQuoted bounds what a badge says of itself, in bytes.
const maxQuoted = 2000

// quoted keeps what a stranger wrote on its line: letters, digits, signs and plain
// blanks stay, every other byte is written %XX, so that no badge can add a line to
// what we sign, or turn one round.
func quoted(value string) string {
	var out strings.Builder
	for i, r := range value {
		if i >= maxQuoted {
			return out.String() + "…"
		}
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			size = 1
		}
		if r == ' ' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) && r != utf8.RuneError {
			out.WriteRune(r)
			continue
		}
		for _, b := range []byte(value[i : i+size]) {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

// CheckReceipt says whether a text is a receipt of this instance, unchanged to the
// byte; problem.Malformed for what is no receipt, problem.Invalid for one that is not
// ours or no longer what we signed.
func (s Service) CheckReceipt(text []byte) (Receipt, error) {
	if s.Notary == nil {
		return Receipt{}, problem.New(problem.Unavailable, "error.verify.receipt")
	}
	return CheckReceipt(text, s.Notary.key)
}

// CheckReceipt checks a receipt with the key that its instance publishes.
func CheckReceipt(signed []byte, key translog.Key) (Receipt, error) {
	text, err := translog.OpenText(signed, key)
	if err != nil {
		return Receipt{}, problem.Wrap(problem.KindOf(err), "error.verify.receiptBad", err)
	}
	receipt, err := parseReceipt(text)
	if err != nil {
		return Receipt{}, problem.Wrap(problem.Malformed, "error.verify.receiptBad", err)
	}
	return receipt, nil
}

// parseReceipt reads the first lines of a receipt; the rest is for people.
func parseReceipt(text string) (Receipt, error) {
	lines := strings.SplitN(text, "\n", 5)
	if len(lines) < 5 || lines[0] != receiptHeader {
		return Receipt{}, errors.New("verifier: not a receipt")
	}
	instance, isInstance := strings.CutPrefix(lines[1], "instance ")
	checked, isMoment := strings.CutPrefix(lines[2], "checked ")
	count, isCount := strings.CutPrefix(lines[3], "badges ")
	at, err := time.Parse(time.RFC3339, checked)
	badges, countErr := strconv.Atoi(count)
	if !isInstance || !isMoment || !isCount || err != nil || countErr != nil {
		return Receipt{}, errors.New("verifier: a receipt without its head")
	}
	return Receipt{Instance: instance, At: at, Badges: badges, Text: text}, nil
}
