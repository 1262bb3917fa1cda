package bench

import (
	"fmt"
	"os"
	"testing"

	"ramure/internal/store/pgtest"
)

// TestMain is the test binary's own start, or that of the program whose role it
// was given: a floor, the product with a profiler, the preparation of data.
func TestMain(m *testing.M) {
	if role := os.Getenv(roleVariable); role != "" {
		os.Exit(play(role))
	}
	before := loadAverage()
	code := pgtest.Run(m)
	if err := os.RemoveAll(workshop); err != nil && workshop != "" {
		fmt.Fprintln(os.Stderr, err)
	}
	results.print(os.Stdout, before)
	if err := results.save(os.Getenv(tableVariable), before); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// workshop is the folder of the built program, "" until there is one.
var workshop string
