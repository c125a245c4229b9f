#include "server/configuration.hpp"

#include <fmt/core.h>

#include <toml++/toml.h>
#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>
#include <variant>

#include "backup/bucket.hpp"
#include "registers/nearest.hpp"

namespace maru::server {

namespace {

namespace fs = std::filesystem;

template <class T>
using Member = T Configuration::*;

struct Bounds {
    std::int64_t least = 0, most = std::numeric_limits<std::int64_t>::max();
};

struct Key {
    std::string_view section, name;
    std::variant<Member<std::string>, Member<fs::path>, Member<std::int64_t>, Member<bool>,
                 Member<std::vector<std::string>>>
        member;
    Text help;
    Bounds bounds{};
    std::vector<std::string> words{};  // the only ones, unless empty
};

using C = Configuration;

std::vector<Key> server_keys() {
    return {{"server",
             "listen",
             &C::listen,
             {"待ち受けるアドレスとポート。\":8080\" はすべてのアドレス",
              "address and port to listen on; \":8080\" is every address"}},
            {"server",
             "base_url",
             &C::base_url,
             {"利用者から見たアドレス（メールのリンクに使います）。例 https://isms.example.co.jp",
              "how people reach it, for links in mails, such as https://isms.example.com"}},
            {"server",
             "certificate",
             &C::certificate,
             {"TLS 証明書（PEM、中間証明書を含む）。変わると読み直します",
              "TLS certificate with its chain (PEM); read again when it changes"}},
            {"server", "key", &C::key, {"TLS の秘密鍵（PEM）", "its private key (PEM)"}},
            {"server",
             "dev_tls",
             &C::dev_tls,
             {"自己署名の証明書を作って使います（開発用）",
              "makes and uses a self-signed certificate (development)"}},
            {"server",
             "trusted_proxies",
             &C::trusted_proxies,
             {"X-Forwarded-For と -Proto を信じるプロキシのアドレス",
              "addresses of proxies whose X-Forwarded-For and -Proto count"}},
            {"server", "threads", &C::threads, {"応答するスレッド", "threads that answer"}, {1, 64}},
            {"server",
             "slow_threads",
             &C::slow_threads,
             {"時間のかかる仕事と書き込みのスレッド", "threads for writing and for what takes long"},
             {1, 256}},
            {"server",
             "access_log",
             &C::access_log,
             {"アクセスログのファイル（JSON、1行1件）。空なら標準エラー出力、none なら書きません",
              "file of the access log (a JSON object a line); empty: standard error; none: not written"}},
            {"server",
             "spool",
             &C::spool,
             {"大きな添付を受け取る一時フォルダ", "temporary folder for large uploads"}}};
}

std::vector<Key> limit_keys() {
    return {{"limits",
             "connections",
             &C::connections,
             {"同時接続の上限", "connections at once"},
             {16, 1'000'000}},
            {"limits",
             "requests_per_second",
             &C::requests_per_second,
             {"相手ごとの毎秒の要求の上限。0 は無制限", "requests a second from one address; 0 = no limit"},
             {0, 1'000'000}}};
}

std::vector<Key> attachment_keys() {
    return {{"attachments",
             "clamd",
             &C::clamd,
             {"添付を検査する ClamAV（clamd）のソケット /run/clamav/clamd.ctl または "
              "ホスト:3310。空なら検査しません",
              "ClamAV daemon that examines attachments: a socket such as /run/clamav/clamd.ctl, or "
              "host:3310; empty: not examined"}}};
}

std::vector<Key> notice_keys() {
    return {{"mail",
             "url",
             &C::mail_url,
             {"メールサーバー。smtp://ホスト:587 または smtps://ホスト。空ならメールを送りません",
              "mail server: smtp://host:587 or smtps://host; empty: no mail is sent"}},
            {"mail", "user", &C::mail_user, {"メールサーバーの利用者名", "user at the mail server"}},
            {"mail",
             "password_file",
             &C::mail_password_file,
             {"パスワードだけを書いたファイル", "file that holds nothing but the password"}},
            {"mail", "from", &C::mail_from, {"差出人のアドレス", "sender's address"}},
            {"mail",
             "tls",
             &C::mail_tls,
             {"required: STARTTLS を必須にする / never: 暗号化しない（同じ機械のサーバーだけ）",
              "required: insist on STARTTLS; never: not encrypted (a server on the same machine only)"},
             {},
             {"required", "never"}},
            {"notices",
             "daily_at",
             &C::daily_at,
             {"毎日の通知を送る時刻（日本時間）", "time of the daily digest (Japanese time)"}}};
}

std::vector<Key> backup_keys() {
    return {
        {"backup",
         "to",
         &C::backup_to,
         {"毎日のバックアップの保存先。フォルダか s3://バケット/フォルダ。空なら取りません",
          "where daily backups go: a folder or s3://BUCKET/FOLDER; empty: none are made"}},
        {"backup",
         "key",
         &C::backup_key,
         {"暗号化する公開鍵のファイル（maru backup key の表示した1行）",
          "file with the public key (the line that maru backup key prints)"}},
        {"backup", "at", &C::backup_at, {"取る時刻（日本時間）", "time of day (Japanese time)"}},
        {"backup",
         "keep",
         &C::backup_keep,
         {"組織ごとに新しい方から残す数。0 はすべて",
          "how many of each organisation stay, the newest; 0 = all"},
         {0, 10'000}},
        {"backup",
         "s3_endpoint",
         &C::s3_endpoint,
         {"S3 互換サービスのアドレス。空なら Amazon。{bucket} を含めればホスト名に使います",
          "address of the S3 service; empty: Amazon's; with {bucket} in it the bucket is part of the host"}},
        {"backup", "s3_region", &C::s3_region, {"リージョン", "region"}},
        {"backup",
         "s3_credentials",
         &C::s3_credentials,
         {"アクセスキーのファイル（0600）。空なら環境変数 AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY",
          "file with the access key (0600); empty: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the "
          "environment"}}};
}

const std::vector<Key>& keys() {
    static const std::vector<Key> all = [] {
        std::vector<Key> joined;
        for (auto part : {server_keys(), limit_keys(), attachment_keys(), notice_keys(), backup_keys()})
            joined.insert(joined.end(), part.begin(), part.end());
        return joined;
    }();
    return all;
}

// "06:00"
std::optional<std::chrono::minutes> minutes_of(std::string_view clock) {
    int hours = 0, minutes = 0;
    const auto number = [](std::string_view text, int& into) {
        return text.size() == 2 && std::from_chars(text.data(), text.data() + 2, into).ptr == text.data() + 2;
    };
    const bool has_form = clock.size() == 5 && clock[2] == ':' && number(clock.substr(0, 2), hours) &&
                          number(clock.substr(3), minutes);
    if (!has_form || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return std::chrono::minutes(hours * 60 + minutes);
}

// One file being read: where in it a value stands, for messages.
class Reader {
public:
    explicit Reader(fs::path file) : file_(std::move(file)) {}

    Result<Configuration> read(const toml::table& root) {
        Configuration out;
        for (const auto& [section, node] : root) {
            if (section.str() == "organisation")
                TRY(read_organisations(node, out));
            else
                TRY(read_section(section.str(), node, out));
        }
        TRY(check(out));
        if (!out.backup_to.empty() && !backup::is_bucket(out.backup_to))
            out.backup_to = (file_.parent_path() / out.backup_to).string();
        return out;
    }

    std::unexpected<Error> refuse(const toml::node& node, const Text& what) const {
        return refuse_at(node.source().begin.line, what);
    }

private:
    std::unexpected<Error> refuse_at(toml::source_index line, const Text& what) const {
        return fail(ErrorKind::invalid, {fmt::format("{} {} 行目: {}", file_.string(), line, what.ja),
                                         fmt::format("{} line {}: {}", file_.string(), line, what.en)});
    }

    std::unexpected<Error> unknown(const toml::node& node, std::string_view written,
                                   const std::vector<std::string>& known) const {
        const std::vector<std::string> near = registers::nearest(written, known);
        const std::string proposed = join(near.empty() ? known : near, ", ");
        return refuse(node, {fmt::format("「{}」という設定はありません。候補: {}", written, proposed),
                             fmt::format("there is no key {}; there are {}", written, proposed)});
    }

    Result<void> read_section(std::string_view section, const toml::node& node, Configuration& out) {
        const toml::table* const table = node.as_table();
        std::vector<std::string> sections{"organisation"}, names;
        for (const Key& key : keys()) {
            sections.emplace_back(key.section);
            if (key.section == section) names.emplace_back(key.name);
        }
        if (!table || names.empty()) return unknown(node, section, sections);
        for (const auto& [name, value] : *table) {
            const auto key = std::ranges::find_if(
                keys(), [&](const Key& one) { return one.section == section && one.name == name.str(); });
            if (key == keys().end()) return unknown(value, name.str(), names);
            TRY(std::visit([&](auto member) { return take(*key, value, out.*member); }, key->member));
        }
        return {};
    }

    Result<void> take(const Key& key, const toml::node& node, std::string& into) {
        const auto text = node.value_exact<std::string>();
        if (!text) return wrong_type(key, node, {"文字列", "a text in quotes"});
        if (!key.words.empty() && std::ranges::find(key.words, *text) == key.words.end())
            return refuse(node,
                          {fmt::format("{}: {} のどれかを書いてください。", key.name, join(key.words, ", ")),
                           fmt::format("{}: write one of {}", key.name, join(key.words, ", "))});
        into = *text;
        return {};
    }
    Result<void> take(const Key& key, const toml::node& node, fs::path& into) {
        std::string text;
        TRY(take(key, node, text));
        into = text.empty() || text == "none" ? fs::path(text) : file_.parent_path() / text;
        return {};
    }
    Result<void> take(const Key& key, const toml::node& node, std::int64_t& into) {
        const auto number = node.value_exact<std::int64_t>();
        if (!number) return wrong_type(key, node, {"整数", "a whole number"});
        if (*number < key.bounds.least || *number > key.bounds.most)
            return refuse(
                node, {fmt::format("{}: {} から {} までです。", key.name, key.bounds.least, key.bounds.most),
                       fmt::format("{}: from {} to {}", key.name, key.bounds.least, key.bounds.most)});
        into = *number;
        return {};
    }
    Result<void> take(const Key& key, const toml::node& node, bool& into) {
        const auto flag = node.value_exact<bool>();
        if (!flag) return wrong_type(key, node, {"true か false", "true or false"});
        into = *flag;
        return {};
    }
    Result<void> take(const Key& key, const toml::node& node, std::vector<std::string>& into) {
        const toml::array* const array = node.as_array();
        if (!array) return wrong_type(key, node, {"文字列の配列", "an array of texts"});
        for (const toml::node& item : *array) {
            const auto text = item.value_exact<std::string>();
            if (!text) return wrong_type(key, item, {"文字列の配列", "an array of texts"});
            into.push_back(*text);
        }
        return {};
    }

    std::unexpected<Error> wrong_type(const Key& key, const toml::node& node, const Text& needed) const {
        return refuse(node, {fmt::format("{}: {}を書いてください。", key.name, needed.ja),
                             fmt::format("{}: write {}", key.name, needed.en)});
    }

    Result<void> read_organisations(const toml::node& node, Configuration& out) {
        const toml::array* const tables = node.as_array();
        if (!tables)
            return refuse(node, {"[[organisation]] の形で書いてください。", "write it as [[organisation]]"});
        for (const toml::node& one : *tables) TRY(read_organisation(one, out));
        return {};
    }

    Result<void> read_organisation(const toml::node& node, Configuration& out) {
        const toml::table* const table = node.as_table();
        if (!table)
            return refuse(node, {"[[organisation]] の形で書いてください。", "write it as [[organisation]]"});
        for (const auto& [name, value] : *table)
            if (name.str() != "name" && name.str() != "folder")
                return unknown(value, name.str(), {"name", "folder"});
        const auto name = (*table)["name"].value_exact<std::string>();
        const auto folder = (*table)["folder"].value_exact<std::string>();
        if (!name || !folder)
            return refuse(node, {"[[organisation]] には name と folder が必要です。",
                                 "an [[organisation]] needs a name and a folder"});
        out.organisations.push_back({*name, file_.parent_path() / *folder});
        return {};
    }

    Result<void> check(const Configuration& read) const {
        if (!minutes_of(read.daily_at))
            return refuse_at(1, {"notices の daily_at は \"06:00\" の形で書いてください。",
                                 "notices daily_at: write it as \"06:00\""});
        if (!minutes_of(read.backup_at))
            return refuse_at(
                1, {"backup の at は \"02:00\" の形で書いてください。", "backup at: write it as \"02:00\""});
        if (!read.backup_to.empty() && read.backup_key.empty())
            return refuse_at(
                1, {"backup の key（公開鍵のファイル）を書いてください。maru backup key で作れます。",
                    "backup needs key, the file with the public key; maru backup key makes one"});
        if (read.certificate.empty() != read.key.empty())
            return refuse_at(1, {"server の certificate と key は両方書いてください。",
                                 "server needs certificate and key, or neither"});
        if (!read.mail_url.empty() && read.mail_from.empty())
            return refuse_at(
                1, {"mail の from（差出人）を書いてください。", "mail needs from, the sender's address"});
        return {};
    }

    fs::path file_;
};

std::string written(const Configuration& defaults, const Key& key) {
    struct Write {
        const Configuration& from;
        std::string operator()(Member<std::string> member) const { return "\"" + from.*member + "\""; }
        std::string operator()(Member<fs::path> member) const {
            return "\"" + (from.*member).string() + "\"";
        }
        std::string operator()(Member<std::int64_t> member) const { return std::to_string(from.*member); }
        std::string operator()(Member<bool> member) const { return from.*member ? "true" : "false"; }
        std::string operator()(Member<std::vector<std::string>>) const { return "[]"; }
    };
    return std::visit(Write{defaults}, key.member);
}

}  // namespace

std::chrono::minutes Configuration::daily_minute() const {
    return minutes_of(daily_at).value_or(std::chrono::minutes(0));
}

std::chrono::minutes Configuration::backup_minute() const {
    return minutes_of(backup_at).value_or(std::chrono::minutes(0));
}

Result<Configuration> parse_configuration(std::string_view text, const fs::path& file) {
    try {
        const toml::table root = toml::parse(text, file.string());
        return Reader(file).read(root);
    } catch (const toml::parse_error& error) {
        const auto [line, column] = error.source().begin;
        return fail(
            ErrorKind::invalid,
            {fmt::format("{} {} 行目 {} 文字目: TOML として読めません。引用符・括弧・= を確かめてください。",
                         file.string(), line, column),
             fmt::format("{} line {}: not TOML: {}", file.string(), line, error.description())});
    }
}

Result<Configuration> read_configuration(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.is_open() && !in.bad()) return parse_configuration(text, file);
    return fail(ErrorKind::not_found,
                {file.string() + " を読めません。ファイルの有無と権限を確かめてください。",
                 "cannot read " + file.string() + "; see that it exists and may be read"});
}

std::string documented_configuration(Language language) {
    const Configuration defaults;
    std::string out, section;
    for (const Key& key : keys()) {
        if (key.section != section) out += fmt::format("{}[{}]\n", section.empty() ? "" : "\n", key.section);
        section = key.section;
        out += fmt::format("# {}\n# {} = {}\n", key.help.in(language), key.name, written(defaults, key));
    }
    const Text help{"配信する組織。いくつでも書けます", "An organisation to serve; there may be several"};
    return out + fmt::format("\n# {}\n# [[organisation]]\n# name = \"sample\"\n# folder = \"data/sample\"\n",
                             help.in(language));
}

}  // namespace maru::server
