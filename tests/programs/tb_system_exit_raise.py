# raise SystemExit(n) with a big code wraps to a byte.
print("going")
raise SystemExit(300)
