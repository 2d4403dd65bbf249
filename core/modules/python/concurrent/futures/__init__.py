"""Calls that run in other threads."""

import queue as _queue
import threading as _threading
from time import monotonic as _monotonic

__all__ = ["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED", "CancelledError", "TimeoutError", "InvalidStateError",
           "Future", "Executor", "wait", "as_completed", "ThreadPoolExecutor"]

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"
TimeoutError = TimeoutError


class Error(Exception):
    pass


class CancelledError(Error):
    pass


class InvalidStateError(Error):
    pass


class BrokenExecutor(RuntimeError):
    pass


class Future:
    #   PENDING --set_running_or_notify_cancel--> RUNNING --set_result, set_exception--> FINISHED
    #   PENDING --cancel--> CANCELLED
    def __init__(self):
        self._condition = _threading.Condition()
        self._state = "PENDING"
        self._result = self._exception = None
        self._callbacks = []

    def __repr__(self):
        with self._condition:
            shown = self._state.lower()
            if self._state == "FINISHED":
                what = self._exception if self._exception is not None else self._result
                verb = "raised" if self._exception is not None else "returned"
                shown += f" {verb} {what.__class__.__name__}"
            return f"<Future at {id(self):#x} state={shown}>"

    def _done(self):
        return self._state in ("CANCELLED", "FINISHED")

    def cancel(self):
        with self._condition:
            if self._state in ("RUNNING", "FINISHED"):
                return False
            if self._state == "CANCELLED":
                return True
            self._state = "CANCELLED"
            self._condition.notify_all()
        self._call_back()
        return True

    def cancelled(self):
        with self._condition:
            return self._state == "CANCELLED"

    def running(self):
        with self._condition:
            return self._state == "RUNNING"

    def done(self):
        with self._condition:
            return self._done()

    def _call_back(self):
        for callback in self._callbacks:
            try:
                callback(self)
            except Exception:
                import traceback
                traceback.print_exc()

    def add_done_callback(self, fn):
        with self._condition:
            if not self._done():
                self._callbacks.append(fn)
                return
        fn(self)

    def _wait(self, timeout):
        with self._condition:
            if not self._condition.wait_for(self._done, timeout):
                raise TimeoutError()
            if self._state == "CANCELLED":
                raise CancelledError()

    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception

    def set_running_or_notify_cancel(self):
        with self._condition:
            if self._state == "CANCELLED":
                return False
            self._state = "RUNNING"
            return True

    def _finish(self, result, exception):
        with self._condition:
            if self._done():
                raise InvalidStateError(f"{self._state}: a result is set already")
            self._result, self._exception = result, exception
            self._state = "FINISHED"
            self._condition.notify_all()
        self._call_back()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)


class Executor:
    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        end = None if timeout is None else _monotonic() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                futures.reverse()
                while futures:
                    future = futures.pop()
                    yield future.result(None if end is None else end - _monotonic())
            finally:
                for future in futures:
                    future.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


_pools = 0
_open_pools = []
_pools_lock = _threading.Lock()


def _end_pools():
    # Called when the main thread is done, before the program waits for its threads.
    with _pools_lock:
        pools = _open_pools[:]
    for pool in pools:
        pool.shutdown(wait=True)


class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        global _pools
        if max_workers is None:
            import os
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        with _pools_lock:
            number = _pools
            _pools += 1
            _open_pools.append(self)
        self._max_workers = max_workers
        self._prefix = thread_name_prefix or f"ThreadPoolExecutor-{number}"
        self._initializer, self._initargs = initializer, initargs
        self._work = _queue.SimpleQueue()
        self._idle = _threading.Semaphore(0)
        self._lock = _threading.Lock()
        self._threads = []
        self._shutdown = False

    def submit(self, fn, /, *args, **kwargs):
        with self._lock:
            if self._shutdown:
                raise RuntimeError("cannot schedule new futures after shutdown")
            future = Future()
            self._work.put((future, fn, args, kwargs))
            if not self._idle.acquire(blocking=False) and len(self._threads) < self._max_workers:
                thread = _threading.Thread(target=self._run, name=f"{self._prefix}_{len(self._threads)}")
                self._threads.append(thread)
                thread.start()
        return future

    def _run(self):
        if self._initializer is not None:
            self._initializer(*self._initargs)
        while True:
            try:
                item = self._work.get_nowait()
            except _queue.Empty:
                self._idle.release()
                item = self._work.get()
            if item is None:
                self._work.put(None)  # for the next thread
                return
            future, fn, args, kwargs = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            del item, future

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            self._shutdown = True
            while cancel_futures:
                try:
                    item = self._work.get_nowait()
                except _queue.Empty:
                    break
                if item is not None:
                    item[0].cancel()
            self._work.put(None)
        with _pools_lock:
            if self in _open_pools:
                _open_pools.remove(self)
        if wait:
            for thread in self._threads:
                thread.join()


class DoneAndNotDoneFutures(tuple):
    done = property(lambda self: self[0])
    not_done = property(lambda self: self[1])

    def __repr__(self):
        return f"DoneAndNotDoneFutures(done={self[0]!r}, not_done={self[1]!r})"


def _finished(futures):
    # A queue that gets each of the futures when it is done.
    done = _queue.SimpleQueue()
    for future in futures:
        future.add_done_callback(done.put)
    return done


def as_completed(fs, timeout=None):
    futures = set(fs)
    end = None if timeout is None else _monotonic() + timeout
    done = _finished(futures)
    for count in range(len(futures)):
        try:
            yield done.get(True, None if end is None else max(end - _monotonic(), 0))
        except _queue.Empty:
            raise TimeoutError("%d (of %d) futures unfinished" % (len(futures) - count, len(futures))) from None


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    futures = set(fs)
    end = None if timeout is None else _monotonic() + timeout
    queue = _finished(futures)
    done = set()
    while len(done) < len(futures):
        try:
            future = queue.get(True, None if end is None else max(end - _monotonic(), 0))
        except _queue.Empty:
            break
        done.add(future)
        if return_when == FIRST_COMPLETED:
            break
        if return_when == FIRST_EXCEPTION and not future.cancelled() and future.exception() is not None:
            break
    done |= {future for future in futures if future.done()}
    return DoneAndNotDoneFutures((done, futures - done))
