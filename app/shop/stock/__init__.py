"""One ledger of everything that can run out: levels, holds and movements at places."""
