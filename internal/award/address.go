package award

import (
	"crypto"
	"encoding/base64"
	"strconv"

	"ramure/internal/did"
)

// Addresses makes the public addresses of what this act creates. They stand
// inside signed bytes, so they never change.
type Addresses struct {
	Base string // public origin, without a slash at the end
}

// Issuer is the DID of a venue.
func (a Addresses) Issuer(slug string) string { return did.Web(a.Base, slug) }

// Profile is the page and Profile of a venue.
func (a Addresses) Profile(slug string) string { return a.Base + "/issuers/" + slug }

// Method is the DID URL of one of a venue's keys.
func (a Addresses) Method(slug string, public crypto.PublicKey) (string, error) {
	return did.MethodID(a.Issuer(slug), public)
}

// Key is the address that answers a bare JWK.
func (a Addresses) Key(thumbprint string) string { return a.Base + "/keys/" + thumbprint }

// Achievement is the IRI of an achievement, the same for every version.
func (a Addresses) Achievement(id AchievementID) string {
	return a.Base + "/achievements/" + string(id)
}

// Competence is the page of a competence of a shipped framework.
func (a Addresses) Competence(code string) string { return a.Base + "/competences/" + code }

// Credential is the id of a credential.
func (a Addresses) Credential(id ID) string { return a.Base + "/credentials/" + string(id) }

// Verification is the page that says whether an award may be relied upon.
func (a Addresses) Verification(id ID) string { return a.Base + "/v/" + string(id) }

// Printed is the address that the QR holds: the fragment never reaches a
// server, and lets a reader see that the page answers for what was printed.
func (a Addresses) Printed(id ID, docHash [32]byte) string {
	return a.Verification(id) + "#" + Fragment(docHash)
}

// QR is the picture of the printed address.
func (a Addresses) QR(id ID) string { return a.Base + "/qr/" + string(id) + ".svg" }

// StatusList is the address of a status list.
func (a Addresses) StatusList(number int) string { return a.Base + "/status/" + strconv.Itoa(number) }

// fragmentLength is how many characters of the hash a printed address carries:
// 96 bits, too many to forge a second document for.
const fragmentLength = 16

// Fragment is the part of a credential's hash that its printed address carries.
func Fragment(docHash [32]byte) string {
	return base64.RawURLEncoding.EncodeToString(docHash[:])[:fragmentLength]
}
