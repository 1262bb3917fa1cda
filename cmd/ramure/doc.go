// Command ramure certifies competences with Open Badges. One file holds one
// subcommand; main.go says what there is.
package main
