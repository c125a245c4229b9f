#include "cli/arguments.hpp"

#include "arguments/parser.hpp"

#include <cstdlib>
#include <iostream>

namespace maru::cli {

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
    return value ? value : "";
}

// --lang wins over the locale, and decides the language of the help itself; so it is looked up before
// parsing.
Language language_of(int count, const char* const* words) {
    std::string tag;
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        if (word == "--lang" && i + 1 < count) tag = words[i + 1];
        if (word.starts_with("--lang=")) tag = word.substr(7);
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (tag.empty()) tag = environment(name);
    return tag.starts_with("ja") ? Language::ja : Language::en;
}

}  // namespace

Parser::Parser(Language language)
    : common_{.language = language},
      app_(say("maru（丸）— ISMSの台帳から、チェックシートの○を裏付ける",
               "maru — earn every ○ of a security check sheet from the registers behind it"),
           "maru") {
    app_.require_subcommand(0, 1);
    app_.failure_message([this](const CLI::App*, const CLI::Error& error) { return failure(error); });
    if (language == Language::ja) name_parts_of_help();
    add_common_options();
    declare_start(*this);
    declare_judging(*this);
    declare_time(*this);
    declare_records(*this);
    declare_claims(*this);
    declare_ledger(*this);
    declare_proofs(*this);
    declare_erasing(*this);
    declare_notices(*this);
    declare_backups(*this);
    declare_catalog(*this);
    declare_serving(*this);
    if (language == Language::ja) name_group_of_help_flags(app_);
    app_.footer(
        say("はじめに:  maru init data/sample --sample && maru sheet\n各コマンドの使い方:  maru COMMAND "
            "--help",
            "Begin with:  maru init data/sample --sample && maru sheet\nEach command explains itself:  "
            "maru COMMAND --help"));
}

Arguments Parser::parse(int count, const char* const* words) {
    Arguments out;
    try {
        app_.parse(count, words);
        if (chosen_ != nullptr) out.command = *chosen_;
        if (!out.command) std::cout << app_.help();
    } catch (const CLI::ParseError& error) {
        out.exit_code = app_.exit(error) == 0 ? 0 : 2;
    }
    out.common = common_;
    out.common.organisation_given =
        !common_.organisation.empty() && common_.organisation != environment("MARU_ORG");
    if (count > 0 && std::string_view(words[0]).contains('/')) out.common.program = words[0];
    return out;
}

// Subcommands inherit these.
void Parser::name_parts_of_help() {
    app_.option_defaults()->group("オプション");
    app_.group("コマンド");
    for (const auto& [english, japanese] : {std::pair{"Usage", "使い方"},
                                            {"Positionals", "引数"},
                                            {"REQUIRED", "必須"},
                                            {"OPTIONS", "オプション"},
                                            {"SUBCOMMAND", "コマンド"},
                                            {"SUBCOMMANDS", "コマンド"}})
        app_.get_formatter()->label(english, japanese);
}

// Help flags are made before their command inherits anything.
void Parser::name_group_of_help_flags(CLI::App& app) {
    for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
        if (CLI::Option* help = command->get_help_ptr()) help->group("オプション");
        name_group_of_help_flags(*command);
    }
}

// What went wrong, in the language of the command, and where its help is.
std::string Parser::failure(const CLI::Error& error) const {
    std::string help = "maru";
    for (const CLI::App* app = &app_; !app->get_subcommands().empty();) {
        app = app->get_subcommands().front();
        help += " " + app->get_name();
    }
    return "maru: " + sentence_of(error.get_name(), error.what()) + say(" 使い方: ", " See: ") + help +
           " --help\n";
}

// The library words its errors in English; its names for options, values and words stay.
std::string Parser::sentence_of(const std::string& kind, const std::string& text) const {
    const std::string name = text.substr(0, text.find(": "));
    const std::string after = text.size() > name.size() ? text.substr(name.size() + 2) : "";
    if (kind == "RequiredError" && text.starts_with("A subcommand"))
        return say("サブコマンドを書いてください。", "name a subcommand.");
    if (kind == "RequiredError")
        return text.substr(0, text.find(' ')) + say(" がありません。書いてください。", " is missing.");
    if (text.find(" not expected: ") != std::string::npos)  // its kind is the command's name
        return after + say(": このコマンドでは使えません。つづりと順序を確かめてください。",
                           ": not known here; look at its spelling and place.");
    if (kind == "ConversionError") {
        const std::size_t value = after.find(" = ");
        return after.substr(0, value) + ": " + (value == std::string::npos ? "" : after.substr(value + 3)) +
               say(" は整数ではありません。整数を書いてください。", " is not a whole number; write one.");
    }
    if (kind == "ArgumentMismatch")
        return name + say(": 値を1つだけ書いてください。", ": give exactly one value.");
    const std::size_t choices = text.find(" not in {");
    if (kind == "ValidationError" && choices != std::string::npos)
        return text.substr(0, choices) +
               say(" は使えません。次のどれかを書いてください: ", " cannot be used; write one of ") +
               text.substr(choices + 9, text.size() - choices - 10) + say("。", ".");
    return text;
}

