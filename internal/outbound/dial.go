package outbound

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// Limits of one connection.
const (
	dialTimeout = 2 * time.Second
	maxDials    = 3        // addresses that are tried
	maxHeader   = 64 << 10 // bytes
)

// Resolver finds the addresses of a name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// connector opens a connection to an address, not to a name.
type connector func(ctx context.Context, network, address string) (net.Conn, error)

// transport is the same for all: no proxy of the environment, nothing kept open,
// nothing decompressed. With its own dial function Go speaks HTTP/1.1 only.
func transport(dial connector) *http.Transport {
	return &http.Transport{
		DialContext:            dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		DisableKeepAlives:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// guard resolves names itself, and connects to public addresses only.
type guard struct {
	resolver Resolver
	connect  connector
}

func newGuard(resolver Resolver) *guard {
	dialer := &net.Dialer{Timeout: dialTimeout, ControlContext: lastLook}
	return &guard{resolver: resolver, connect: dialer.DialContext}
}

// dial connects to one of the addresses that it has checked.
func (g *guard) dial(ctx context.Context, _, hostport string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(hostport)
	if err != nil || port != "443" {
		return nil, refused("not port 443")
	}
	addresses, err := g.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var failures error
	for _, address := range addresses[:min(len(addresses), maxDials)] {
		conn, err := g.connect(ctx, "tcp", netip.AddrPortFrom(address, 443).String())
		if err == nil {
			return conn, nil
		}
		failures = errors.Join(failures, err)
	}
	return nil, failures
}

// addresses gives all addresses of a name if each of them is public.
func (g *guard) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	found, err := g.resolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return nil, fmt.Errorf("outbound: no address of that name: %w", err)
	}
	if len(found) == 0 {
		return nil, errors.New("outbound: no address of that name")
	}
	addresses := make([]netip.Addr, len(found))
	for i, address := range found {
		if !public(address) {
			return nil, refused("the name leads to an address that is not public")
		}
		addresses[i] = address.Unmap()
	}
	return addresses, nil
}

// lastLook is asked by the dialer with the address that the kernel is about to
// connect to: whatever went wrong before, nothing else is reached.
func lastLook(_ context.Context, network, hostport string, _ syscall.RawConn) error {
	address, err := netip.ParseAddrPort(hostport)
	if err != nil || (network != "tcp4" && network != "tcp6") || address.Port() != 443 || !public(address.Addr()) {
		return refused("the connection is not to a public address")
	}
	return nil
}
