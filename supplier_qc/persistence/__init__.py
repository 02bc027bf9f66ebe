"""SQLAlchemy base, column types, tables and the document store."""
