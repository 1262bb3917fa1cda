package bench

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

// The environment of a program that this test binary plays.
const (
	roleVariable     = "RAMURE_BENCH_ROLE"
	addressVariable  = "RAMURE_BENCH_ADDRESS"  // where it listens
	databaseVariable = "RAMURE_BENCH_DATABASE" // sqlite:PATH or postgres://…
	documentVariable = "RAMURE_BENCH_DOCUMENT" // file with the bytes to store or to serve
	profileVariable  = "RAMURE_BENCH_PROFILE"  // folder of CPU profiles
	dataVariable     = "RAMURE_BENCH_DATA"     // folder of what bench-data prepared
	tableVariable    = "RAMURE_BENCH_TABLE"    // file that the table is written to, besides
)

// roles are the programs. Each runs until ctx ends.
var roles = map[string]func(ctx context.Context) error{
	"hello":   helloFloor,
	"page":    pageFloor,
	"select":  selectFloor,
	"issue":   issueFloor,
	"product": profiledProduct,
	"prepare": prepareMillion,
}

func play(role string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	run, known := roles[role]
	if !known {
		fmt.Fprintf(os.Stderr, "bench: there is no role %q\n", role)
		return 2
	}
	if err := run(ctx); err != nil {
		fmt.Fprintf(os.Stderr, "bench: %s: %v\n", role, err)
		return 1
	}
	return 0
}
