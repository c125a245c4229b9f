#include "sql/tokens.hpp"

#include <algorithm>
#include <array>

namespace maru::checks::sql {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & '\x80') != 0;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

class Scanner {
public:
    explicit Scanner(std::string_view sql) : sql_(sql) {}

    std::vector<Token> run() {
        while (at_ < sql_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        const char c = sql_[at_];
        if (is_space(c)) {
            ++at_;
        } else if (sql_.substr(at_).starts_with("--")) {
            at_ = std::min(sql_.find('\n', at_), sql_.size());
        } else if (sql_.substr(at_).starts_with("/*")) {
            const auto end = sql_.find("*/", at_ + 2);
            at_ = end == sql_.npos ? sql_.size() : end + 2;
        } else if (c == '\'') {
            enclosed(TokenKind::string, '\'');
        } else if (c == '"' || c == '`') {
            enclosed(TokenKind::quoted, c);
        } else if (c == '[') {
            enclosed(TokenKind::quoted, ']');
        } else if (is_letter(c)) {
            word();
        } else if (is_digit(c)) {
            number();
        } else {
            sign();
        }
    }

    // Up to the closing quote; a doubled one stands for itself.
    void enclosed(TokenKind kind, char close) {
        std::string text;
        for (++at_; at_ < sql_.size(); ++at_) {
            if (sql_[at_] == close) {
                if (at_ + 1 >= sql_.size() || sql_[at_ + 1] != close) break;
                ++at_;
            }
            text.push_back(sql_[at_]);
        }
        ++at_;
        out_.push_back({kind, std::move(text)});
    }

    void word() {
        std::string text;
        while (at_ < sql_.size() && (is_letter(sql_[at_]) || is_digit(sql_[at_])))
            text.push_back(lower(sql_[at_++]));
        out_.push_back({TokenKind::word, std::move(text)});
    }

    void number() {
        const std::size_t from = at_;
        while (at_ < sql_.size() && (is_digit(sql_[at_]) || sql_[at_] == '.')) ++at_;
        out_.push_back({TokenKind::number, std::string(sql_.substr(from, at_ - from))});
    }

    void sign() {
        static constexpr std::array<std::string_view, 8> pairs = {"||", "<=", ">=", "<>",
                                                                  "!=", "==", "->", "::"};
        const std::string_view rest = sql_.substr(at_);
        const auto pair =
            std::ranges::find_if(pairs, [&](std::string_view p) { return rest.starts_with(p); });
        const std::size_t size = pair == pairs.end() ? 1 : 2;
        out_.push_back({TokenKind::sign, std::string(rest.substr(0, size))});
        at_ += size;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::vector<Token> out_;
};

}  // namespace

std::vector<Token> tokens(std::string_view sql) { return Scanner(sql).run(); }

bool calls(std::string_view sql, std::string_view function) {
    const auto all = tokens(sql);
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        if (all[i].kind == TokenKind::word && all[i].text == function && all[i + 1].is("(")) return true;
    }
    return false;
}

}  // namespace maru::checks::sql
