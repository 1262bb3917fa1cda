package translog

import "crypto/ed25519"

// Included is what VerifyInclusion proves.
type Included struct {
	Origin       string // of the log
	Index        int64  // place of the leaf: which keys counted when
	Size         int64  // of the tree of the checkpoint
	Day          string // of the leaf, UTC, as the issuer wrote it
	PublicKey    ed25519.PublicKey
	Cosignatures []Cosignature // by witnesses of the policy, earliest first: the evidence of time
}

// VerifyInclusion proves from a policy and a proof alone that the document of
// that hash was logged for that issuer, and by which key it must be signed. The
// signature of the document itself is another question: the caller checks it
// against PublicKey. The failures are problem.Malformed for a text that cannot
// be read and problem.Invalid for one that proves nothing.
func VerifyInclusion(policy Policy, proof Proof, docHash [32]byte, issuer string) (Included, error) {
	opening, err := ParseOpening(proof.Extra)
	if err != nil {
		return Included{}, err
	}
	leaf, err := opening.Leaf(issuer, docHash).Marshal()
	if err != nil {
		return Included{}, err
	}
	verified, err := VerifyLeaf(policy, proof, leaf)
	if err != nil {
		return Included{}, err
	}
	return Included{
		Origin: verified.Origin, Index: proof.Index, Size: verified.Size,
		Day: opening.Day, PublicKey: opening.PublicKey, Cosignatures: verified.Cosignatures,
	}, nil
}

// VerifyLeaf proves that a leaf of any kind is in a checkpoint that the policy
// accepts.
func VerifyLeaf(policy Policy, proof Proof, leaf []byte) (Verified, error) {
	verified, err := policy.Verify(proof.Checkpoint)
	if err != nil {
		return Verified{}, err
	}
	if err := CheckInclusion(proof.Path, verified.Head, proof.Index, LeafHash(leaf)); err != nil {
		return Verified{}, err
	}
	return verified, nil
}
