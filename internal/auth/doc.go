// Package auth says who is acting and what they may touch.
//
//	bearer token → Authenticate → Principal{Scope, Rights} → the route's policy
//
// API tokens are random, shown once, and stored as a SHA-256: a token is a
// 256-bit secret, so a slow hash would add nothing. Each is bound to one venue
// and to a set of rights. A wrong token is Unauthenticated; a right token of
// another venue finds nothing, exactly as if the thing did not exist.
//
// It is the only room that makes a scope.Scope.
package auth
