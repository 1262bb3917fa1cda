package vcapi

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"ramure/internal/credential/statuslist"
)

// lists are the status lists of one run: one for each purpose.
type lists struct {
	base string

	mu   sync.Mutex
	list []*list
	said map[string][]place // id of a credential → its entries
}

// list is one status list and the order in which its places are given away.
type list struct {
	purpose string
	size    int // bits of one status
	bits    *statuslist.Bits
	order   *statuslist.Permutation
	given   uint64
}

// place is one entry of a list.
type place struct{ list, index int }

// newLists makes the three lists: 1 revocation, 2 suspension, 3 message.
func newLists(base string, random io.Reader) (*lists, error) {
	l := &lists{base: base, said: map[string][]place{}}
	for _, line := range []struct {
		purpose string
		size    int
	}{{"revocation", 1}, {"suspension", 1}, {"message", 2}} {
		key := make([]byte, 16)
		if _, err := io.ReadFull(random, key); err != nil {
			return nil, fmt.Errorf("vcapi: status lists: %w", err)
		}
		order, err := statuslist.NewPermutation(key, statuslist.Entries)
		if err != nil {
			return nil, err
		}
		bits, err := statuslist.FromBytes(make([]byte, statuslist.Entries/8*line.size))
		if err != nil {
			return nil, err
		}
		l.list = append(l.list, &list{purpose: line.purpose, size: line.size, bits: bits, order: order})
	}
	return l, nil
}

// address is where a list is served, counted from 1.
func (l *lists) address(number int) string { return l.base + "/status-lists/" + strconv.Itoa(number) }

// numbered finds a list by its address, and false if it is not ours.
func (l *lists) numbered(address string) (int, bool) {
	text, isOurs := strings.CutPrefix(address, l.base+"/status-lists/")
	number, err := strconv.Atoi(text)
	return number, isOurs && err == nil && l.address(number) == address && number >= 1 && number <= len(l.list)
}

// entry gives a credential a place in the list of a purpose: its credentialStatus.
// ok is false if there is no list of the purpose, or it is full.
func (l *lists) entry(credential, purpose string) (entry map[string]any, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := slices.IndexFunc(l.list, func(one *list) bool { return one.purpose == purpose })
	if at < 0 || l.list[at].given == statuslist.Entries {
		return nil, false
	}
	one := l.list[at]
	index := one.order.Index(one.given)
	one.given++
	l.said[credential] = append(l.said[credential], place{at, index})
	return one.describe(l.address(at+1), index), true
}

// describe writes an entry (Bitstring Status List §2.1).
func (one *list) describe(address string, index int) map[string]any {
	text := strconv.Itoa(index)
	entry := map[string]any{
		"id": address + "#" + text, "type": statuslist.TypeEntry, "statusPurpose": one.purpose,
		"statusListIndex": text, "statusListCredential": address,
	}
	if one.size > 1 {
		entry["statusSize"] = json.Number(strconv.Itoa(one.size))
		messages := make([]any, 1<<one.size)
		for value := range messages {
			messages[value] = map[string]any{"status": fmt.Sprintf("0x%x", value), "message": "status " + strconv.Itoa(value)}
		}
		entry["statusMessage"] = messages
	}
	return entry
}

// set writes a status value at an entry of a credential: at one of a purpose, or at
// each. It tells whether there was one.
func (l *lists) set(credential, purpose string, value int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	found := false
	for _, at := range l.said[credential] {
		one := l.list[at.list]
		if purpose != "" && purpose != one.purpose {
			continue
		}
		for bit := range one.size {
			one.bits.Set(at.index*one.size+bit, value>>(one.size-1-bit)&1 == 1)
		}
		found = true
	}
	return found
}

// encoded gives purpose and bits of a list.
func (l *lists) encoded(number int) (purpose, encoded string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.list[number-1]
	return one.purpose, statuslist.Encode(one.bits)
}
