package credential

// Judge derives the verdict of a report that nobody examined for.
func Judge(r Report) Verdict { return r.judge() }
