"""What tests stand on: builders, the inspecting browser, databases, doubles."""
