"""Many processes at once, over HTTP, and none too gently (docs/risks.md)."""
