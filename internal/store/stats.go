package store

// Stats tells how busy the connections are.
type Stats struct {
	Open   int   // connections
	InUse  int   // of them, at work
	Waited int64 // calls that had to wait for one, since the start
}

// Stats adds up the pools.
func (s *Store) Stats() Stats {
	pools := []pool{s.writer}
	if s.reader.DB != s.writer.DB {
		pools = append(pools, s.reader)
	}
	var total Stats
	for _, p := range pools {
		stats := p.Stats()
		total.Open += stats.OpenConnections
		total.InUse += stats.InUse
		total.Waited += stats.WaitCount
	}
	return total
}
