"""Programs that run the shop: start it, measure it, vendor its assets."""
