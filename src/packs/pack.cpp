#include "packs/pack.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <system_error>

#include "contents/evidence.hpp"
#include "contents/period.hpp"
#include "contents/selection.hpp"
#include "crypto/hash.hpp"
#include "files/names.hpp"
#include "files/zip_writer.hpp"
#include "ledger/stored_tiles.hpp"
#include "ledger/stored_timestamps.hpp"
#include "ledger/tile.hpp"
#include "packs/manifest.hpp"
#include "packs/prover.hpp"
#include "page/page.hpp"
#include "sheets/render.hpp"
#include "store/files.hpp"

namespace maru::packs {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_asset = 1 << 20;
constexpr std::array texts_to_copy{"check-receipt.py", "tlog-check.go"};  // of catalog/pack into verify/

Bytes bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

Result<std::string> read_text(const fs::path& file) {
    const Bytes bytes = TRY(store::read_file(file, largest_asset));
    return std::string(bytes.begin(), bytes.end());
}

// The files, in the order of their names.
class Files {
public:
    void add(std::string path, Bytes bytes) {
        const std::size_t size = bytes.size();
        add_lazily(std::move(path), [bytes = std::move(bytes)]() -> Result<Bytes> { return bytes; });
        files_.back().size = size;
    }
    void add(std::string path, std::string_view text) { add(std::move(path), bytes_of(text)); }
    void add_lazily(std::string path, std::function<Result<Bytes>()> content) {
        files_.push_back({std::move(path), std::move(content), 0});
    }
    // Adds the manifest of what is there, and its signature.
    Result<void> seal(std::uint64_t log_size, const ledger::SigningKey& key, const Begun& begun) {
        Manifest manifest;
        std::size_t count = 0;
        for (PackFile& file : files_) {
            begun(++count);
            if (!is_pack_name(file.path)) return no_name(file.path);
            const Bytes content = TRY(file.content());
            file.size = content.size();
            manifest[file.path] = crypto::sha256(content);
        }
        const std::string text = to_text(manifest);
        add(std::string(manifest_name), text);
        add(std::string(signature_name), sign_manifest({log_size, crypto::sha256(as_bytes(text))}, key));
        std::ranges::sort(files_, {}, &PackFile::path);
        return {};
    }
    const std::vector<PackFile>& all() const { return files_; }

private:
    // Whoever named a folder of the catalog may not have thought of packs.
    static std::unexpected<Error> no_name(const std::string& path) {
        return fail(ErrorKind::invalid,
                    {fmt::format("パックに {} という名前のファイルは入れられません。A-Z a-z 0-9 . _ - "
                                 "だけの名前にしてください。",
                                 path),
                     fmt::format("a pack cannot hold a file named {}; use A-Z a-z 0-9 . _ - only", path)});
    }

    std::vector<PackFile> files_;
};

class Maker {
public:
    Maker(PackInput& input, const PackOptions& options) : input_(input), options_(options) {}

    Result<PackSummary> run(const fs::path& file) {
        TRY(choose());
        TRY(add_log());
        TRY(add_receipts());
        TRY(add_time_stamps());
        for (const Attachment& one : evidence_.files) add_attachment(one);
        TRY(add_sheets(input_.first.sheet, "first", file));
        TRY(add_sheets(input_.last.sheet, "last", file));
        for (const auto& definition : TRY(checks::definitions(input_.catalog)))
            files_.add("definitions/" + definition.path, definition.text);
        TRY(add_texts());
        TRY(pack(file));
        return summary(file);
    }

private:
    std::uint64_t size() const { return input_.checkpoint.checkpoint.size; }

    // Every file is read twice: for its hash, and into the archive.
    Result<void> pack(const fs::path& file) {
        const std::size_t total = files_.all().size();
        const auto hashed = [&](std::size_t begun) { options_.progress(begun, 2 * total); };
        const auto packed = [&](std::size_t begun) {
            options_.progress(std::min(total + begun, 2 * total), 2 * total);
        };
        TRY(files_.seal(size(), input_.key, hashed));
        return store::replace_file(
            file, [&](const fs::path& made) { return write_zip(made, files_.all(), packed); });
    }

    Result<void> choose() {
        needs_ = TRY(needs_of(input_.library, input_.schema, options_.items));
        selection_ = TRY(select_records(input_.last, needs_, options_.records));
        evidence_ = TRY(evidence_of(selection_, input_.secrets.blobs, options_.evidence_bytes));
        period_ = TRY(entries_between(input_.last.reader, options_.from, options_.to));
        return {};
    }

    Result<void> add_log() {
        store::Database& database = input_.last.reader;
        files_.add("log/checkpoint", TRY(ledger::published_note(database, input_.checkpoint)));
        const ledger::VerifierKey key = input_.key.verifier();
        files_.add("keys/log.vkey", ledger::to_text(key) + "\n");
        files_.add("keys/policy.txt", ledger::to_text(input_.policy));
        return ledger::for_each_tile(size(), [&](const ledger::Tile& tile) -> Result<void> {
            const std::string path = ledger::tile_path(tile);
            files_.add_lazily("log/" + path,
                              [&database, path] { return ledger::stored_file(database, path); });
            return {};
        });
    }

