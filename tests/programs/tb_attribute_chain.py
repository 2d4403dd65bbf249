a = 1
b = 2
print(a.foo.bar(b))
