#include "cli/output.hpp"

#include <ostream>

#include "cli/files.hpp"

namespace maru::cli {

bool is_file(const Output& output) { return !output.file.empty() && output.file != "-"; }

std::string format_of_output(const std::string& asked, const Output& output,
                             const std::vector<std::string>& known) {
    if (asked != "table") return asked;
    const std::string extension = output.file.extension().string();
    for (const std::string& format : known)
        if (extension == "." + format) return format;
    return asked;
}

Result<void> expect_free(const Output& output) {
    if (!is_file(output)) return {};
    return expect_writable(output.file, output.force ? Existing::replaced : Existing::kept);
}

Session for_output(const Session& session, const Output& output) {
    Session out = session;
    if (is_file(output)) out.colour = sheets::Colour::plain;
    return out;
}

Result<void> put_out(const Session& session, const Output& output, std::string_view text) {
    if (is_file(output)) return write_file(output.file, text);
    session.out << text;
    return {};
}

}  // namespace maru::cli
