# Where failed assertions are placed: on the last comparison of the test, else on the statement.
def check(number, value):
    if number == 0:
        assert value == 0, "a comparison"
    if number == 1:
        assert value, "a name"
    if number == 2:
        assert not (value and value != 1), ("a comparison",
                                            "inside")
    if number == 3:
        assert 0 > value > -3
    if number == 4:
        assert value > 3 if value else value in (
            1, 2), "two lines"
    if number == 5:
        assert value is None or value
    if number == 6:
        assert all(v > 3 for v in (value,))


def chain(number):
    try:
        check(number, [1, 0, 2, 5, 0, 0, 1][number])
    except AssertionError:
        if number < 6:
            chain(number + 1)
        raise


chain(0)
