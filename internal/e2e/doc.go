// Package e2e tells stories to the whole program: a real browser, real
// databases, real commands, other people's verifiers. Each file is one story,
// named after the people in it.
//
// The tests start the same app as production on a port of this machine. What
// the browser saw is written to the ignored folder artifacts/ as pictures of
// 320 and 1280 pixels and as printed PDF.
//
// It holds no code of the product.
package e2e
