"""The desk database: one encrypted SQLite file, and the only rooms that know its rows."""
