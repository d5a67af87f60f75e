"""What is for sale, and how it is found: listings, variants, prices, photos, cards."""
