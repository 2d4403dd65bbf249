# assert with and without messages, pass, docstrings, Ellipsis, line continuation, semicolons, literals.
# turnstile: stress
for cond, msg in ((True, None), (False, None), (False, "text"), (False, 42), (False, ("a", 1))):
    try:
        if msg is None:
            assert cond
        else:
            assert cond, msg
        print("ok")
    except AssertionError as e:
        print(repr(e), e.args, str(e))
def lazy():
    print("evaluated")
    return "m"
assert True, lazy()
try:
    assert 0, lazy()
except AssertionError as e:
    print(e)
def empty(): pass
def dots(): ...
print(empty(), dots(), ..., Ellipsis is ...)
x = 1; y = 2; print(x + y)
total = 1 + \
    2 + \
    3
print(total, (1 +
              2), [
    1,
    2,
])
s = ("implicit " "concatenation " 'works'
     " across lines")
print(s)
print(1_000_000, 0xff_ff, 0b1010_1010, 0o17, 1_0.5e-1_0, 1e3, .5, 5., 0XAB, 0B1, 0O7)
print("tab\tquote\"'\\ \x41\u00e9\U0001F600\u2022\101\0end".replace("\0", "<nul>"))
print(r"raw\n\t\\", b"by\x00\xff\n", rb"\x", 'a\
b')
print("""triple "quoted"
  text\
 joined""", '''it's''')
if True: print("one-line if")
for i in range(2): print(i, end=" "); print("same line")
while True: break
class Empty: pass
class Doc:
    """Class doc."""
    def m(self):
        '''Method doc.'''
print(Doc.__doc__, Doc.m.__doc__, Empty.__doc__, Doc().m())
print(type(None), type(...), type(NotImplemented), None is None)
a = b = c = 0
a += 1; b -= 1; c |= 6
a <<= 3; b **= 2; c ^= 5; a //= 3; c &= 7; a %= 2
print(a, b, c)
f = 10; f /= 4; print(f)
l = [1]; m = l; l += [2]; print(m); l = l + [3]; print(m, l)
t = (1,); u = t; t += (2,); print(u, t)
s = "a"; s *= 3; print(s)
print(__name__, __doc__ is None)
