package auth

import (
	"slices"

	"ramure/internal/httpx"
)

// Line is one line of the table of who may do what: a policy, what the path of its
// routes names, the roles that reach it, and whether the person must have proved a
// short while ago to be there.
//
// A role reaches a venue when it was given for the venue itself, for a network
// that the venue is in, or for the installation.
type Line struct {
	Policy httpx.Policy
	On     Kind   // what :slug names; OnInstance: nothing
	Roles  []Role // any of them; none: whoever is signed in
	Proof  bool
}

// The policies of signed-in routes. A route that names another one makes the
// program refuse to start.
const (
	// PolicySignIn is that of the way in: anybody's, but it sets a cookie, and a
	// form from another site is refused whatever the browser.
	PolicySignIn  httpx.Policy = "signin"
	PolicyAccount httpx.Policy = "account"

	PolicyVenue        httpx.Policy = "venue"
	PolicyAchievements httpx.Policy = "venue.achievements"
	PolicyIssue        httpx.Policy = "venue.issue"
	PolicyIssueMany    httpx.Policy = "venue.issueMany"
	PolicyRegister     httpx.Policy = "venue.register"
	PolicyRevoke       httpx.Policy = "venue.revoke"
	PolicyUndo         httpx.Policy = "venue.undo"
	PolicyTeam         httpx.Policy = "venue.team"
	PolicyRoles        httpx.Policy = "venue.roles"
	PolicyVenueJournal httpx.Policy = "venue.journal"
	PolicySettings     httpx.Policy = "venue.settings"
	PolicyKeys         httpx.Policy = "venue.keys"

	PolicyNetwork        httpx.Policy = "network"
	PolicyNetworkRoles   httpx.Policy = "network.roles"
	PolicyNetworkJournal httpx.Policy = "network.journal"

	PolicyJournal       httpx.Policy = "instance.journal"
	PolicyPolicies      httpx.Policy = "instance.policies"
	PolicyState         httpx.Policy = "instance.state"
	PolicyInstance      httpx.Policy = "instance.settings"
	PolicyInstanceRoles httpx.Policy = "instance.roles"
)

// staff are those who work in a venue.
var staff = []Role{RoleMediator, RoleVenueHead}

// Table is who may do what, whole: what the guards enforce, what the auditor reads
// and what the matrix of tests is made from.
func Table() []Line {
	return []Line{
		{PolicyAccount, OnInstance, nil, false},

		{PolicyVenue, OnVenue, []Role{RolePrescriber, RoleMediator, RoleVenueHead, RoleCoordinator, RoleAuditor}, false},
		{PolicyAchievements, OnVenue, staff, false},
		{PolicyIssue, OnVenue, staff, false},
		{PolicyIssueMany, OnVenue, staff, true},
		{PolicyRegister, OnVenue, staff, false},
		{PolicyRevoke, OnVenue, staff, true},
		{PolicyUndo, OnVenue, []Role{RoleVenueHead}, true},
		{PolicyTeam, OnVenue, []Role{RoleMediator, RoleVenueHead, RoleCoordinator}, false},
		{PolicyRoles, OnVenue, []Role{RoleVenueHead, RoleCoordinator, RoleOperator}, true},
		{PolicyVenueJournal, OnVenue, []Role{RoleVenueHead, RoleCoordinator, RoleAuditor}, false},
		{PolicySettings, OnVenue, []Role{RoleVenueHead}, false},
		{PolicyKeys, OnVenue, []Role{RoleVenueHead}, true},

		{PolicyNetwork, OnNetwork, []Role{RoleLabelCommittee, RoleCoordinator, RoleAuditor}, false},
		{PolicyNetworkRoles, OnNetwork, []Role{RoleCoordinator, RoleOperator}, true},
		{PolicyNetworkJournal, OnNetwork, []Role{RoleCoordinator, RoleAuditor}, false},

		{PolicyJournal, OnInstance, []Role{RoleAuditor}, false},
		{PolicyPolicies, OnInstance, []Role{RoleAuditor, RoleOperator}, false},
		{PolicyState, OnInstance, []Role{RoleOperator}, false},
		{PolicyInstance, OnInstance, []Role{RoleOperator}, true},
		{PolicyInstanceRoles, OnInstance, []Role{RoleOperator}, true},
	}
}

// Allows says whether a role reaches the line, where it reaches the place.
func (l Line) Allows(r Role) bool { return len(l.Roles) == 0 || slices.Contains(l.Roles, r) }
