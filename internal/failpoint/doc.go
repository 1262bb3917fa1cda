// Package failpoint lets a test end the program, or make its database or its
// signer fail, at a step that it chooses. It is there only in a program that was
// built with the tag failpoint; in any other, each of its functions is empty and
// the compiler leaves nothing of it (a test of package e2e looks at the symbols).
//
//	act: In(ctx, "issue") → everything below it is a step of issuing
//	  Hit(ctx, "recorded")            a step that has no statement
//	  Signer(ctx, "credential", key)  issue/sign-credential, issue/verify-credential
//	  package store, by its drivers   issue/insert-award, issue/commit, …
//
// A point is named verb/step. What happens there is said from outside, by files
// in the folder that RAMURE_FAILPOINTS names: `armed/<point>` holds crash or error;
// whoever takes the file away meets it, once. A crash is SIGKILL, with nothing
// tidied up. Each point that was passed leaves an empty file in `reached/`, so
// that a test finds the steps that nobody named, and the names that are no step.
//
// It refuses to be anywhere near a program that serves people.
package failpoint
