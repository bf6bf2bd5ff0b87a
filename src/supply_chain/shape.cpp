#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <huoshui/supply_chain/shape.hpp>
#include <limits>
#include <numeric>
#include <utility>

namespace huoshui::supply_chain {
namespace {

/// Components of the graph buyer → holder, and the circles among them.
void find_components(const Chain& chain, Shape& shape) {
  const auto parties = chain.parties().size();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  edges.reserve(chain.claims().size());
  for (std::size_t c = 0; c < chain.claims().size(); ++c) {
    if (chain.buyer_of(c) != kNoRow) edges.emplace_back(chain.buyer_of(c), chain.holder_of(c));
  }
  using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                   boost::no_property, std::uint32_t, std::uint32_t>;
  const Graph graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(),
                    static_cast<std::uint32_t>(parties));
  shape.component.assign(parties, 0);
  const auto index = boost::get(boost::vertex_index, graph);
  shape.component_count = static_cast<std::uint32_t>(
      boost::strong_components(graph, boost::make_iterator_property_map(shape.component.begin(), index)));

  std::vector<std::uint32_t> size(shape.component_count, 0);
  for (const auto k : shape.component) ++size[k];
  std::vector<std::uint32_t> place(shape.component_count, kNoRow);
  for (std::uint32_t p = 0; p < parties; ++p) {
    const auto k = shape.component[p];
    if (size[k] < 2) continue;
    if (place[k] == kNoRow) {
      place[k] = static_cast<std::uint32_t>(shape.circles.size());
      shape.circles.emplace_back();
    }
    shape.circles[place[k]].push_back(p);
  }
}

/// Members of a circle count only what is left when their own debts to the circle are set off.
void set_off_circles(const Chain& chain, Shape& shape) {
  const auto claims = chain.claims();
  std::vector<std::int64_t> owed(chain.parties().size(), 0);
  shape.set_off.assign(claims.size(), 0);
  shape.set_off_open.assign(chain.parties().size(), 0);
  if (shape.circles.empty()) return;
  std::vector<std::uint32_t> inside;
  for (std::uint32_t c = 0; c < claims.size(); ++c) {
    const auto buyer = chain.buyer_of(c), holder = chain.holder_of(c);
    if (buyer == kNoRow || buyer == holder || shape.component[buyer] != shape.component[holder]) continue;
    inside.push_back(c);
    if (claims[c].amount) {
      owed[buyer] += *claims[c].amount;
    } else {
      shape.set_off_open[buyer] = 1;
    }
  }
  std::stable_sort(inside.begin(), inside.end(), [&](std::uint32_t a, std::uint32_t b) {
    // A claim without a due day could fall due first.
    const auto day = [&](std::uint32_t c) {
      return claims[c].due_day ? day_number(*claims[c].due_day) : std::numeric_limits<std::int64_t>::min();
    };
    return day(a) < day(b);
  });
  // Only claims that could count take a debt up: setting it off against a disputed one would free the others.
  for (const auto c : inside) {
    const auto& claim = claims[c];
    const auto& group = chain.parties()[chain.holder_of(c)].group;
    const bool one_group = !group.empty() && group == chain.parties()[chain.buyer_of(c)].group;
    if (!claim.amount || claim.disputed == Truth::yes || claim.related == Truth::yes || one_group ||
        claim.pledged_elsewhere == Truth::yes || shape.asset[c] != kNoRow)
      continue;
    auto& debt = owed[chain.holder_of(c)];
    shape.set_off[c] = std::min(debt, std::max<std::int64_t>(0, *claim.amount - claim.financed));
    debt -= shape.set_off[c];
  }
}

/// Claims that share a document are joined; what is joined to nothing is no double pledge.
void find_double_pledges(const Chain& chain, Shape& shape) {
  const auto claims = chain.claims();
  std::vector<std::pair<std::string, std::uint32_t>> papers;
  for (std::uint32_t c = 0; c < claims.size(); ++c) {
    for (const auto& document : claims[c].documents) {
      if (auto key = document_key(document); !key.empty()) papers.emplace_back(std::move(key), c);
    }
  }
  std::sort(papers.begin(), papers.end());
  std::vector<std::uint32_t> parent(claims.size());
  std::iota(parent.begin(), parent.end(), 0U);
  const auto root = [&](std::uint32_t c) {
    while (parent[c] != c) c = parent[c] = parent[parent[c]];
    return c;
  };
  for (std::size_t i = 1; i < papers.size(); ++i) {
    if (papers[i].first != papers[i - 1].first) continue;
    const auto a = root(papers[i - 1].second), b = root(papers[i].second);
    parent[std::max(a, b)] = std::min(a, b);  // the root is the lowest row
  }
  shape.asset.assign(claims.size(), kNoRow);
  for (std::uint32_t c = 0; c < claims.size(); ++c) {
    const auto r = root(c);
    if (r == c) continue;
    if (shape.asset[r] == kNoRow) {
      shape.asset[r] = static_cast<std::uint32_t>(shape.double_pledges.size());
      shape.double_pledges.push_back({r});
    }
    shape.asset[c] = shape.asset[r];
    shape.double_pledges[shape.asset[r]].push_back(c);
  }
}

}  // namespace

std::string document_key(std::string_view document) {
  std::string out;
  for (const char c : document) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
    out += 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

Shape shape_of(const Chain& chain) {
  Shape shape;
  find_components(chain, shape);
  find_double_pledges(chain, shape);
  set_off_circles(chain, shape);
  return shape;
}

}  // namespace huoshui::supply_chain
