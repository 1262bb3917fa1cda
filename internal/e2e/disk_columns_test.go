package e2e

import (
	"os"
	"time"
)

// column is a column of a table.
type column struct{ table, name string }

func (c column) String() string { return c.table + "." + c.name }

// flip says how the bytes of a column are flipped, or why that is not seen.
type flip struct {
	unseen string        // nothing else that is stored carries it: why
	within int           // only so many bytes from the beginning are carried elsewhere; 0 for all
	step   time.Duration // by how much an instant moves on an engine that has instants
	where  string        // rows
	told   []string      // tables that tell it, besides its own
	many   bool          // a long text
}

// times is how many bytes of the column are flipped. What is checked is the same
// on both engines; the server alone takes longer to ask.
func (f flip) times(engine string) int {
	n := 1
	if f.many {
		n = 6
	}
	if engine == "sqlite" {
		n *= 3
	}
	if os.Getenv("RAMURE_TEST_EXHAUSTIVE") != "" {
		n *= 10
	}
	return n
}

// Instants are text of fixed width on one engine: 2026-11-22T10:00:00.000000Z.
const (
	toMillisecond = 23
	rowKeyTime    = 6
)

var (
	whole     = flip{}
	exactly   = flip{step: time.Microsecond}
	nearly    = flip{step: time.Millisecond, within: toMillisecond}
	reference = func(tables ...string) flip { return flip{told: tables} }
	unseen    = func(why string) flip { return flip{unseen: why} }
)

// Why a value can't be checked.
const (
	human    = "what somebody did or said, in no signed bytes"
	private  = "what a venue or a client keeps for itself"
	counting = "a counter that tells nothing about what was issued"
	alone    = "an instant that left no leaf"
	access   = "rights of access, nothing that was issued"
	work     = "work that is still to be done"
)

