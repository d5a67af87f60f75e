"""From words to products in order: what is asked, what to ask next, what stands first; knows no engine."""
