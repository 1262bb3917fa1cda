package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ramure/internal/openbadges"
)

// A stranger signs badges that hold nothing but scripts, in every text that a badge
// can have, and hands them in. The browser is told to ignore our content security
// policy: what is written must be a text already, without that second wall.
func TestStrangerWritesScripts(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	evil := newStranger(t)
	all := hostile()
	if len(all) < 500 {
		t.Fatalf("only %d payloads", len(all))
	}
	b := open(t)
	ask(b, command(page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}))
	ask(b, command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: songbird}))
	b.sings(s) // the canary itself, or else its silence means nothing
	const abreast = 60
	placed, pages, executed := 0, 0, 0
	for at := 0; at < len(all); at += abreast {
		some := all[at:min(at+abreast, len(all))]
		together := func(int) string { return strings.Join(some, " \n") }
		apart := func(n int) string { return all[(at+n)%len(all)] } // no payload can hide behind another
		for _, text := range []func(int) string{together, apart} {
			badge, fields := evil.everywhere(text)
			b.handIn(s, shortened(together(0)), shortened(text(1)), saved(t, "badge"+fileSafe(some[0])+".json", evil.signs(badge)))
			executed += b.silent(fmt.Sprintf("payloads %d to %d", at, at+len(some)), fields)
			placed += fields * len(some)
			pages++
		}
	}
	t.Logf("%d payloads, %d pages, %d placements: %d executed", len(all), pages, placed, executed)
}

// Everything that a badge says in words is read on the page, outside of the expert
// view.
func TestEveryTextOfABadgeIsShown(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	someone := newStranger(t)
	badge, fields := someone.everywhere(func(n int) string { return fmt.Sprintf("dit%03d", n) })
	b := open(t)
	b.handIn(s, "", "", saved(t, "badge.json", someone.signs(badge)))
	whole := ask(b, chromedp.Evaluate[string](`(function () {
		for (const e of document.querySelectorAll(".expert")) e.remove();
		return document.querySelector("main").textContent;
	})()`))
	for n := range fields {
		if text := fmt.Sprintf("dit%03d", n+1); !strings.Contains(whole, text) {
			t.Errorf("text %d of %d is not on the page", n+1, fields)
		}
	}
	b.axe("answer-everything")
	b.keep("answer-everything")
}

// songbird counts what is executed: calls of its name, dialogs, and addresses of
// scripts that are followed.
const songbird = `window.sung = 0;
window.canary = window.alert = window.confirm = window.prompt = window.print = function () { window.sung++; };`

// sings makes sure that the canary would be heard.
func (b *browser) sings(s *site) {
	b.tb.Helper()
	b.visit(s.Base + "/verifier")
	heard := ask(b, chromedp.Evaluate[int](`(function () {
		const box = document.createElement("div");
		box.innerHTML = "<img src=x onerror=canary()>";
		document.body.appendChild(box);
		return new Promise(done => setTimeout(() => done(window.sung), 500));
	})()`, chromedp.EvalAwaitPromise))
	if heard != 1 {
		b.tb.Fatalf("the canary was heard %d times: the policy is not bypassed, or pictures do not fail", heard)
	}
}

// silent wants that nothing was executed, that the page has no element of a
// stranger's making, and that every address on it can only be opened. It answers how
// often the canary sang.
func (b *browser) silent(what string, fields int) (executed int) {
	b.tb.Helper()
	found := ask(b, chromedp.Evaluate[string](`(function () {
		for (const d of document.querySelectorAll("details")) d.open = true;
		const odd = [];
		for (const e of document.querySelectorAll("*")) {
			for (const a of e.attributes) if (/^on/i.test(a.name)) odd.push(e.tagName + " " + a.name);
			if (/^(IFRAME|OBJECT|EMBED|BASE|META|STYLE|SCRIPT|VIDEO|AUDIO|SOURCE|MATH|TEMPLATE|FRAME|FRAMESET|PORTAL|APPLET|LINK)$/.test(e.tagName) && !e.closest("head")) odd.push(e.tagName);
			if (e.tagName === "IMG" && !(e.getAttribute("src") || "").startsWith("/")) odd.push("IMG " + e.src);
		}
		for (const a of document.querySelectorAll("a[href], form[action], area[href]")) {
			const address = new URL(a.getAttribute("href") || a.getAttribute("action"), location);
			if (!/^https?:$/.test(address.protocol)) odd.push("address " + address.href.slice(0, 80));
			if (address.host !== location.host && !/nofollow/.test(a.rel) && !/openbadgesvalidator|verifierplus/.test(address.host)) odd.push("followed " + address.href.slice(0, 80));
		}
		const fetched = performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith(location.origin));
		return JSON.stringify({sung: window.sung, odd: odd.slice(0, 5), fetched: fetched.slice(0, 5), 
			signed: !!document.querySelector("[id^=controle-proof] .icon-ok"), texts: document.querySelector("main").textContent.split("canary").length - 1});
	})()`))
	var page struct {
		Sung         int
		Odd, Fetched []string
		Signed       bool
		Texts        int
	}
	if err := json.Unmarshal([]byte(found), &page); err != nil {
		b.tb.Fatal(err)
	}
	if page.Sung != 0 || len(page.Odd) != 0 || len(page.Fetched) != 0 {
		b.tb.Errorf("%s: %d executed; %q; fetched %q", what, page.Sung, page.Odd, page.Fetched)
	}
	if !page.Signed || page.Texts < fields {
		b.tb.Errorf("%s: the badge, or some of its %d texts, is not on the page: %s", what, fields, found)
	}
	return page.Sung
}

