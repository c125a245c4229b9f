// What the files that declare commands work with. Each of them declares its commands in one function, called
// from the list in arguments.cpp.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.hpp"

namespace maru::cli {

class Parser {
public:
    explicit Parser(Language language);
    Arguments parse(int count, const char* const* words);

    const char* say(const char* ja, const char* en) const { return common_.say(ja, en); }
    CLI::App& app() { return app_; }

    // A subcommand and the struct that its options fill; the struct becomes the result when the subcommand
    // was given.
    template <class T>
    struct Declared {
        CLI::App* app;
        T& values;
    };
    template <class T>
    Declared<T> add(CLI::App& parent, const char* name, const char* help) {
        Command* stored = commands_.emplace_back(std::make_unique<Command>(T{})).get();
        CLI::App* app = parent.add_subcommand(name, help);
        app->callback([this, stored] { chosen_ = stored; });
        return {app, std::get<T>(*stored)};
    }

    // Options that several commands have.
    void add_when(CLI::App* command, When& when);
    void add_sheet_name(CLI::App* command, std::string& sheet);
    void add_choice(CLI::App* command, const char* option, std::string& target, const char* help,
                    const std::vector<std::string>& words);
    void add_format(CLI::App* command, std::string& format, const std::vector<std::string>& words);
    void add_table_format(CLI::App* command, std::string& format);
    void add_force(CLI::App* command, bool& force);
    void add_output(CLI::App* command, Output& output);
    void add_record(CLI::App* command, std::string& register_name, std::string& record);
    CLI::Validator not_empty() const;
    CLI::Validator small_count() const;

private:
    void name_parts_of_help();
    static void name_group_of_help_flags(CLI::App& app);
    std::string failure(const CLI::Error& error) const;
    std::string sentence_of(const std::string& kind, const std::string& text) const;
    void add_common_options();

    Common common_;
    std::string language_tag_;
    CLI::App app_;
    std::vector<std::unique_ptr<Command>> commands_;
    const Command* chosen_ = nullptr;
};

void declare_start(Parser& parser);
void declare_judging(Parser& parser);
void declare_time(Parser& parser);
void declare_records(Parser& parser);
void declare_claims(Parser& parser);
void declare_ledger(Parser& parser);
void declare_witnesses(Parser& parser, CLI::App& ledger);  // below "ledger"
void declare_erasing(Parser& parser);
void declare_notices(Parser& parser);
void declare_backups(Parser& parser);
void declare_catalog(Parser& parser);
void declare_proofs(Parser& parser);
void declare_serving(Parser& parser);

}  // namespace maru::cli
