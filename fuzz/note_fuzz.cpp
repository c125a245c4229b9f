// Notes and keys: what is read has one written form, and nothing that we did not sign verifies.
#include "ledger/note.hpp"
#include "require.hpp"

namespace {

using namespace maru::ledger;

constexpr std::string_view signed_text =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

void check_note(std::string_view text) {
    static const std::vector<VerifierKey> keys = {
        *parse_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")};
    const auto note = parse_note(text);
    if (!note) return;
    require(to_text(*note) == text, "a note has one form");
    if (verify_note(*note, keys)) require(note->text == signed_text, "only the signed text verifies");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    check_note(text);
    if (const auto key = parse_verifier_key(text)) require(to_text(*key) == text, "a vkey has one form");
    if (const auto key = parse_signing_key(text))
        require(private_text(*key) == text, "a private key has one form");
    return 0;
}
