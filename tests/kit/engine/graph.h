// An execution as a graph: the events of each thread in program order (po), where each read reads from (rf), and in
// which order each location is written (mo). This is the whole state of an exploration: values, clocks and threads
// follow from it.
//
// Events stand in one array in the order in which they were added; an index into it is an event's stamp. Location l's
// writes form a list from last[l] backwards through mo_prev, all its events one from chain[l] through Event::chain.
// The initial value of a location is a write without an event, called kInit, before all others.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace turnstile::kit {

using Stamp = std::int16_t;
inline constexpr Stamp kInit = -1;
inline constexpr Stamp kNone = -2;

inline constexpr int kMaxThreads = 8;   // one of them runs after the others have finished
inline constexpr int kMaxEvents = 440;  // of one execution
inline constexpr int kMaxSteps = 120;   // of one thread in one execution
inline constexpr int kMaxLocations = 288;
inline constexpr int kMaxFences = 64;  // and seq_cst accesses

/// How many events of each thread are known: one byte per thread.
class Clock {
 public:
  Clock() = default;
  explicit Clock(const std::array<std::uint8_t, kMaxThreads>& counts) {
    static_assert(sizeof counts == sizeof bytes_ && std::endian::native == std::endian::little);
    bytes_ = std::bit_cast<std::uint64_t>(counts);
  }
  std::uint8_t operator[](int thread) const { return static_cast<std::uint8_t>(bytes_ >> (8 * thread)); }
  void set(int thread, int count) {
    bytes_ = (bytes_ & ~(std::uint64_t{0xff} << (8 * thread))) | (static_cast<std::uint64_t>(count) << (8 * thread));
  }
  void join(Clock other) {
    // Counts stay below 128, so the top bit of each byte is free to hold the comparison.
    constexpr std::uint64_t kTop = 0x8080808080808080u;
    const std::uint64_t not_less = ((bytes_ | kTop) - other.bytes_) & kTop;
    const std::uint64_t mine = (not_less - (not_less >> 7)) | not_less;
    bytes_ = (bytes_ & mine) | (other.bytes_ & ~mine);
  }
  /// Whether the other knows all of it.
  bool within(Clock other) const {
    constexpr std::uint64_t kTop = 0x8080808080808080u;
    return (((other.bytes_ | kTop) - bytes_) & kTop) == kTop;
  }
  bool operator==(const Clock&) const = default;

 private:
  std::uint64_t bytes_ = 0;
};
static_assert(kMaxSteps < 128);

enum class Kind : std::uint8_t {
  read,
  write,
  fence,   // seq_cst
  light,   // asymmetric, the frequent side
  heavy,   // asymmetric, the rare side
  choice,  // of the environment: value says which
  mark,    // a remark of the scenario, for properties and traces
};

enum class Order : std::uint8_t { relaxed, acquire, release, acq_rel, seq_cst };
constexpr bool acquires(Order o) { return o == Order::acquire || o >= Order::acq_rel; }
constexpr bool releases(Order o) { return o >= Order::release; }

struct Event {
  std::uint64_t value = 0;  // written or read, or what was chosen
  Clock porf;               // all that is before it by program order and reads-from, itself included
  Clock hb;                 // all that happens before it, itself included
  Clock message;            // writes: what a reader that acquires it learns
  Clock released;           // what the thread's last release fence knew
  Clock unacquired;         // what an acquire fence after this event would learn
  Stamp rf = kNone;         // reads: the write, or kInit
  Stamp mo_prev = kNone;    // writes: the one before, or kInit
  Stamp chain = kNone;      // the event added before this one at the same location
  Stamp bound = kNone;      // events of a wait queue: the newest write of its word that the queue has seen
  std::uint16_t location = 0;
  std::uint8_t thread = 0;
  std::uint8_t index = 0;  // in its thread
  Kind kind = Kind::read;
  Order order = Order::relaxed;
  bool update = false;  // the read or the write of a read-modify-write that writes; the write's rf is the read's
  bool locked = false;  // part of a read-modify-write, also of one that fails: x86 drains the store buffer
};
static_assert(sizeof(Event) == 64);

struct Graph {
  int size = 0;
  int locations = 0;  // used entries of last and chain
  std::array<std::uint8_t, kMaxThreads> count{};
  int fences = 0;  // fences and seq_cst accesses: what the SC axiom is about
  bool has_seq_cst = false;
  std::array<Stamp, kMaxLocations> last, chain;
  std::array<Event, kMaxEvents> events;

