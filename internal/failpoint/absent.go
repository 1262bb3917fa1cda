//go:build !failpoint

package failpoint

import (
	"context"
	"crypto"
)

// In says which verb the steps below are of.
func In(ctx context.Context, _ string) context.Context { return ctx }

// Hit is a step that may fail.
func Hit(context.Context, string) error { return nil }

// Signer is a signer that may fail, before its signature is made and after.
func Signer(_ context.Context, _ string, key crypto.Signer) crypto.Signer { return key }
