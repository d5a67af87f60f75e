"""The OCOP programme: categories, registered products, recognitions, certificates."""
