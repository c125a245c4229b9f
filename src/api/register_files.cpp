#include "api/register_files.hpp"

#include <fmt/core.h>

#include "store/files.hpp"

namespace maru::api {

using registers::FileFormat;

const Parameter format_parameter{"format", "csv (taken when left out), tsv or xlsx"};

Result<FileFormat> format_of(const Call& call) {
    const std::string written = call.parameter("format");
    if (written.empty() || written == "csv") return FileFormat::csv;
    if (written == "tsv") return FileFormat::tsv;
    if (written == "xlsx") return FileFormat::xlsx;
    return fail(ErrorKind::invalid, {"パラメータ format: csv、tsv、xlsx のどれかを指定してください。",
                                     "parameter format: one of csv, tsv, xlsx"});
}

Result<std::string> content_of(const Call& call) {
    if (!call.request.body_file) return call.request.body;
    const Bytes bytes = TRY(store::read_file(*call.request.body_file, largest_upload));
    return std::string(bytes.begin(), bytes.end());
}

std::unexpected<Error> needs_all(const registers::Register& of, const Text& what) {
    return fail(ErrorKind::forbidden, {fmt::format("「{}」全体を{}権限がありません。", of.label.ja, what.ja),
                                       fmt::format("you may not {} all of {}", what.en, of.name)});
}

}  // namespace maru::api
