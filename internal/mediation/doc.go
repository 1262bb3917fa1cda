// Package mediation holds the words of digital mediation: the venue that
// trains and issues, and the programmes that it runs.
//
// Glossary of French words that stay French as values: ERIC (espace régional
// Internet citoyen), EPN (espace public numérique), médiathèque, tiers-lieu,
// ACUNUM (accompagnement aux cultures et usages numériques), émargement.
//
// It refuses I/O, and knows neither credentials nor storage.
package mediation
