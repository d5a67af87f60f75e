"""Text as search reads it: words, marks, places, names for one thing; pure, and knows no product."""
