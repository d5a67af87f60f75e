"""Villages: visits asked for, answered, and shown."""
