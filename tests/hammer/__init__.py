"""Many processes at once, over HTTP, and none too gently (risks.md part 3, 2 and 3)."""
