"""People: sign-in, roles at organisations and territories."""
