package bench

import (
	"context"
	"net"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// floor starts a floor in a process of its own.
func floor(tb testing.TB, role string, variables ...string) *process {
	tb.Helper()
	address := freeAddress(tb)
	return start(tb, "floor "+role, address, itself(tb, role, append(variables, addressVariable+"="+address)...))
}

// helloFloor is the least that gin can answer.
func helloFloor(ctx context.Context) error {
	router := bareRouter()
	router.GET("/", func(c *gin.Context) { c.String(http.StatusOK, "hello") })
	return serve(ctx, router)
}

// pageFloor answers with a constant page of the product's size.
func pageFloor(ctx context.Context) error {
	page, err := os.ReadFile(os.Getenv(documentVariable))
	if err != nil {
		return err
	}
	router := bareRouter()
	router.GET("/", func(c *gin.Context) { send(c, "text/html; charset=utf-8", page) })
	return serve(ctx, router)
}

func bareRouter() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	return gin.New()
}

// send answers with bytes of a known length, in one write.
func send(c *gin.Context, contentType string, body []byte) {
	c.Header("Content-Length", strconv.Itoa(len(body)))
	c.Data(http.StatusOK, contentType, body)
}

// serve answers until ctx ends.
func serve(ctx context.Context, handler http.Handler) error {
	listener, err := net.Listen("tcp", os.Getenv(addressVariable))
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	go func() { <-ctx.Done(); _ = server.Close() }()
	if err := server.Serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}
