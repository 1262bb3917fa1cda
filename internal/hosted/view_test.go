package hosted_test

import (
	"context"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/hosted"
)

// TestView: what the page shows is what is published, in the shape of 3.0.
func TestView(t *testing.T) {
	t.Parallel()
	w := newWorld()
	src := w.sources()
	src.Standing = func(id string) credential.Standing {
		if id == issuerID {
			return credential.Known
		}
		return credential.UnknownStanding
	}
	r := hosted.Verify(context.Background(), []byte(assertionID), src)
	c := r.Credential
	if c == nil || r.CredentialID != assertionID || r.IssuerID != issuerID || r.IssuerName != "ERIC d'Embrun" ||
		r.Achievement != "Vérifier une information" || r.IssuerStanding != credential.Known {
		t.Fatalf("%+v", r)
	}
	subject := c.CredentialSubject
	for what, pair := range map[string][2]string{
		"name":      {c.Name, "Vérifier une information"},
		"criteria":  {subject.Achievement.Criteria.Narrative, "Comparer trois sources."},
		"picture":   {subject.Achievement.Image.ID + subject.Achievement.Image.Caption, "https://lieu.exemple/badges/1.pngUne loupe"},
		"alignment": {subject.Achievement.Alignment[0].TargetURL, "https://digcomp.exemple/1.2"},
		"tag":       {subject.Achievement.Tag[0], "sources"},
		"from":      {c.ValidFrom, "2026-11-02T09:00:00Z"},
		"until":     {c.ValidUntil, "2031-11-02T10:00:00Z"},
		"evidence":  {c.Evidence[0].Narrative, "Faite **seule**."},
		"narrative": {subject.Narrative, "Trois ateliers."},
		"who":       {subject.Identifier[0].IdentityType, "emailAddress"},
		"issuer":    {c.Issuer.Email + c.Issuer.Phone, "contact@lieu.exemple+33400000000"},
		"image":     {c.Image.ID, "https://lieu.exemple/assertions/1.png"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	// A file that says otherwise is shown as it says, and refused.
	lie := embed(w)
	lie["badge"].(map[string]any)["name"] = "Doctorat"
	r = hosted.Verify(context.Background(), []byte(text(lie)), src)
	if r.Verdict != credential.Invalid || r.Achievement != "Doctorat" || r.IssuerStanding != credential.UnknownStanding ||
		r.Check(credential.CheckProof).Args["member"] != "badge" {
		t.Errorf("%s, %q, %s", r.Verdict, r.Achievement, r.IssuerStanding)
	}
	// The reason of a revocation is told in the issuer's words.
	w.set(assertionID, "revoked", true)
	w.set(assertionID, "revocationReason", "Délivré par erreur.")
	if r = hosted.Verify(context.Background(), []byte(assertionID), src); r.Check(credential.CheckStatus).Args["why"] != "Délivré par erreur." {
		t.Errorf("%+v", r.Check(credential.CheckStatus))
	}
}
