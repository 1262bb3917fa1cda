package keyring_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ramure/internal/keyring"
	"ramure/internal/problem"
)

func secretBytes() []byte {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(200 + i)
	}
	return key
}

func master(t testing.TB, env string) *keyring.Master {
	t.Helper()
	m, err := keyring.LoadMaster("", env)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMasterFromEnvironment(t *testing.T) {
	t.Parallel()
	key := secretBytes()
	want := master(t, hex.EncodeToString(key)).Check()
	for name, text := range map[string]string{
		"hexadecimal":         strings.ToUpper(hex.EncodeToString(key)),
		"base64":              base64.StdEncoding.EncodeToString(key),
		"base64 without pad":  base64.RawStdEncoding.EncodeToString(key),
		"base64url":           base64.URLEncoding.EncodeToString(key),
		"base64url, no pad":   base64.RawURLEncoding.EncodeToString(key),
		"with blanks outside": " " + base64.StdEncoding.EncodeToString(key) + "\r\n",
	} {
		m, err := keyring.OpenMaster("/nowhere/master.key", text, nil)
		if err != nil || !bytes.Equal(m.Check(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMasterRefusesOtherTexts(t *testing.T) {
	t.Parallel()
	key := secretBytes()
	for name, text := range map[string]string{
		"a word":         "secret",
		"blank":          "   ",
		"31 bytes":       base64.StdEncoding.EncodeToString(key[:31]),
		"33 bytes":       base64.StdEncoding.EncodeToString(append(key, 1)),
		"63 hex digits":  hex.EncodeToString(key)[1:],
		"not hex":        strings.Repeat("g", 64),
		"zeros":          strings.Repeat("0", 64),
		"ones":           strings.Repeat("ff", 32),
		"inner blank":    base64.StdEncoding.EncodeToString(key)[:20] + " " + base64.StdEncoding.EncodeToString(key)[20:],
		"64 raw letters": strings.Repeat("+", 64),
	} {
		m, err := keyring.OpenMaster("", text, rand.Reader)
		if m != nil || problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", name, err)
		} else if strings.TrimSpace(text) != "" && len(text) > 10 && strings.Contains(err.Error(), strings.TrimSpace(text)) {
			t.Errorf("%s: the message quotes the key: %v", name, err)
		}
	}
}

func TestMasterFileIsMadeOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "data", "master.key")
	first, err := keyring.OpenMaster(path, "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info.Mode(), err)
	}
	second, err := keyring.OpenMaster(path, "", rand.Reader)
	if err != nil || !bytes.Equal(first.Check(), second.Check()) {
		t.Errorf("the second start has another key: %v", err)
	}
	text, _ := os.ReadFile(path)
	if !bytes.Equal(master(t, string(text)).Check(), first.Check()) {
		t.Error("the file's text is not the key for the environment")
	}
	left, _ := os.ReadDir(filepath.Dir(path))
	if len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestConcurrentFirstStartsAgree(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	checks := make([][]byte, 16)
	var group sync.WaitGroup
	for i := range checks {
		group.Go(func() {
			m, err := keyring.OpenMaster(path, "", rand.Reader)
			if err != nil {
				t.Error(err)
				return
			}
			checks[i] = m.Check()
		})
	}
	group.Wait()
	for _, check := range checks {
		if !bytes.Equal(check, checks[0]) {
			t.Fatal("two starts have two keys")
		}
	}
}

func TestMasterFileProblems(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	good := base64.StdEncoding.EncodeToString(secretBytes())
	file := func(name, text string, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, c := range map[string]struct {
		path, key string
		kind      problem.Kind
	}{
		"read by the group":  {file("group", good, 0o640), "error.masterKey.permissions", problem.Invalid},
		"read by all":        {file("all", good, 0o604), "error.masterKey.permissions", problem.Invalid},
		"written by others":  {file("write", good, 0o602), "error.masterKey.permissions", problem.Invalid},
		"empty":              {file("empty", "", 0o600), "error.masterKey.malformed", problem.Invalid},
		"cut":                {file("cut", good[:30], 0o600), "error.masterKey.malformed", problem.Invalid},
		"too long":           {file("long", strings.Repeat(good, 40), 0o600), "error.masterKey.unreadable", problem.Unavailable},
		"a folder":           {folder, "error.masterKey.unreadable", problem.Unavailable},
		"under a file":       {filepath.Join(file("plain", good, 0o600), "master.key"), "error.masterKey.unreadable", problem.Unavailable},
		"folder that is not": {"/proc/none/master.key", "error.masterKey.unreadable", problem.Unavailable},
	} {
		_, err := keyring.OpenMaster(c.path, "", rand.Reader)
		if problem.KindOf(err) != c.kind || !strings.HasPrefix(err.Error(), c.key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A deployment whose database has keys must not make a new master key.
func TestLoadMasterMakesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	_, err := keyring.LoadMaster(path, "")
	if problem.KindOf(err) != problem.NotFound || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file was made")
	}
}

func TestNoRandomnessNoKey(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "master.key")
	if _, err := keyring.OpenMaster(path, "", bytes.NewReader(make([]byte, 31))); err == nil {
		t.Error("a key was made of 31 bytes")
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("and written")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	ours := master(t, hex.EncodeToString(secretBytes()))
	other := secretBytes()
	other[31] ^= 1
	if err := ours.Matches(ours.Check()); err != nil {
		t.Error(err)
	}
	for name, stored := range map[string][]byte{
		"another key": master(t, hex.EncodeToString(other)).Check(),
		"nothing":     nil,
		"cut":         ours.Check()[:31],
	} {
		if err := ours.Matches(stored); problem.KindOf(err) != problem.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	if bytes.Contains(ours.Check(), secretBytes()[:8]) {
		t.Error("the check shows the key")
	}
}

func TestMasterIsNotPrinted(t *testing.T) {
	t.Parallel()
	m := master(t, hex.EncodeToString(secretBytes()))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o"} {
		for _, value := range []any{m, struct{ M *keyring.Master }{m}, []*keyring.Master{m}} {
			if text := fmt.Sprintf(verb, value); showsBytes(text, secretBytes()) {
				t.Errorf("%s: %s", verb, text)
			}
		}
	}
}

// showsBytes looks for the first four bytes of a secret in the usual writings.
func showsBytes(text string, secret []byte) bool {
	s := secret[:4]
	for _, form := range []string{"%x", "%X", "%d", "%o", "%q", "%#v"} {
		if strings.Contains(text, strings.Trim(fmt.Sprintf(form, s), "[]{}\"")) {
			return true
		}
	}
	return strings.Contains(text, base64.RawStdEncoding.EncodeToString(secret[:6]))
}
