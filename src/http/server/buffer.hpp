// Bytes that were read and not yet taken.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace maru::http {

class Buffer {
public:
    static constexpr std::size_t small = 2048;  // what an idle connection keeps

    std::string_view unread() const { return {bytes_.get() + begin_, end_ - begin_}; }
    void take(std::size_t n) {
        begin_ += n;
        if (begin_ == end_) begin_ = end_ = 0;
    }

    // Room for at least one more byte; grows up to `most` bytes. Empty when there is none.
    std::span<char> room(std::size_t most) {
        if (begin_ > 0 && end_ == capacity_) move_to(capacity_);
        if (end_ == capacity_ && capacity_ < most) move_to(std::min(std::max(small, capacity_ * 2), most));
        return {bytes_.get() + end_, capacity_ - end_};
    }
    void added(std::size_t n) { end_ += n; }

    // What a large request needed is given back.
    void shrink() {
        if (begin_ == end_ && capacity_ > small) *this = Buffer();
    }

private:
    void move_to(std::size_t capacity) {
        auto bytes = capacity == capacity_ ? nullptr : std::make_unique_for_overwrite<char[]>(capacity);
        char* const target = bytes ? bytes.get() : bytes_.get();
        if (end_ > begin_) std::memmove(target, bytes_.get() + begin_, end_ - begin_);
        if (bytes) bytes_ = std::move(bytes);
        end_ -= begin_;
        begin_ = 0;
        capacity_ = capacity;
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace maru::http
