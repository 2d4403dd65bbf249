public = 1
also_public = "two"
_under = 3
