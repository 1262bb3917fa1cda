// Command ramure certifies competences with Open Badges.
//
// One file holds one subcommand; main.go says what there is. Standard output
// carries the result, standard error the talk, in the language of the terminal
// (LC_ALL, LC_MESSAGES, LANG). The exit status is
//
//	0  done; for verify: the badge is valid
//	1  failed; for verify: any other verdict
//	2  wrong use: an unknown flag, a setting that can't work, a file that is
//	   not there, a value that breaks a rule; nothing was done
//	3  verify alone: unverifiable, since something or everything that the
//	   verdict needs could not be asked (offline, an address that does not answer)
//
// Every command but verify, version, config and health opens the database
// itself, beside a running service or without one.
//
// It refuses to decide: what may be done is decided by the acts, what may be
// relied upon by package credential.
package main
