package translog

import (
	"crypto"
	"crypto/ed25519"
	"errors"

	"golang.org/x/mod/sumdb/note"

	"ramure/internal/problem"
)

// maxText bounds a signed text that is no checkpoint.
const maxText = 256 << 10

// SignText signs a text for people as a note (c2sp.org/signed-note) under a name:
// the text, an empty line, one signature. The text is of lines, each ended by a
// newline. The note just made is opened before it is given away.
func SignText(name, text string, private crypto.Signer) ([]byte, error) {
	public, _ := private.Public().(ed25519.PublicKey)
	key, err := NewKey(name, TypeLog, public)
	if err != nil {
		return nil, problem.Wrap(problem.Internal, keySigner, err)
	}
	signed, err := note.Sign(&note.Note{Text: text}, logKey{key, private})
	if err != nil {
		return nil, problem.Wrap(problem.Internal, keySigner, err)
	}
	if opened, err := OpenText(signed, key); err != nil || opened != text {
		return nil, problem.Wrap(problem.Internal, keySigner, errors.Join(errors.New("the signature just made does not hold"), err))
	}
	return signed, nil
}

// OpenText gives the text of a note that SignText made with that key. Unlike a
// checkpoint it has exactly one signature and one spelling: a note with a byte
// changed, wherever it is, is refused. The failures are problem.Malformed and
// problem.Invalid.
func OpenText(signed []byte, key Key) (string, error) {
	if len(signed) > maxText {
		return "", malformed(keyNote, "more than %d bytes", maxText)
	}
	if _, err := noteText(signed); err != nil {
		return "", malformed(keyNote, "%w", err)
	}
	opened, err := note.Open(signed, verifiers([]Key{key}))
	if err != nil {
		return "", refused(keyNote, "%w", err)
	}
	if len(opened.Sigs) != 1 || string(signed) != opened.Text+"\n"+signatureLine(opened.Sigs[0]) {
		return "", refused(keyNote, "more than the text and the one signature")
	}
	return opened.Text, nil
}

// signatureLine writes a signature as it stands in a note.
func signatureLine(s note.Signature) string {
	return "— " + s.Name + " " + s.Base64 + "\n"
}
