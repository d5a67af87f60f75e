"""Pages of the producer's desk."""
