"""Flask-Security, bent to this shop: its data, its letters, its rules for passwords, its views."""