CLI::Validator Parser::not_empty() const {
    return {[this](const std::string& value) {
                return std::string(trim(value).empty()
                                       ? say("値が空です。書くか、オプションごと消してください。",
                                             "is empty; write a value or leave the option out.")
                                       : "");
            },
            ""};
}

CLI::Validator Parser::small_count() const {
    return {[this](const std::string& value) {
                const bool good = !value.empty() && value.size() <= 6 &&
                                  value.find_first_not_of("0123456789") == std::string::npos;
                return std::string(good ? ""
                                        : say("0 から 999999 の整数を書いてください。",
                                              "write a whole number from 0 to 999999."));
            },
            ""};
}

void Parser::add_common_options() {
    app_.set_version_flag("--version", "maru " MARU_VERSION, say("版を表示", "Show the version"));
    app_.set_help_flag("-h,--help", say("使い方を表示", "Show this help"));
    app_.fallthrough();
    app_.add_option("--org", common_.organisation,
                    say("組織のフォルダ（既定: $MARU_ORG、なければ ./data の中）",
                        "Folder of the organisation (default: $MARU_ORG, else the one below ./data)"))
        ->envname("MARU_ORG");
    app_.add_option(
            "--server", common_.server,
            say("フォルダの代わりにサーバーの組織（https://…/o/名前。既定: $MARU_SERVER）に尋ねる。"
                "トークンは $MARU_TOKEN か --token-file",
                "Ask a server's organisation (https://…/o/NAME, default: $MARU_SERVER) instead of a folder; "
                "the token comes from $MARU_TOKEN or --token-file"))
        ->envname("MARU_SERVER");
    app_.add_option("--token-file", common_.token_file,
                    say("トークンだけを書いたファイル（0600）", "File with nothing but the token (0600)"));
    app_.add_option("--catalog", common_.catalog, say("カタログのフォルダ", "Folder of the catalog"))
        ->envname("MARU_CATALOG");
    app_.add_option("--lang", language_tag_, say("ja または en", "ja or en"))
        ->check(CLI::IsMember({"ja", "en"}));
    app_.add_option(
        "--clock", common_.clock,
        say("現在時刻を指定（実演・試験用）", "Pretend it is this instant (demonstrations and tests)"));
}

void Parser::add_when(CLI::App* command, When& when) {
    command
        ->add_option("--on", when.on,
                     say("判定日（YYYY-MM-DD、令和8年11月23日 など。既定は今日）",
                         "Day of the verdict, e.g. 2026-11-23 (default: today)"))
        ->check(not_empty());
    command
        ->add_option("--known-at", when.known_at,
                     say("その時点で登録されていた内容で答える（変更記録の件数、または日時）",
                         "Answer from what was recorded then: number of ledger entries, or an instant"))
        ->check(not_empty());
}

void Parser::add_sheet_name(CLI::App* command, std::string& sheet) {
    command->add_option("--sheet", sheet, say("シート", "Sheet"))->capture_default_str();
}

void Parser::add_choice(CLI::App* command, const char* option, std::string& target, const char* help,
                        const std::vector<std::string>& words) {
    command->add_option(option, target, help)->check(CLI::IsMember(words))->capture_default_str();
}

void Parser::add_format(CLI::App* command, std::string& format, const std::vector<std::string>& words) {
    add_choice(command, "--format", format, join(words, ", ").c_str(), words);
}

void Parser::add_table_format(CLI::App* command, std::string& format) {
    command
        ->add_option(
            "--format", format,
            say("csv, tsv, xlsx（既定: ファイル名による）", "csv, tsv, xlsx (default: by the file's name)"))
        ->check(CLI::IsMember({"csv", "tsv", "xlsx"}));
}

void Parser::add_force(CLI::App* command, bool& force) {
    command->add_flag("--force", force,
                      say("既にあるファイルを置き換える", "Replace a file that is there already"));
}

void Parser::add_output(CLI::App* command, Output& output) {
    command
        ->add_option(
            "-o,--output", output.file,
            say("書き出すファイル（既定は - で、標準出力）", "File to write (default: -, standard output)"))
        ->check(not_empty());
    add_force(command, output.force);
}

void Parser::add_record(CLI::App* command, std::string& register_name, std::string& record) {
    command->add_option("REGISTER", register_name, say("台帳", "Register"))->required();
    command
        ->add_option("RECORD", record,
                     say("自然キー（例 E001）または #番号", "Natural key (e.g. E001) or #id"))
        ->required();
}

Arguments parse_arguments(int count, const char* const* words) {
    return Parser(language_of(count, words)).parse(count, words);
}

}  // namespace maru::cli
