package app

import (
	"context"
	"crypto/ed25519"
	"errors"
	"runtime"
	"strconv"
	"time"

	"ramure/internal/award"
	"ramure/internal/config"
	"ramure/internal/keyring"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/translog"
)

// Fscked is what a check of all that is stored read and found. All is sound
// when Found is 0.
type Fscked struct {
	Log      translog.Report
	Rows     award.AuditReport
	Closed   bool // no master key was given: the seals of the keys were not opened
	Found    int64
	Findings []award.Finding // the first of the log's, and of the rows'
}

// Fsck recomputes the log and all that was issued from what is stored, on one
// view of the database. It changes nothing, makes no key, and works on a copy
// without its master key too. An error means that it could not look.
func Fsck(ctx context.Context, c config.Config, env Env) (done Fscked, err error) {
	err = withStore(ctx, c, env, func(s *store.Store) error {
		schema, err := s.Status(ctx)
		if err == nil && schema.Current != schema.Latest {
			err = errors.New("the schema of this database is not up to date: run `ramure migrate up`, or start the service, which does it")
		}
		if err != nil {
			return err
		}
		f := fsck{config: c, done: &done}
		if err := f.found(ctx, s); err != nil {
			return err
		}
		return s.Audit(ctx, f.read)
	})
	return done, err
}

// fsck is one check under way.
type fsck struct {
	config config.Config
	base   string // that of the deployment
	master *keyring.Master
	done   *Fscked
}

// found holds the deployment's own row against the settings.
func (f *fsck) found(ctx context.Context, s *store.Store) error {
	founded, err := s.Deployment(ctx)
	if problem.Is(err, problem.NotFound) {
		return errors.New("nothing was ever issued from this database (RAMURE_DATABASE_URL, RAMURE_DATA_DIR)")
	}
	if err != nil {
		return err
	}
	f.base = founded.BaseURL
	if f.base != f.config.BaseURL {
		f.find("deployment", "base_url", "is "+founded.BaseURL+", and RAMURE_BASE_URL "+f.config.BaseURL)
	}
	f.master, err = keyring.LoadMaster(f.config.KeyFile, f.config.MasterKey)
	if problem.Is(err, problem.NotFound) {
		f.done.Closed = true
		return nil
	}
	if err == nil && f.master.Matches(founded.KeyCheck) != nil {
		f.find("deployment", "key_check", "is not of the master key that was given")
	}
	return err
}

// read checks the log, then everything that it speaks of.
func (f *fsck) read(ctx context.Context, log translog.Archive, rows award.Ledger) error {
	keys, err := logKeys(ctx, rows)
	if err != nil {
		return err
	}
	if f.done.Log, err = translog.Fsck(ctx, log, keys...); err != nil {
		return err
	}
	place, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	f.done.Rows, err = award.Audit(ctx, rows, award.AuditConfig{Base: f.base, Place: place, Master: f.master, Workers: runtime.NumCPU()})
	f.sum()
	return err
}

// logKeys are the keys that may have signed checkpoints.
func logKeys(ctx context.Context, rows award.Ledger) (keys []ed25519.PublicKey, err error) {
	err = rows.Keys(ctx, func(k keyring.Sealed) error {
		public, _ := keyring.Examine(k, nil) // what is wrong with it is told by Audit
		if key, is := public.Public.(ed25519.PublicKey); is && k.Issuer == "" && k.Use == keyring.Log {
			keys = append(keys, key)
		}
		return nil
	})
	return keys, err
}

func (f *fsck) find(table, row, detail string) {
	f.done.Found++
	f.done.Findings = append(f.done.Findings, award.Finding{Table: table, Row: row, Detail: detail})
}

// sum puts both reports into one list.
func (f *fsck) sum() {
	f.done.Found += f.done.Log.Found + f.done.Rows.Found
	for _, d := range f.done.Log.Differences {
		f.done.Findings = append(f.done.Findings, inTable(d))
	}
	f.done.Findings = append(f.done.Findings, f.done.Rows.Findings...)
}

// inTable says of a difference in the log which row it is.
func inTable(d translog.Difference) award.Finding {
	return award.Finding{Table: "log_" + string(d.Part), Row: strconv.FormatInt(d.Place, 10), Detail: d.Detail}
}
