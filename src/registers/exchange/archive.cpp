#include "exchange/archive.hpp"

#include <fmt/core.h>
#include <zip.h>

#include <array>

#include "exchange/messages.hpp"

namespace maru::registers {

namespace {

constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0";
constexpr zip_int64_t most_parts = 100'000;

// The library's own words are English only.
Text cause_of_zip(int code) {
    switch (code) {
        case ZIP_ER_NOZIP: return {"zip 形式ではない", "not in zip format"};
        case ZIP_ER_EOF:
        case ZIP_ER_READ:
        case ZIP_ER_SEEK:
        case ZIP_ER_TELL: return {"終わりがない", "its end is missing"};
        case ZIP_ER_CRC:
        case ZIP_ER_ZLIB:
        case ZIP_ER_COMPRESSED_DATA: return {"圧縮された内容が合わない", "the compressed data do not match"};
        case ZIP_ER_COMPNOTSUPP: return {"圧縮方式が不明", "unknown compression"};
        case ZIP_ER_ENCRNOTSUPP:
        case ZIP_ER_NOPASSWD:
        case ZIP_ER_WRONGPASSWD: return {"パスワード付き", "protected by a password"};
        case ZIP_ER_INCONS:
        case ZIP_ER_MULTIDISK: return {"目次が合わない", "its directory does not match"};
        case ZIP_ER_NOENT: return {"部品がない", "a part is missing"};
        default: return {fmt::format("zip の誤り {}", code), fmt::format("zip error {}", code)};
    }
}

Text damaged(const Text& detail) {
    return {fmt::format(
                "xlsx ファイルが壊れているか、途中で切れています（{}）。元のファイルを保存し直してください。",
                detail.ja),
            fmt::format("the xlsx file is damaged or cut off ({}); save the original again", detail.en)};
}

Text damaged_part(const std::string& part, int code) {
    const Text cause = cause_of_zip(code);
    return damaged({part + ": " + cause.ja, part + ": " + cause.en});
}

Text not_modern() {
    return {
        "パスワード付きか、古い形式（.xls）のファイルです。パスワードなしの .xlsx で保存し直してください。",
        "the file is protected by a password or in the old .xls format; save it as .xlsx without a password"};
}

Result<zip_t*> open_archive(std::string_view bytes) {
    zip_error_t error{};
    zip_error_init(&error);
    zip_source_t* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* const archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
    const Text detail = cause_of_zip(zip_error_code_zip(&error));
    if (archive == nullptr && source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    if (archive == nullptr) return fail(ErrorKind::invalid, damaged(detail));
    return archive;
}

}  // namespace

void Archive::Closer::operator()(void* archive) const { zip_discard(static_cast<zip_t*>(archive)); }

Result<Archive> Archive::open(std::string_view bytes, std::uint64_t budget) {
    if (bytes.starts_with(compound_file)) return fail(ErrorKind::invalid, not_modern());
    Archive archive(TRY(open_archive(bytes)), budget);
    if (zip_get_num_entries(static_cast<zip_t*>(archive.archive_.get()), 0) > most_parts)
        return fail(ErrorKind::invalid, damaged({"部品が多すぎる", "too many parts"}));
    return archive;
}

Result<void> Archive::stream(const std::string& part,
                             const std::function<Result<void>(std::string_view)>& visit) {
    auto* const archive = static_cast<zip_t*>(archive_.get());
    zip_file_t* const opened = zip_fopen(archive, part.c_str(), ZIP_FL_NOCASE);
    if (opened == nullptr) {
        const int code = zip_error_code_zip(zip_get_error(archive));
        return fail(code == ZIP_ER_NOENT ? ErrorKind::not_found : ErrorKind::invalid,
                    damaged_part(part, code));
    }
    const auto closer = [](zip_file_t* file) { zip_fclose(file); };
    const std::unique_ptr<zip_file_t, decltype(closer)> file(opened, closer);
    std::array<char, 65536> buffer{};
    for (;;) {
        const zip_int64_t size = zip_fread(file.get(), buffer.data(), buffer.size());
        if (size < 0)
            return fail(ErrorKind::invalid,
                        damaged_part(part, zip_error_code_zip(zip_file_get_error(file.get()))));
        if (size == 0) return {};
        if (static_cast<std::uint64_t>(size) > left_) return fail(ErrorKind::invalid, too_much_text(budget_));
        left_ -= static_cast<std::uint64_t>(size);
        TRY(visit(std::string_view(buffer.data(), static_cast<std::size_t>(size))));
    }
}

Result<std::string> Archive::read(const std::string& part) {
    std::string content;
    TRY(stream(part, [&](std::string_view chunk) -> Result<void> {
        content += chunk;
        return {};
    }));
    return content;
}

}  // namespace maru::registers
