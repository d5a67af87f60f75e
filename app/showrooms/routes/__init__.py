"""The showrooms' pages: public ones and the desk."""
