"""What the desk's pages show: plain values in the reader's language."""
