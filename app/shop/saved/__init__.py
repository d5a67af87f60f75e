"""What a visitor keeps for later, and puts side by side."""
