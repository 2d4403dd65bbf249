__all__ = ["chosen", "_listed"]
chosen = "chosen"
not_chosen = "no"
_listed = "listed"
