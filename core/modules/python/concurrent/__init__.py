"""Ways of running things beside each other."""
