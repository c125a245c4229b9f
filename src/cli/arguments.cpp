#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>
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

class Parser {
public:
    explicit Parser(Language language)
        : common_{.language = language},
          app_(say("maru（丸）— ISMSの台帳から、チェックシートの○を裏付ける",
                   "maru — earn every ○ of a security check sheet from the registers behind it"),
               "maru") {
        app_.require_subcommand(0, 1);
        app_.failure_message([this](const CLI::App*, const CLI::Error& error) { return failure(error); });
        if (language == Language::ja) name_parts_of_help();
        add_common_options();
        add_start_commands();
        add_sheet_command();
        add_check_command();
        add_record_reading_commands();
        add_tasks_command();
        add_record_writing_commands();
        add_import_and_export();
        add_claims_commands();
        add_exception_commands();
        add_catalog_commands();
        if (language == Language::ja) name_group_of_help_flags(app_);
        app_.footer(
            say("はじめに:  maru init data/sample --sample && maru sheet\n各コマンドの使い方:  maru COMMAND "
                "--help",
                "Begin with:  maru init data/sample --sample && maru sheet\nEach command explains itself:  "
                "maru COMMAND --help"));
    }

    Arguments parse(int count, const char* const* words) {
        Arguments out;
        try {
            app_.parse(count, words);
            out.command = chosen_ ? chosen_() : std::nullopt;
            if (!out.command) std::cout << app_.help();
        } catch (const CLI::ParseError& error) {
            out.exit_code = app_.exit(error) == 0 ? 0 : 2;
        }
        out.common = common_;
        return out;
    }

private:
    const char* say(const char* ja, const char* en) const { return common_.say(ja, en); }

