package award

import (
	"sync"

	"ramure/internal/openbadges"
)

// shapes are achievements as they stand in badges. A version never changes, so that
// each is shaped once for all of its badges, which share its parts.
type shapes struct {
	mutex sync.RWMutex
	made  map[versionKey]openbadges.Achievement
}

type versionKey struct {
	venue   string
	id      AchievementID
	version int
}

// mostShapes bounds them; beyond, all are forgotten and made again.
const mostShapes = 1000

func (k *shapes) of(key versionKey, shape func() openbadges.Achievement) openbadges.Achievement {
	k.mutex.RLock()
	kept, made := k.made[key]
	k.mutex.RUnlock()
	if made {
		return kept
	}
	kept = shape()
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.made == nil || len(k.made) >= mostShapes {
		k.made = map[versionKey]openbadges.Achievement{}
	}
	k.made[key] = kept
	return kept
}
