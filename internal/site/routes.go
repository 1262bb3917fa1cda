package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
)

// routes is the list of what people do when they sign in.
func (d *door) routes() []httpx.Route {
	return []httpx.Route{
		open("/connexion", d.askSignIn, "sign in: whose address?"),
		openForm("/connexion", d.requestSignIn, "send the link and the code"),
		open("/connexion/code", d.awaitCode, "the link was sent; or the six digits"),
		openForm("/connexion/code", d.finishByCode, "sign in with the six digits"),
		open("/connexion/lien/:token", d.showLink, "what the message leads to: a button, since scanners open links"),
		openForm("/connexion/lien/:token", d.finishByLink, "sign in with the link"),
		open("/invitation/:token", d.showInvitation, "what an invitation is for"),
		openForm("/invitation/:token", d.acceptInvitation, "take it"),

		form("/deconnexion", auth.PolicyAccount, d.signOut, "sign out"),
		page("/tableau-de-bord", auth.PolicyAccount, d.desk, "what I can do, where"),
		page("/compte", auth.PolicyAccount, d.account, "my name, my sessions"),
		form("/compte", auth.PolicyAccount, d.changeAccount, "change my name"),
		form("/compte/sessions/:id/fin", auth.PolicyAccount, d.endSession, "end another session of mine"),

		page("/confirmer", auth.PolicyAccount, d.confirm, "prove that it is me, before what can do harm"),

		page("/lieux/:slug/badges", auth.PolicyAchievements, d.achievements, "what can be earned in the venue"),
		page("/lieux/:slug/badges/nouveau", auth.PolicyAchievements, d.definePage, "define something that can be earned"),
		form("/lieux/:slug/badges/nouveau", auth.PolicyAchievements, d.define, "search for competences, or define it"),
		page("/lieux/:slug/badges/:id/delivrer", auth.PolicyIssue, d.issuePage, "to whom is it awarded?"),
		form("/lieux/:slug/badges/:id/delivrer", auth.PolicyIssue, d.issue, "award it to one person"),
		page("/lieux/:slug/delivres", auth.PolicyRegister, d.register, "the badges that the venue issued"),
		page("/lieux/:slug/delivres/:id", auth.PolicyRegister, d.award, "one of them: its page, its code, its state"),
		page("/lieux/:slug/delivres/:id/retrait", auth.PolicyRevoke, d.revokePage, "why is it taken back?"),
		form("/lieux/:slug/delivres/:id/retrait", auth.PolicyRevoke, d.revoke, "take it back, for good"),

		page("/lieux/:slug/equipe", auth.PolicyTeam, d.team, "who has which role in the venue"),
		form("/lieux/:slug/equipe", auth.PolicyRoles, d.invite, "invite somebody"),
		form("/lieux/:slug/equipe/:id/fin", auth.PolicyRoles, d.endRole, "take a role back"),
		form("/lieux/:slug/invitations/:id/fin", auth.PolicyRoles, d.withdrawInvitation, "withdraw an invitation"),
		page("/lieux/:slug/journal", auth.PolicyVenueJournal, d.venueJournal, "who did what in the venue"),

		page("/journal", auth.PolicyJournal, d.journal, "who did what, everywhere"),
		page("/politique-acces", auth.PolicyPolicies, d.policies, "the table of who may do what"),
	}
}

// open is a page for those who are not signed in yet.
func open(path string, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodGet, Path: path, Policy: auth.PolicySignIn, Body: httpx.NoBody, Page: true, Handler: handler, Note: note}
}

func openForm(path string, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodPost, Path: path, Policy: auth.PolicySignIn, Body: httpx.SmallBody, Page: true, Handler: handler, Note: note}
}

// page is a page behind a policy.
func page(path string, policy httpx.Policy, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodGet, Path: path, Policy: policy, Body: httpx.NoBody, Page: true, Handler: handler, Note: note}
}

func form(path string, policy httpx.Policy, handler gin.HandlerFunc, note string) httpx.Route {
	return httpx.Route{Method: http.MethodPost, Path: path, Policy: policy, Body: httpx.SmallBody, Page: true, Lane: httpx.Writing, Handler: handler, Note: note}
}
