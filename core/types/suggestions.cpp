// The distance is Levenshtein's with a cheaper price for a change of case, the limits are those of CPython 3.11, so
// that the same names are suggested.
#include "core/types/suggestions.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/exceptions.h"
#include "core/objects/function.h"
#include "core/types/classes.h"

namespace turnstile {

namespace {

constexpr std::size_t kMaxCandidates = 750;
constexpr std::size_t kMaxLength = 40;
constexpr std::size_t kMoveCost = 2;
constexpr std::size_t kCaseCost = 1;

std::size_t substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return kMoveCost;
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return lower(a) == lower(b) ? kCaseCost : kMoveCost;
}

// Distance of a and b, or anything above `limit` once it is sure to be more.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a == b) return 0;
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMoveCost;
  if (a.size() > kMaxLength || b.size() > kMaxLength) return limit + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMoveCost > limit) return limit + 1;
  std::vector<std::size_t> row(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMoveCost;
  std::size_t result = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    std::size_t diagonal = j * kMoveCost;
    result = diagonal + kMoveCost;
    std::size_t smallest = limit + 1;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t substitute = diagonal + substitution_cost(b[j], a[i]);
      diagonal = row[i];
      result = std::min(substitute, std::min(diagonal, result) + kMoveCost);
      row[i] = result;
      smallest = std::min(smallest, result);
    }
    if (smallest > limit) return limit + 1;
  }
  return result;
}

std::string nearest(const std::vector<std::string>& candidates, const std::string& name) {
  if (candidates.size() >= kMaxCandidates) return "";
  std::string best;
  std::size_t best_distance = static_cast<std::size_t>(-1);
  for (const std::string& candidate : candidates) {
    if (candidate == name) continue;
    const std::size_t limit = std::min((name.size() + candidate.size() + 3) * kMoveCost / 6, best_distance - 1);
    const std::size_t d = distance(name, candidate, limit);
    if (d > limit) continue;
    if (best.empty() || d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::vector<std::string> names_in(Mutator& m, Value iterable) {
  std::vector<std::string> names;
  for_each(m, iterable, [&](Value v) {
    if (is_kind(v, Kind::str)) names.push_back(to_utf8(v.as<Str>()));
    return true;
  });
  m.exception = Value();
  return names;
}

std::string suggest_attribute(Mutator& m, Value object, const std::string& name) {
  Value dir = dict_get_name(m.runtime->builtins, intern(m, "dir"));
  Value listed = dir.is_empty() ? dir : call(m, dir, {object});
  m.exception = Value();
  return listed.is_empty() ? "" : nearest(names_in(m, listed), name);
}

std::string suggest_name(Mutator& m, Value exception, const std::string& name) {
  Value traceback = reinterpret_cast<Exception*>(exception.as_object())->traceback.load();
  if (!is_kind(traceback, Kind::traceback)) return "";
  auto* t = reinterpret_cast<Traceback*>(traceback.as_object());
  while (t->next != nullptr) t = t->next;
  const CodeData& code = *t->code->data;
  std::vector<std::string> locals;
  for (std::uint32_t i = 0; i < code.local_count && i < code.local_names.size(); ++i)
    locals.push_back(code.local_names[i]);
  std::string found = nearest(locals, name);
  if (found.empty() && t->globals != nullptr) found = nearest(names_in(m, Value::object(t->globals)), name);
  if (found.empty()) found = nearest(names_in(m, Value::object(m.runtime->builtins)), name);
  return found;
}

}  // namespace

std::string suggestion_for(Mutator& m, Value exception) {
  const ExceptionTypes& types = m.runtime->exceptions;
  const bool attribute = is_instance_of(m, exception, types.AttributeError);
  if (!attribute && !is_instance_of(m, exception, types.NameError)) return "";
  const WellKnownNames& names = m.runtime->names;
  Value name = get_own_attribute(m, exception.as_object(), names.name);
  if (!is_kind(name, Kind::str)) return "";
  const std::string wanted = to_utf8(name.as<Str>());
  std::string found;
  if (attribute) {
    Value object = get_own_attribute(m, exception.as_object(), names.obj);
    if (object.is_empty()) return "";
    found = suggest_attribute(m, object, wanted);
  } else {
    found = suggest_name(m, exception, wanted);
  }
  if (found.empty()) return "";
  Value quoted = repr(m, text_value(m, found));
  m.exception = Value();
  return is_kind(quoted, Kind::str) ? ". Did you mean: " + to_utf8(quoted.as<Str>()) + "?" : "";
}

}  // namespace turnstile
