package award

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/translog"
)

// leafName is what tells the leaf of a stored thing from all others.
type leafName struct {
	kind          translog.Kind
	issuer, value string
}

// keyEnded stands for either way in which a key ends.
const keyEnded = "ended"

func keyLeaf(issuer, thumbprint, event string) leafName {
	return leafName{translog.KindKey, issuer, thumbprint + " " + event}
}

// nameOf names a leaf by the thing that it stands for.
func nameOf(l translog.Leaf) leafName {
	if l.Kind != translog.KindKey {
		return leafName{l.Kind, l.Issuer, l.Value}
	}
	event, _, _ := strings.Cut(l.Value, " ")
	if event != string(translog.KeyAdded) {
		event = keyEnded
	}
	return keyLeaf(l.Issuer, l.Thumbprint, event)
}

// expectedLeaf is a leaf that a stored thing must have.
type expectedLeaf struct {
	table, row string
	at         *time.Time // when both were written; nil when that is not known
	found      bool
}

func (a *audit) expect(name leafName, table, row string, at *time.Time) {
	a.expected[name] = &expectedLeaf{table: table, row: row, at: at}
}

// statusLeaves are the leaves of an issuer's status lists.
type statusLeaves struct {
	count  int64
	latest leafName
	at     map[int64]bool // microseconds at which they were written
}

// readLeaves holds each leaf against what it stands for, and then asks what was
// left without its leaf. The leaves of awards are compared there.
func (a *audit) readLeaves(ctx context.Context) error {
	var unlinked int64
	err := a.rows.Leaves(ctx, func(l LeafRow) error {
		a.report.Leaves++
		if l.Kind == translog.KindIssue && !l.Linked {
			unlinked++
		}
		a.checkLeaf(l)
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range a.expected {
		if !e.found {
			a.find(e.table, e.row, "has no leaf in the log")
		}
	}
	erased, err := a.rows.Erased(ctx)
	if unlinked > erased {
		a.find("log_leaf", "(unlinked)", "%d issue leaves name no award, and %d awards were erased", unlinked, erased)
	}
	return err
}

// name is how a leaf is found by the operator.
func (l LeafRow) name() string {
	if l.Index == nil {
		return fmt.Sprintf("(waiting, %x)", l.Hash[:8])
	}
	return strconv.FormatInt(*l.Index, 10)
}

// checkLeaf checks what translog.Fsck leaves: leaves that wait, and the columns
// beside the bytes.
func (a *audit) checkLeaf(row LeafRow) {
	leaf, err := translog.ParseLeaf(row.Data)
	if row.Index == nil && (err != nil || translog.LeafHash(row.Data) != row.Hash || leaf.Kind != row.Kind) {
		a.find("log_leaf", row.name(), "is not the leaf that was written")
	}
	if err != nil {
		return
	}
	if !dayOf(leaf.Day, row.CreatedAt) {
		a.find("log_leaf", row.name(), "created_at is not of the day that the leaf says")
	}
	switch leaf.Kind {
	case translog.KindIssue, translog.KindRevoke:
		a.checkSigner(row, leaf, keyring.Proof)
		return
	case translog.KindAchievement:
		a.checkSigner(row, leaf, keyring.Proof)
		a.meet(row, leaf, "no version of an achievement has the bytes that it stands for")
	case translog.KindStatus:
		a.checkSigner(row, leaf, keyring.Status)
		a.countStatus(row, leaf)
	case translog.KindKey:
		a.meet(row, leaf, "the key that it speaks of is not there")
	}
	if row.Linked {
		a.find("log_leaf", row.name(), "names an award, which leaves of its kind do not")
	}
}

// slack is how far apart two instants of one act may be that were asked for one
// after the other, by way of the database.
const slack = 30 * time.Second

// dayOf reports whether a leaf that was written then may bear that day.
func dayOf(day string, written time.Time) bool {
	return translog.Day(written) == day || translog.Day(written.Add(-slack)) == day || translog.Day(written.Add(slack)) == day
}

func (a *audit) checkSigner(row LeafRow, leaf translog.Leaf, use keyring.Use) {
	if !a.signs(leaf.Thumbprint, leaf.Issuer, use) {
		a.find("log_leaf", row.name(), "the key that it names is not there, or is not for this")
	}
}

// meet ticks off what a leaf stands for.
func (a *audit) meet(row LeafRow, leaf translog.Leaf, absent string) {
	e := a.expected[nameOf(leaf)]
	if e == nil {
		a.find("log_leaf", row.name(), "%s", absent)
		return
	}
	e.found = true
	if e.at != nil && !e.at.Equal(row.CreatedAt) {
		a.find(e.table, e.row, "was not written at the instant of its leaf, %s", row.name())
	}
}

// countStatus keeps what the lists of an issuer are held against. Only the
// latest version of a list is stored, so that a leaf may well stand for none.
func (a *audit) countStatus(row LeafRow, leaf translog.Leaf) {
	s := a.status[leaf.Issuer]
	if s == nil {
		s = &statusLeaves{at: map[int64]bool{}}
		a.status[leaf.Issuer] = s
	}
	s.count++
	s.latest, s.at[row.CreatedAt.UnixMicro()] = nameOf(leaf), true
	if e := a.expected[s.latest]; e != nil {
		e.found = true
	}
}
