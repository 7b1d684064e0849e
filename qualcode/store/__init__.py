"""Where a study is kept. One contract, three stores: memory, a SQLite file, PostgreSQL."""
