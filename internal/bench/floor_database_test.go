package bench

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/jackc/pgx/v5/pgxpool"
	_ "modernc.org/sqlite" // the driver named sqlite
)

// issueFloor is what no service can avoid when it issues: read the order, one
// Ed25519 signature, one INSERT of the document, committed.
func issueFloor(ctx context.Context) error {
	document, err := os.ReadFile(os.Getenv(documentVariable))
	if err != nil {
		return err
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	insert, err := inserter(ctx, os.Getenv(databaseVariable))
	if err != nil {
		return err
	}
	router := bareRouter()
	router.POST("/", func(c *gin.Context) {
		order, err := io.ReadAll(c.Request.Body)
		if err != nil {
			c.Status(http.StatusBadRequest)
			return
		}
		hash := sha256.Sum256(order)
		signature := ed25519.Sign(key, hash[:])
		var id [16]byte
		_, _ = rand.Read(id[:])
		if err := insert(c.Request.Context(), id, document); err != nil {
			c.String(http.StatusInternalServerError, err.Error())
			return
		}
		c.String(http.StatusCreated, hex.EncodeToString(signature))
	})
	return serve(ctx, router)
}

// inserter makes the floor's own table and gives the one statement that fills
// it, committed by itself: on PostgreSQL over as many connections as the product
// has, on SQLite over the one that can write.
func inserter(ctx context.Context, address string) (func(context.Context, [16]byte, []byte) error, error) {
	const statement = `INSERT INTO bench_floor (id, document) VALUES ($1, $2)`
	if path, isFile := strings.CutPrefix(address, "sqlite:"); isFile {
		db, err := openFile(path, "_txlock=immediate&_journal_mode=WAL&_synchronous=FULL", 1)
		if err != nil {
			return nil, err
		}
		if _, err := db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS bench_floor (id BLOB NOT NULL PRIMARY KEY, document BLOB NOT NULL) STRICT`); err != nil {
			return nil, err
		}
		compiled, err := db.PrepareContext(ctx, statement)
		return func(ctx context.Context, id [16]byte, document []byte) error {
			_, err := compiled.ExecContext(ctx, id[:], document)
			return err
		}, err
	}
	pool, err := openPool(ctx, address)
	if err != nil {
		return nil, err
	}
	_, err = pool.Exec(ctx, `CREATE TABLE IF NOT EXISTS bench_floor (id UUID NOT NULL PRIMARY KEY, document BYTEA COMPRESSION lz4 NOT NULL)`)
	return func(ctx context.Context, id [16]byte, document []byte) error {
		_, err := pool.Exec(ctx, statement, id, document)
		return err
	}, err
}

// selectFloor is what no service can avoid when it reads a credential that it
// doesn't hold in memory: SELECT by primary key, and write.
func selectFloor(ctx context.Context) error {
	read, err := selector(ctx, os.Getenv(databaseVariable))
	if err != nil {
		return err
	}
	router := bareRouter()
	router.GET("/:id", func(c *gin.Context) {
		var id [16]byte
		if n, err := hex.Decode(id[:], []byte(c.Param("id"))); err != nil || n != len(id) {
			c.Status(http.StatusNotFound)
			return
		}
		document, err := read(c.Request.Context(), id)
		if err != nil {
			c.String(http.StatusInternalServerError, err.Error())
			return
		}
		send(c, "application/vc", document)
	})
	return serve(ctx, router)
}

func selector(ctx context.Context, address string) (func(context.Context, [16]byte) ([]byte, error), error) {
	const query = `SELECT document FROM credential WHERE award = $1`
	if path, isFile := strings.CutPrefix(address, "sqlite:"); isFile {
		db, err := openFile(path, "_query_only=1&_pragma=cache_size(-4000)", max(4, runtime.NumCPU()))
		if err != nil {
			return nil, err
		}
		compiled, err := db.PrepareContext(ctx, query)
		return func(ctx context.Context, id [16]byte) (document []byte, err error) {
			err = compiled.QueryRowContext(ctx, id[:]).Scan(&document)
			return document, err
		}, err
	}
	pool, err := openPool(ctx, address)
	return func(ctx context.Context, id [16]byte) (document []byte, err error) {
		err = pool.QueryRow(ctx, query, id).Scan(&document)
		return document, err
	}, err
}

func openFile(path, settings string, connections int) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_busy_timeout=4000&"+settings)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// poolSize is the number of connections that the product opens.
const poolSize = 16

func openPool(ctx context.Context, address string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	config.MaxConns = poolSize
	return pgxpool.NewWithConfig(ctx, config)
}
