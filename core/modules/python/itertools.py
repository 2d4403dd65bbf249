"""Iterators built of iterators."""


def _non_negative(n):
    if n < 0:
        raise ValueError("r must be non-negative")
    return n


class count:
    def __init__(self, start=0, step=1):
        if not hasattr(start, "__add__") or isinstance(start, str):
            raise TypeError("a number is required")
        self._next, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        value = self._next
        self._next = value + self._step
        return value

    def __repr__(self):
        if type(self._step) is int and self._step == 1:
            return f"count({self._next!r})"
        return f"count({self._next!r}, {self._step!r})"


class cycle:
    def __init__(self, iterable, /):
        self._iterator = iter(iterable)
        self._seen = []
        self._at = -1

    def __iter__(self):
        return self

    def __next__(self):
        if self._at < 0:
            for item in self._iterator:
                self._seen.append(item)
                return item
            self._at = 0
        if not self._seen:
            raise StopIteration
        item = self._seen[self._at]
        self._at = (self._at + 1) % len(self._seen)
        return item


class repeat:
    def __init__(self, object, times=None):
        self._object = object
        self._left = times if times is None else max(times, 0)

    def __iter__(self):
        return self

    def __next__(self):
        if self._left is not None:
            if self._left <= 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __length_hint__(self):
        if self._left is None:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        return f"repeat({self._object!r})" if self._left is None else f"repeat({self._object!r}, {self._left})"


class _Steps:
    # An iterator class whose items come from a generator function, `_run`.
    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


class accumulate(_Steps):
    def __init__(self, iterable, func=None, *, initial=None):
        self._items = self._run(iter(iterable), func, initial)

    @staticmethod
    def _run(iterator, func, total):
        if total is None:
            for total in iterator:
                break
            else:
                return
        yield total
        if func is None:
            for item in iterator:
                total = total + item
                yield total
        else:
            for item in iterator:
                total = func(total, item)
                yield total


class chain(_Steps):
    def __init__(self, *iterables):
        self._items = self._run(iterables)

    @staticmethod
    def _run(iterables):
        for iterable in iterables:
            for item in iterable:
                yield item

    @classmethod
    def from_iterable(cls, iterable, /):
        self = cls()
        self._items = cls._run(iterable)
        return self


class compress(_Steps):
    def __init__(self, data, selectors):
        self._items = self._run(iter(data), iter(selectors))

    @staticmethod
    def _run(data, selectors):
        for item, selector in zip(data, selectors):
            if selector:
                yield item


class dropwhile(_Steps):
    def __init__(self, predicate, iterable, /):
        self._items = self._run(predicate, iter(iterable))

    @staticmethod
    def _run(predicate, iterator):
        for item in iterator:
            if not predicate(item):
                yield item
                break
        for item in iterator:
            yield item


class takewhile(_Steps):
    def __init__(self, predicate, iterable, /):
        self._items = self._run(predicate, iter(iterable))

    @staticmethod
    def _run(predicate, iterator):
        for item in iterator:
            if not predicate(item):
                return
            yield item


class filterfalse(_Steps):
    def __init__(self, predicate, iterable, /):
        self._items = self._run(bool if predicate is None else predicate, iter(iterable))

    @staticmethod
    def _run(predicate, iterator):
        for item in iterator:
            if not predicate(item):
                yield item


class starmap(_Steps):
    def __init__(self, function, iterable, /):
        self._items = self._run(function, iter(iterable))

    @staticmethod
    def _run(function, iterator):
        for args in iterator:
            yield function(*args)


class islice(_Steps):
    def __init__(self, iterable, /, *args):
        bounds = slice(*args)
        if len(args) == 0:
            raise TypeError("islice expected at least 2 arguments, got 1")
        start, stop, step = bounds.start, bounds.stop, bounds.step
        for value, name in ((start, ""), (stop, "stop")):
            if value is not None and (not isinstance(value, int) or value < 0):
                if len(args) == 1 or name:
                    raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
                                     if len(args) == 1 else
                                     "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
                raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        if step is not None and (not isinstance(step, int) or step < 1):
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._items = self._run(iter(iterable), start or 0, stop, step or 1)

    @staticmethod
    def _run(iterator, start, stop, step):
        at, wanted = 0, start
        while stop is None or wanted < stop:
            for item in iterator:
                at += 1
                if at > wanted:
                    break
            else:
                return
            yield item
            wanted += step
        # The items up to `stop` are taken even where steps leave them out.
        if stop is not None:
            while at < stop:
                for item in iterator:
                    break
                else:
                    return
                at += 1


