"""Showroom stores: public pages, the goods they hold, the pick-up desk."""
