package translog

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxPolicy bounds a policy file: several hundred logs, witnesses and groups.
const maxPolicy = 64 << 10

// ParsePolicy reads a policy file (c2sp.org/tlog-policy). Logs must have keys
// of TypeLog and witnesses keys of TypeWitness; other signature types are not
// read here and refuse the whole file, since what it asks for could not be
// enforced. The failures are problem.Malformed and name the line.
func ParsePolicy(text []byte) (Policy, error) {
	if len(text) > maxPolicy {
		return Policy{}, malformed(keyPolicy, "more than %d bytes", maxPolicy)
	}
	if len(text) > 0 && !bytes.HasSuffix(text, []byte("\n")) {
		// A file cut short must not read as another policy.
		return Policy{}, malformed(keyPolicy, "the last line is not ended by a newline")
	}
	r := policyReader{defined: map[string]bool{}, member: map[string]bool{}, keys: map[string]bool{}}
	for i, line := range strings.Split(string(text), "\n") {
		if err := r.line(line); err != nil {
			return Policy{}, malformed(keyPolicy, "line %d: %w", i+1, err)
		}
	}
	if r.policy.Quorum == "" {
		return Policy{}, malformed(keyPolicy, "no quorum line")
	}
	return r.policy, nil
}

// policyReader is a policy as far as it was read.
type policyReader struct {
	policy  Policy
	defined map[string]bool // names of witnesses and groups
	member  map[string]bool // names that are in a group already
	keys    map[string]bool // public keys, after "log " or "witness "
}

// line reads one line; blanks around it, empty lines and comments are allowed.
func (r *policyReader) line(line string) error {
	if strings.ContainsFunc(line, isForbidden) {
		return errors.New("a control character other than tab")
	}
	items := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '\t' })
	if len(items) == 0 || strings.HasPrefix(items[0], "#") {
		return nil
	}
	switch items[0] {
	case "log":
		return r.log(items[1:])
	case "witness":
		return r.witness(items[1:])
	case "group":
		return r.group(items[1:])
	case "quorum":
		return r.quorum(items[1:])
	}
	return errors.New("does not start with log, witness, group or quorum")
}

// isForbidden names the octets that a policy may not hold (§ Character set).
func isForbidden(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }

func (r *policyReader) log(items []string) error {
	if len(items) != 1 && len(items) != 2 {
		return errors.New("a log has a key and perhaps an address")
	}
	key, err := r.key("log ", TypeLog, items[0])
	if err != nil {
		return err
	}
	r.policy.Logs = append(r.policy.Logs, TrustedLog{Key: key, URL: optional(items, 1)})
	return nil
}

func (r *policyReader) witness(items []string) error {
	if len(items) != 2 && len(items) != 3 {
		return errors.New("a witness has a name, a key and perhaps an address")
	}
	key, err := r.key("witness ", TypeWitness, items[1])
	if err != nil {
		return err
	}
	r.policy.Witnesses = append(r.policy.Witnesses, Witness{Name: items[0], Key: key, URL: optional(items, 2)})
	return r.define(items[0])
}

// key reads a key and refuses the same public key twice in one role: one
// cosigner must not count as two.
func (r *policyReader) key(role string, kind byte, text string) (Key, error) {
	key, err := ParseKey(text)
	if err != nil {
		return Key{}, err
	}
	if key.Type != kind {
		return Key{}, fmt.Errorf("a %skey has signature type %d here", role, kind)
	}
	public, line := role+string(key.Public), fmt.Sprintf("%s%08x", key.Name, key.KeyHash())
	if r.keys[public] || r.keys[line] {
		return Key{}, errors.New("this key stands there already")
	}
	r.keys[public], r.keys[line] = true, true
	return key, nil
}

// define takes a name; witnesses and groups share one set of names.
func (r *policyReader) define(name string) error {
	if name == QuorumNone || r.defined[name] {
		return errors.New("this name is taken")
	}
	r.defined[name] = true
	return nil
}

func (r *policyReader) group(items []string) error {
	if len(items) < 3 {
		return errors.New("a group has a name, a threshold and members")
	}
	g := Group{Name: items[0], Members: items[2:]}
	for _, m := range g.Members {
		if !r.defined[m] || r.member[m] {
			return errors.New("a member is not defined above, or is in a group already")
		}
		r.member[m] = true
	}
	var err error
	if g.Threshold, err = threshold(items[1], len(g.Members)); err != nil {
		return err
	}
	r.policy.Groups = append(r.policy.Groups, g)
	return r.define(g.Name)
}

func threshold(text string, members int) (int, error) {
	switch text {
	case "any":
		return 1, nil
	case "all":
		return members, nil
	}
	k, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(k) != text || k < 1 || k > members {
		return 0, errors.New("a threshold is any, all or a number from 1 to the number of members")
	}
	return k, nil
}

func (r *policyReader) quorum(items []string) error {
	if len(items) != 1 || r.policy.Quorum != "" {
		return errors.New("there is one quorum line, with one name")
	}
	if items[0] != QuorumNone && !r.defined[items[0]] {
		return errors.New("the quorum is not defined above")
	}
	r.policy.Quorum = items[0]
	return nil
}

func optional(items []string, i int) string {
	if i < len(items) {
		return items[i]
	}
	return ""
}

// Marshal writes the policy in the order logs, witnesses, groups, quorum. A
// policy that ParsePolicy would not read back as the same is refused.
func (p Policy) Marshal() ([]byte, error) {
	var out bytes.Buffer
	for _, l := range p.Logs {
		writeLine(&out, "log", l.Key.String(), l.URL)
	}
	for _, w := range p.Witnesses {
		writeLine(&out, "witness", w.Name, w.Key.String(), w.URL)
	}
	for _, g := range p.Groups {
		writeLine(&out, append([]string{"group", g.Name, strconv.Itoa(g.Threshold)}, g.Members...)...)
	}
	writeLine(&out, "quorum", p.Quorum)
	again, err := ParsePolicy(out.Bytes())
	if err != nil {
		return nil, err
	}
	if !again.equal(p) {
		return nil, malformed(keyPolicy, "a name or an address does not fit on a line")
	}
	return out.Bytes(), nil
}

// writeLine joins the items that are not empty.
func writeLine(out *bytes.Buffer, items ...string) {
	items = slices.DeleteFunc(items, func(item string) bool { return item == "" })
	out.WriteString(strings.Join(items, " ") + "\n")
}

func (p Policy) equal(q Policy) bool {
	return p.Quorum == q.Quorum &&
		slices.EqualFunc(p.Logs, q.Logs, func(a, b TrustedLog) bool {
			return a.URL == b.URL && a.Key.String() == b.Key.String()
		}) &&
		slices.EqualFunc(p.Witnesses, q.Witnesses, func(a, b Witness) bool {
			return a.Name == b.Name && a.URL == b.URL && a.Key.String() == b.Key.String()
		}) &&
		slices.EqualFunc(p.Groups, q.Groups, func(a, b Group) bool {
			return a.Name == b.Name && a.Threshold == b.Threshold && slices.Equal(a.Members, b.Members)
		})
}
