package auth

import (
	"slices"
	"time"
)

// Role is what somebody is for a venue, a network or the whole installation
// (decisions.md, Roles). Médiateur and animateur are functions on a session of a
// cycle, not roles.
type Role string

// The roles that are given. Whoever is not signed in is anonymous; a holder proves
// to be one by a code, not by a grant.
const (
	RolePrescriber     Role = "prescriber"
	RoleMediator       Role = "mediator"
	RoleVenueHead      Role = "venueHead"
	RoleLabelCommittee Role = "labelCommittee"
	RoleCoordinator    Role = "coordinator"
	RoleAuditor        Role = "auditor"
	RoleOperator       Role = "operator"
)

// Kind is what a role is given for.
type Kind string

// The kinds of targets.
const (
	OnVenue    Kind = "venue"
	OnNetwork  Kind = "network"
	OnInstance Kind = "instance" // the whole installation
)

// Target is a venue or a network by its slug, or the installation.
type Target struct {
	Kind Kind
	Slug string // empty for OnInstance
}

// places says what each role may be given for.
var places = map[Role][]Kind{
	RolePrescriber:     {OnVenue, OnNetwork},
	RoleMediator:       {OnVenue},
	RoleVenueHead:      {OnVenue},
	RoleLabelCommittee: {OnNetwork},
	RoleCoordinator:    {OnNetwork},
	RoleAuditor:        {OnNetwork, OnInstance},
	RoleOperator:       {OnInstance},
}

// Roles lists the roles that are given, from the nearest to the venue on.
func Roles() []Role {
	return []Role{RolePrescriber, RoleMediator, RoleVenueHead, RoleLabelCommittee, RoleCoordinator, RoleAuditor, RoleOperator}
}

// Suits reports whether the role may be given for such a target.
func (r Role) Suits(t Target) bool {
	return slices.Contains(places[r], t.Kind) && (t.Kind == OnInstance) == (t.Slug == "")
}

// Grant is the record that somebody was given a role: by whom, when, until when.
type Grant struct {
	ID      string // public id
	User    string // public id of the user
	Role    Role
	Target  Target
	GivenBy string // actor
	GivenAt time.Time
	EndedAt *time.Time
	EndedBy string
}

// givers says who may give a role, and take it back.
var givers = map[Role][]Role{
	RolePrescriber:     {RoleVenueHead, RoleCoordinator, RoleOperator},
	RoleMediator:       {RoleVenueHead, RoleCoordinator, RoleOperator},
	RoleVenueHead:      {RoleVenueHead, RoleCoordinator, RoleOperator},
	RoleLabelCommittee: {RoleCoordinator, RoleOperator},
	RoleCoordinator:    {RoleCoordinator, RoleOperator},
	RoleAuditor:        {RoleOperator},
	RoleOperator:       {RoleOperator},
}
