"""What mistyped words were meant to be, by the words that the catalogue uses; pure."""