  Graph() { reset(0); }
  Graph(const Graph& other) { *this = other; }
  Graph& operator=(const Graph& other) {
    size = other.size;
    locations = other.locations;
    count = other.count;
    fences = other.fences;
    has_seq_cst = other.has_seq_cst;
    std::memcpy(last.data(), other.last.data(), sizeof(Stamp) * static_cast<std::size_t>(locations));
    std::memcpy(chain.data(), other.chain.data(), sizeof(Stamp) * static_cast<std::size_t>(locations));
    std::memcpy(static_cast<void*>(events.data()), other.events.data(), sizeof(Event) * static_cast<std::size_t>(size));
    return *this;
  }

  void reset(int used_locations) {
    size = locations = 0;
    count.fill(0);
    fences = 0;
    has_seq_cst = false;
    use_location(used_locations - 1);
  }
  /// The other's first events; the order of writes is the caller's business.
  void assign_prefix(const Graph& other, Stamp events_kept) {
    reset(other.locations);
    size = events_kept;
    std::memcpy(static_cast<void*>(events.data()), other.events.data(), sizeof(Event) * static_cast<std::size_t>(size));
    for (std::size_t l = 0; l < static_cast<std::size_t>(locations); ++l) {
      chain[l] = other.chain[l];
      while (chain[l] >= size) chain[l] = other.at(chain[l]).chain;
    }
    for (Stamp s = 0; s < size; ++s) {
      ++count[at(s).thread];
      note_fences(at(s));
    }
  }
  void use_location(int location) {
    for (; locations <= location; ++locations) {
      last[static_cast<std::size_t>(locations)] = kInit;
      chain[static_cast<std::size_t>(locations)] = kNone;
    }
  }
  Event& at(Stamp s) { return events[static_cast<std::size_t>(s)]; }
  const Event& at(Stamp s) const { return events[static_cast<std::size_t>(s)]; }
  Stamp last_of(int location) const { return last[static_cast<std::size_t>(location)]; }
  Stamp chain_of(int location) const { return chain[static_cast<std::size_t>(location)]; }

  /// Appends an event; its clocks, rf and mo position are the caller's business.
  Stamp append(const Event& e) {
    const auto stamp = static_cast<Stamp>(size++);
    Event& added = at(stamp);
    added = e;
    if (has_location(e)) {
      added.chain = chain[e.location];
      chain[e.location] = stamp;
    }
    ++count[e.thread];
    note_fences(e);
    return stamp;
  }
  void note_fences(const Event& e) {
    const bool seq_cst = (e.kind == Kind::read || e.kind == Kind::write) && e.order == Order::seq_cst;
    has_seq_cst |= seq_cst;
    if (seq_cst || e.kind == Kind::fence || e.kind == Kind::light || e.kind == Kind::heavy) ++fences;
  }
  static bool has_location(const Event& e) { return e.kind == Kind::read || e.kind == Kind::write; }

  /// Puts a write right after `before` in mo.
  void place(Stamp write, Stamp before) {
    Stamp& tail = last[at(write).location];
    at(write).mo_prev = before;
    if (tail == before) {
      tail = write;
    } else {
      at(mo_next(at(write).location, before)).mo_prev = write;
    }
  }
  /// Takes it out again.
  void displace(Stamp write) {
    const Event& e = at(write);
    Stamp& tail = last[e.location];
    if (tail == write) {
      tail = e.mo_prev;
    } else {
      at(mo_next(e.location, write)).mo_prev = e.mo_prev;
    }
  }
  /// The write after `before`, or kNone.
  Stamp mo_next(int location, Stamp before) const {
    Stamp next = kNone;
    for (Stamp w = last_of(location); w != before; w = at(w).mo_prev) next = w;
    return next;
  }
  /// The update that reads from `source` and has written, or kNone.
  Stamp updater_of(int location, Stamp source) const {
    const Stamp next = mo_next(location, source);
    return next != kNone && at(next).update ? next : kNone;  // an update stands right after what it read
  }
  /// At this event's thread, an event with this clock knows it.
  static bool before(const Event& e, Clock clock) { return clock[e.thread] > e.index; }
};

}  // namespace turnstile::kit
