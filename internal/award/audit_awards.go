package award

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"golang.org/x/sync/errgroup"

	"ramure/internal/openbadges"
	"ramure/internal/translog"
)

// readAwards examines the awards, several at once: each is canonicalised and its
// signature verified, as a stranger would.
func (a *audit) readAwards(ctx context.Context) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(a.workers)
	err := a.rows.Awards(ctx, func(row AwardRow) error {
		a.report.Awards++
		a.report.JWTs += one(row.JWT != "")
		a.report.Revocations += one(row.Revocation != nil)
		workers.Go(func() error {
			(&examined{audit: a, AwardRow: row, issuer: a.addresses.Issuer(row.Venue)}).examine(ctx)
			return ctx.Err()
		})
		return ctx.Err()
	})
	if failed := workers.Wait(); err == nil {
		err = failed
	}
	return err
}

func one(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

// examined is one award under examination.
type examined struct {
	*audit
	AwardRow
	issuer string
	cred   openbadges.AchievementCredential
}

// differ records that a table's row of this award is not what it must be.
func (e *examined) differ(table, format string, args ...any) {
	e.find(table, string(e.ID), format, args...)
}

func (e *examined) examine(ctx context.Context) {
	e.checkOwners()
	e.checkIssueLeaf()
	e.checkRevocation()
	if e.Document == nil {
		e.differ("award", "has no credential")
		return
	}
	if !e.verify(ctx, "credential", e.Document) {
		return
	}
	if err := json.Unmarshal(e.Document, &e.cred); err != nil {
		e.differ("credential", "document can't be read: %v", err)
		return
	}
	e.checkMembers()
	e.checkHolder()
	e.checkKey(ctx)
	e.checkJWT(ctx)
}

// checkOwners holds the venues to which the rows of the award lead against one
// another.
func (e *examined) checkOwners() {
	for _, row := range []struct{ table, venue string }{
		{"achievement", e.AchievementVenue}, {"holder", e.HolderVenue},
	} {
		if row.venue != e.Venue {
			e.differ(row.table, "is not there for this award, or is of another venue")
		}
	}
}

// checkIssueLeaf makes the leaf anew from the columns of award and credential.
func (e *examined) checkIssueLeaf() {
	leaf, err := translog.IssueLeaf(translog.Day(e.IssuedAt), e.issuer, e.Thumbprint, translog.Commit(e.CommitSalt, e.DocHash)).Marshal()
	switch {
	case e.Leaf == nil:
		e.differ("log_leaf", "there is no issue leaf of this award")
	case err != nil || !bytes.Equal(leaf, e.Leaf):
		e.differ("credential", "doc_hash, commit_salt, thumbprint or day do not give the issue leaf")
	case !e.LeafAt.Equal(e.IssuedAt):
		e.differ("award", "issued_at is not the instant of its leaf")
	}
}

// checkRevocation holds revocation and revoke leaf against each other; its bit
// is compared with the list.
func (e *examined) checkRevocation() {
	if e.Revocation == nil || e.Revoke == nil {
		if e.Revocation != nil || e.Revoke != nil {
			e.differ("revocation", "there is a revocation without its leaf, or a leaf without its revocation")
		}
		return
	}
	at := e.Revocation.At
	leaf, err := translog.RevokeLeaf(translog.Day(at), e.issuer, e.Thumbprint, translog.LeafHash(e.Leaf)).Marshal()
	if err != nil || !bytes.Equal(leaf, e.Revoke) {
		e.differ("revocation", "its leaf is of another award, key or day")
	}
	if apart := e.RevokeAt.Sub(at); apart.Abs() > slack {
		e.differ("revocation", "revoked_at is %s before its leaf", apart.Round(time.Second))
	}
}
