package jsonld

import "sync"

// memoryLimit bounds the vocabularies that are remembered. Ordinary documents
// need some dozens; strangers can ask for as many as there are sets of types.
const memoryLimit = 1_024

// memory keeps the vocabularies of a library, by how they came about, those asked
// for lately first: what one document asks for once goes before what every document
// needs.
type memory struct {
	mu         sync.RWMutex
	young, old map[derivation]*vocabulary // a generation is half of the limit
}

type derivation struct {
	from  *vocabulary
	by    *local
	reach reach
}

// recall finds a vocabulary; one of the old generation becomes young.
func (m *memory) recall(key derivation) *vocabulary {
	m.mu.RLock()
	made, aged := m.young[key], m.old[key]
	m.mu.RUnlock()
	if made == nil && aged != nil {
		m.keep(key, aged)
		return aged
	}
	return made
}

// keep makes a vocabulary young. A generation that is full becomes the old one, and
// the one before it goes.
func (m *memory) keep(key derivation, made *vocabulary) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.young) >= memoryLimit/2 || m.young == nil {
		m.young, m.old = make(map[derivation]*vocabulary), m.young
	}
	m.young[key] = made
}

// size is how many are remembered.
func (m *memory) size() int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.young) + len(m.old)
}
