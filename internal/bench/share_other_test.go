//go:build !linux

package bench

func allowed(int) processors      { return 0 }
func restrict(int, processors)    {}
func restrictAll(int, processors) {}
