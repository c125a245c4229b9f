#include "remote/records.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "api/record_json.hpp"
#include "cli/entries.hpp"

namespace maru::cli {

namespace {

namespace json = boost::json;

// References come as "#17" (api::written_fields).
Result<std::int64_t> number_of(std::string_view, std::string_view written) {
    std::int64_t id = 0;
    const std::string_view digits = written.substr(written.starts_with('#') ? 1 : 0);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), id).ec == std::errc()) return id;
    return fail(ErrorKind::corrupt, {"サーバーの応答を読めません。", "the server's answer cannot be read"});
}

}  // namespace

void RemoteRecords::learn(const registers::Field& field, const json::value& value) {
    if (const auto* const items = value.if_array())
        for (const json::value& item : *items) learn(field, item);
    const auto* const reference = value.if_object();
    if (reference && reference->contains("id") && reference->contains("title"))
        titles_[{field.to, reference->at("id").to_number<std::int64_t>()}] =
            reference->at("title").as_string();
}

Result<registers::Record> RemoteRecords::read(const json::object& record) {
    registers::Record out;
    out.id = record.at("id").to_number<std::int64_t>();
    out.version = record.at("version").to_number<std::int64_t>();
    out.from_index = record.at("index").to_number<std::int64_t>();
    const json::object& fields = record.at("fields").as_object();
    const registers::WrittenFields written = TRY(api::written_fields(fields));
    for (const registers::Field& field : of_->fields) {
        const auto found = written.find(field.name);
        out.values.push_back(
            TRY(registers::parse_written(field, found == written.end() ? "" : found->second, number_of)));
        if (const json::value* const value = fields.if_contains(field.name)) learn(field, *value);
    }
    if (const json::value* const erased = record.if_contains("erased"))
        for (const auto& [name, entry] : erased->as_object())
            erased_[{out.id, out.version, std::string(name)}] = entry.to_number<std::int64_t>();
    return out;
}

registers::KeyOf RemoteRecords::titles() const {
    return [this](std::string_view to, std::int64_t id) {
        const auto found = titles_.find({std::string(to), id});
        return found == titles_.end() ? "#" + std::to_string(id) : found->second;
    };
}

std::vector<std::string> RemoteRecords::for_people(const registers::Record& record) const {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < of_->fields.size(); ++i) {
        const auto erased = erased_.find({record.id, record.version, of_->fields[i].name});
        out.push_back(erased != erased_.end() ? registers::tombstone(erased->second).in(language_)
                                              : registers::format_for_people(of_->fields[i], record.values[i],
                                                                             titles(), language_));
    }
    return out;
}

std::string RemoteRecords::name(const registers::Record& record) const {
    return retired_name(*of_, record, {titles(), registers::Tombstones(), language_});
}

}  // namespace maru::cli
