"""A run: collect > extract > check > archive > judge > report, over Protocols."""