    // Subcommands inherit these.
    void name_parts_of_help() {
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
    static void name_group_of_help_flags(CLI::App& app) {
        for (CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
            if (CLI::Option* help = command->get_help_ptr()) help->group("オプション");
            name_group_of_help_flags(*command);
        }
    }

    // What went wrong, in the language of the command, and where its help is.
    std::string failure(const CLI::Error& error) const {
        std::string help = "maru";
        for (const CLI::App* app = &app_; !app->get_subcommands().empty();) {
            app = app->get_subcommands().front();
            help += " " + app->get_name();
        }
        return "maru: " + sentence_of(error.get_name(), error.what()) + say(" 使い方: ", " See: ") + help +
               " --help\n";
    }

    // The library words its errors in English; its names for options, values and words stay.
    std::string sentence_of(const std::string& kind, const std::string& text) const {
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
            return after.substr(0, value) + ": " +
                   (value == std::string::npos ? "" : after.substr(value + 3)) +
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

    CLI::Validator not_empty() const {
        return {[this](const std::string& value) {
                    return std::string(value.empty()
                                           ? say("値が空です。書くか、オプションごと消してください。",
                                                 "is empty; write a value or leave the option out.")
                                           : "");
                },
                ""};
    }

    CLI::Validator small_count() const {
        return {[this](const std::string& value) {
                    const bool good = !value.empty() && value.size() <= 6 &&
                                      value.find_first_not_of("0123456789") == std::string::npos;
                    return std::string(good ? ""
                                            : say("0 から 999999 の整数を書いてください。",
                                                  "write a whole number from 0 to 999999."));
                },
                ""};
    }

    void add_common_options() {
        app_.set_version_flag("--version", "maru " MARU_VERSION, say("版を表示", "Show the version"));
        app_.set_help_flag("-h,--help", say("使い方を表示", "Show this help"));
        app_.fallthrough();
        app_.add_option("--org", common_.organisation,
                        say("組織のフォルダ（既定: $MARU_ORG、なければ ./data の中）",
                            "Folder of the organisation (default: $MARU_ORG, else the one below ./data)"))
            ->envname("MARU_ORG");
        app_.add_option("--catalog", common_.catalog, say("カタログのフォルダ", "Folder of the catalog"))
            ->envname("MARU_CATALOG");
        app_.add_option("--lang", language_tag_, say("ja または en", "ja or en"))
            ->check(CLI::IsMember({"ja", "en"}));
        app_.add_option(
            "--clock", common_.clock,
            say("現在時刻を指定（実演・試験用）", "Pretend it is this instant (demonstrations and tests)"));
    }

    // A subcommand whose struct becomes the result when it is the one that was given.
    template <class T>
    CLI::App* add(CLI::App& parent, const char* name, const char* help, T& target) {
        CLI::App* command = parent.add_subcommand(name, help);
        command->callback(
            [this, &target] { chosen_ = [&target]() -> std::optional<Command> { return Command(target); }; });
        return command;
    }

    void add_when(CLI::App* command, When& when) {
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

    void add_sheet_name(CLI::App* command, std::string& sheet) {
        command->add_option("--sheet", sheet, say("シート", "Sheet"))->capture_default_str();
    }

    void add_choice(CLI::App* command, const char* option, std::string& target, const char* help,
                    const std::vector<std::string>& words) {
        command->add_option(option, target, help)->check(CLI::IsMember(words))->capture_default_str();
    }

    void add_format(CLI::App* command, std::string& format, const std::vector<std::string>& words) {
        add_choice(command, "--format", format, join(words, ", ").c_str(), words);
    }

    void add_start_commands() {
        CLI::App* command = add(app_, "init", say("組織を新しく作る", "Make a new organisation"), init_);
        command->add_option("DIR", init_.folder, say("作るフォルダ", "Folder to make"))->required();
        command->add_option("--name", init_.name, say("組織の名称", "Name of the organisation"));
        command->add_flag(
            "--sample", init_.sample,
            say("見本の会社（約30人）を入れる", "Fill it with the sample company (about 30 people)"));
        command->add_option(
            "--with", init_.with,
            say("見本形式のフォルダを追加で読み込む", "Also load these folders in sample format"));
    }

    void add_sheet_command() {
        CLI::App* sheet =
            add(app_, "sheet", say("チェックシートを判定して表示", "Judge and print a check sheet"), sheet_);
        add_sheet_name(sheet, sheet_.sheet);
        add_when(sheet, sheet_.when);
        add_format(sheet, sheet_.format, {"table", "tsv", "csv", "json", "xlsx"});
        add_choice(sheet, "--layout", sheet_.layout,
                   say("verdicts（判定）または published（公表形式）",
                       "verdicts, or published (the claims as they were published)"),
                   {"verdicts", "published"});
        sheet->add_option("-o,--output", sheet_.output, say("書き出すファイル", "File to write"));
        sheet->add_flag("--all", sheet_.all_rows,
                        say("任意の分類（⑪個人番号）も含める", "Include optional areas (⑪ My Number)"));
        sheet
            ->add_option("--offenders", sheet_.offenders,
                         say("点検ごとに示す対象の数", "Offending rows shown per check"))
            ->check(small_count())
            ->capture_default_str();
    }

    void add_check_command() {
        CLI::App* check = add(app_, "check",
                              say("項目または点検を調べる（すべて○なら終了コード0）",
                                  "Look into items or checks (exit code 0 only if all are ○)"),
                              check_);
        check->add_option("NAME", check_.names,
                          say("設問番号（12、ipa-12）または点検名。省略するとすべて",
                              "Item (12, ipa-12) or check; none = all"));
        check->add_flag("--explain", check_.explain,
                        say("満たしている対象も含めてすべて表示", "Show every row, also the satisfied ones"));
        add_sheet_name(check, check_.sheet);
        add_format(check, check_.format, {"table", "json"});
        add_when(check, check_.when);
    }

    void add_record_reading_commands() {
        CLI::App* list =
            add(app_, "list", say("台帳の記録を一覧表示", "List the records of a register"), list_);
        list->add_option(
                "REGISTER", list_.register_name,
                say("台帳（maru catalog registers で一覧）", "Register (see: maru catalog registers)"))
            ->required();
        add_format(list, list_.format, {"table", "tsv", "csv", "json"});
        add_when(list, list_.when);

        CLI::App* show = add(app_, "show", say("記録を1件表示", "Show one record"), show_);
        add_record(show, show_.register_name, show_.record);
        add_when(show, show_.when);

        CLI::App* history =
            add(app_, "history", say("記録のすべての版を表示", "Show every version of a record"), history_);
        add_record(history, history_.register_name, history_.record);
    }

    void add_tasks_command() {
        CLI::App* tasks = add(
            app_, "tasks", say("対応事項を期限順に表示", "What has to be done, by date and owner"), tasks_);
        tasks->add_option("--for", tasks_.person,
                          say("担当者（従業者番号）", "Only this person's (employee code)"));
        tasks->add_option("--until", tasks_.until,
                          say("この日までに期限が来るものも（既定は30日先）",
                              "Also what falls due until this day (default: 30 days ahead)"));
        add_sheet_name(tasks, tasks_.sheet);
        add_when(tasks, tasks_.when);
    }

    void add_record(CLI::App* command, std::string& register_name, std::string& record) {
        command->add_option("REGISTER", register_name, say("台帳", "Register"))->required();
        command
            ->add_option("RECORD", record,
                         say("自然キー（例 E001）または #番号", "Natural key (e.g. E001) or #id"))
            ->required();
    }

    void add_record_writing_commands() {
        CLI::App* put = add(app_, "put", say("記録を登録・変更", "Create or change a record"), put_);
        put->add_option("REGISTER", put_.register_name, say("台帳", "Register"))->required();
        put->add_option("FIELD=VALUE", put_.fields,
                        say("項目=値 …、またはJSONオブジェクト1つ（- は標準入力）。空の値は項目を空にします",
                            "field=value …, or one JSON object (- reads it from standard input). An empty "
                            "value empties the field"))
            ->required();
        put->add_option(
            "--id", put_.id,
            say("記録の番号（自然キーを変えるとき）", "Id of the record (to change its natural key)"));
        put->add_option("--if-version", put_.if_version,
                        say("この版のときだけ変更", "Only if the record still has this version"));
        put->add_option("--by", put_.by, say("変更者（従業者番号）", "Who does this (employee code)"));

        CLI::App* retire =
            add(app_, "retire", say("記録を外す（履歴は残ります）", "Retire a record (its history stays)"),
                retire_);
        add_record(retire, retire_.register_name, retire_.record);
        retire->add_option("--reason", retire_.reason, say("理由", "Why"));
        retire->add_option("--if-version", retire_.if_version,
                           say("この版のときだけ", "Only if the record still has this version"));
        retire->add_option("--by", retire_.by, say("変更者（従業者番号）", "Who does this (employee code)"));
    }

    void add_import_and_export() {
        CLI::App* import = add(app_, "import",
                               say("CSV・TSV・xlsxを台帳に取り込む（1行でも誤りがあれば何も変えません）",
                                   "Import CSV, TSV or xlsx into a register (all or nothing)"),
                               import_);
        import->add_option("REGISTER", import_.register_name, say("台帳", "Register"))->required();
        import->add_option("FILE", import_.file, say("ファイル（UTF-8・CP932）", "File (UTF-8 or CP932)"))
            ->required();
        import->add_flag("--dry-run", import_.dry_run,
                         say("調べるだけで取り込まない", "Only check, change nothing"));

        CLI::App* out = add(app_, "export", say("台帳を書き出す", "Export one register or all"), export_);
        out->add_option("REGISTER", export_.register_name,
                        say("台帳（省略するとすべて）", "Register (none = all)"));
        out->add_option("-o,--output", export_.output,
                        say("ファイル、またはすべてのときはフォルダかxlsx",
                            "File; for all registers a folder or an xlsx file"))
            ->required();
        out->add_option("--format", export_.format, "csv, tsv, xlsx")
            ->check(CLI::IsMember({"csv", "tsv", "xlsx"}));
        add_choice(out, "--headings", export_.headings,
                   say("見出し: ja, en, names", "Headings: ja, en, names"), {"ja", "en", "names"});
        add_when(out, export_.when);
    }

    void add_claims_commands() {
        CLI::App* claims = app_.add_subcommand("claims", say("公表回答", "What the organisation publishes"));
        claims->require_subcommand(1);
        CLI::App* import_claims =
            add(*claims, "import",
                say("公表しているシートを取り込む", "Import a published sheet (matched by question text)"),
                claims_);
        import_claims->add_option("FILE", claims_.file, say("TSV・CSV・xlsx", "TSV, CSV or xlsx"))
            ->required();
        add_sheet_name(import_claims, claims_.sheet);
        CLI::App* lint_claims =
            add(*claims, "lint",
                say("備考と設問を突き合わせる（裏付けのない文、答えていない部分、使い回し）",
                    "Compare remarks with questions: sentences that no check makes true, parts nobody "
                    "answers, texts used twice"),
                claims_lint_);
        add_sheet_name(lint_claims, claims_lint_.sheet);
        add_when(lint_claims, claims_lint_.when);
    }

    void add_exception_commands() {
        CLI::App* exception = app_.add_subcommand(
            "exception", say("例外承認（最長1年）", "Exceptions: approved, with an end (at most a year)"));
        exception->require_subcommand(1);
        ask_.action = ExceptionCommand::Action::ask;
        CLI::App* ask = add(*exception, "ask", say("例外を申請", "Ask for an exception"), ask_);
        ask->add_option("CHECK", ask_.check, say("点検名", "Check"))->required();
        ask->add_option("SUBJECT", ask_.subject,
                        say("対象（maru check で示される番号、または自然キー）",
                            "Row: the id that maru check shows, or its natural key"))
            ->required();
        ask->add_option("--reason", ask_.reason, say("理由", "Why"))->required();
        ask->add_option("--measure", ask_.measure, say("代替策", "Compensating measure"))->required();
        ask->add_option("--until", ask_.until, say("終了日", "Last day"))->required();
        ask->add_option("--asked-by", ask_.asked_by, say("申請者（従業者番号）", "Who asks (employee code)"))
            ->required();
        ask->add_option("--owner", ask_.owner,
                        say("対象の責任者（既定は申請者）", "Owner of the row (default: the asker)"));
        approve_.action = ExceptionCommand::Action::approve;
        CLI::App* approve = add(*exception, "approve", say("例外を承認", "Approve an exception"), approve_);
        approve->add_option("CODE", approve_.code, say("番号", "Code"))->required();
        approve
            ->add_option("--by", approve_.by,
                         say("承認者（申請者・責任者以外）", "Who approves (neither asker nor owner)"))
            ->required();
        add(*exception, "list", say("例外の一覧", "List exceptions"), exceptions_);
    }

    void add_catalog_commands() {
        CLI::App* catalog = app_.add_subcommand(
            "catalog", say("製品が知っていること（データ）", "What the product knows, as data"));
        catalog->require_subcommand(1);
        CLI::App* lint =
            add(*catalog, "lint", say("カタログの誤りを調べる", "Prove that the catalog is right"), lint_);
        lint->add_option("CHECK", lint_.names, say("点検名（省略するとすべて）", "Checks (none = all)"));
        lint->add_flag("--explain", lint_.explain,
                       say("読む台帳・経路・問合せ計画も表示",
                           "Also show what each check reads, its paths and query plan"));
        lint->add_flag("--write", lint_.write,
                       say("catalog/derived を書き直す", "Write catalog/derived anew"));
        registers_.what = CatalogCommand::What::registers;
        CLI::App* registers =
            add(*catalog, "registers", say("台帳の一覧、または1つの項目", "Registers, or the fields of one"),
                registers_);
        registers->add_option("NAME", registers_.names, say("台帳", "Register"));
        checks_.what = CatalogCommand::What::checks;
        CLI::App* checks =
            add(*catalog, "checks", say("点検の一覧、または1つの説明", "Checks, or one explained"), checks_);
        checks->add_option("NAME", checks_.names, say("点検", "Check"));
        sheets_.what = CatalogCommand::What::sheets;
        CLI::App* sheets = add(*catalog, "sheets",
                               say("シートの一覧、または1つの設問", "Sheets, or the items of one"), sheets_);
        sheets->add_option("NAME", sheets_.names, say("シート", "Sheet"));
    }

    Common common_;
    std::string language_tag_;
    CLI::App app_;
    std::function<std::optional<Command>()> chosen_;
    Init init_;
    SheetCommand sheet_;
    CheckCommand check_;
    ListCommand list_;
    ShowCommand show_;
    PutCommand put_;
    RetireCommand retire_;
    HistoryCommand history_;
    ImportCommand import_;
    ExportCommand export_;
    ClaimsImport claims_;
    ClaimsLint claims_lint_;
    ExceptionCommand ask_, approve_, exceptions_;
    TasksCommand tasks_;
    CatalogCommand lint_, registers_, checks_, sheets_;
};

}  // namespace

Arguments parse_arguments(int count, const char* const* words) {
    return Parser(language_of(count, words)).parse(count, words);
}

}  // namespace maru::cli
