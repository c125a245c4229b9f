// Small register files and an organisation in a temporary folder, for the tests of records.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "ledger/log.hpp"
#include "registers/organisation.hpp"

namespace maru::registers {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "maru-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

inline void write_file(const fs::path& file, std::string_view text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

inline fs::path write_registers(const fs::path& folder, const Files& files) {
    fs::remove_all(folder);
    for (const auto& [name, text] : files) write_file(folder / (name + ".toml"), text);
    return folder;
}

constexpr std::string_view person_register = R"(
number = 1
label = { ja = "従業者台帳", en = "Persons" }
help = { ja = "秘密情報を扱う全員です。", en = "Everybody who handles secrets." }
key = ["code"]
title = "name"
subject = "id"
write = ["hr"]
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "従業者番号", en = "Code" }
[[field]]
number = 2
name = "name"
type = "text"
label = { ja = "氏名", en = "Name" }
required = true
personal = true
[[field]]
number = 3
name = "mail"
type = "mail"
label = { ja = "メールアドレス", en = "Mail" }
unique = true
personal = true
[[field]]
number = 4
name = "manager"
type = "person"
label = { ja = "上長", en = "Manager" }
[[field]]
number = 5
name = "joined_on"
type = "date"
label = { ja = "入社日", en = "Joined on" }
[[field]]
number = 6
name = "left_on"
type = "date"
label = { ja = "退職日", en = "Left on" }
[[rule]]
require = "left_on is null or left_on >= joined_on"
message = { ja = "退職日が入社日より前です", en = "left on lies before joined on" }
)";

constexpr std::string_view device_register = R"(
number = 2
label = { ja = "機器管理台帳", en = "Devices" }
help = { ja = "会社の機器です。", en = "Devices of the company." }
key = ["code"]
title = "name"
indexes = [["holder"]]
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "管理番号", en = "Code" }
[[field]]
number = 2
name = "name"
type = "text"
label = { ja = "機器名", en = "Name" }
[[field]]
number = 3
name = "holder"
type = "person"
label = { ja = "利用者", en = "Holder" }
[[field]]
number = 4
name = "score"
type = "decimal"
min = 0
max = 10
label = { ja = "評点", en = "Score" }
[[field]]
number = 5
name = "admins"
type = "list"
of = "person"
label = { ja = "管理者", en = "Administrators" }
[[field]]
number = 6
name = "tags"
type = "list"
of = "text"
label = { ja = "札", en = "Tags" }
)";

constexpr std::string_view loan_register = R"(
number = 3
label = { ja = "貸出簿", en = "Loans" }
help = { ja = "機器の貸出です。", en = "Loans of devices." }
key = ["device", "lent_on"]
title = "device"
subject = "person"
[[field]]
number = 1
name = "device"
type = "reference"
to = "device"
label = { ja = "機器", en = "Device" }
[[field]]
number = 2
name = "lent_on"
type = "date"
label = { ja = "貸出日", en = "Lent on" }
[[field]]
number = 3
name = "person"
type = "person"
label = { ja = "借りた人", en = "Borrower" }
[[field]]
number = 4
name = "note"
type = "long_text"
label = { ja = "備考", en = "Note" }
personal = true
)";

inline Files sample_registers() {
    return {{"person", std::string(person_register)},
            {"device", std::string(device_register)},
            {"loan", std::string(loan_register)}};
}

inline std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string out(text);
    const std::size_t at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) out.replace(at, from.size(), to);
    return out;
}

// One second passes with every look at the clock.
inline Environment fixed_environment() {
    auto now = std::make_shared<Instant>(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23));
    auto source = std::make_shared<std::mt19937>(20261123u);
    return {[now] { return *now += std::chrono::seconds(1); },
            [source](std::span<std::uint8_t> out) {
                for (auto& byte : out) byte = static_cast<std::uint8_t>((*source)());
            }};
}

class OrganisationTest : public ::testing::Test {
protected:
    void SetUp() override {
        use(sample_registers());
        ASSERT_TRUE(Organisation::create(home(), *schema_, environment_));
        open();
    }

    fs::path home() const { return temporary_.path() / "組織"; }

    // Other register files from now on, as after an upgrade.
    void use(const Files& files) {
        auto schema = Schema::load(write_registers(temporary_.path() / "registers", files));
        ASSERT_TRUE(schema) << schema.error().message.en;
        schema_ = std::move(*schema);
    }

    void open() {
        organisation_.reset();
        auto opened = Organisation::open(home(), *schema_, environment_);
        ASSERT_TRUE(opened) << opened.error().message.en;
        organisation_ = std::move(*opened);
    }

    Result<Change> try_put(const std::string& name, WrittenFields fields, std::optional<std::int64_t> id = {},
                           std::optional<std::int64_t> expected = {}) {
        return organisation_->put({name, id, expected, std::move(fields), false});
    }
    Change put(const std::string& name, WrittenFields fields, std::optional<std::int64_t> id = {}) {
        auto change = try_put(name, std::move(fields), id);
        EXPECT_TRUE(change) << change.error().message.en;
        return change ? *change : Change{};
    }
    Error refused(const std::string& name, WrittenFields fields, std::optional<std::int64_t> id = {}) {
        const auto size = organisation_->ledger_state().size;
        auto change = try_put(name, std::move(fields), id);
        EXPECT_FALSE(change);
        EXPECT_EQ(organisation_->ledger_state().size, size) << "a refused put made an entry";
        return change ? Error{} : change.error();
    }
    Result<Change> retire(const std::string& name, std::int64_t id) {
        return organisation_->retire(name, id, {}, "廃棄した");
    }

    store::Database reader(std::optional<std::int64_t> entries = {}) {
        auto opened = Organisation::open_reader(home(), *schema_, {entries});
        EXPECT_TRUE(opened) << opened.error().message.en;
        return std::move(*opened);
    }
    const Register& of(std::string_view name) const { return *schema_->find(name); }

    // The record as people write it: {"code": "PC-001", …}.
    WrittenFields written(store::Database& database, std::string_view name, const Record& record) {
        WrittenFields out;
        const KeyOf key = [&](std::string_view to, std::int64_t id) {
            return natural_key_of(database, *schema_, to, id);
        };
        for (std::size_t i = 0; i < record.values.size(); ++i)
            out[of(name).fields[i].name] = format_written(of(name).fields[i], record.values[i], key);
        return out;
    }
    WrittenFields now(std::string_view name, std::int64_t id) {
        auto database = reader();
        auto record = read(database, of(name), id);
        EXPECT_TRUE(record) << record.error().message.en;
        return record && *record ? written(database, name, **record) : WrittenFields{};
    }

    TemporaryFolder temporary_;
    std::optional<Schema> schema_;
    Environment environment_ = fixed_environment();
    std::unique_ptr<Organisation> organisation_;
};

}  // namespace maru::registers
