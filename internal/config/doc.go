// Package config turns flags and environment into one checked struct.
//
// Every setting is a flag and an environment variable of the same name
// (--listen, RAMURE_LISTEN); the zero value of each works: started with nothing,
// Ramure serves on this machine with SQLite in ./data and makes its keys.
//
//	kong fills Config → Complete derives what was left empty and refuses what
//	can't work, with a sentence that says what to do
//
// It refuses to open files, databases and sockets.
package config
