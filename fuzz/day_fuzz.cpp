// A day that is read is in the calendar and is read back from its ISO form; a refusal explains itself
// shortly.
#include "core/day.hpp"
#include "core/text.hpp"
#include "require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace maru;
    const std::string_view text = text_of(data, size);
    const Result<Day> written = parse_written_day(text);
    if (written) {
        require(*written >= first_day() && *written <= forever(), "a day is in the calendar");
        const Result<Day> again = parse_iso_day(written->iso());
        require(again && *again == *written, "the ISO form is read back");
        require(written->plus_days(1).plus_days(-1) <= *written, "sums stay in the calendar");
    } else {
        require(!written.error().message.ja.empty() && !written.error().message.en.empty(), "both languages");
        require(written.error().message.ja.size() < 1000 || !is_utf8(text), "a refusal is short");
    }
    if (const Result<Day> iso = parse_iso_day(text)) {
        require(iso->iso() == text, "the ISO form is unique");
        require(written && *written == *iso, "an ISO day is a written day");
    }
    return 0;
}
