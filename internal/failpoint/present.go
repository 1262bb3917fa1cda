//go:build failpoint

package failpoint

import (
	"context"
	"crypto"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

type verbKey struct{}

// In says which verb the steps below are of.
func In(ctx context.Context, verb string) context.Context {
	return context.WithValue(ctx, verbKey{}, verb)
}

// Verb is what In said, empty outside of it.
func Verb(ctx context.Context) string {
	verb, _ := ctx.Value(verbKey{}).(string)
	return verb
}

// Hit is a step that may fail: with the error of a connection that broke, or not
// at all, because the program has ended.
func Hit(ctx context.Context, step string) error {
	if Meet(Verb(ctx), step) == Error {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// Meet passes a step, and answers Error when it has to fail; it does not return
// from a crash. Without a verb it is no step.
func Meet(verb, step string) string {
	what := Taken(verb, step)
	if what == Crash {
		Die()
	}
	return what
}

// Taken is Meet that leaves the crash to its caller.
func Taken(verb, step string) string {
	folder := os.Getenv(Folder)
	if folder == "" || verb == "" || step == "" {
		return ""
	}
	name := File(verb + "/" + step)
	if trace, err := os.OpenFile(filepath.Join(folder, "reached", name), os.O_CREATE, 0o600); err == nil {
		_ = trace.Close() // it is its name that counts
	}
	armed := filepath.Join(folder, "armed", name)
	text, err := os.ReadFile(armed)
	if err != nil || os.Remove(armed) != nil {
		return "" // not armed, or another was first
	}
	return strings.TrimSpace(string(text))
}

// Die ends the program as kill -9 would.
func Die() {
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill() // there is nobody left to tell
	}
	select {}
}

// Signer is a signer that may fail, before its signature is made and after.
func Signer(ctx context.Context, what string, key crypto.Signer) crypto.Signer {
	return failing{Signer: key, verb: Verb(ctx), what: what}
}

type failing struct {
	crypto.Signer
	verb, what string
}

var errAway = errors.New("failpoint: the device that signs is away")

// Sign fails at sign; at verify it spoils what was signed, for whoever verifies
// their own signature to find.
func (f failing) Sign(rand io.Reader, digest []byte, options crypto.SignerOpts) ([]byte, error) {
	if Meet(f.verb, "sign-"+f.what) == Error {
		return nil, errAway
	}
	signature, err := f.Signer.Sign(rand, digest, options)
	if err == nil && Meet(f.verb, "verify-"+f.what) == Error {
		signature[0] ^= 1
	}
	return signature, err
}
