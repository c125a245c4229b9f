#include "identity/access_record.hpp"

#include <fmt/core.h>

#include <charconv>

#include "crypto/hash.hpp"
#include "ledger/log.hpp"

namespace maru::identity {

namespace {

// "3-7,12": runs of numbers in the order in which they stand.
template <class Number>
std::string runs_of(const std::vector<Number>& numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t end = i + 1;
        while (end < numbers.size() && numbers[end] == numbers[end - 1] + 1) ++end;
        if (!out.empty()) out.push_back(',');
        out += std::to_string(numbers[i]);
        if (end - i > 1) out += "-" + std::to_string(numbers[end - 1]);
        i = end;
    }
    return out;
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool plain = !text.empty() && text.front() >= '0' && text.front() <= '9';
    if (error != std::errc() || end != text.data() + text.size() || !plain) return std::nullopt;
    return out;
}

constexpr std::int64_t most_numbers = 1'000'000;

template <class Number>
std::optional<std::vector<Number>> numbers_of(std::string_view text) {
    std::vector<Number> out;
    if (text.empty()) return out;
    for (const std::string& run : split(text, ',')) {
        const std::size_t dash = run.find('-');
        const auto first = number_of(std::string_view(run).substr(0, dash));
        const auto last =
            dash == std::string::npos ? first : number_of(std::string_view(run).substr(dash + 1));
        if (!first || !last || *last < *first || *last - *first > most_numbers) return std::nullopt;
        if (std::ssize(out) + (*last - *first) > most_numbers) return std::nullopt;
        if (!std::in_range<Number>(*last)) return std::nullopt;
        for (std::int64_t n = *first; n <= *last; ++n) out.push_back(static_cast<Number>(n));
    }
    return out;
}

std::unexpected<Error> damaged_line(std::string_view text) {
    return fail(ErrorKind::corrupt,
                {fmt::format("閲覧記録の行を読めません: {}", text.substr(0, 100)),
                 fmt::format("this is no line of the access record: {}", text.substr(0, 100))});
}

struct Batch {
    std::int64_t number, first, last, entry;
    Hash commitment;
    bool sealed;
};

Result<std::vector<Batch>> batches_of(store::Database& access) {
    std::vector<Batch> out;
    store::Statement query = TRY(
        access.prepare("select number, first, last, commitment, entry from access_batch order by number"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return out;
        Batch batch{row->integer(0), row->integer(1), row->integer(2), row->integer(4), {}, !row->is_null(4)};
        const ByteView stored = row->blob(3);
        if (stored.size() == batch.commitment.size())
            std::copy(stored.begin(), stored.end(), batch.commitment.begin());
        out.push_back(batch);
    }
}

struct AccessEntry {
    std::int64_t index;
    std::optional<Hash> commitment;
};

Result<std::vector<AccessEntry>> entries_of(store::Database& ledger) {
    std::vector<AccessEntry> out;
    store::Statement query = TRY(ledger.prepare("select idx, body from entry order by idx"));
    for (;;) {
        const auto row = TRY(query.step());
        if (!row) return out;
        const ByteView body = row->blob(1);
        const std::string_view text(reinterpret_cast<const char*>(body.data()), body.size());
        if (!text.contains(R"("kind":"access")")) continue;
        const ledger::Entry entry = TRY(ledger::decode(text));
        if (entry.kind == "access") out.push_back({row->integer(0), entry.commitment});
    }
}

Result<std::vector<std::string>> lines_between(store::Database& access, std::int64_t first,
                                               std::int64_t last) {
    std::vector<std::string> lines;
    store::Statement* query = TRY(access.cached(
        "select at, who, register, records, fields, request from access_line where number between ? and ? "
        "order by number"));
    query->bind(1, first).bind(2, last);
    for (;;) {
        const auto row = TRY(query->step());
        if (!row) return lines;
        lines.push_back(
            fmt::format("{}\t{}\t{}\t{}\t{}\t{}",
                        format_instant_milliseconds(Instant(std::chrono::milliseconds(row->integer(0)))),
                        row->text(1), row->text(2), row->text(3), row->text(4), row->text(5)));
    }
}

Text fault_of(const Batch& batch, std::string_view ja, std::string_view en) {
    return {fmt::format("閲覧記録のまとまり {}（行 {}〜{}、変更 {}）: {}", batch.number, batch.first,
                        batch.last, batch.entry, ja),
            fmt::format("batch {} of the access record (lines {} to {}, entry {}): {}", batch.number,
                        batch.first, batch.last, batch.entry, en)};
}

// What is wrong with a sealed batch; nothing when all is well.
Result<std::optional<Text>> fault_in(store::Database& access, const Batch& batch,
                                     const std::vector<AccessEntry>& entries) {
    const auto lines = TRY(lines_between(access, batch.first, batch.last));
    const auto entry = std::ranges::find(entries, batch.entry, &AccessEntry::index);
    if (entry == entries.end())
        return fault_of(batch, "変更記録簿にその記録がありません", "the ledger has no such entry");
    if (std::ssize(lines) != batch.last - batch.first + 1)
        return fault_of(batch, "行が足りません", "lines are missing");
    if (entry->commitment != commitment_of(lines))
        return fault_of(batch, "行が変更記録簿と合いません。書き換えられています",
                        "the lines are not those that the ledger's entry sealed");
    return std::nullopt;
}

Result<std::int64_t> lines_after(store::Database& access, std::int64_t last) {
    store::Statement* query = TRY(access.cached("select count(*) from access_line where number > ?"));
    const auto row = TRY(query->bind(1, last).step());
    const std::int64_t count = row->integer(0);
    query->reset();
    return count;
}

}  // namespace

std::string encode(const AccessLine& line) {
    return fmt::format("{}\t{}\t{}\t{}\t{}\t{}", format_instant_milliseconds(line.at), line.who,
                       line.register_name, runs_of(line.records), runs_of(line.fields), line.request);
}

Result<AccessLine> decode_access_line(std::string_view text) {
    const std::vector<std::string> parts = split(text, '\t');
    if (parts.size() != 6 || !is_utf8(text) || text.contains('\n')) return damaged_line(text);
    const auto at = parse_instant(parts[0]);
    auto records = numbers_of<std::int64_t>(parts[3]);
    auto fields = numbers_of<int>(parts[4]);
    if (!at || !records || !fields) return damaged_line(text);
    AccessLine line{*at, parts[1], parts[2], std::move(*records), std::move(*fields), parts[5]};
    if (encode(line) != text) return damaged_line(text);
    return line;
}

Hash commitment_of(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) (all += line) += '\n';
    return crypto::sha256(as_bytes(all));
}

Result<AccessVerification> verify_access_record(store::Database& access, store::Database& ledger) {
    AccessVerification out;
    const std::vector<Batch> batches = TRY(batches_of(access));
    const std::vector<AccessEntry> entries = TRY(entries_of(ledger));
    std::int64_t next = 1;
    for (const Batch& batch : batches) {
        if (batch.first != next)
            out.faults.push_back(
                fault_of(batch, "前のまとまりと続いていません", "does not follow the one before"));
        next = batch.last + 1;
        if (!batch.sealed) {
            out.unsealed += batch.last - batch.first + 1;
            continue;
        }
        ++out.batches;
        if (auto fault = TRY(fault_in(access, batch, entries)))
            out.faults.push_back(std::move(*fault));
        else
            out.lines += batch.last - batch.first + 1;
    }
    out.unsealed += TRY(lines_after(access, next - 1));
    for (const AccessEntry& entry : entries)
        if (std::ranges::none_of(batches, [&](const Batch& b) { return b.sealed && b.entry == entry.index; }))
            out.faults.push_back({fmt::format("変更 {}: 封をした閲覧記録がありません", entry.index),
                                  fmt::format("entry {}: the lines that it sealed are gone", entry.index)});
    return out;
}

}  // namespace maru::identity
