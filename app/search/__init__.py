"""Finding products by words: analysis, the index behind one interface, suggestions."""
