// A few registers whose records refer to each other, and sample folders made from text, in a temporary
// folder.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "crypto/hash.hpp"
#include "sample/sample.hpp"
#include "tests/store/temporary_folder.hpp"

namespace maru::sample {

class SmallWorld : public testing::Test {
protected:
    SmallWorld() {
        write("registers/company_holiday", company_holiday);
        write("registers/department", department);
        write("registers/person", person);
        write("registers/training", training);
        schema = registers::Schema::load(folder / "registers").value();
        holidays.days = {Day(2026, 11, 3), Day(2026, 11, 23)};
    }

    void write(const std::string& name, std::string_view text) const {
        const std::filesystem::path file = folder / (name + ".toml");
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }

    // `texts` become stacked folders of one file each.
    Result<std::vector<SampleRecord>> expanded(const std::vector<std::string_view>& texts) const {
        std::vector<std::filesystem::path> folders;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            const std::string name = "sample" + std::to_string(i);
            std::filesystem::remove_all(folder / name);
            write(name + "/records", texts[i]);
            folders.push_back(folder / name);
        }
        return expand(folders, schema, holidays, today);
    }

    std::unique_ptr<registers::Organisation> organisation() const {
        const registers::Environment environment{system_now, crypto::random_bytes};
        EXPECT_TRUE(registers::Organisation::create(folder / "organisation", schema, environment));
        return std::move(registers::Organisation::open(folder / "organisation", schema, environment).value());
    }

    static constexpr Day today{2026, 11, 25};  // a Wednesday after a holiday on Monday
    store::TemporaryFolder folder;
    registers::Schema schema;
    checks::Holidays holidays;

private:
    static constexpr std::string_view company_holiday = R"(
number = 3
label = { ja = "会社の休日", en = "Company holidays" }
help = { ja = "休業日です。", en = "Days off." }
key = ["from_day"]
title = "from_day"
write = ["hr"]
[[field]]
number = 1
name = "from_day"
type = "date"
label = { ja = "開始日", en = "From" }
required = true
[[field]]
number = 2
name = "to_day"
type = "date"
label = { ja = "終了日", en = "To" }
required = true
)";
    static constexpr std::string_view department = R"(
number = 4
label = { ja = "部署", en = "Departments" }
help = { ja = "部署です。", en = "Departments." }
key = ["code"]
title = "code"
write = ["hr"]
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "部署コード", en = "Code" }
required = true
[[field]]
number = 2
name = "head"
type = "person"
label = { ja = "責任者", en = "Head" }
)";
    static constexpr std::string_view person = R"(
number = 5
label = { ja = "従業者台帳", en = "Persons" }
help = { ja = "全員です。", en = "Everybody." }
key = ["code"]
title = "name"
write = ["hr"]
[[field]]
number = 1
name = "code"
type = "text"
label = { ja = "従業者番号", en = "Code" }
required = true
[[field]]
number = 2
name = "name"
type = "text"
label = { ja = "氏名", en = "Name" }
[[field]]
number = 3
name = "department"
type = "reference"
to = "department"
label = { ja = "所属", en = "Department" }
required = true
[[field]]
number = 4
name = "buddies"
type = "list"
of = "person"
label = { ja = "相談相手", en = "Buddies" }
)";
    static constexpr std::string_view training = R"(
number = 6
label = { ja = "教育", en = "Training" }
help = { ja = "教育の記録です。", en = "Training." }
key = ["person", "done_on"]
title = "done_on"
write = ["hr"]
[[field]]
number = 1
name = "person"
type = "person"
label = { ja = "受講者", en = "Person" }
required = true
[[field]]
number = 2
name = "done_on"
type = "date"
label = { ja = "受講日", en = "Done on" }
required = true
[[field]]
number = 3
name = "ended_at"
type = "instant"
label = { ja = "終了", en = "Ended at" }
[[field]]
number = 4
name = "topics"
type = "list"
of = "text"
label = { ja = "内容", en = "Topics" }
)";
};

}  // namespace maru::sample
