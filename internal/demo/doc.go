// Package demo is the content of the demonstration: a fictional network in
// Provence-Alpes-Côte d'Azur, made through the acts like everything else.
//
//	three venues → the modules of the ACUNUM cycle as achievements, with levels
//	and alignments → awards in every state → a table of what to look at
//
// Loading it again finds what is there and adds nothing. Every person in it is
// invented, and every venue says so in its name.
//
// It is the only act that may call the others, and it refuses to write anything
// in any other way.
package demo
