"""Tourism villages: public pages, visit requests, the host's desk."""
