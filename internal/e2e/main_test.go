package e2e

import (
	"os"
	"testing"

	"ramure/internal/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
