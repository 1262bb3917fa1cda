package verifier

import (
	"bytes"
	"context"
	"errors"

	"ramure/internal/baking"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/qr"
)

// maxHops is how often one thing may lead to the next: a picture, its code, the
// address in it, a list there, a presentation in the list.
const maxHops = 5

// piece is one badge to be examined, or the reason why there is none.
type piece struct {
	Item
	fragment string                   // of the address that it was printed with
	shown    *credential.Presentation // that it was in
	erased   bool                     // its address says that it was deleted
}

// led returns the piece with how it is carried, unless that is known from before:
// the first thing that was handed in gives the name.
func (p piece) led(carrier string) piece {
	if p.Carrier == "" {
		p.Carrier = carrier
	}
	return p
}

func (p piece) failed(err error) []piece {
	p.Err = err
	return []piece{p}
}

func (p piece) holding(document []byte) []piece {
	p.Document = document
	return []piece{p}
}

// unpack opens what was handed in until credentials lie open. Whatever is wrong is
// in the pieces.
func (x *examination) unpack(ctx context.Context, p piece, data []byte, hop int) []piece {
	if hop > maxHops {
		return p.failed(problem.New(problem.Unsupported, "error.verify.nested"))
	}
	switch sniff(data) {
	case nothing:
		return p.failed(problem.New(problem.Malformed, "error.verify.empty"))
	case picture:
		return x.unpackPicture(ctx, p, data, hop)
	case webPage:
		return p.failed(problem.New(problem.Unsupported, "error.verify.page"))
	case foreign:
		return p.failed(problem.New(problem.Unsupported, "error.verify.kind"))
	case address:
		return x.follow(ctx, p.led(CarrierAddress), string(plain(data)), hop)
	case addresses:
		return x.each(ctx, p, bytes.Split(plain(data), []byte("\n")), hop)
	case array, object:
		return x.unpackJSON(ctx, p, plain(data), hop)
	case token:
		return x.unpackShown(p.led(CarrierJWT), plain(data))
	}
	return p.holding(plain(data)) // the check of the form says that it is none
}

// each unpacks the members of a list; empty ones are none.
func (x *examination) each(ctx context.Context, p piece, members [][]byte, hop int) (pieces []piece) {
	for _, member := range members {
		if member = plain(member); len(member) > 0 && len(pieces) <= MaxItems {
			pieces = append(pieces, x.unpack(ctx, p, member, hop+1)...)
		}
	}
	if len(pieces) == 0 {
		return p.failed(problem.New(problem.Malformed, "error.verify.empty"))
	}
	return pieces
}

// unpackPicture takes the badge out of a picture, or reads the code that it shows.
func (x *examination) unpackPicture(ctx context.Context, p piece, data []byte, hop int) []piece {
	baked, err := baking.Extract(data)
	if err == nil {
		return x.unpack(ctx, p.led(baked.Carrier), baked.Payload, hop+1)
	}
	if !problem.Is(err, problem.NotFound) && !problem.Is(err, problem.Unsupported) {
		return p.failed(err)
	}
	text, err := qr.Read(data)
	switch {
	case problem.Is(err, problem.TooLarge):
		return p.failed(err)
	case err != nil:
		return p.failed(problem.Wrap(problem.Invalid, "error.verify.noBadge", err))
	}
	return x.unpack(ctx, p.led(CarrierQR), []byte(text), hop+1)
}

// follow fetches what is behind an address.
func (x *examination) follow(ctx context.Context, p piece, text string, hop int) []piece {
	where, fragment, err := locate(text)
	if err != nil {
		return p.failed(err)
	}
	p.fragment = fragment
	if x.fetch == nil {
		return p.failed(unanswered(credential.ErrOffline))
	}
	data, err := x.fetch(ctx, where, credentialTypes)
	if problem.Is(err, problem.Gone) {
		return p.gone(data)
	}
	if err != nil {
		return p.failed(unanswered(err))
	}
	if len(data) > maxText && sniff(data) != picture {
		return p.failed(problem.New(problem.TooLarge, "error.verify.text"))
	}
	return x.unpack(ctx, p, data, hop+1)
}

// gone tells a badge that was deleted from one of Open Badges 2.0 that was revoked:
// its address goes on to say so, with the same status (Open Badges 2.0, Implementation,
// Revoking).
func (p piece) gone(data []byte) []piece {
	if isHosted(data) {
		return p.holding(plain(data))
	}
	p.erased = true
	return []piece{p}
}

// unpackJSON tells lists and answers of an interface from single documents.
func (x *examination) unpackJSON(ctx context.Context, p piece, text []byte, hop int) []piece {
	p = p.led(CarrierJSON)
	if members, several := listOf(text); several {
		return x.each(ctx, p, members, hop)
	}
	return x.unpackShown(p, text)
}

// unpackShown opens a presentation; anything else is a credential, or is said to be
// none by the check of its form.
func (x *examination) unpackShown(p piece, text []byte) []piece {
	shown, err := credential.Open(text)
	switch {
	case errors.Is(err, credential.ErrTooMany):
		return p.failed(problem.Wrap(problem.TooLarge, "error.verify.tooMany", err).With("most", most))
	case err != nil:
		return p.holding(text)
	case len(shown.Credentials) == 0:
		return p.failed(problem.New(problem.Malformed, "error.verify.empty"))
	}
	if p.Carrier == CarrierJSON || p.Carrier == CarrierJWT {
		p.Carrier = CarrierPresentation
	}
	p.shown = &shown
	pieces := make([]piece, len(shown.Credentials))
	for i, one := range shown.Credentials {
		pieces[i] = p
		pieces[i].Document = one
	}
	return pieces
}
