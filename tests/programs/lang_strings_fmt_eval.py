# f-strings: nesting, conversions, specs, '=', braces, expressions, evaluation order, methods.
# turnstile: stress
name, n, pi = "World", 42, 3.14159265
print(f"Hello {name}! {n + 1} {pi:.2f} {n:05d} {n:x} {n:#b} {name!r} {name!s:>10} {name!a}")
print(f"{{literal}} {{{n}}} {n}}}")
w, p = 12, 3
print(f"[{pi:{w}.{p}f}] [{name:^{w}}] [{name:*<{w}}] [{n:>{w - 2}}]")
print(f"{n=} {n = } {n=!r} {pi=:.3f} {name=!s:>8} {n+1=} {name.upper()=}")
print(f"{'nested ' + f'{name}' + ' inner'}")
print(f"{[x * 2 for x in range(3)]} {(lambda x: x + 1)(2)} { {'a': 1}['a'] } {n if n > 50 else 'small'}")
print(f"{name[0]}{name[-1]} {name[::-1]} {'yes' if name else 'no'}")
print(f"a" f"{n}" "b{n}" rf"\d{n}")
print(f"""multi
line {n
  + 1}""")
print(f"{1 < 2} {1 != 2} {(1, 2)} {None} {True:d} {True} {3 == 3.0!r}")
print(f"{1e10} {1e16} {1e-5} {10**20} {-0.0} {2.0} {1/3}")
class F:
    def __format__(self, spec): return "<" + spec + ">"
    def __repr__(self): return "F()"
    def __str__(self): return "str F"
o = F()
print(f"{o} {o:abc} {o!r} {o!s} {o!r:>6} {o:{n}x} {o=}")
log = []
def t(x):
    log.append(x)
    return x
print(f"{t(1)}-{t(2):>{t(3)}}-{t(4)}", log)
print(f"{'a':>5}|{'b':<5}|{'c':^5}|{'d':^4}|{1.5:+}|{-2:+}|{2: }|{1234567:,}|{1234567.891:,.1f}|{255:_b}|{0.25:%}|{0.25:.0%}")
print(f"{'é':>3}{'日本':>4}|{'abc':.2}|{'abc':5.1}|")
print(f"{n!r:^{w}}", f"{'!r'}", f"{n:{'>'}{10}}", f"{'':3}|", f"{n:}")
for bad in (lambda: f"{n:s}", lambda: f"{name:d}", lambda: f"{pi:d}", lambda: f"{None:5}", lambda: f"{[]:5}", lambda: f"{n:.3d}", lambda: f"{name:+}", lambda: f"{name:,}", lambda: f"{name:=5}", lambda: f"{undefined}"):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(f"{n:c}{0x1F600:c}", f"{10:#x} {10:#o} {10:#X} {-10:#010x} {3:08.3f} {-3:08.3f} {5:<+4}|")
print('end')
