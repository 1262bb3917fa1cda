// Package site is the door of those who sign in: mediators, heads of venues,
// coordinators, auditors, the operator.
//
//	request → guard of the route's policy (auth) → session and scope
//	  → form read and held against limits → act → page, or 303 to the next one
//
// A form that has a fault comes back with all that was typed, and says next to
// each field what to do. After a change the reader is sent on with 303, so that
// nothing is done twice by reloading. Every page works without script, by
// keyboard, at 320 pixels, and is kept by no cache.
//
// It refuses to decide who may do what (auth's table does), and what an act means.
package site
