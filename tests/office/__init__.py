"""The programme desk: an officer sees its own territory."""
