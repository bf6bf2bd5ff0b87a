// A flow network that is filled from its source one demand after the other, and never takes back what an
// earlier demand was given (Ford and Fulkerson; the demands met so are the lexicographically greatest).
#pragma once

#include <algorithm>
#include <cstdint>
#include <huoshui/core/assert.hpp>
#include <vector>

namespace huoshui::supply_chain::detail {

inline constexpr std::int64_t kUnbounded = std::int64_t{1} << 61;

class Network {
 public:
  using Node = std::uint32_t;
  static constexpr Node kSource = 0;

  explicit Network(std::size_t nodes) : first_(nodes + 1, 0), marks_(nodes), next_(nodes), dead_(nodes, 0) {}

  /// Add an arc and return its number. All arcs come before `seal`.
  std::uint32_t add(Node tail, Node head, std::int64_t capacity) {
    arcs_.push_back({tail, head, capacity, 0});
    return static_cast<std::uint32_t>(arcs_.size() - 1);
  }

  void seal() {
    // Of each node: first the arcs that come in, by number, then those that go out, over which flow that
    // came through can be called back. Straight ways to the source are tried first.
    for (const auto& arc : arcs_) {
      ++first_[arc.head + 1];
      ++first_[arc.tail + 1];
    }
    for (std::size_t n = 1; n < first_.size(); ++n) first_[n] += first_[n - 1];
    links_.resize(2 * arcs_.size());
    std::vector<std::uint32_t> fill(first_.begin(), first_.end() - 1);
    for (std::uint32_t a = 0; a < arcs_.size(); ++a) links_[fill[arcs_[a].head]++] = a << 1U;
    for (std::uint32_t a = 0; a < arcs_.size(); ++a) links_[fill[arcs_[a].tail]++] = a << 1U | 1U;
  }

  /// Bring up to `wanted` from the source to a node, where it leaves the network. Return what came.
  std::int64_t pull(Node node, std::int64_t wanted) {
    std::int64_t got = 0;
    while (got < wanted) {
      const auto more = search(node, wanted - got);
      if (more == 0) break;
      got += more;
    }
    return got;
  }

  [[nodiscard]] std::int64_t flow(std::uint32_t arc) const { return arcs_[arc].flow; }
  [[nodiscard]] std::int64_t room(std::uint32_t arc) const { return arcs_[arc].capacity - arcs_[arc].flow; }

  /// Between `begin_trial` and `undo` every change is noted, and then taken back.
  void begin_trial() { trial_ = true; }
  void undo() {
    for (auto step = noted_.rbegin(); step != noted_.rend(); ++step) arcs_[step->arc].flow -= step->change;
    noted_.clear();
    trial_ = false;
  }

  /// Tell which nodes more flow could be brought to, from the source.
  [[nodiscard]] std::vector<char> reached() const {
    return spread({kSource}, [&](std::uint32_t link) {
      const auto& arc = arcs_[link >> 1U];
      return (link & 1U) == 0 ? arc.flow : arc.capacity - arc.flow;
    });
  }
  /// Tell which nodes more flow could be brought from, to one of these.
  [[nodiscard]] std::vector<char> reaching(const std::vector<Node>& ends) const {
    return spread(ends, [&](std::uint32_t link) { return room_of(link); });
  }

  [[nodiscard]] std::uint64_t augmentations() const { return augmentations_; }
  [[nodiscard]] std::uint64_t visits() const { return visits_; }

 private:
  struct Arc {
    Node tail, head;
    std::int64_t capacity, flow;
  };
  struct Note {
    std::uint32_t arc;
    std::int64_t change;
  };
  struct Mark {
    std::uint32_t seen = 0;     // the search that stands on the node or has given it up
    std::uint32_t started = 0;  // the search that next_ belongs to
  };

  template <typename Room>
  [[nodiscard]] std::vector<char> spread(std::vector<Node> queue, Room&& room) const {
    std::vector<char> seen(marks_.size(), 0);
    for (const auto node : queue) seen[node] = 1;
    while (!queue.empty()) {
      const auto at = queue.back();
      queue.pop_back();
      for (auto i = first_[at]; i < first_[at + 1]; ++i) {
        const auto other = beyond(links_[i]);
        if (seen[other] != 0 || room(links_[i]) == 0) continue;
        seen[other] = 1;
        queue.push_back(other);
      }
    }
    return seen;
  }

  [[nodiscard]] std::int64_t room_of(std::uint32_t link) const {
    const auto& arc = arcs_[link >> 1U];
    return (link & 1U) == 0 ? arc.capacity - arc.flow : arc.flow;
  }
  [[nodiscard]] Node beyond(std::uint32_t link) const {
    const auto& arc = arcs_[link >> 1U];
    return (link & 1U) == 0 ? arc.tail : arc.head;
  }
  void push(std::uint32_t link, std::int64_t amount) {
    const auto change = (link & 1U) == 0 ? amount : -amount;
    arcs_[link >> 1U].flow += change;
    if (trial_) noted_.push_back({link >> 1U, change});
  }
  void enter(Node node) {
    auto& mark = marks_[node];
    mark.seen = search_;
    if (mark.started != search_) {
      mark.started = search_;
      next_[node] = first_[node];
      visited_.push_back(node);
      ++visits_;
    }
  }

  /// Depth first from the node back to the source. A node that leads nowhere is not tried again in this
  /// search; what it misses by that, the next search finds. One that finds nothing has seen all there is.
  std::int64_t search(Node start, std::int64_t wanted) {
    if (dead_[start] != 0) return 0;
    ++search_;
    path_.clear();
    visited_.clear();
    std::int64_t got = 0;
    Node at = start;
    enter(at);
    while (true) {
      if (at == kSource) {
        std::int64_t amount = wanted - got;
        for (const auto link : path_) amount = std::min(amount, room_of(link));
        for (const auto link : path_) push(link, amount);
        got += amount;
        ++augmentations_;
        if (got == wanted) break;
        // Back to before the first arc that is full now; what stood behind it may be tried again.
        std::size_t keep = 0;
        while (room_of(path_[keep]) > 0) ++keep;
        for (std::size_t i = keep; i < path_.size(); ++i) marks_[beyond(path_[i])].seen = 0;
        path_.resize(keep);
        at = path_.empty() ? start : beyond(path_.back());
        continue;
      }
      const auto end = first_[at + 1];
      auto& next = next_[at];
      while (next < end) {
        const auto link = links_[next];
        const auto other = beyond(link);
        if (room_of(link) > 0 && dead_[other] == 0 && marks_[other].seen != search_) break;
        ++next;
      }
      if (next < end) {
        path_.push_back(links_[next]);
        at = beyond(links_[next]);
        enter(at);
      } else if (path_.empty()) {
        break;
      } else {
        path_.pop_back();
        at = path_.empty() ? start : beyond(path_.back());
      }
    }
    // What cannot be reached from the source never can be again: later flows stay among what can.
    if (got == 0 && !trial_) {
      for (const auto node : visited_) dead_[node] = 1;
    }
    return got;
  }

  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> first_, links_;
  std::vector<Mark> marks_;
  std::vector<std::uint32_t> next_;
  std::vector<char> dead_;
  std::vector<std::uint32_t> path_;
  std::vector<Node> visited_;
  std::vector<Note> noted_;
  std::uint32_t search_ = 0;
  bool trial_ = false;
  std::uint64_t augmentations_ = 0, visits_ = 0;
};

}  // namespace huoshui::supply_chain::detail