class pairwise(_Steps):
    def __init__(self, iterable, /):
        self._items = self._run(iter(iterable))

    @staticmethod
    def _run(iterator):
        for before in iterator:
            break
        else:
            return
        for item in iterator:
            yield before, item
            before = item


class zip_longest(_Steps):
    def __init__(self, *iterables, fillvalue=None):
        self._items = self._run([iter(iterable) for iterable in iterables], fillvalue)

    @staticmethod
    def _run(iterators, fill):
        left = len(iterators)
        ended = [False] * left
        while left:
            row = []
            for at, iterator in enumerate(iterators):
                value = fill
                if not ended[at]:
                    for value in iterator:
                        break
                    else:
                        ended[at] = True
                        left -= 1
                        if not left:
                            return
                row.append(value)
            yield tuple(row)


class groupby:
    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key
        self._ahead = []    # the item that was read but not given away, with its key
        self._group = None  # the group that may still be read

    def __iter__(self):
        return self

    def _read(self):
        if not self._ahead:
            for item in self._iterator:
                self._ahead.append((item if self._key is None else self._key(item), item))
                break
        return bool(self._ahead)

    def __next__(self):
        group = self._group
        if group is not None:
            for _ in group:
                pass
        if not self._read():
            raise StopIteration
        key = self._ahead[0][0]
        self._group = _Group(self, key)
        return key, self._group


class _Group:
    def __init__(self, owner, key):
        self._owner, self._key = owner, key

    def __iter__(self):
        return self

    def __next__(self):
        owner = self._owner
        if owner._group is not self or not owner._read():
            raise StopIteration
        if not (owner._ahead[0][0] is self._key or owner._ahead[0][0] == self._key):
            raise StopIteration
        return owner._ahead.pop()[1]


class _Tee:
    def __init__(self, link):
        self._link = link

    def __iter__(self):
        return self

    def __next__(self):
        link = self._link
        if not link[1]:
            # [iterator, rest]: rest is [item, next link] once it has been read
            for item in link[0]:
                link[1].append(item)
                link[1].append([link[0], []])
                break
            else:
                raise StopIteration
        self._link = link[1][1]
        return link[1][0]

    def __copy__(self):
        return _Tee(self._link)


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    if isinstance(iterable, _Tee):
        return tuple([_Tee(iterable._link) for _ in range(n)])
    link = [iter(iterable), []]
    return tuple([_Tee(link) for _ in range(n)])


class product(_Steps):
    def __init__(self, *iterables, repeat=1):
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        self._items = self._run([tuple(iterable) for iterable in iterables] * repeat)

    @staticmethod
    def _run(pools):
        if not all(pools):
            return
        at = [0] * len(pools)
        row = [pool[0] for pool in pools]
        while True:
            yield tuple(row)
            for place in range(len(pools) - 1, -1, -1):
                at[place] += 1
                if at[place] < len(pools[place]):
                    row[place] = pools[place][at[place]]
                    break
                at[place] = 0
                row[place] = pools[place][0]
            else:
                return


class combinations(_Steps):
    def __init__(self, iterable, r):
        self._items = self._run(tuple(iterable), _non_negative(r))

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if r > n:
            return
        at = list(range(r))
        while True:
            yield tuple([pool[i] for i in at])
            for place in range(r - 1, -1, -1):
                if at[place] != place + n - r:
                    break
            else:
                return
            at[place] += 1
            for later in range(place + 1, r):
                at[later] = at[later - 1] + 1


class combinations_with_replacement(_Steps):
    def __init__(self, iterable, r):
        self._items = self._run(tuple(iterable), _non_negative(r))

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if not n and r:
            return
        at = [0] * r
        while True:
            yield tuple([pool[i] for i in at])
            for place in range(r - 1, -1, -1):
                if at[place] != n - 1:
                    break
            else:
                return
            at[place:] = [at[place] + 1] * (r - place)


class permutations(_Steps):
    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        self._items = self._run(pool, len(pool) if r is None else _non_negative(r))

    @staticmethod
    def _run(pool, r):
        n = len(pool)
        if r > n:
            return
        order = list(range(n))
        left = list(range(n, n - r, -1))
        yield tuple([pool[i] for i in order[:r]])
        while True:
            for place in range(r - 1, -1, -1):
                left[place] -= 1
                if left[place] == 0:
                    order.append(order.pop(place))
                    left[place] = n - place
                else:
                    other = n - left[place]
                    order[place], order[other] = order[other], order[place]
                    yield tuple([pool[i] for i in order[:r]])
                    break
            else:
                return
