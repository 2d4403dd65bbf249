# enum, dataclasses, typing, json.
import enum, dataclasses, typing, json
from enum import Enum, IntEnum, Flag, auto
from dataclasses import dataclass, field
class C(Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def hello(self): return "hi " + self.name
print(C.RED, repr(C.GREEN), C(2), C["RED"], C.ALIAS is C.RED, list(C), len(C), C.RED.value, C.RED.name, C.RED.hello(), C.RED in C, isinstance(C.RED, C), C.RED == 1, {C.RED: 5}[C.RED], C)
for f in (lambda: C(9), lambda: C["X"], lambda: setattr(C, "RED", 5), lambda: C.NOPE):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try:
    class D(C): pass
except TypeError as e: print(e)
class I(IntEnum):
    A = auto(); B = auto(); X = 10
print(I.A, I.B + 1, I.X > 5, repr(I.A), sorted([I.X, I.A]), int(I.B), f"{I.B}", "%d" % I.X, [10, 20, 30][I.A])
class F(Flag):
    R = auto(); W = auto(); X = auto()
    RW = R | W
print(F.R | F.X, repr(F.R | F.W), F.RW, F.R in F.RW, bool(F.R & F.W), ~F.R, F(5), list(F.RW), F(0))
class P(Enum):
    EARTH = (5.9, 6.3)
    def __init__(self, m, r): self.m = m; self.r = r
print(P.EARTH.m, P.EARTH.value, list(C.__members__))
E2 = Enum("E2", "a b c"); print(list(E2))
match C.RED:
    case C.GREEN: print("g")
    case C.RED: print("r")
@dataclass
class Pt:
    x: int
    y: int = 5
    l: list = field(default_factory=list)
p = Pt(1); q = Pt(1, 5); print(p, p == q, p.l is q.l, dataclasses.asdict(p), dataclasses.astuple(p), dataclasses.replace(p, x=9), [f.name for f in dataclasses.fields(p)])
try: Pt()
except TypeError as e: print(e)
@dataclass(frozen=True, order=True)
class Fr:
    a: int
    b: str = "z"
f = Fr(1); print(f, hash(f) == hash((1, "z")), Fr(1) < Fr(2), sorted([Fr(3), Fr(1)]), {f: 1}[Fr(1)])
try: f.a = 3
except dataclasses.FrozenInstanceError as e: print(e)
@dataclass
class Base:
    a: int = 0
@dataclass
class Derived(Base):
    b: int = 1
    c: typing.ClassVar[int] = 7
    def __post_init__(self): self.d = self.a + self.b
print(Derived(1, 2), Derived(1, 2).d, Derived.__match_args__)
try:
    @dataclass
    class Bad:
        x: list = []
except ValueError as e: print(e)
try:
    @dataclass
    class Bad2:
        x: int = 1
        y: int
except TypeError as e: print(e)
try: hash(p)
except TypeError as e: print(e)
match p:
    case Pt(a, b): print("matched", a, b)
@dataclass(slots=True)
class Sl:
    a: int
    b: int = 2
s = Sl(1); print(s)
try: s.z = 1
except AttributeError as e: print(e)
print(typing.List[int], typing.Optional[str], typing.Union[int, str, None], typing.Dict[str, typing.Any], typing.Callable[[int], str], typing.Tuple[int, ...])
T = typing.TypeVar("T")
class St(typing.Generic[T]):
    def __init__(self): self.i = []
    def push(self, x: T) -> None: self.i.append(x)
st = St[int](); st.push(3); print(st.i, St[int], T)
class NT(typing.NamedTuple):
    x: int
    y: str = "d"
print(NT(1), NT(1).y, NT._fields)
class TD(typing.TypedDict):
    a: int
print(TD(a=1), typing.cast(int, "x"), typing.get_type_hints(Pt))
class Proto(typing.Protocol):
    def m(self) -> int: ...
class Impl:
    def m(self): return 1
print(json.dumps({"a": [1, 2.5, None, True, "x\n\"é"], "b": {}}), json.dumps([1, {"b": 2, "a": [ ]}], indent=2, sort_keys=True), json.dumps("é", ensure_ascii=False), json.dumps({1: 2, None: 3, True: 4, 1.5: 6}), json.dumps((1, 2), separators=(",", ":")))
print(json.loads('{"a": [1, 2.5e3, -0, null, true, false], "b": "\\u00e9\\n\\ud83d\\ude00", "c": {}}'), json.loads("  [1 , 2 ]  "), json.loads('"x"'), json.loads("-1.5"), json.loads(b"[1]"))
for t in ("", "{", "[1,]", '{"a" 1}', '{"a": }', "nul", '"abc', '"\\x"', "[1 2]", "01", "{'a': 1}", '{"a": 1,}', "1 2", '"\t"', '"\\u12"', "[", "-", "\n\n x"):
    try: print(json.loads(t))
    except json.JSONDecodeError as e: print(repr(t), e, e.pos, e.lineno, e.colno)
for o in (set(), {(1, 2): 3}, object): 
    try: json.dumps(o)
    except TypeError as e: print(e)
l = []; l.append(l)
try: json.dumps(l)
except ValueError as e: print(e)
print(json.dumps({"k": {1, 2}}, default=sorted), json.dumps(float("nan")), json.loads("[NaN, Infinity]"))


class Access(enum.IntFlag):
    R = 4
    W = 2
    X = 1


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


print(Access.R | Access.W, (Access.R | Access.W)._value_, Access.W in (Access.R | Access.W), Access(6) is Access.R | Access.W)
print(Level(2) is Level.HIGH, type(Level(1)).__name__, Access(5), repr(Access(5)), Access(4) is Access.R, ~Access.R)
