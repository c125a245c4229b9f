#include "api/erasure_json.hpp"

#include <fmt/core.h>

#include <boost/json.hpp>

#include "crypto/hash.hpp"
#include "registers/handed_out.hpp"

namespace maru::api {

namespace {

namespace json = boost::json;
using registers::ErasurePlan;

json::object place(const Call& call, const registers::Register& of, std::int64_t record,
                   const std::string& key) {
    return {{"register", of.name}, {"label", of.label.in(call.language)}, {"id", record}, {"key", key}};
}

json::array notes(const Call& call, const std::vector<registers::RecordNote>& all) {
    json::array out;
    for (const registers::RecordNote& one : all) {
        json::object note = one.of ? place(call, *one.of, one.record, one.key) : json::object();
        note["message"] = one.message.in(call.language);
        note["todo"] = one.todo.in(call.language);
        out.push_back(std::move(note));
    }
    return out;
}

json::array kept(const Call& call, const ErasurePlan& plan) {
    json::array out;
    for (const registers::Kept& one : plan.kept) {
        json::object item = place(call, *one.of, one.record, one.key);
        json::array fields;
        for (const registers::Field* field : one.fields) fields.emplace_back(field->label.in(call.language));
        item["fields"] = std::move(fields);
        item["basis"] = one.basis.in(call.language);
        item["source"] = one.source;
        if (one.until) item["until"] = one.until->iso();
        out.push_back(std::move(item));
    }
    return out;
}

json::array going(const Call& call, const ErasurePlan& plan) {
    json::array out;
    for (const registers::Going& one : plan.going) {
        json::object item = place(call, *one.of, one.record, one.key);
        json::array fields;
        for (const std::string& name : one.fields) {
            const registers::Field* const field = one.of->field(name);
            fields.emplace_back(field ? field->label.in(call.language) : name);
        }
        item["fields"] = std::move(fields);
        item["values"] = one.values;
        out.push_back(std::move(item));
    }
    return out;
}

json::array mentions(const Call& call, const ErasurePlan& plan) {
    json::array out;
    for (const registers::Mention& one : plan.mentions) {
        json::object item = place(call, *one.of, one.record, one.key);
        item["field"] = one.field ? one.field->label.in(call.language)
                                  : call.say("外した理由など", "reason of the retirement");
        item["found"] = one.found;
        item["sure"] = one.is_sure;
        item["current"] = one.is_current;
        out.push_back(std::move(item));
    }
    return out;
}

// Files that were written with the organisation's data, as far as known, stand with the copies.
json::array copies(const Call& call, const ErasurePlan& plan) {
    json::array out = notes(call, plan.copies);
    for (const registers::HandedOut& one : registers::handed_out(call.site.folder()))
        out.push_back(json::object{
            {"message", fmt::format("{}{} ({}, {})", call.say("書き出したファイル: ", "file written: "),
                                    one.path, one.what, one.at)},
            {"todo", ""}});
    return out;
}

}  // namespace

json::object json_of(const Call& call, const ErasurePlan& plan) {
    json::object out{{"person", plan.person},
                     {"name", plan.name},
                     {"blockers", notes(call, plan.blockers)},
                     {"kept", kept(call, plan)},
                     {"going", going(call, plan)},
                     {"values", plan.values},
                     {"attachments", plan.attachments},
                     {"sharedAttachments", plan.shared_attachments},
                     {"references", plan.references},
                     {"mentions", mentions(call, plan)},
                     {"copies", copies(call, plan)}};
    if (plan.erased_by) out["erasedBy"] = *plan.erased_by;
    return out;
}

std::string hash_of(const ErasurePlan& plan) {
    std::string text =
        fmt::format("maru-erasure-plan-v1\n{} {} {}\n", plan.person, plan.values, plan.attachments);
    for (const auto& one : plan.blockers)
        text += fmt::format("blocker {} {}\n", one.of ? one.of->name : "", one.record);
    for (const auto& one : plan.kept) {
        text += fmt::format("kept {} {} {}", one.of->name, one.record, one.until ? one.until->iso() : "-");
        for (const auto* field : one.fields) text += " " + field->name;
        text += "\n";
    }
    for (const auto& one : plan.going)
        text +=
            fmt::format("going {} {} {} {}\n", one.of->name, one.record, one.values, join(one.fields, " "));
    return hex(crypto::sha256(as_bytes(text)));
}

json::object json_of(const Call& call, const registers::ErasureDone& done,
                     const registers::Residue& residue) {
    json::array open, places;
    for (const Text& text : done.open) open.emplace_back(text.in(call.language));
    for (const auto& one : residue.places)
        places.push_back(json::object{{"file", one.file.filename().string()}, {"value", one.word}});
    return {{"entry", done.entry},
            {"values", done.values},
            {"attachments", done.attachments},
            {"open", std::move(open)},
            {"searched", json::object{{"files", residue.files},
                                      {"bytes", residue.bytes},
                                      {"unread", residue.unread.size()},
                                      {"found", std::move(places)}}}};
}

json::object json_of(const registers::PastErasure& past) {
    json::object out{{"entry", past.entry},       {"person", past.person}, {"requested", past.requested},
                     {"executed", past.executed}, {"basis", past.basis},   {"values", past.values}};
    if (past.replays) out["replays"] = *past.replays;
    return out;
}

}  // namespace maru::api
