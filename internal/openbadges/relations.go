package openbadges

import (
	"math"
	"slices"
	"strings"
)

// credentialRules checks the order of the contexts and of the dates
// (Verifiable Credentials Data Model 2.0 §4.3, §4.9).
func credentialRules(c *check, path string, object map[string]any) {
	c.credential(path, object, form20, form11)
}

// credentialRules11 does so for the older form (Data Model 1.1 §4.1, §4.6).
func credentialRules11(c *check, path string, object map[string]any) {
	c.credential(path, object, form11, form20)
}

func (c *check) credential(path string, object map[string]any, own, other form) {
	c.contexts(path+".@context", object["@context"])
	c.order(path+"."+own.end, object[own.begin], object[own.end])
	c.echo(path, object, own.begin, other.begin)
	c.echo(path, object, own.end, other.end)
	c.uniqueIDs(path+".relatedResource", object["relatedResource"])
}

// echo refuses a date under its name of the other form, unless it says the same:
// a reader of one form would not see what the other says. Ours have none.
func (c *check) echo(path string, object map[string]any, own, other string) {
	said, present := object[other]
	if _, isText := said.(string); present && !c.strict && (!isText || said != object[own]) {
		c.add(path+"."+other, RuleOtherForm, "the date is called "+own+" in this form")
	}
}

// contexts asks for the two obligatory addresses, in order. A value that is no
// array of texts has been named already.
func (c *check) contexts(path string, value any) {
	array, ok := value.([]any)
	if !ok || len(array) == 0 {
		return
	}
	if first, _ := array[0].(string); first != ContextVC2 && (first != ContextVC1 || c.strict) {
		c.add(path+"[0]", RuleContext, "the first context must be "+ContextVC2)
	}
	if len(array) < 2 {
		c.add(path+"[1]", RuleContext, "the second context must be "+ContextOB3)
		return
	}
	if second, _ := array[1].(string); !contextForm.MatchString(second) {
		c.add(path+"[1]", RuleContext, "the second context must be "+ContextOB3)
	}
}

// order asks that the end be after the beginning, when both can be read.
func (c *check) order(path string, begin, end any) {
	beginText, _ := begin.(string)
	endText, _ := end.(string)
	beginAt, err := ParseDateTime(beginText)
	if err != nil {
		return
	}
	if endAt, err := ParseDateTime(endText); err == nil && !endAt.After(beginAt) {
		c.add(path, RuleDateOrder, "the end must be after the beginning")
	}
}

// uniqueIDs names every object of an array whose id stood before.
func (c *check) uniqueIDs(path string, value any) {
	seen := map[string]bool{}
	for i, object := range objects(value) {
		id, ok := object["id"].(string)
		if !ok {
			continue
		}
		if seen[id] {
			c.add(at(path, i)+".id", RuleDuplicate, "the id is used twice")
		}
		seen[id] = true
	}
}

// statusRules holds our own entries to the one method that we publish.
func statusRules(c *check, path string, object map[string]any) {
	kind, _ := object["type"].(string)
	if c.strict && kind != "" && kind != TypeBitstringEntry {
		c.add(path+".type", RuleStatusType, "we write "+TypeBitstringEntry+" only")
	}
}

// bitstringEntryRules: the entry's id must not be the address of the list, and
// the size of a status is a whole number of bits: one, unless it is a message
// (Bitstring Status List 1.0 §2.1). Reading a wider status as one bit would
// look up somebody else's.
func bitstringEntryRules(c *check, path string, object map[string]any) {
	id, _ := object["id"].(string)
	if list, _ := object["statusListCredential"].(string); list != "" && list == id {
		c.add(path+".id", RuleStatusID, "the id must differ from the address of the list")
	}
	purpose, _ := object["statusPurpose"].(string)
	if c.strict && purpose != "" && purpose != PurposeRevocation {
		c.add(path+".statusPurpose", RuleStatusType, "we write the purpose "+PurposeRevocation+" only")
	}
	size, sized, _ := float(object["statusSize"])
	if sized && (size < 1 || size != math.Trunc(size) || size > 1 && purpose != PurposeMessage) {
		c.add(path+".statusSize", RuleNumber, "a whole number of bits is expected, one unless the purpose is message")
	}
}

// proofRules: what a proof must have besides depends on its kind (Data Integrity 1.0
// §2.1; the suite of 2020 has its name as its type). We write the one kind.
func proofRules(c *check, path string, object map[string]any) {
	switch object["type"] {
	case TypeDataIntegrityProof:
		c.eitherOf(path, object, "cryptosuite")
		c.eitherOf(path, object, "proofValue")
	case TypeEd25519Signature:
		c.eitherOf(path, object, "proofValue")
	}
}

// relatedResourceRules: one of the two digests is required (Verifiable
// Credentials Data Model 2.0 §5.3).
func relatedResourceRules(c *check, path string, object map[string]any) {
	c.eitherOf(path, object, "digestSRI", "digestMultibase")
}

// subjectRules: the person has an id or an identifier, and the results fit the
// achievement.
func subjectRules(c *check, path string, object map[string]any) {
	c.eitherOf(path, object, "id", "identifier")
	if c.strict {
		c.order(path+".activityEndDate", object["activityStartDate"], object["activityEndDate"])
	}
	c.results(path, object)
}

func criteriaRules(c *check, path string, object map[string]any) {
	if c.strict { // only a SHOULD of the specification
		c.eitherOf(path, object, "narrative", "id")
	}
}

// identityRules: a hash is algorithm$hex; we write SHA-256 only.
func identityRules(c *check, path string, object map[string]any) {
	hash, _ := object["identityHash"].(string)
	if object["hashed"] != true || hash == "" {
		return
	}
	if !isIdentityHash(hash) || c.strict && !strings.HasPrefix(hash, "sha256$") {
		c.add(path+".identityHash", RuleIdentityHash, "sha256$ and 64 hexadecimal digits are expected")
	}
}

func (c *check) eitherOf(path string, object map[string]any, names ...string) {
	present := func(name string) bool { _, ok := object[name]; return ok }
	if !slices.ContainsFunc(names, present) {
		c.add(path+"."+names[0], RuleRequired, "one of "+strings.Join(names, ", ")+" is required")
	}
}