    Result<void> add_receipts() {
        Prover prover = TRY(Prover::open(input_.last.reader, input_.checkpoint));
        const DisclosureSource source{input_.last.reader, input_.secrets.keys};
        for (const ChosenRecord& chosen : selection_.records) {
            const std::string name = fmt::format("receipts/{}", chosen.record.from_index);
            files_.add(name + ".tlog-proof", ledger::to_text(TRY(prover.receipt(chosen.record.from_index))));
            const Disclosure disclosure =
                TRY(disclose(source, *chosen.need->of, chosen.record, chosen.need->fields));
            closed_ += !disclosure.fields;
            files_.add(name + ".json", to_json(disclosure));
        }
        return {};
    }

    // RFC 3161 tokens over the first three lines of checkpoints.
    Result<void> add_time_stamps() {
        store::Database& database = input_.last.reader;
        for (ledger::StoredTimestamp& stamp : TRY(ledger::all_timestamps(database))) {
            const auto stamped = TRY(ledger::checkpoint_of_size(database, stamp.size));
            if (stamp.size > size() || !stamped) continue;
            const std::string name = fmt::format("timestamps/{}", stamp.size);
            files_.add(name + ".body", ledger::to_text(stamped->checkpoint));
            files_.add(name + ".tsq", std::move(stamp.request));
            files_.add(name + ".tsr", std::move(stamp.response));
        }
        return {};
    }

    void add_attachment(const Attachment& one) {
        files_.add_lazily("evidence/" + hex(one.sha256),
                          [this, hash = one.sha256] { return input_.secrets.blobs.get(hash); });
    }

    // Of the chosen items alone.
    Result<void> add_sheets(const sheets::SheetReport& whole, const std::string& name,
                            const fs::path& beside) {
        sheets::SheetReport report = whole;
        std::erase_if(report.items, [&](const sheets::ItemReport& item) {
            return std::ranges::find(options_.items, item.item) == options_.items.end();
        });
        files_.add(fmt::format("sheets/{}.json", name), sheets::render_json(report));
        for (const auto& [language, suffix] :
             {std::pair(Language::ja, "ja"), std::pair(Language::en, "en")}) {
            const std::string path = fmt::format("sheets/{}-{}", name, suffix);
            files_.add(path + ".tsv",
                       sheets::render_delimited(report, sheets::Layout::verdicts, language, '\t'));
            files_.add(path + ".xlsx", TRY(workbook(report, language, beside)));
        }
        return {};
    }

    // The library writes to files only.
    static Result<Bytes> workbook(const sheets::SheetReport& report, Language language,
                                  const fs::path& beside) {
        const fs::path file = beside.string() + ".sheet.xlsx";
        const Result<void> written = sheets::write_xlsx(report, language, file);
        Result<Bytes> bytes =
            written ? store::read_file(file, largest_workbook) : std::unexpected(written.error());
        std::error_code ignored;
        fs::remove(file, ignored);
        return bytes;
    }

    Result<void> add_texts() {
        const fs::path folder = input_.catalog / "pack";
        const std::string style = TRY(read_text(folder / "page.css"));
        const std::string script = TRY(read_text(folder / "page.js"));
        files_.add("index.html",
                   page({input_, options_, selection_, evidence_, period_, closed_, style, script}));
        files_.add("VERIFY.md", verify_text(TRY(read_text(folder / "VERIFY.md"))));
        for (const char* name : texts_to_copy)
            files_.add(fmt::format("verify/{}", name), TRY(read_text(folder / name)));
        return {};
    }

    std::string verify_text(const std::string& sentences) const {
        const ledger::Checkpoint& checkpoint = input_.checkpoint.checkpoint;
        const std::int64_t example =
            selection_.records.empty() ? 0 : selection_.records.front().record.from_index;
        const std::map<std::string, std::string, std::less<>> values{
            {"organisation", input_.last.sheet.organisation},
            {"from", options_.from.iso()},
            {"to", options_.to.iso()},
            {"origin", checkpoint.origin},
            {"size", fmt::format("{}", checkpoint.size)},
            {"root", base64(checkpoint.root)},
            {"vkey", ledger::to_text(input_.key.verifier())},
            {"example", fmt::format("{}", example)},
            {"known", fmt::format("{}", input_.last.sheet.entries)}};
        return fill(sentences, [&](std::string_view name, std::string_view as_written) {
            const auto found = values.find(name);
            return found == values.end() ? std::string(as_written) : found->second;
        });
    }

    PackSummary summary(const fs::path& file) const {
        PackSummary out{
            size(), period_.end - period_.first, selection_.records.size(), 0, closed_, {}, {}, {}, {}};
        for (const RegisterCount& count : selection_.registers) out.all_records += count.total;
        out.evidence = evidence_.files.size();
        out.evidence_left_out = evidence_.missing + evidence_.too_much;
        out.files = files_.all().size();
        std::error_code ignored;
        out.bytes = fs::file_size(file, ignored);
        return out;
    }

    static constexpr std::uintmax_t largest_workbook = 256 << 20;
    PackInput& input_;
    const PackOptions& options_;
    std::vector<Need> needs_;
    Selection selection_;
    Evidence evidence_;
    Period period_;
    std::size_t closed_ = 0;
    Files files_;
};

}  // namespace

Result<PackSummary> write_pack(PackInput& input, const PackOptions& options, const fs::path& file) {
    return Maker(input, options).run(file);
}

}  // namespace maru::packs
