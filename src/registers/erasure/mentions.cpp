#include "erasure/mentions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <set>

#include "registers/records.hpp"
#include "tables/layout.hpp"

namespace maru::registers {

namespace {

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); }

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// After NFKC U+3000 is a space, too.
std::string without_spaces(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\t' && c != '\n') out += c;
    return out;
}

struct Word {
    std::string shown;
    std::string wanted;  // normalised
    bool is_ascii = false;
    bool is_sure = true;
};

Word word_of(const std::string& shown, bool is_sure) {
    const std::string normal = lower(normalize_compatibility(shown));
    const bool ascii = is_ascii(normal);
    return {shown, ascii ? std::string(trim(normal)) : without_spaces(normal), ascii, is_sure};
}

// "佐藤" of "佐藤 健一".
std::optional<std::string> family_name(const std::string& word) {
    const std::string normal = normalize_compatibility(word);
    const std::size_t space = normal.find(' ');
    if (is_ascii(normal) || space == std::string::npos) return std::nullopt;
    std::string family = normal.substr(0, space);
    return code_points(family) >= 2 ? std::optional(std::move(family)) : std::nullopt;
}

class Words {
public:
    explicit Words(const std::vector<std::string>& words) {
        std::set<std::string> weak;
        for (const std::string& word : words) {
            words_.push_back(word_of(word, true));
            if (const auto family = family_name(word)) weak.insert(*family);
        }
        for (const std::string& family : weak) words_.push_back(word_of(family, false));
    }

    const Word& operator[](std::int64_t at) const { return words_[static_cast<std::size_t>(at)]; }

    // The first word that stands in the text: sure ones come first.
    std::optional<std::int64_t> find(std::string_view text) const {
        const bool ascii = is_ascii(text);
        const std::string spaced = lower(ascii ? std::string(text) : normalize_compatibility(text));
        const std::string dense = ascii ? std::string() : without_spaces(spaced);
        for (std::size_t i = 0; i < words_.size(); ++i) {
            const Word& word = words_[i];
            const bool found = word.is_ascii ? stands_alone(spaced, word.wanted)
                                             : !ascii && dense.find(word.wanted) != std::string::npos;
            if (found) return static_cast<std::int64_t>(i);
        }
        return std::nullopt;
    }

private:
    // "goto" stands in "goto@example.jp", not in "gotoh".
    static bool stands_alone(std::string_view text, std::string_view word) {
        for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
            const bool before = at == 0 || !is_alphanumeric(text[at - 1]);
            const std::size_t end = at + word.size();
            if (before && (end == text.size() || !is_alphanumeric(text[end]))) return true;
        }
        return false;
    }

    std::vector<Word> words_;
};

// One text column, or the table of a list of texts.
struct Place {
    const Register* of = nullptr;
    const Field* field = nullptr;
    std::string sql;  // columns: record, whether current, word, subject or null
    bool is_personal = false;
};

class Search {
public:
    Search(store::Database& reader, const Schema& schema, const std::vector<About>& all,
           const std::vector<std::string>& words)
        : reader_(reader), schema_(schema), all_(all), words_(std::make_shared<Words>(words)) {}

    Result<std::vector<Mention>> run() {
        TRY(define_function());
        const Layout layout = TRY(read_layout(reader_));
        for (const Register& of : schema_.all())
            if (const auto stored = layout.find(of.number); stored != layout.end())
                TRY(search_register(of, stored->second));
        for (Mention& mention : out_)
            mention.key = natural_key_of(reader_, schema_, mention.of->name, mention.record);
        return std::move(out_);
    }

private:
    Result<void> define_function() {
        return reader_.define(
            "mentions", 1,
            [words = words_](std::span<const store::ValueView> arguments) -> Result<store::Value> {
                const auto* text = std::get_if<std::string_view>(arguments.data());
                const auto found = text ? words->find(*text) : std::nullopt;
                return found ? store::Value{*found} : store::Value{store::Null{}};
            });
    }

