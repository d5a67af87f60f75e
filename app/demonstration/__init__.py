"""The demonstration: real names with their sources, and illustrative prices, stock and people."""
