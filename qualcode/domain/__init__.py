"""The method itself in plain Python: no file format, no database, no screen is known here."""
