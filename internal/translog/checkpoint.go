package translog

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// maxNote bounds a signed checkpoint: room for well over the 16 signatures that
// every verifier must bear, post-quantum ones included.
const maxNote = 128 << 10

// Checkpoint is the head of a log at one moment, with its signed text.
type Checkpoint struct {
	Origin string
	Head
	Note []byte    // signed note, as published (c2sp.org/tlog-checkpoint)
	At   time.Time // when we signed it; not part of the text, zero when parsed
}

// FormatCheckpoint writes the text of a checkpoint, unsigned.
func FormatCheckpoint(origin string, head Head) string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, head.Size, encode32(head.Root))
}

// ParseCheckpoint reads a signed checkpoint WITHOUT verifying any signature;
// Policy.Verify does. Problem.Malformed when it is not in the form.
func ParseCheckpoint(signed []byte) (Checkpoint, error) {
	if len(signed) > maxNote {
		return Checkpoint{}, malformed(keyCheckpoint, "more than %d bytes", maxNote)
	}
	text, err := noteText(signed)
	if err != nil {
		return Checkpoint{}, malformed(keyCheckpoint, "%w", err)
	}
	origin, head, err := parseText(text)
	if err != nil {
		return Checkpoint{}, malformed(keyCheckpoint, "%w", err)
	}
	return Checkpoint{Origin: origin, Head: head, Note: signed}, nil
}

// noteText checks the form of a signed note and that each signature has but one
// spelling, and answers the text before the signatures.
func noteText(signed []byte) (string, error) {
	_, err := note.Open(signed, nil)
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		return "", errors.New("not a signed note")
	}
	for _, s := range unverified.Note.UnverifiedSigs {
		if _, err := decodeExact(base64.StdEncoding, s.Base64); err != nil {
			return "", fmt.Errorf("a signature is %w", err)
		}
	}
	return unverified.Note.Text, nil
}

// parseText reads origin, size and root (c2sp.org/tlog-checkpoint, Note text).
// Extension lines are allowed and left alone.
func parseText(text string) (origin string, head Head, err error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 {
		return "", Head{}, errors.New("fewer than three lines")
	}
	for i, line := range lines {
		if line == "" {
			return "", Head{}, fmt.Errorf("line %d is empty", i+1)
		}
	}
	if head.Size, err = decodeNumber(lines[1]); err != nil {
		return "", Head{}, fmt.Errorf("line 2: %w", err)
	}
	if head.Root, err = decode32(lines[2]); err != nil {
		return "", Head{}, fmt.Errorf("line 3: %w", err)
	}
	if head.Size == 0 && head != EmptyHead() {
		return "", Head{}, errors.New("line 3: not the root of an empty tree")
	}
	return lines[0], head, nil
}

// openCheckpoint reads a checkpoint and verifies every signature made by one of
// the keys: one that fails spoils the note, and one at least must be there. It
// answers the signatures that hold.
func openCheckpoint(signed []byte, keys []Key) (Checkpoint, []note.Signature, error) {
	cp, err := ParseCheckpoint(signed)
	if err != nil {
		return Checkpoint{}, nil, err
	}
	opened, err := note.Open(signed, verifiers(keys))
	if err != nil {
		return Checkpoint{}, nil, refused(keyUntrusted, "%w", err)
	}
	return cp, opened.Sigs, nil
}

// madeBy reports whether a signature line is of that key.
func madeBy(s note.Signature, k Key) bool { return s.Name == k.Name && s.Hash == k.KeyHash() }
