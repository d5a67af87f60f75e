"""The villages' pages: public ones and the host's desk."""
