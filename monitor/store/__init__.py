"""The database: SQLAlchemy Core tables, migrations, queries."""
