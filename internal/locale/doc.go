// Package locale turns message keys, dates and numbers into the words that
// people read.
//
// French comes first; English has exactly the same keys, the same named
// arguments and the same plural forms (tested). A catalogue is a JSON file,
// nested as its author likes, that is flattened to dotted keys:
//
//	{"verdict": {"valid": {"word": "Valable"}}}        → verdict.valid.word
//	{"badge.count": {"one": "{n} badge", "other": …}}  → a plural message
//	{"privacy.rights": ["…", "…"]}                     → a list of messages
//
// The flow of a request: Catalogue.Negotiate (the address's ?lang= first, the
// Accept-Language header next, RFC 9110 §12.5.4) → Catalogue.Localizer →
// Localizer.T, Count, List, Date, DateTime, Number.
//
// The files are typed with plain spaces: on loading, French gets its narrow
// no-break spaces (before « : ; ! ? » and inside guillemets), so that nobody
// has to type what cannot be seen.
//
// It refuses to fall back: a key that is missing is shown as ⟦key⟧ and told to
// the observer, because a page in two languages, or with a silent hole, hides
// the mistake from whoever could mend it.
//
// Glossary of words that stay French: badge, émargement, médiathèque, ERIC.
package locale
