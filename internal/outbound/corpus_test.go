package outbound

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// corpus gives addresses that must not lead to any connection, each once: those of
// testdata/addresses.txt, which the tests of the whole program read too.
func corpus() (addresses []string) {
	file, err := os.Open("testdata/addresses.txt")
	if err != nil {
		panic(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		address, err := strconv.Unquote(lines.Text())
		if err != nil {
			panic(fmt.Errorf("%s: %w", lines.Text(), err))
		}
		addresses = append(addresses, address)
	}
	return addresses
}

// poisoned names a host whose server of names answers the i-th forbidden address.
func poisoned(i int) string { return fmt.Sprintf("n%d.poison.example.org", i) }
