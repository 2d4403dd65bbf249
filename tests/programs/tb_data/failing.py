def ok(x):
    return x + 1


def fail(x):
    values = [x]
    return check(values)


def check(values):
    assert len(values) > 1, "need at least two values"
    return values
