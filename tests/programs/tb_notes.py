# add_note, an exception with a multi-line message, and one with an empty message chained to it.
class Empty(Exception):
    pass
try:
    raise Empty
except Empty as e:
    err = ValueError("line one\nline two")
    err.add_note("a note")
    err.add_note("another note")
    print(err.__notes__)
    raise err
