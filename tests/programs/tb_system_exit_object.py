# A SystemExit whose code is neither None nor int is printed and gives 1.
class Code:
    def __str__(self): return "code object as text"
raise SystemExit(Code())
