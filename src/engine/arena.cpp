#include <algorithm>

#include "engine/detail/reading.hpp"

namespace huoshui::engine {

void* Arena::take_bytes(std::size_t bytes) {
  const std::size_t wanted = (bytes + kAlign - 1) / kAlign * kAlign;
  while (chunk_ < chunks_.size() && used_ + wanted > chunks_[chunk_].size) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const std::size_t size = std::max(kChunk, wanted);
    chunks_.push_back({std::unique_ptr<std::byte, Free>(
                           static_cast<std::byte*>(::operator new (size, std::align_val_t{kAlign}))),
                       size});
  }
  void* out = chunks_[chunk_].bytes.get() + used_;
  used_ += wanted;
  return out;
}

}  // namespace huoshui::engine
