"""The programme officer's desk."""