// flippable lists every column.
var flippable = map[string]flip{
	"deployment.id":         unseen("there is one row, kept by a constraint"),
	"deployment.base_url":   reference("award", "credential"),
	"deployment.key_check":  whole,
	"deployment.created_at": unseen(alone),
	"change_sequence.id":    unseen(counting),
	"change_sequence.value": unseen(counting),

	"venue.id":          reference("achievement", "award", "holder", "signing_key", "status_list"),
	"venue.slug":        reference("signing_key", "achievement"),
	"venue.name":        whole,
	"venue.folded_name": whole,
	"venue.commune":     unseen(private),
	"venue.jwt_alg":     whole,
	"venue.created_at":  nearly,

	"achievement.id":             reference("achievement_version"),
	"achievement.public_id":      whole,
	"achievement.venue":          whole,
	"achievement.latest_version": whole,
	"achievement.created_at":     exactly,

	"achievement_version.achievement": reference("award", "achievement"),
	"achievement_version.version":     reference("award", "achievement"),
	"achievement_version.definition":  {many: true}, // one that names no validFor: no document carries it
	"achievement_version.document":    {many: true},
	"achievement_version.created_at":  {step: time.Microsecond, told: []string{"achievement"}},

	"achievement_withdrawal.achievement":  whole,
	"achievement_withdrawal.withdrawn_at": unseen(human),
	"achievement_withdrawal.withdrawn_by": unseen(human),
	"achievement_withdrawal.reason":       unseen(human),

	"holder.id":          reference("award"),
	"holder.venue":       whole,
	"holder.ref":         unseen(private),
	"holder.subject":     whole,
	"holder.given_name":  whole, // but for its case and accents, which the hash folds
	"holder.family_name": whole,
	"holder.email":       unseen(private),
	"holder.birth_year":  unseen(private),
	"holder.over15":      unseen(private),
	"holder.created_at":  nearly,

	"status_list.id":              reference("award"),
	"status_list.number":          whole,
	"status_list.venue":           whole,
	"status_list.permutation_key": reference("award"),
	"status_list.size":            whole,
	"status_list.next_counter":    unseen("a bound alone: one that is too low is told, one that is too high leaves a gap"),
	"status_list.document":        {many: true},
	"status_list.valid_from":      exactly,
	"status_list.valid_until":     exactly,
	"status_list.signatures":      whole,
	"status_list.created_at":      exactly,

	"award.id":          reference("credential", "log_leaf"),
	"award.public_id":   whole,
	"award.venue":       whole,
	"award.achievement": whole,
	"award.version":     whole,
	"award.holder":      whole,
	"award.level":       {where: "level <> ''"},
	"award.awarded_on":  whole,
	"award.valid_from":  exactly,
	"award.valid_until": {where: "valid_until IS NOT NULL", step: time.Microsecond},
	"award.issued_at":   {step: time.Microsecond, told: []string{"credential"}},
	"award.issued_by":   unseen(human),
	"award.list":        reference("status_list"),
	"award.idx":         reference("revocation"),
	"award.key":         unseen(private),
	"award.fingerprint": unseen(private),

	"credential.award":       whole,
	"credential.document":    {many: true},
	"credential.doc_hash":    whole,
	"credential.commit_salt": whole,
	"credential.name_salt":   reference("holder"),
	"credential.thumbprint":  whole,

	"credential_jwt.award":      whole,
	"credential_jwt.jwt":        {many: true},
	"credential_jwt.thumbprint": whole,
	"credential_jwt.made_at":    unseen(alone),

	"name_decision.award":      whole,
	"name_decision.ordinal":    whole,
	"name_decision.shown":      unseen(human),
	"name_decision.decided_by": unseen(human),
	"name_decision.decided_at": unseen(human),
	"name_decision.how":        unseen(human),

	"revocation.award":      whole,
	"revocation.list":       whole,
	"revocation.idx":        whole,
	"revocation.revoked_at": {within: 15, step: time.Minute}, // its leaf has the day, and stands beside it
	"revocation.revoked_by": unseen(human),
	"revocation.reason":     unseen(human),

	"erased_award.public_id": unseen("all that is left of it; that it is there is counted"),
	"erased_award.erased_at": unseen(alone),

	"log_leaf.id":         {within: rowKeyTime}, // nothing refers to the rest
	"log_leaf.log":        whole,
	"log_leaf.award":      reference("award"),
	"log_leaf.kind":       reference("award"),
	"log_leaf.data":       {many: true},
	"log_leaf.hash":       whole,
	"log_leaf.idx":        whole,
	"log_leaf.created_at": nearly,

	"log_node.log":  whole,
	"log_node.pos":  whole,
	"log_node.hash": whole,

	"log_head.log":  whole,
	"log_head.size": whole,
	"log_head.root": whole,

	"log_checkpoint.log":  whole,
	"log_checkpoint.size": whole,
	"log_checkpoint.root": whole,
	"log_checkpoint.note": {many: true},
	"log_checkpoint.at":   unseen("no signed bytes carry it; that it does not go back is told"),

	"signing_key.id":         {within: rowKeyTime},
	"signing_key.issuer":     whole,
	"signing_key.use":        whole,
	"signing_key.algorithm":  whole,
	"signing_key.thumbprint": whole,
	"signing_key.public":     whole,
	"signing_key.secret":     {many: true},
	"signing_key.created_at": nearly, // exactly, for an issuer's
	"signing_key.retired_at": unseen("no key was retired here; one that is must have a leaf"),

	"api_token.id":         unseen(access),
	"api_token.public_id":  unseen(access),
	"api_token.venue":      unseen(access),
	"api_token.name":       unseen(access),
	"api_token.rights":     unseen(access),
	"api_token.hash":       unseen(access),
	"api_token.created_at": unseen(access),
	"api_token.revoked_at": unseen(access),

	"known_issuer.id":        unseen(access),
	"known_issuer.issuer_id": unseen(access),
	"known_issuer.name":      unseen(access),
	"known_issuer.note":      unseen(access),
	"known_issuer.since":     unseen(access),

	"issuer_registry.id":      unseen(access),
	"issuer_registry.source":  unseen(access),
	"issuer_registry.name":    unseen(access),
	"issuer_registry.note":    unseen(access),
	"issuer_registry.issuers": unseen(access),
	"issuer_registry.since":   unseen(access),
	"issuer_registry.read_at": unseen(access),

	"account.id":           unseen(access),
	"account.public_id":    unseen(access),
	"account.name":         unseen(access),
	"account.email":        unseen(access),
	"account.folded_email": unseen(access),
	"account.language":     unseen(access),
	"account.created_at":   unseen(access),
	"account.ended_at":     unseen(access),

	"session.id":        unseen(access),
	"session.public_id": unseen(access),
	"session.account":   unseen(access),
	"session.hash":      unseen(access),
	"session.device":    unseen(access),
	"session.shared":    unseen(access),
	"session.opened_at": unseen(access),
	"session.seen_at":   unseen(access),
	"session.ends_at":   unseen(access),
	"session.proved_at": unseen(access),
	"session.ended_at":  unseen(access),

	"sign_in.browser":    unseen(access),
	"sign_in.account":    unseen(access),
	"sign_in.link":       unseen(access),
	"sign_in.code":       unseen(access),
	"sign_in.shared":     unseen(access),
	"sign_in.created_at": unseen(access),
	"sign_in.ends_at":    unseen(access),
	"sign_in.tries":      unseen(access),
	"sign_in.used_at":    unseen(access),

	"throttle.key":       unseen(access),
	"throttle.window_at": unseen(access),
	"throttle.count":     unseen(access),

	"network.id":         unseen(access),
	"network.slug":       unseen(access),
	"network.name":       unseen(access),
	"network.parent":     unseen(access),
	"network.created_at": unseen(access),

	"network_member.network":  unseen(access),
	"network_member.venue":    unseen(access),
	"network_member.since_at": unseen(access),

	"role_grant.id":        unseen(access),
	"role_grant.public_id": unseen(access),
	"role_grant.account":   unseen(access),
	"role_grant.role":      unseen(access),
	"role_grant.venue":     unseen(access),
	"role_grant.network":   unseen(access),
	"role_grant.given_by":  unseen(access),
	"role_grant.given_at":  unseen(access),
	"role_grant.ended_by":  unseen(access),
	"role_grant.ended_at":  unseen(access),

	"invitation.id":         unseen(access),
	"invitation.public_id":  unseen(access),
	"invitation.hash":       unseen(access),
	"invitation.name":       unseen(access),
	"invitation.email":      unseen(access),
	"invitation.role":       unseen(access),
	"invitation.venue":      unseen(access),
	"invitation.network":    unseen(access),
	"invitation.made_by":    unseen(access),
	"invitation.created_at": unseen(access),
	"invitation.ends_at":    unseen(access),
	"invitation.used_by":    unseen(access),
	"invitation.used_at":    unseen(access),
	"invitation.ended_at":   unseen(access),

	"journal.id":        unseen(human),
	"journal.public_id": unseen(human),
	"journal.at":        unseen(human),
	"journal.actor":     unseen(human),
	"journal.act":       unseen(human),
	"journal.venue":     unseen(human),
	"journal.subject":   unseen(human),
	"journal.detail":    unseen(human),
	"journal.network":   unseen(human),

	"job.id":           unseen(work),
	"job.public_id":    unseen(work),
	"job.kind":         unseen(work),
	"job.payload":      unseen(work),
	"job.created_at":   unseen(work),
	"job.run_at":       unseen(work),
	"job.claimed_till": unseen(work),
	"job.tries":        unseen(work),
	"job.reason":       unseen(work),
	"job.dead_at":      unseen(work),
}
