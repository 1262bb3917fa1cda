package store

import "database/sql"

// Database lends the tests of this package the pool that writes.
func (s *Store) Database() *sql.DB { return s.writer.DB }