    Result<void> search_register(const Register& of, const StoredRegister& stored) {
        const std::string subject = subject_of(of, stored);
        for (const auto& [number, column] : stored.fields) {
            const std::string& type = column.storage;
            if (type != "text" && type != "mail" && type != "url" && type != "list(text)") continue;
            const auto field = std::ranges::find(of.fields, number, &Field::number);
            Place place{&of, field == of.fields.end() ? nullptr : &*field, sql_of(stored, column, subject),
                        false};
            place.is_personal = of.about_person() && (!place.field || place.field->personal);
            TRY(search(place));
        }
        return search({&of, nullptr, reasons_sql(of), false});
    }

    static std::string subject_of(const Register& of, const StoredRegister& stored) {
        if (!of.about_person()) return "null";
        if (of.subject == "id") return "id";
        const auto at = stored.fields.find(of.field(of.subject)->number);
        return at == stored.fields.end() ? "null" : store::quoted(at->second.name);
    }

    static std::string sql_of(const StoredRegister& stored, const StoredField& column,
                              const std::string& subject) {
        if (column.is_list())
            return fmt::format(
                "select record, to_index is null, mentions(value) as word, null from main.{} where word is "
                "not "
                "null order by record",
                store::quoted(stored.name + "_" + column.name + "_history"));
        return fmt::format(
            "select id, to_index is null, mentions({}) as word, {} from main.{} where word is not null order "
            "by id",
            store::quoted(column.name), subject, store::quoted(stored.name + "_history"));
    }

    static std::string reasons_sql(const Register& of) {
        return fmt::format(
            "select record, 0, mentions(reason) as word, null from main.retirement where register = {} and "
            "word "
            "is not null order by record",
            of.number);
    }

    Result<void> search(const Place& place) {
        store::Statement query = TRY(reader_.prepare(place.sql));
        while (const auto row = TRY(query.step())) {
            const Word& word = (*words_)[row->integer(2)];
            if (is_own(place, *row) || (place.is_personal && !word.is_sure)) continue;
            add(place, row->integer(0), row->integer(1) != 0, word);
        }
        return {};
    }

    // A personal value of the person, or of somebody else who has the same name.
    bool is_own(const Place& place, const store::Row& row) const {
        if (place.is_personal && !row.is_null(3)) return true;
        const bool untold = place.is_personal || !place.field;  // lists and reasons say not whose they are
        return untold && is_record_of_person(*place.of, row.integer(0));
    }

    bool is_record_of_person(const Register& of, std::int64_t id) const {
        for (const About& about : all_)
            if (about.of == &of)
                return std::ranges::find(about.records, id, &AboutRecord::id) != about.records.end();
        return false;
    }

    void add(const Place& place, std::int64_t record, bool is_current, const Word& word) {
        if (out_.empty() || out_.back().of != place.of || out_.back().record != record ||
            out_.back().field != place.field)
            out_.push_back({place.of, record, "", place.field, 0, false, false, word.shown});
        Mention& mention = out_.back();
        ++mention.versions;
        mention.is_current = mention.is_current || is_current;
        if (word.is_sure && !mention.is_sure) mention.found = word.shown;
        mention.is_sure = mention.is_sure || word.is_sure;
    }

    store::Database& reader_;
    const Schema& schema_;
    const std::vector<About>& all_;
    std::shared_ptr<Words> words_;
    std::vector<Mention> out_;
};

}  // namespace

bool stands_in(const std::vector<std::string>& words, std::string_view text) {
    const Words all(words);
    const auto found = all.find(text);
    return found && all[*found].is_sure;
}

Result<std::vector<Mention>> find_mentions(store::Database& reader, const Schema& schema,
                                           const std::vector<About>& all,
                                           const std::vector<std::string>& words) {
    if (words.empty()) return std::vector<Mention>{};
    return Search(reader, schema, all, words).run();
}

}  // namespace maru::registers
