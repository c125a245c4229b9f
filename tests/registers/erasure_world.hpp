// An organisation whose people can be erased: register files with retention, blocks and copies, and a person
// with three years of history.
#pragma once

#include "sample_registers.hpp"

namespace maru::registers {

constexpr std::string_view retention_of_person = R"toml(
[[retention]]
basis = { ja = "労働者名簿の保存（労働基準法109条）", en = "roster of workers (Labour Standards Act art. 109)" }
source = "https://laws.e-gov.go.jp/law/322AC0000000049"
years = 3
from = ["left_on"]
fields = ["code", "name"]

[[erasure_block]]
person = "id"
where = "left_on is null or left_on > today()"
message = { ja = "退職していません", en = "still here" }
todo = { ja = "{code} の退職日を記録してください", en = "record the day on which {code} left" }
)toml";

constexpr std::string_view block_of_device = R"toml(
[[erasure_block]]
person = "holder"
message = { ja = "機器 {code} の利用者です", en = "holds {code}" }
todo = { ja = "返却を記録してください", en = "record its return" }

[[erasure_block]]
person = "admins"
message = { ja = "機器 {code} の管理者です", en = "administers {code}" }
todo = { ja = "外してください", en = "take the person off" }

[[copy]]
person = "holder"
note = { ja = "機器 {code}（{name}）の中のファイル", en = "files on {code} ({name})" }
)toml";

constexpr std::string_view pledge_register = R"toml(
number = 4
label = { ja = "誓約書台帳", en = "Pledges" }
help = { ja = "誓約書です。", en = "Pledges." }
key = ["person", "signed_on"]
title = "person"
subject = "person"
[[field]]
number = 1
name = "person"
type = "person"
label = { ja = "従業者", en = "Person" }
[[field]]
number = 2
name = "signed_on"
type = "date"
label = { ja = "署名日", en = "Signed on" }
[[field]]
number = 3
name = "paper"
type = "file"
personal = true
label = { ja = "誓約書", en = "Paper" }
[[field]]
number = 4
name = "names"
type = "list"
of = "text"
personal = true
label = { ja = "別名", en = "Other names" }
[[copy]]
note = { ja = "紙の原本（{signed_on}）", en = "paper original ({signed_on})" }
)toml";

constexpr std::string_view hold_register = R"toml(
number = 5
label = { ja = "保存義務の登録", en = "Retention holds" }
help = { ja = "契約や紛争のために残します。", en = "Keeps data for a contract or a dispute." }
key = ["code"]
title = "basis"
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "番号", en = "Code" }
[[field]]
number = 2
name = "person"
type = "person"
label = { ja = "従業者", en = "Person" }
[[field]]
number = 3
name = "basis"
type = "text"
label = { ja = "根拠", en = "Basis" }
[[field]]
number = 4
name = "registers"
type = "list"
of = "text"
label = { ja = "台帳", en = "Registers" }
[[field]]
number = 5
name = "until"
type = "date"
label = { ja = "期限", en = "Until" }
[hold]
person = "person"
registers = "registers"
basis = "basis"
until = "until"
)toml";

inline Files erasable_registers() {
    Files files = sample_registers();
    files["person"] = replaced(person_register, "en = \"Code\" }", "en = \"Code\" }\npersonal = true") +
                      std::string(retention_of_person);
    files["device"] += block_of_device;
    files["pledge"] = pledge_register;
    files["retention_hold"] = hold_register;
    return files;
}

inline std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The text as UTF-16 without a byte order mark.
inline std::string utf16(std::string_view utf8, bool big_endian) {
    std::string out;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : 3;
        unsigned unit = length == 1 ? lead : lead & (length == 2 ? 0x1f : 0x0f);
        for (std::size_t i = 1; i < length; ++i)
            unit = unit << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3f);
        const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xff);
        out += big_endian ? high : low;
        out += big_endian ? low : high;
        at += length;
    }
    return out;
}

// Files below the folder that hold one of the texts, in UTF-8 or UTF-16, with the text.
inline std::vector<std::string> places_of(const std::vector<std::string>& texts, const fs::path& folder) {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const std::string bytes = bytes_of(entry.path());
        for (const std::string& text : texts)
            for (const std::string& wanted : {text, utf16(text, false), utf16(text, true)})
                if (bytes.find(wanted) != std::string::npos)
                    found.push_back(entry.path().filename().string() + ": " + text);
    }
    return found;
}

