// Reading the line formats of C2SP: lines, decimals, hashes, and errors that name the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "ledger/proof.hpp"

namespace maru::ledger {

inline constexpr std::uint64_t max_size = (std::uint64_t{1} << 63) - 1;

// invalid: "line 3: …" / "3行目: …".
std::unexpected<Error> fail_at(std::size_t line, const Text& message);
Error at_line(std::size_t line, Error error);

// Takes lines that end in a newline off a text.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}
    bool empty() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }
    std::size_t number() const { return number_; }  // of the line taken last, from 1
    // The next line without its newline. invalid at the end of the text, or when the last line has no
    // newline.
    Result<std::string_view> next();

private:
    std::string_view rest_;
    std::size_t number_ = 0;
};

// Decimal without leading zeros and sign, below 2^63; nullopt otherwise.
std::optional<std::uint64_t> parse_decimal(std::string_view text);
// 32 bytes of base64.
Result<Hash> parse_hash(std::string_view text);

// Lines of hashes up to an empty line, which is taken too. At most max_proof of them.
Result<Proof> read_proof(Lines& lines);
// Says that the line an error names is one of the checkpoint inside.
Error in_checkpoint(Error error);

// A decimal after "<word> ", such as "index 12".
Result<std::uint64_t> parse_numbered(std::string_view word, std::string_view line);

}  // namespace maru::ledger
