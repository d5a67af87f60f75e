"""Full-text search: the analysis is ours, the engine stands behind a protocol."""
