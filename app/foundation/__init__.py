"""The ground that every module stands on; it knows no domain."""
