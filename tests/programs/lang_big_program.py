# A tiny virtual machine with assembler, written with many features at once: the whole must run right.
class VMError(Exception):
    def __init__(self, pc, why):
        super().__init__(f"at {pc}: {why}")
        self.pc = pc
OPS = {}
def op(name, *, args=0):
    def deco(f):
        OPS[name] = (f, args)
        return f
    return deco
class VM:
    def __init__(self, code, **regs):
        self.code, self.stack, self.pc, self.regs, self.out, self.calls, self.steps = code, [], 0, {**regs}, [], [], 0
    def pop(self, n=1):
        if len(self.stack) < n: raise VMError(self.pc, "stack underflow")
        *self.stack, a = self.stack if n == 1 else (*self.stack[:-n], tuple(self.stack[-n:]))
        return a
    def run(self, limit=10**5):
        while 0 <= self.pc < len(self.code):
            self.steps += 1
            if (n := self.steps) > limit: raise VMError(self.pc, "limit")
            name, *args = self.code[self.pc]
            self.pc += 1
            try:
                OPS[name][0](self, *args)
            except (ZeroDivisionError, KeyError) as e:
                raise VMError(self.pc - 1, f"{type(e).__name__} in {name}") from e
        return self
@op("push", args=1)
def push(vm, v): vm.stack.append(v)
@op("load", args=1)
def load(vm, r): vm.stack.append(vm.regs[r])
@op("store", args=1)
def store(vm, r): vm.regs[r] = vm.pop()
@op("print")
def pr(vm): vm.out.append(vm.pop())
@op("jmp", args=1)
def jmp(vm, t): vm.pc = t
@op("jz", args=1)
def jz(vm, t):
    if not vm.pop(): vm.pc = t
@op("call", args=1)
def call(vm, t): vm.calls.append(vm.pc); vm.pc = t
@op("ret")
def ret(vm): vm.pc = vm.calls.pop()
@op("halt")
def halt(vm): vm.pc = -1
for name, f in {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a // b, "lt": lambda a, b: int(a < b)}.items():
    @op(name)
    def binary(vm, f=f):
        r = f(*vm.pop(2))
        vm.stack.append(r)
def assemble(src):
    labels, code = {}, []
    lines = [l for raw in src.splitlines() if (l := raw.split("#")[0].strip())]
    for l in lines:
        if l.endswith(":"): labels[l[:-1]] = len(code)
        else: code.append(l.split())
    def arg(a): return int(a) if a.lstrip("-").isdigit() else labels.get(a, a)
    out = []
    for name, *args in code:
        if name not in OPS: raise SyntaxError(f"unknown op {name!r}")
        if len(args) != OPS[name][1]: raise SyntaxError(f"{name} takes {OPS[name][1]} argument{'s' * (OPS[name][1] != 1)}, not {len(args)}")
        out.append((name, *map(arg, args)))
    return out
FACT = """
  push 1
  store acc
loop:            # acc *= n; n -= 1
  load n
  jz done
  load acc
  load n
  mul
  store acc
  load n
  push 1
  sub
  store n
  jmp loop
done:
  load acc
  print
  call twice
  halt
twice:
  load acc
  push 2
  mul
  print
  ret
"""
code = assemble(FACT)
print(len(code), code[:3], code[-1])
for n in (0, 5, 30): print(n, VM(code, n=n).run().out)
print(VM(code, n=300).run().steps, VM(code, n=300).run().out[0] % 10**9)
for src in ("pop", "push", "push 1\nadd", "push 1\npush 0\ndiv", "load zz", "x: jmp x" if False else "x:\njmp x", "ret"):
    try:
        VM(assemble(src)).run(500)
    except (VMError, SyntaxError, IndexError) as e:
        print(type(e).__name__, e, "<-", repr(e.__cause__), getattr(e, "pc", None))
