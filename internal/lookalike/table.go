package lookalike

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table maps each character that looks like another to what it looks like. It is
// safe for concurrent use.
type Table struct{ prototypes map[rune]string }

// Load reads confusables.csv: a header line, then a line for each prototype with
// the characters that look like it, all as hexadecimal code points with blanks
// between.
func Load(source io.Reader) (*Table, error) {
	reader := csv.NewReader(source)
	reader.ReuseRecord = true
	reader.FieldsPerRecord = 2
	if header, err := reader.Read(); err != nil || header[0] != "prototype" || header[1] != "characters" {
		return nil, fmt.Errorf("confusables: the header must be prototype,characters: %w", err)
	}
	table := &Table{prototypes: map[rune]string{}}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return table, nil
		}
		if err == nil {
			err = table.add(record[0], record[1])
		}
		if err != nil {
			return nil, fmt.Errorf("confusables: %w", err)
		}
	}
}

func (t *Table) add(prototype, characters string) error {
	looks, err := decode(prototype)
	if err != nil {
		return err
	}
	alike, err := decode(characters)
	if err != nil {
		return err
	}
	for _, r := range alike {
		if _, twice := t.prototypes[r]; twice {
			return fmt.Errorf("%04X stands twice", r)
		}
		t.prototypes[r] = looks
	}
	return nil
}

// decode turns "0072 006E" into "rn".
func decode(points string) (string, error) {
	var text strings.Builder
	for point := range strings.FieldsSeq(points) {
		number, err := strconv.ParseUint(point, 16, 32)
		if err != nil || !utf8.ValidRune(rune(number)) {
			return "", fmt.Errorf("%q is no code point", point)
		}
		text.WriteRune(rune(number))
	}
	if text.Len() == 0 {
		return "", errors.New("a line without characters")
	}
	return text.String(), nil
}

// apply replaces each character by its prototype. Prototypes have none of their
// own: once is enough.
func (t *Table) apply(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	for _, r := range text {
		if looks, found := t.prototypes[r]; found {
			out.WriteString(looks)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}
