#include "tests/kit/engine/trace.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace turnstile::kit {
namespace {

std::string hex(std::uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, value < 1000 ? "%llu" : "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

const char* name_of(Order order) {
  constexpr const char* kNames[] = {"rlx", "acq", "rel", "acq_rel", "sc"};
  return kNames[static_cast<std::size_t>(order)];
}

/// Its file, without folder and ending, and line.
std::string source_of(const std::source_location& at) {
  const std::string path = at.file_name();
  const std::string file = path.substr(path.rfind('/') + 1);
  return file.substr(0, file.rfind('.')) + ":" + std::to_string(at.line());
}

}  // namespace

std::string TraceBuilder::place_of(int location) const {
  const int word = location & ~1;
  const std::string place = engine_.place_of(engine_.locations_[static_cast<std::size_t>(word)].address);
  return place.empty() ? "a" + std::to_string(word / 2) : place;
}

std::string TraceBuilder::describe(Stamp s) const {
  const Event& e = engine_.graph_.at(s);
  const Operation& operation = engine_.operations_[static_cast<std::size_t>(s)];
  std::string text;
  const bool queue = Graph::has_location(e) && (e.location & 1) != 0;
  if (queue) {
    if (e.kind == Kind::write) {
      text = (e.value >> e.thread & 1) != 0 ? "sleeps on " : "wakes on ";
    } else {
      text = operation.wait_mask != 0 ? "woken on " : "queue of ";
    }
    text += place_of(e.location);
  } else if (e.kind == Kind::read) {
    text = "R " + place_of(e.location) + " = " + hex(e.value) + " " + name_of(e.order);
  } else if (e.kind == Kind::write) {
    text = "W " + place_of(e.location) + " = " + hex(e.value) + " " + name_of(e.order);
  } else if (e.kind == Kind::mark) {
    const char* const name = engine_.program_->mark_name(static_cast<int>(e.value));
    text = "-- " + (name != nullptr ? name : hex(e.value));
  } else if (e.kind == Kind::choice) {
    text = "choice " + hex(e.value);
  } else {
    text = e.kind == Kind::fence ? "fence" : e.kind == Kind::light ? "light fence" : "heavy fence";
  }
  if (e.kind == Kind::read) text += e.rf == kInit ? " <init" : " <#" + std::to_string(e.rf);
  if (operation.at.line() != 0 && e.kind != Kind::mark) text += " " + source_of(operation.at);
  return text;
}

/// A line for an access of the missing edge, if it stands after so many events of the thread.
std::string TraceBuilder::access_after(int thread, int events, std::size_t width) const {
  const auto& edge = engine_.missing_;
  std::string text;
  auto add = [&](const char* what) {
    text += "      " + std::string(width * static_cast<std::size_t>(thread), ' ') + "* " + what + "\n";
  };
  if (edge.from == thread && edge.from_events == events) add(edge.from_writes ? "writes" : "reads");
  if (edge.to == thread && edge.to_events == events) add(edge.to_writes ? "writes" : "reads");
  return text;
}

/// The edge between the two accesses that should be there, as an arrow from column to column.
std::string TraceBuilder::missing_edge(std::size_t width) const {
  const auto& edge = engine_.missing_;
  if (edge.from < 0 || edge.from == edge.to) return {};
  const bool right = edge.from < edge.to;
  const auto left = static_cast<std::size_t>(std::min(edge.from, edge.to));
  const auto span = static_cast<std::size_t>(std::abs(edge.from - edge.to)) * width;
  std::string arrow(span + 1, '-');
  arrow.front() = right ? '*' : '<';
  arrow.back() = right ? '>' : '*';
  arrow.replace(span / 2 - 9, 19, " no happens-before ");
  return "      " + std::string(width * left, ' ') + arrow + "\n";
}

void TraceBuilder::build(Violation& violation) {
  const Graph& graph = engine_.graph_;
  std::array<Stamp, kMaxEvents> order;
  // What has happened, in an order of which everything is part; where there is none (weak memory), as it was built.
  const bool linear = engine_.consistency_.linearize(graph, order);
  if (!linear) {
    for (Stamp s = 0; s < graph.size; ++s) order[static_cast<std::size_t>(s)] = s;
  }
  constexpr std::size_t kWidth = 42;
  int threads = 0;
  for (int i = 0; i < kMaxThreads; ++i) {
    if (graph.count[static_cast<std::size_t>(i)] > 0) threads = i + 1;
  }
  std::string text = "      ";
  for (int i = 0; i < threads; ++i) {
    std::string head = i == engine_.thread_count_ ? "afterwards" : "thread " + std::to_string(i);
    head.resize(kWidth, ' ');
    text += head;
  }
  text += "\n";
  for (int i = 0; i < graph.size; ++i) {
    const Stamp s = order[static_cast<std::size_t>(i)];
    if (!engine_.replayed_[static_cast<std::size_t>(s)]) continue;
    char number[16];
    std::snprintf(number, sizeof number, "#%-4d ", s);
    std::string line = number;
    line.append(kWidth * graph.at(s).thread, ' ');
    text += line + describe(s) + "\n";
    text += access_after(graph.at(s).thread, graph.at(s).index + 1, kWidth);
  }
  text += missing_edge(kWidth);
  for (int i = 0; i <= engine_.thread_count_; ++i) {
    const auto& t = engine_.threads_[static_cast<std::size_t>(i)];
    if (t.status != Engine::Status::blocked) continue;
    text += "      thread " + std::to_string(i) +
            (t.parked_on >= 0 ? " sleeps on " + place_of(t.parked_on) : " waits") + "\n";
  }
  violation.trace = text;
  violation.replay = recording();
}

/// The events that have happened, reads behind what they read from.
std::string TraceBuilder::recording() const {
  const Graph& graph = engine_.graph_;
  std::array<int, kMaxEvents> number;
  number.fill(-1);
  std::string text;
  int taken = 0;
  for (bool progress = true; progress;) {
    progress = false;
    std::array<bool, kMaxThreads> waits{};
    for (Stamp s = 0; s < graph.size; ++s) {
      const Event& e = graph.at(s);
      const auto i = static_cast<std::size_t>(s);
      if (number[i] >= 0 || !engine_.replayed_[i] || waits[e.thread]) continue;
      const bool last = e.thread == engine_.thread_count_ && taken < graph.size - graph.count[e.thread];
      if (last || (e.kind == Kind::read && e.rf >= 0 && number[static_cast<std::size_t>(e.rf)] < 0)) {
        waits[e.thread] = true;
        continue;
      }
      text += std::to_string(e.thread);
      if (e.kind == Kind::read) text += "r" + std::to_string(e.rf < 0 ? -1 : number[static_cast<std::size_t>(e.rf)]);
      if (e.kind == Kind::choice) text += "c" + std::to_string(e.value);
      if (e.kind == Kind::write) {
        Stamp before = e.mo_prev;
        while (before >= 0 && number[static_cast<std::size_t>(before)] < 0) before = graph.at(before).mo_prev;
        text += "w" + std::to_string(before < 0 ? -1 : number[static_cast<std::size_t>(before)]);
      }
      text += ".";
      number[i] = taken++;
      progress = true;
    }
  }
  return text;
}

std::vector<Step> parse_replay(const std::string& text) {
  std::vector<Step> steps;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    Step step;
    step.thread = text[at] - '0';
    if (at + 1 < end) {
      step.kind = text[at + 1];
      step.payload = std::atoi(text.c_str() + at + 2);
    }
    steps.push_back(step);
    at = end + 1;
  }
  return steps;
}

std::string Report::text() const {
  char bounds[96], numbers[96];
  std::snprintf(bounds, sizeof bounds, "%d threads, %d events, %d spurious wakes", threads, longest, spurious_wakes);
  std::snprintf(numbers, sizeof numbers, ": %llu blocked, %llu dead, %.3f s", static_cast<unsigned long long>(blocked),
                static_cast<unsigned long long>(dead), seconds);
  const std::string count = std::to_string(executions) + " executions", in = ", " + std::string(model);
  switch (outcome) {
    case Outcome::proved:
      return "PROVED(" + std::string(bounds) + in + ", " + count + ")" + numbers;
    case Outcome::sampled:
      return "SAMPLED(" + count + in + (truncated ? ", stopped at " + limit : "") +
             (bound.empty() ? "" : ", " + bound) + ")" + numbers;
    case Outcome::refuted:
      break;
  }
  return "REFUTED(" + violation.property + in + "): " + violation.text + "\n" + violation.trace + "replay " +
         violation.replay + "\n";
}

}  // namespace turnstile::kit
