// Package competence holds the words of competence: frameworks, the items in
// them, the alignments between them, and the scale of eight levels.
//
// The shipped frameworks (DigComp 2.2 and 3.0, Pix/CRCN, ACUNUM) are a
// read-only Catalogue, loaded once from a table:
//
//	table.go      the strict reading of any reference table
//	row.go        one row → an Item, and the rules that it breaks
//	catalogue.go  Load, and the look-ups: by code, children, path, alignments
//	item.go       what an item is
//	level.go      the scale: Novice 1–2, Indépendant 3–4, Avancé 5–6, Expert 7–8
//
// Alignments between frameworks are editorial proposals: people read them as
// « en lien avec », never as « équivaut à ».
//
// French words that stay French as values: ACUNUM (accompagnement aux cultures
// et usages numériques), CRCN (cadre de référence des compétences numériques),
// Arbre de la compétence.
//
// It refuses a table with a single doubtful row: an unknown column, a code
// twice, a parent that is missing or of another framework, an alignment to
// nothing. It does no I/O of its own, and knows neither badges nor people.
package competence
