// Package lookalike says when two names look the same to a person who reads
// them: « ÉRIC Marseille », « ERlC Marseilie » and « ЕRIС Marseille » with
// Cyrillic letters have one skeleton.
//
//	name → NFKD → prototypes of Unicode → without marks, in lower case →
//	prototypes again → our own pairs → letters and digits only = skeleton
//
// The prototypes are those of Unicode's table of confusable characters (UTS #39
// §4, Confusable Detection), read from a table that the caller brings. UTS #39
// compares identifiers in their own case; people's names are written in any, so
// that letters are folded and what only capitals have in common (I and l) is
// held against both. Blanks and punctuation count for nothing.
//
// It refuses to judge: equal skeletons are a reason to warn, never to accuse, and
// different ones say nothing of names that differ by a letter that can be seen.
package lookalike
