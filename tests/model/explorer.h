// Explorer: goes through every state that a model can come to.
#ifndef MAPFILE_TESTS_MODEL_EXPLORER_H_
#define MAPFILE_TESTS_MODEL_EXPLORER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <vector>

#include "lib/base/hash.h"

namespace mapfile::model {

// What was found, and how large the search was.
struct Report {
  std::string fault;               // The first one; empty: none
  std::vector<std::string> steps;  // That lead to it
  std::uint64_t states = 0;
  std::uint64_t ends = 0;  // States in which nobody can go on
};

// M is a model: M::State, of bytes without padding;
//   void Next(const State&, Add add): calls add(state, step, fault) for each
//     state that can follow; `fault` is empty where all is well;
//   std::string End(const State&): the fault of a state that none follows.
// States are remembered by a hash of 64 bits: among a few million, one is
// overlooked with a probability below one in a million.
template <class M>
class Explorer {
 public:
  using State = typename M::State;
  static_assert(std::has_unique_object_representations_v<State>);

  explicit Explorer(M& model) : model_(model) {}

  Report Run(const State& start) {
    Visit(start);
    return std::move(report_);
  }

 private:
  bool IsNew(const State& state) {
    const std::string_view bytes(reinterpret_cast<const char*>(&state),
                                 sizeof(state));
    return seen_.insert(HashText(bytes, 0)).second;
  }

  void Visit(const State& state) {
    if (!report_.fault.empty() || !IsNew(state)) return;
    ++report_.states;
    bool is_end = true;
    model_.Next(state, [&](const State& next, const char* step,
                           std::string_view fault) {
      is_end = false;
      if (!report_.fault.empty()) return;
      path_.push_back(step);
      if (!fault.empty()) Found(fault);
      Visit(next);
      path_.pop_back();
    });
    if (!is_end) return;
    ++report_.ends;
    if (const std::string fault = model_.End(state); !fault.empty()) {
      if (report_.fault.empty()) Found(fault);
    }
  }

  void Found(std::string_view fault) {
    report_.fault = fault;
    report_.steps.assign(path_.begin(), path_.end());
  }

  M& model_;
  std::unordered_set<std::uint64_t> seen_;
  std::vector<const char*> path_;
  Report report_;
};

}  // namespace mapfile::model

#endif  // MAPFILE_TESTS_MODEL_EXPLORER_H_
