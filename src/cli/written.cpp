// What people write as a record's fields, and what is said when it was recorded.
#include <fmt/core.h>

#include <iostream>

#include "cli/entries.hpp"
#include "cli/files.hpp"
#include "cli/json_fields.hpp"

namespace maru::cli {

Result<registers::WrittenFields> written_fields(const std::vector<std::string>& words) {
    if (words.size() == 1 && words[0] == "-") {
        return parse_json_fields(TRY(read_stream(std::cin)));
    }
    if (words.size() == 1 && trim(words[0]).starts_with('{')) return parse_json_fields(words[0]);
    registers::WrittenFields fields;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(
                ErrorKind::invalid,
                {"「" + word + "」は 項目=値 の形ではありません。例: name=山田（空の値は項目を空にします）",
                 "\"" + word +
                     "\" is not of the form field=value, e.g. name=山田 (an empty value empties the "
                     "field)."});
        if (!fields.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
            return fail(ErrorKind::invalid,
                        {word.substr(0, equals) + " が2回あります。1回だけ書いてください。",
                         word.substr(0, equals) + " is given twice; write it once."});
    }
    return fields;
}

std::string change_sentence(const Session& session, const registers::Register& of,
                            const registers::Change& change, const std::string& key) {
    const char* what = "";
    switch (change.kind) {
        case registers::Change::Kind::created: what = session.say("登録しました", "created"); break;
        case registers::Change::Kind::changed: what = session.say("変更しました", "changed"); break;
        case registers::Change::Kind::unchanged: what = session.say("変更はありません", "unchanged"); break;
        case registers::Change::Kind::retired:
            what = session.say("外しました（履歴は残ります）", "retired (its history stays)");
            break;
    }
    return fmt::format("{} {} (#{}, {} {}, {} {}): {}\n", of.label.in(session.common.language), key,
                       change.id, session.say("版", "version"), change.version,
                       session.say("変更記録", "entry"), change.index, what);
}

}  // namespace maru::cli
