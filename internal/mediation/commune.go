package mediation

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Communes gives the name of each commune by its INSEE code.
type Communes map[string]string

// LoadCommunes reads communes.csv: a header line, then a line for each commune
// whose first two columns are the INSEE code and the name.
func LoadCommunes(source io.Reader) (Communes, error) {
	reader := csv.NewReader(source)
	reader.ReuseRecord = true
	if header, err := reader.Read(); err != nil || len(header) < 2 || header[0] != "insee" || header[1] != "name" {
		return nil, fmt.Errorf("communes: the header must begin with insee,name: %w", err)
	}
	communes := Communes{}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return communes, nil
		}
		if err != nil {
			return nil, fmt.Errorf("communes: %w", err)
		}
		communes[strings.Clone(record[0])] = strings.Clone(record[1])
	}
}

// Name gives the name of an INSEE code; false when it is unknown.
func (c Communes) Name(insee string) (string, bool) {
	name, known := c[insee]
	return name, known
}
