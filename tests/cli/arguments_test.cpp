// The command line as structs: defaults, both languages, and exit code 2 for what is not understood.
#include "cli/arguments.hpp"

#include <gtest/gtest.h>

namespace maru::cli {
namespace {

Arguments parse(std::vector<const char*> words) {
    words.insert(words.begin(), {"maru", "--lang", "en"});
    return parse_arguments(static_cast<int>(words.size()), words.data());
}

template <class T>
T command_of(std::vector<const char*> words) {
    const Arguments arguments = parse(std::move(words));
    const T* command = arguments.command ? std::get_if<T>(&*arguments.command) : nullptr;
    EXPECT_NE(command, nullptr);
    return command ? *command : T{};
}

TEST(Arguments, ASheetOfTodayIsTheDefault) {
    const auto sheet = command_of<SheetCommand>({"sheet"});
    EXPECT_EQ(sheet.sheet, "ipa-52");
    EXPECT_EQ(sheet.format, "table");
    EXPECT_EQ(sheet.when.on, "");
    EXPECT_FALSE(sheet.all_rows);
}

TEST(Arguments, FieldsStayAsTheyAreWritten) {
    const auto put =
        command_of<PutCommand>({"put", "person", "code=E1", "name=山田 花子", "--if-version", "3"});
    EXPECT_EQ(put.register_name, "person");
    EXPECT_EQ(put.fields, (std::vector<std::string>{"code=E1", "name=山田 花子"}));
    EXPECT_EQ(put.if_version, 3);
}

TEST(Arguments, GlobalOptionsMayStandBehindTheCommand) {
    const Arguments arguments = parse({"sheet", "--org", "data/sample", "--clock", "2026-11-23T00:00:00Z"});
    EXPECT_EQ(arguments.common.organisation, "data/sample");
    EXPECT_EQ(arguments.common.clock, "2026-11-23T00:00:00Z");
}

TEST(Arguments, ActionsOfOneCommandAreToldApart) {
    EXPECT_EQ(command_of<ExceptionCommand>({"exception", "list"}).action, ExceptionCommand::Action::list);
    EXPECT_EQ(command_of<ExceptionCommand>({"exception", "approve", "EX-0001", "--by", "E2"}).action,
              ExceptionCommand::Action::approve);
    EXPECT_EQ(command_of<CatalogCommand>({"catalog", "checks"}).what, CatalogCommand::What::checks);
}

TEST(Arguments, TheLanguageIsThatOfTheOptionBeforeThatOfTheLocale) {
    for (const std::vector<const char*>& words :
         {std::vector{"maru", "--lang", "ja", "sheet"}, std::vector{"maru", "sheet", "--lang=ja"}})
        EXPECT_EQ(parse_arguments(static_cast<int>(words.size()), words.data()).common.language,
                  Language::ja);
    EXPECT_EQ(parse({"sheet"}).common.language, Language::en);
}

TEST(Arguments, WhatIsNotUnderstoodEndsWithTwo) {
    for (const std::vector<const char*>& words :
         {std::vector{"shet"}, std::vector{"sheet", "--formt", "json"},
          std::vector{"sheet", "--format", "pdf"}, std::vector{"put"}}) {
        const Arguments arguments = parse(words);
        EXPECT_FALSE(arguments.command) << words.front();
        EXPECT_EQ(arguments.exit_code, 2);
    }
}

TEST(Arguments, HelpAndVersionEndWithZero) {
    EXPECT_EQ(parse({"--help"}).exit_code, 0);
    EXPECT_EQ(parse({"--version"}).exit_code, 0);
    EXPECT_EQ(parse({}).exit_code, 0);
}

}  // namespace
}  // namespace maru::cli
