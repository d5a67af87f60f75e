"""The producer's desk: orders to serve and goods to sell, for people with little time and a cheap phone."""
