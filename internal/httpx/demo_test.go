package httpx

import (
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/markup"
	"ramure/internal/problem"
	"ramure/internal/qr"
)

// The demonstration shows every page and partial with sample data in French.
// TestPages asks for each and judges it; with RAMURE_DEMO_DIR set it also
// leaves them there as files, for a browser and the eye.

type demoBadge struct {
	Band                               Band
	Fragment                           Fragment
	Fields                             []Field
	Scale                              Scale
	Question, NameLabel, NameHint, Ask string
	ChecksTitle                        string
	Checks                             []Check
	QR                                 Picture
	Expert                             Expert
	Receipt                            Receipt
}

// demoPage is one page of the demonstration and the file it is left in.
type demoPage struct {
	path, template, file string
	view                 Page
}

func demoPages() []demoPage {
	pages := []demoPage{
		{"/", "public/home", "accueil", Page{Title: "Accueil", Description: "Des badges que chacun peut vérifier.", Canonical: "/", Body: demoHome()}},
		{"/accessibilite", "public/accessibility", "accessibilite", Page{Title: "Accessibilité", Body: demoAccessibility()}},
		{"/mentions-legales", "public/legal", "mentions-legales", Page{Title: "Mentions légales", Body: demoLegal()}},
		{"/confidentialite", "public/privacy", "confidentialite", Page{Title: "Données personnelles", Body: demoPrivacy()}},
		{"/cookies", "public/cookies", "cookies", Page{Title: "Cookies", Body: struct{ Cookies []Field }{}}},
		{"/aide-recruteur", "public/recruiter", "aide-recruteur", Page{Title: "Aide pour les recruteurs", Body: struct{ Host string }{"https://badges.exemple.fr/v/"}}},
	}
	for _, band := range demoBands() {
		view := Page{Title: band.Word, Robots: "noindex", Script: "js/fragment.js", Body: demoView(band)}
		pages = append(pages, demoPage{"/demo/" + string(band.Tone), "demo/badge", "badge-" + string(band.Tone), view})
	}
	return pages
}

// demoRefusals are the error pages of the demonstration, by path.
func demoRefusals() map[string]error {
	return map[string]error{
		"/demo/introuvable": problem.New(problem.NotFound, ""),
		"/demo/supprime":    problem.New(problem.Gone, ""),
		"/demo/interne":     problem.New(problem.Internal, ""),
		"/demo/a-corriger":  problem.Violated("", problem.Violation{Path: "$.recipient.givenName", Rule: "required", Detail: "give a first name"}),
	}
}

func demoRoutes() []Route {
	routes := []Route{page("/demo/qr.svg", func(c *gin.Context) {
		code, err := qr.New("https://badges.exemple.fr/v/Zk3vQ8r1T0mXy5Lw2NcB7A#q83vEjRWeJCrze8S")
		if err != nil {
			Fail(c, err)
			return
		}
		Bytes(c, "image/svg+xml", code.SVG("Code à scanner"), "")
	})}
	for _, demo := range demoPages() {
		routes = append(routes, page(demo.path, func(c *gin.Context) { Cache(c, Revalidate); Render(c, demo.template, demo.view) }))
	}
	for path, refusal := range demoRefusals() {
		routes = append(routes, page(path, func(c *gin.Context) { Fail(c, refusal) }))
	}
	return routes
}

func demoHome() any {
	return struct{ Venues []Anchor }{[]Anchor{
		{Label: "Médiathèque des Quatre-Vents, Digne-les-Bains", Href: "/issuers/quatre-vents"},
		{Label: "FabLab de la Durance, Manosque", Href: "/issuers/durance"},
		{Label: "Espace numérique du Vieux-Port, Marseille", Href: "/issuers/vieux-port", Note: "Ateliers le mardi et le jeudi"},
	}}
}

func demoAccessibility() any {
	return struct {
		AuditedAt      time.Time
		Auditor        string
		Rate           int
		Contact, Phone string
	}{Contact: "accessibilite@exemple.fr"}
}

func demoLegal() any {
	return struct {
		Publisher, Host []Field
		Complete        bool
		Source          string
	}{
		Publisher: []Field{{Term: "Nom", Value: "Association Exemple"}, {Term: "Adresse", Value: "1, place de l’Exemple, 13001 Marseille"}, {Term: "Téléphone"}, {Term: "Direction de la publication"}},
		Host:      []Field{{Term: "Nom"}, {Term: "Adresse"}, {Term: "Téléphone"}},
	}
}

func demoPrivacy() any {
	return struct{ Contacts, Retention []Field }{Contacts: []Field{{Term: "Exploitant du service", Value: "Association Exemple"}, {Term: "Délégué à la protection des données"}}}
}

