package credential

import "ramure/internal/openbadges"

// Judge derives the verdict of a report that nobody examined for.
func Judge(r Report) Verdict { return r.judge() }

// Generated makes a credential of random content that keeps the rules.
func Generated(seed uint64) openbadges.AchievementCredential { return *newAuthor(seed).credential() }