// shortened is what fits into a field of one line.
func shortened(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text[:min(len(text), 400)], "\n", " "), "")
}

func fileSafe(text string) string {
	return strings.NewReplacer("/", "", "\x00", "", "\n", "").Replace(text[:min(len(text), 100)])
}

// everywhere fills every text of a badge, and answers how many there are.
func (s stranger) everywhere(text func(int) string) (badge openbadges.AchievementCredential, fields int) {
	next := func() string { fields++; return text(fields) }
	one := func(name string) openbadges.Types { return openbadges.Types{name} }
	badge = s.badge("")
	person := openbadges.Profile{ID: s.id, Type: one(openbadges.TypeProfile), Name: next(), Description: next(), URL: "https://elsewhere.example/" + fmt.Sprint(fields),
		Official: next(), GivenName: next(), FamilyName: next(), HonorificPrefix: next(),
		Address:         &openbadges.Address{Type: one(openbadges.TypeAddress), StreetAddress: next(), AddressLocality: next(), PostalCode: next(), AddressRegion: next(), AddressCountry: next()},
		OtherIdentifier: []openbadges.IdentifierEntry{{Type: openbadges.TypeIdentifierEntry, Identifier: next(), IdentifierType: "identifier"}},
		Image:           &openbadges.Image{ID: "https://elsewhere.example/logo.png", Type: openbadges.TypeImage, Caption: next()},
		ParentOrg:       &openbadges.Profile{ID: "https://elsewhere.example/org", Type: one(openbadges.TypeProfile), Name: next()}}
	badge.Issuer = person
	badge.Name, badge.Description = next(), next()
	badge.Image = &openbadges.Image{ID: "javascript:canary()", Type: openbadges.TypeImage, Caption: next()}
	badge.Evidence = []openbadges.Evidence{
		{ID: "javascript:canary()", Type: one(openbadges.TypeEvidence), Name: next(), Narrative: next(), Description: next(), Genre: next(), Audience: next()},
		{ID: "https://elsewhere.example/work", Type: one(openbadges.TypeEvidence), Name: next(), Narrative: next()}}
	subject := &badge.CredentialSubject
	subject.Role, subject.Term, subject.LicenseNumber, subject.Narrative = next(), next(), next(), next()
	subject.Identifier = []openbadges.IdentityObject{{Type: openbadges.TypeIdentityObject, IdentityHash: next(), IdentityType: openbadges.IdentityName}}
	subject.Image = &openbadges.Image{ID: "https://elsewhere.example/face.png", Type: openbadges.TypeImage, Caption: next()}
	subject.Source = &openbadges.Profile{ID: "https://elsewhere.example/source", Type: one(openbadges.TypeProfile), Name: next()}
	achievement := &subject.Achievement
	achievement.Name, achievement.Description, achievement.FieldOfStudy, achievement.Specialization = next(), next(), next(), next()
	achievement.HumanCode, achievement.Version, achievement.Tag = next(), next(), []string{next(), next() + " 2"}
	achievement.Criteria = openbadges.Criteria{ID: "javascript:canary(2)", Narrative: next()}
	achievement.Creator = &openbadges.Profile{ID: "javascript:canary(3)", Type: one(openbadges.TypeProfile), Name: next()}
	achievement.Related = []openbadges.Related{{ID: "javascript:canary(4)", Type: one(openbadges.TypeRelated), Version: next()}}
	achievement.Alignment = []openbadges.Alignment{{Type: one(openbadges.TypeAlignment), TargetName: next(), TargetURL: "javascript:canary(5)", TargetCode: next(), TargetDescription: next(), TargetFramework: next()},
		{Type: one(openbadges.TypeAlignment), TargetName: next(), TargetURL: "https://elsewhere.example/skill"}}
	level := openbadges.RubricCriterionLevel{ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555701", Type: one(openbadges.TypeRubricCriterionLevel), Name: next(), Description: next()}
	achievement.ResultDescription = []openbadges.ResultDescription{
		{ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555700", Type: one(openbadges.TypeResultDescription), Name: next(), ResultType: openbadges.ResultRubricLevel, RequiredLevel: level.ID, RubricCriterionLevel: []openbadges.RubricCriterionLevel{level}},
		{ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555702", Type: one(openbadges.TypeResultDescription), Name: next(), ResultType: "Result", RequiredValue: next()}}
	subject.Result = []openbadges.Result{{Type: one(openbadges.TypeResult), ResultDescription: "urn:uuid:7b1d9a60-1111-4222-8333-944445555700", AchievedLevel: level.ID},
		{Type: one(openbadges.TypeResult), ResultDescription: "urn:uuid:7b1d9a60-1111-4222-8333-944445555702", Value: next()}}
	return badge, fields
}
