// Package bench measures the product against floors: small programs of ours
// that do the unavoidable work of a workload and nothing else. Machines drift,
// so every goal is a ratio of two figures that were taken in turn, in one run.
//
//	make bench             every workload but those of a million awards, < 10 min
//	make bench RUN=Issue   one of them
//	make bench-data        prepares a million awards, once; then they run, too
//	make bench PROFILE=d   the same, and the product's CPU profiles in folder d
//
// The flow of a workload: build the stripped program → start it, and the floor,
// as processes of their own → rounds (product, floor, product, floor, …) of
// closed-loop clients over loopback → medians over the rounds → one line of the
// table that is printed at the end, and written to artifacts/bench.md. The floors
// are this test binary, started again with a role (see roles): gin, a signature, a
// statement.
//
// A figure of speed that misses its goal is told, and fails nothing: the table
// says "short". A figure of correctness that is wrong (an award acknowledged
// and lost, stored twice, missing in the log; a revocation not seen) fails the
// run.
//
// It refuses to be imported, and to guess: what is not prepared is reported as
// not prepared. Peak memory is read in /proc, so it is told on Linux alone.
package bench