func demoBands() []Band {
	return []Band{
		{Tone: ToneOK, Standing: "Lieu de ce réseau", Word: "Valable", Sentence: "Oui, ce badge a bien été délivré par la Médiathèque des Quatre-Vents à Aïcha Benyahia le 22 novembre 2026 ; il est valable.",
			More: []string{"Degré atteint : 3 sur 4, autonome."}},
		{Tone: ToneAttention, Word: "Expiré", Sentence: "Ce badge a bien été délivré par le FabLab de la Durance le 3 mars 2022, mais il n’est plus valable depuis le 3 mars 2025."},
		{Tone: ToneRefused, Word: "Retiré", Sentence: "Ce badge a été retiré par l’Espace numérique du Vieux-Port le 12 octobre 2026. Il ne vaut plus rien, même imprimé.",
			More: []string{"Motif : délivré par erreur.", "Le retrait est inscrit au registre public."}},
		{Tone: ToneUnverifiable, Word: "Non vérifiable", Sentence: "Nous ne pouvons pas dire si ce badge est valable : la liste des retraits de son émetteur ne répond pas."},
	}
}

func demoView(band Band) demoBadge {
	criteria, err := markup.New().Render("La personne sait, **seule** :\n\n- trier ses courriels et repérer un message trompeur ;\n- joindre un document et l’envoyer à la bonne personne.\n\nVoir [le référentiel](https://exemple.fr/acunum).", 2)
	if err != nil {
		panic(err)
	}
	return demoBadge{
		Band:     band,
		Fragment: Fragment{"q83vEjRWeJCrze8S"},
		Fields: []Field{
			{Term: "Badge", Value: "Communiquer par courriel dans son travail"},
			{Term: "Délivré à", Value: "Aïcha Benyahia", Note: "Le nom affiché est celui qui a été signé."},
			{Term: "Délivré par", Value: "Médiathèque des Quatre-Vents", Href: "/issuers/quatre-vents", Note: "Ce lieu fait partie du réseau de ce service."},
			{Term: "Délivré le", At: noon},
			{Term: "Critères", HTML: criteria},
			{Term: "Compétences", Values: []string{"ACUNUM C2.1 — Communiquer par messagerie", "DigComp 2.2 — 2.1 Interagir grâce aux technologies numériques"}},
			{Term: "Preuves"},
		},
		Scale: Scale{"Degré de maîtrise", []Level{
			{Name: "Découverte", Text: "Fait avec quelqu’un."}, {Name: "Avec aide", Text: "Fait seule, avec une aide ponctuelle."},
			{Name: "Autonome", Text: "Fait seule, dans les situations courantes.", Reached: true}, {Name: "Transmet", Text: "Sait l’expliquer à d’autres."}}},
		Question: "Est-ce bien la personne ?", NameLabel: "Nom et prénom que l’on vous donne", NameHint: "La page répond oui ou non. Elle ne garde pas ce que vous tapez.", Ask: "Vérifier le nom",
		ChecksTitle: "Comment c’est vérifié",
		Checks: []Check{
			{"signature", "La signature est celle de l’émetteur", StatusOK, "Signature Ed25519 faite avec la clé publiée par le lieu."},
			{"status", "Le badge n’est pas retiré", StatusFailed, "Il figure dans la liste des retraits, mise à jour le 22 novembre 2026."},
			{"log", "Le badge est inscrit au registre public", StatusUnknown, "Inscription au registre en cours : revenez dans une minute."},
		},
		QR:      Picture{Src: "/demo/qr.svg", Alt: "Code à scanner pour vérifier ce badge", Caption: "https://badges.exemple.fr/v/Zk3vQ8r1T0mXy5Lw2NcB7A", Size: 180},
		Expert:  demoExpert(),
		Receipt: Receipt{noon, "https://badges.exemple.fr/v/Zk3vQ8r1T0mXy5Lw2NcB7A"},
	}
}

func demoExpert() Expert {
	return Expert{
		Fields: []Field{
			{Term: "Empreinte du document", Value: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Code: true},
			{Term: "Émetteur", Value: "did:web:badges.exemple.fr:issuers:quatre-vents", Code: true, Href: "/issuers/quatre-vents/did.json"},
		},
		Downloads: []Anchor{{Label: "Le badge en JSON (Data Integrity)", Href: "/credentials/x.json"}, {Label: "Le badge en VC-JWT", Href: "/credentials/x.jwt"}},
		Elsewhere: []Anchor{{Label: "VerifierPlus", Href: "https://verifierplus.org/", Note: "Lien externe, en anglais."}},
		Sources:   []Source{{"json", "Le badge en JSON", "{\n  \"@context\": [\"https://www.w3.org/ns/credentials/v2\", \"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],\n  \"id\": \"https://badges.exemple.fr/credentials/Zk3vQ8r1T0mXy5Lw2NcB7A\"\n}"}},
	}
}
