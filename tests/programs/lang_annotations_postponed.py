# Annotations as texts.
# turnstile: stress
from __future__ import annotations


def effect(x):
    print("evaluated", x)
    return x


value: effect(1) = effect(2)
other: missing.name[int]
print(__annotations__)


class Node:
    next: Node | None = None
    items: list[Node]

    def link(self, other: Node, *rest: Node, flag: bool = True, **options: dict[str, Node]) -> Node:
        self.next: Undefined = other
        return self


print(Node.__annotations__)
print(Node.link.__annotations__)
print(Node().link(3).next)
