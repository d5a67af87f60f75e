"""The shop: catalogue, stock, basket, orders."""
