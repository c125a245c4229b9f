#include "identity/password_policy.hpp"

#include <zxcvbn.h>

#include <algorithm>
#include <cctype>

namespace maru::identity {

namespace {

constexpr std::size_t shortest = 8, long_enough = 12;  // characters
constexpr std::size_t longest = 256, estimated = 100;  // bytes; the estimate's work grows with the square

// Bits of entropy at which zxcvbn's scores begin: 10^3, 10^6, 10^8 and 10^10 guesses.
int score_of(double bits) {
    constexpr double limits[] = {9.97, 19.93, 26.58, 33.22};
    return static_cast<int>(std::ranges::count_if(limits, [&](double limit) { return bits >= limit; }));
}

std::string lower(std::string_view text) {
    std::string out = normalize_compatibility(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

// Words of the user's own; shorter ones would refuse too much.
std::vector<std::string> words_of(const std::vector<std::string>& own) {
    std::vector<std::string> words;
    for (const std::string& text : own) {
        if (!is_utf8(text)) continue;
        const std::string plain = lower(text);
        std::string word;
        for (const char c : plain + " ") {
            const bool separates = c == ' ' || c == '@' || c == '.' || c == '-' || c == '_' || c == '+';
            if (!separates) word.push_back(c);
            if (separates && word.size() >= 3) words.push_back(word);
            if (separates) word.clear();
        }
        if (plain.size() >= 3) words.push_back(plain);
    }
    return words;
}

double entropy_of(const std::string& password, const std::vector<std::string>& words) {
    std::vector<const char*> known;
    for (const std::string& word : words) known.push_back(word.c_str());
    known.push_back(nullptr);
    return ZxcvbnMatch(password.substr(0, estimated).c_str(), known.data(), nullptr);
}

bool is_own(const std::string& password, const std::vector<std::string>& words) {
    // A short word in a long passphrase is no harm; most of the password being one is.
    return std::ranges::any_of(words, [&](const std::string& word) {
        return password.contains(word) && (word.size() >= 5 || word.size() * 2 >= password.size());
    });
}

PasswordOpinion refused(Text why) { return {false, 0, {std::move(why)}}; }

}  // namespace

PasswordOpinion judge_password(std::string_view password, const std::vector<std::string>& own) {
    if (!is_utf8(password) || password.contains('\0'))
        return refused(
            {"パスワードに使えない文字があります。", "the password has characters that cannot be used"});
    if (password.size() > longest)
        return refused({"パスワードが長すぎます。256バイト以内にしてください。",
                        "the password is too long; use at most 256 bytes"});
    const std::string plain = lower(password);
    const std::vector<std::string> words = words_of(own);
    PasswordOpinion opinion{.accepted = false, .score = score_of(entropy_of(plain, words)), .advice = {}};
    const std::size_t length = code_points(password);
    if (is_own(plain, words))
        opinion.advice.push_back({"自分の氏名・メールアドレス・組織名を含めないでください。",
                                  "leave out your name, mail address and organisation"});
    if (length < shortest || (length < long_enough && opinion.score < 3))
        opinion.advice.push_back({"12文字以上にしてください。8文字以上で推測しにくいものでもかまいません。",
                                  "use at least 12 characters, or 8 that are hard to guess"});
    else if (opinion.score < 2)
        opinion.advice.push_back(
            {"推測されやすいパスワードです。よくある単語・繰り返し・並び・日付を避け、関係のない単語を3〜4つ"
             "並べてください。",
             "too easy to guess: avoid common words, repetitions, sequences and dates; put three or four "
             "unrelated words together"});
    opinion.accepted = opinion.advice.empty();
    return opinion;
}

}  // namespace maru::identity
