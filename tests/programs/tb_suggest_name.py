foo = 1
print(fooo)
