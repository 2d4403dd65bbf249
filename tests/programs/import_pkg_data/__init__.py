"""Package used by the import_ programs."""
version = (1, 2)