class ErasureWorld : public OrganisationTest {
protected:
    void SetUp() override {
        environment_.anchors = temporary_.path() / "anchors";
        use(erasable_registers());
        ASSERT_TRUE(Organisation::create(home(), *schema_, environment_));
        open();
    }

    // Hanako left three years and some days before 2026-11-23; two colleagues stay.
    void make_people() {
        hanako_ = put("person", {{"code", "E001"},
                                 {"name", "山田 花子"},
                                 {"mail", "hanako@example.jp"},
                                 {"joined_on", "2020-04-01"}})
                      .id;
        taro_ = put("person", {{"code", "E002"},
                               {"name", "佐藤 太郎"},
                               {"mail", "taro@example.jp"},
                               {"joined_on", "2019-04-01"}})
                    .id;
        put("person",
            {{"code", "E003"}, {"name", "山田 次郎"}, {"mail", "jiro@example.jp"}, {"manager", "E001"}});
        put("device", {{"code", "PC-001"}, {"name", "MacBook"}, {"holder", "E001"}, {"admins", "E001"}});
        for (int day = 1; day <= 9; ++day)
            put("loan", {{"device", "PC-001"},
                         {"lent_on", "2022-11-0" + std::to_string(day)},
                         {"person", "E001"},
                         {"note", "本人の連絡先 090-1111-222" + std::to_string(day)}});
        put("person", {{"code", "E001"}, {"name", "鈴木 花子"}, {"mail", "hanako.suzuki@example.jp"}});
        paper_ = organisation_->blobs().put(as_bytes("誓約書 山田花子 印")).value();
        put("pledge", {{"person", "E001"},
                       {"signed_on", "2020-04-01"},
                       {"paper", hex(paper_)},
                       {"names", "花ちゃん;ハナコ"}});
    }

    void let_hanako_go(const std::string& left_on = "2023-03-31") {
        put("device", {{"code", "PC-001"}, {"holder", "E002"}, {"admins", "E002"}});
        put("person", {{"code", "E001"}, {"left_on", left_on}});
    }

    Result<ErasureDone> try_erase(std::int64_t person, Day today = Day(2026, 11, 23)) {
        return organisation_->erase({person, "本人の請求（個人情報保護法35条）", Day(2026, 11, 20), today});
    }
    ErasureDone erase(std::int64_t person, Day today = Day(2026, 11, 23)) {
        auto done = try_erase(person, today);
        EXPECT_TRUE(done) << done.error().message.en;
        if (done)
            for (const Text& open : done->open) ADD_FAILURE() << "left open: " << open.en;
        return done ? *done : ErasureDone{};
    }

    // A copy of the organisation, made while it is closed; it stays closed.
    fs::path backup() const { return temporary_.path() / "控え"; }
    void back_up() {
        organisation_.reset();
        fs::remove_all(backup());
        fs::copy(home(), backup(), fs::copy_options::recursive);
    }

    ErasurePlan plan(std::int64_t person, Day today = Day(2026, 11, 23)) {
        auto database = reader();
        auto made = plan_erasure(database, *schema_, person, today);
        EXPECT_TRUE(made) << made.error().message.en;
        return made ? *made : ErasurePlan{};
    }

    std::string body(std::int64_t index) {
        auto database = reader();
        auto query = database.prepare("select body from entry where idx = ?1");
        query->bind(1, index);
        const auto row = query->step().value();
        return row ? std::string(row->text(0)) : "";
    }

    std::int64_t count(std::string_view sql) {
        auto database = reader();
        return database.query_integer(sql).value().value_or(-1);
    }

    // Everything in the ledger is as it was, and as it must be.
    void expect_whole_ledger() {
        auto database = reader();
        const auto state = ledger::recompute(database);
        ASSERT_TRUE(state) << state.error().message.en;
        EXPECT_EQ(state->root, organisation_->ledger_state().root);
    }

    // Names, addresses, numbers and papers of Hanako.
    const std::vector<std::string> values_{
        "山田 花子",         "鈴木 花子",    "hanako@example.jp", "hanako.suzuki@example.jp",
        "本人の連絡先",      "090-1111-222", "花ちゃん",          "ハナコ",
        "誓約書 山田花子 印"};
    std::int64_t hanako_ = 0, taro_ = 0;
    Hash paper_{};
};

}  // namespace maru::registers
