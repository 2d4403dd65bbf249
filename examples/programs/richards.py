"""A small operating system's scheduler, simulated: classes, inheritance and polymorphic calls.

usage: richards.py [THREADS] [ROUNDS] [--time]
Each thread simulates ROUNDS complete runs of its own system: an idle task that releases devices, a worker, two
message handlers and two devices pass packets round until the idle task has counted down.
"""
import sys
import threading
import time

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEVICE_PACKET, WORK_PACKET = 0, 1
BUFFER = 4
IDLE_COUNT = 2000


class Packet:
    def __init__(self, link, destination, kind):
        self.link = link
        self.destination = destination
        self.kind = kind
        self.datum = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, scheduler, ident, priority, queue):
        self.scheduler = scheduler
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.waiting = False
        self.held = False
        self.running = False
        scheduler.add(self)

    def ready(self):
        if self.held:
            return False
        return self.running or self.queue is not None or not self.waiting

    def take_packet(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
            packet.link = None
        return packet

    def deliver(self, packet):
        self.queue = packet.append_to(self.queue)
        self.waiting = False

    def run(self, packet):
        raise NotImplementedError


class IdleTask(Task):
    def __init__(self, scheduler, count):
        super().__init__(scheduler, IDLE, 0, None)
        self.control = 1
        self.count = count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            self.scheduler.hold(self)
        elif self.control & 1 == 0:
            self.control >>= 1
            self.scheduler.release(DEVICE_A)
        else:
            self.control = (self.control >> 1) ^ 0xD008
            self.scheduler.release(DEVICE_B)


class WorkerTask(Task):
    def __init__(self, scheduler, queue):
        super().__init__(scheduler, WORKER, 1000, queue)
        self.target = HANDLER_A
        self.letter = 0

    def run(self, packet):
        if packet is None:
            self.waiting = True
            return
        self.target = HANDLER_B if self.target == HANDLER_A else HANDLER_A
        packet.destination = self.target
        packet.datum = 0
        for i in range(BUFFER):
            self.letter = self.letter % 26 + 1
            packet.data[i] = 64 + self.letter
        self.scheduler.send(self, packet)


class HandlerTask(Task):
    def __init__(self, scheduler, ident, priority, queue, device):
        super().__init__(scheduler, ident, priority, queue)
        self.device = device
        self.work = None
        self.devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == WORK_PACKET:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        if self.work is None:
            self.waiting = True
            return
        work = self.work
        if work.datum >= BUFFER:
            self.work = work.link
            work.destination = WORKER
            self.scheduler.send(self, work)
        elif self.devices is not None:
            device = self.devices
            self.devices = device.link
            device.datum = work.data[work.datum]
            device.destination = self.device
            work.datum += 1
            self.scheduler.send(self, device)
        else:
            self.waiting = True


class DeviceTask(Task):
    def __init__(self, scheduler, ident, priority, handler):
        super().__init__(scheduler, ident, priority, None)
        self.handler = handler
        self.pending = None
        self.checksum = 0

    def run(self, packet):
        if packet is not None:
            self.pending = packet
            self.checksum = (self.checksum * 31 + packet.datum) % 1000003
            self.scheduler.hold(self)
        elif self.pending is None:
            self.waiting = True
        else:
            packet, self.pending = self.pending, None
            packet.destination = self.handler
            self.scheduler.send(self, packet)


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.table = {}
        self.sent = 0
        self.holds = 0
        self.switches = 0

    def add(self, task):
        self.table[task.ident] = task
        at = 0
        while at < len(self.tasks) and self.tasks[at].priority > task.priority:
            at += 1
        self.tasks.insert(at, task)

    def send(self, sender, packet):
        self.sent += 1
        self.table[packet.destination].deliver(packet)

    def hold(self, task):
        self.holds += 1
        task.held = True

    def release(self, ident):
        task = self.table[ident]
        task.held = False
        task.waiting = False

    def run(self):
        while True:
            for task in self.tasks:
                if task.ready():
                    self.switches += 1
                    task.run(task.take_packet())
                    break
            else:
                return


def packets(count, destination, kind):
    queue = None
    for _ in range(count):
        queue = Packet(queue, destination, kind)
    return queue


def simulate():
    s = Scheduler()
    IdleTask(s, IDLE_COUNT)
    WorkerTask(s, packets(2, WORKER, WORK_PACKET))
    HandlerTask(s, HANDLER_A, 2000, packets(3, HANDLER_A, DEVICE_PACKET), DEVICE_A)
    HandlerTask(s, HANDLER_B, 3000, packets(3, HANDLER_B, DEVICE_PACKET), DEVICE_B)
    DeviceTask(s, DEVICE_A, 4000, HANDLER_A)
    DeviceTask(s, DEVICE_B, 5000, HANDLER_B)
    s.run()
    return s.switches, s.sent, s.holds, s.table[DEVICE_A].checksum, s.table[DEVICE_B].checksum


def worker(rounds, out):
    first = simulate()
    for _ in range(rounds - 1):
        if simulate() != first:
            out.append("rounds differ")
    out.append(first)


def main(argv):
    timed = argv[-1] == "--time"
    args = argv[1:-1] if timed else argv[1:]
    threads = int(args[0]) if len(args) > 0 else 1
    rounds = int(args[1]) if len(args) > 1 else 50
    outs = [[] for _ in range(threads)]

    start = time.perf_counter()
    workers = [threading.Thread(target=worker, args=(rounds, out)) for out in outs]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    seconds = time.perf_counter() - start

    print("threads", threads, "rounds", rounds)
    for k, out in enumerate(outs):
        print("thread %d switches %d sent %d holds %d checksums %d %d" % ((k,) + out[0]))
    if timed:
        print("time:", seconds)


main(sys.argv)
