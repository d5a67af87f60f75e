"""Accounts: sign-up, sign-in, passwords, roles."""
