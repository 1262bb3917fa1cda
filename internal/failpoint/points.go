package failpoint

// Point is a step at which a test can end or fail the program.
type Point struct {
	Name   string // verb/step
	Engine string // the only database that has the step; empty for both
	Cold   bool   // passed only by a program that has just started
}

// Points are all of them, in the order in which an act passes them. A step of the
// database bears the name of its statement.
func Points() (all []Point) {
	for _, v := range []verb{
		{name: "issue", steps: []string{
			"select-achievement", "select-venue", "select-holder",
			// a block of slots; at a venue's first badge the list, too
			"begin", "update-status_list.next_counter", "exists-venue", "exists-status_list", "select-status_list",
			"select-signing_key", "sign-list", "verify-list", "insert-status_list", "update-change_sequence.value",
			"reserved", "sign-credential", "verify-credential", "composed",
			"insert-holder", "insert-award", "insert-credential", "insert-log_leaf", "insert-name_decision",
			"commit", "committed", "recorded",
			"select-award", // whoever was not answered asks again
		}},
		{name: "issue", engine: "sqlite", steps: []string{"savepoint", "undo", "release"}}, // of those who share a commit
		{name: "revoke", steps: []string{
			"select-award", "composed",
			"begin", "update-status_list.signatures", "insert-revocation", "insert-log_leaf",
			"select-status_list", "select-revocation", "sign-list", "verify-list",
			"update-status_list.document", "update-change_sequence.value",
			"commit", "committed", "recorded",
		}},
		{name: "sequence", steps: []string{
			"exists-log_leaf", "begin", "select-log_head", "select-log_leaf", "select-log_checkpoint", "select-log_node",
			"sign-checkpoint", "verify-checkpoint",
			"insert-log_checkpoint", "insert-log_node", "update-log_leaf.idx", "update-log_head.size",
			"commit", "committed",
		}},
		{name: "resign", steps: []string{
			"begin", "update-status_list.signatures", "select-status_list", "select-revocation",
			"sign-list", "verify-list", "update-status_list.document", "insert-log_leaf", "update-change_sequence.value",
			"commit", "committed", "recorded",
		}},
		{name: "revoke", steps: []string{"select-signing_key"}, cold: true},
		{name: "resign", steps: []string{"select-signing_key"}, cold: true},
	} {
		all = append(all, v.points()...)
	}
	return all
}

// verb is an act with its steps.
type verb struct {
	name, engine string
	steps        []string
	cold         bool
}

func (v verb) points() (all []Point) {
	for _, step := range v.steps {
		all = append(all, Point{Name: v.name + "/" + step, Engine: v.engine, Cold: v.cold})
	}
	return all
}
