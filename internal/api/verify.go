package api

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// Examiner is what this door asks of the act of verifying; anybody may ask it.
type Examiner interface {
	// Examine says of everything that was handed in what it is worth.
	Examine(ctx context.Context, inputs []verifier.Input, o verifier.Options) ([]verifier.Item, error)
}

// verifyInput is whatever a program hands in, as it stands.
type verifyInput struct {
	RawBody []byte
}

// verifyOutput is the answer, with the status of a report.
type verifyOutput struct{ Body reportOut }

// reportOut is a report as /v/{id}.json has it, with what only a stranger's has. When
// several badges were handed in, the verdict is the worst of theirs, and each report
// is in items.
type reportOut struct {
	Verdict        string     `json:"verdict" enum:"valid,expired,revoked,suspended,notYetValid,erased,invalid,unverifiable" doc:"The answer in one word"`
	Checks         []checkOut `json:"checks,omitempty" nullable:"false" doc:"Each question with its answer, in the order of Open Badges 3.0"`
	IssuerStanding string     `json:"issuerStanding,omitempty" enum:"network,known,unknown" doc:"How the issuer stands to this network; it never changes the verdict"`
	LookAlike      string     `json:"lookAlike,omitempty" doc:"The known name that the issuer's name looks like, without being its own"`
	CheckedAt      time.Time  `json:"checkedAt" doc:"When"`
	Carrier        string     `json:"carrier,omitempty" doc:"What was handed in: json, jwt, png, svg, qr, address or presentation"`
	Form           string     `json:"form,omitempty" doc:"The form of the credential: json, jwt, enveloped or hosted"`
	Suite          string     `json:"suite,omitempty" doc:"What it was signed with"`
	CredentialID   string     `json:"credentialId,omitempty"`
	IssuerID       string     `json:"issuerId,omitempty"`
	IssuerName     string     `json:"issuerName,omitempty" doc:"As the credential says; the signature proves nothing of it"`
	Achievement    string     `json:"achievement,omitempty" doc:"As the credential says"`
	DocHash        string     `json:"docHash,omitempty" doc:"SHA-256 of the canonical form, hexadecimal"`
	Holder         *checkOut  `json:"holder,omitempty" doc:"Whether whoever shows the presentation signed it"`
	Problem        *faultOut  `json:"problem,omitempty" doc:"Why there was nothing to examine"`

	Items []reportOut `json:"items,omitempty" nullable:"false" doc:"Each report, when several badges were handed in; beside it stand only the worst verdict and checkedAt"`
}

type checkOut struct {
	ID     string `json:"id"`
	Status string `json:"status" enum:"ok,failed,unknown"`
	Reason string `json:"reason" doc:"A stable word"`
	Detail string `json:"detail" doc:"The same in a sentence, in the language asked for"`
}

type faultOut struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// The limits of what one visitor may have verified: a burst, then one more each
// time.
const (
	visitorBurst, visitorEvery = 60, 2 * time.Second
	visitorUploads             = 2
	rememberedVisitors         = 20_000
)

// visitors are counted, and have few requests under way at a time.
type visitors struct {
	rate  *httpx.Limiter
	turns *httpx.Turns
}

func newVisitors(now func() time.Time) visitors {
	return visitors{
		rate:  httpx.NewLimiter(httpx.LimiterConfig{Burst: visitorBurst, Every: visitorEvery, Keys: rememberedVisitors, Now: now}),
		turns: httpx.NewTurns(visitorUploads),
	}
}

// verify answers POST /api/v1/verify: a credential in any form, or where it is.
func (d *door) verify(ctx context.Context, in *verifyInput) (*verifyOutput, error) {
	thing, options, err := handedIn(in.RawBody)
	if err != nil {
		return nil, fail(ctx, err)
	}
	items, err := d.Examiner.Examine(ctx, []verifier.Input{thing}, options)
	if err == nil {
		err = fruitless(items)
	}
	if err != nil {
		return nil, fail(ctx, err)
	}
	return &verifyOutput{reported(items, httpx.Localizer(ginOf(ctx)))}, nil
}

// fruitless is the failure of what holds no badge at all. An address that did not
// answer has a report: something could not be known.
func fruitless(items []verifier.Item) error {
	if len(items) != 1 {
		return nil
	}
	switch problem.KindOf(items[0].Err) {
	case problem.Malformed, problem.Invalid, problem.Unsupported, problem.TooLarge, problem.Internal:
		return items[0].Err
	}
	return nil
}

func reported(items []verifier.Item, say *locale.Localizer) reportOut {
	reports := make([]reportOut, len(items))
	for i, item := range items {
		reports[i] = report(item, say)
	}
	if len(reports) == 1 {
		return reports[0]
	}
	worst := slices.MinFunc(reports, func(a, b reportOut) int { return rank(a.Verdict) - rank(b.Verdict) })
	return reportOut{Verdict: worst.Verdict, CheckedAt: worst.CheckedAt, Items: reports}
}

// ranked are the verdicts, worst first.
var ranked = []credential.Verdict{credential.Invalid, credential.Erased, credential.Revoked, credential.Suspended,
	credential.NotYetValid, credential.Expired, credential.Unverifiable, credential.Valid}

func rank(verdict string) int { return slices.Index(ranked, credential.Verdict(verdict)) }

func report(item verifier.Item, say *locale.Localizer) reportOut {
	r := item.Report
	r.Describe(say.Message)
	out := reportOut{Verdict: string(r.Verdict), IssuerStanding: string(r.IssuerStanding), LookAlike: item.LookAlike,
		CheckedAt: r.CheckedAt.UTC().Truncate(time.Second), Carrier: item.Carrier, Form: r.Form, Suite: r.Suite,
		CredentialID: r.CredentialID, IssuerID: r.IssuerID, IssuerName: r.IssuerName, Achievement: r.Achievement, DocHash: r.DocHash}
	for _, check := range r.Checks {
		out.Checks = append(out.Checks, checkOut{string(check.ID), string(check.Status), check.Reason, check.Detail})
	}
	if holder := item.Holder; holder != nil {
		out.Holder = &checkOut{string(holder.ID), string(holder.Status), holder.Reason,
			say.Message("check."+string(holder.ID)+"."+holder.Reason, holder.Args)}
	}
	if item.Err != nil {
		out.Problem = fault(item.Err, say)
	}
	return out
}

// fault words why there was nothing to examine.
func fault(err error, say *locale.Localizer) *faultOut {
	failure := problem.New(problem.KindOf(err), "error.kind."+string(problem.KindOf(err))+".text")
	if found, isProblem := asProblem(err); isProblem && say.Has(found.Key) {
		failure = found
	}
	return &faultOut{Code: failure.Key, Detail: say.Message(failure.Key, failure.Args)}
}

// handedIn tells an address, or a credential with whose it should be, from a
// credential that stands alone. Only an object of our own members is read as ours: a
// credential has a context, or is none.
func handedIn(body []byte) (verifier.Input, verifier.Options, error) {
	var o verifier.Options
	text := bytes.TrimSpace(body)
	if len(text) == 0 {
		return verifier.Input{}, o, problem.New(problem.Malformed, "error.verify.body")
	}
	order, ours, err := readOrder(text)
	if err != nil || !ours {
		return verifier.Input{Data: body}, o, err
	}
	o.Recipient = strings.TrimSpace(order.Recipient)
	if order.URL != "" {
		return verifier.Input{Name: order.URL, Data: []byte(order.URL)}, o, nil
	}
	return verifier.Input{Data: order.Credential}, o, nil
}
