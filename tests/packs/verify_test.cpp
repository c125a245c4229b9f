#include "packs/verify.hpp"

#include <gmock/gmock.h>

#include "fuzz/small_pack.hpp"

namespace {

using namespace maru;
using namespace maru::packs;
using small::Files;
using testing::HasSubstr;
using testing::StartsWith;

// The reason for which a pack is refused; "" when it verifies.
std::string refusal(const Files& files) {
    const auto verified = small::verify(files);
    return verified ? "" : verified.error().message.en;
}

// What an organisation could hand out that lies with its own key.
template <class Change>
std::string resealed(Change&& change, const ledger::SigningKey& by = small::key()) {
    Files files = small::make();
    change(files);
    small::seal(files, by);
    return refusal(files);
}

Bytes replaced(const Bytes& content, const std::string& from, const std::string& to) {
    std::string text = small::text(content);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return small::bytes(text.replace(at, from.size(), to));
}

TEST(VerifyPack, an_honest_pack_verifies_and_says_what_was_checked) {
    const Files files = small::make();
    const auto verified = small::verify(files);
    ASSERT_TRUE(verified) << verified.error().message.en;
    EXPECT_EQ(verified->trusted.checkpoint.size, 300u);
    EXPECT_EQ(verified->receipts, 3u);
    EXPECT_EQ(verified->opened, 6u);
    EXPECT_EQ(verified->withheld, 3u);
    EXPECT_EQ(verified->evidence, 1u);
    EXPECT_EQ(verified->time_stamps, 1u);
    EXPECT_EQ(verified->files, files.size());
    ASSERT_EQ(verified->sheets.size(), 2u);
    EXPECT_EQ(verified->sheets[0].entries, 10);
    EXPECT_FALSE(verified->own_key);
    EXPECT_LT(*verified->first_at, *verified->last_at);
}

TEST(VerifyPack, without_a_key_the_packs_own_is_believed_and_that_is_said) {
    const auto verified = small::verify(small::make(), std::nullopt);
    ASSERT_TRUE(verified) << verified.error().message.en;
    EXPECT_TRUE(verified->own_key);
}

TEST(VerifyPack, a_changed_byte_in_any_file_is_refused_with_its_name) {
    const Files honest = small::make();
    for (const auto& [name, content] : honest) {
        Files files = honest;
        files[name].back() ^= 1;
        // A key that was changed is no key of this name any more, or not the one that was given.
        EXPECT_THAT(refusal(files), HasSubstr(name)) << name;
    }
}

TEST(VerifyPack, a_missing_file_is_refused_with_its_name) {
    const Files honest = small::make();
    for (const auto& [name, content] : honest) {
        Files files = honest;
        files.erase(name);
        EXPECT_THAT(refusal(files), StartsWith(name)) << name;
    }
}

TEST(VerifyPack, a_file_that_is_not_in_the_manifest_is_refused) {
    Files files = small::make();
    files["receipts/6.json"] = files["receipts/5.json"];
    EXPECT_THAT(refusal(files), StartsWith("receipts/6.json: it is not in the signed MANIFEST"));
}

TEST(VerifyPack, a_manifest_that_somebody_else_made_anew_is_refused) {
    Files files = small::make();
    files["index.html"] = small::bytes("<!doctype html>○");
    small::seal(files, small::key_of("example.com/maru", 2));
    EXPECT_THAT(refusal(files), StartsWith("MANIFEST.sig"));
}

TEST(VerifyPack, a_pack_of_another_log_is_refused_by_the_key_given) {
    const auto other = ledger::policy_of(small::key_of("example.com/other", 3).verifier());
    const auto verified = small::verify(small::make(), other);
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().kind, ErrorKind::forbidden);
    EXPECT_THAT(verified.error().message.en, StartsWith("keys/log.vkey: it is not the key that you gave"));
}

// From here on with the organisation's own signature over the lie.

TEST(VerifyPack, an_entry_that_was_changed_after_signing_is_refused) {
    const std::string reason = resealed([](Files& files) {
        auto& bundle = files["log/tile/entries/000"];
        bundle = replaced(bundle, "\"kind\":\"put\"", "\"kind\":\"pot\"");
    });
    EXPECT_THAT(reason, HasSubstr("tile/0/000"));
    EXPECT_THAT(reason, HasSubstr("tile/entries/000"));
}

TEST(VerifyPack, a_value_that_was_not_recorded_is_refused) {
    const std::string reason = resealed([](Files& files) {
        auto& json = files["receipts/5.json"];
        json = replaced(json, "PC-5", "PC-6");
    });
    EXPECT_THAT(reason, StartsWith("receipts/5.json: the disclosed values"));
}

TEST(VerifyPack, an_envelope_that_is_not_the_logs_is_refused) {
    const std::string reason = resealed(
        [](Files& files) { files["receipts/5.json"] = small::bytes(to_json(small::disclosure(6))); });
    EXPECT_THAT(reason, StartsWith("receipts/5.json: its envelope"));
}

TEST(VerifyPack, a_receipt_for_another_entry_is_refused) {
    EXPECT_THAT(
        resealed([](Files& files) { files["receipts/5.tlog-proof"] = files["receipts/0.tlog-proof"]; }),
        StartsWith("receipts/5.tlog-proof: it is about another entry"));
    EXPECT_THAT(resealed([](Files& files) {
                    auto& proof = files["receipts/5.tlog-proof"];
                    proof = replaced(files["receipts/0.tlog-proof"], "index 0\n", "index 5\n");
                }),
                StartsWith("receipts/5.tlog-proof"));
}

TEST(VerifyPack, receipts_that_no_entry_has_are_refused) {
    EXPECT_THAT(
        resealed([](Files& files) { files["receipts/300.tlog-proof"] = files["receipts/0.tlog-proof"]; }),
        StartsWith("receipts/300.tlog-proof: the log has no entry"));
    EXPECT_THAT(resealed([](Files& files) { files["receipts/05.json"] = files["receipts/5.json"]; }),
                StartsWith("receipts/05.json"));
    EXPECT_THAT(resealed([](Files& files) { files.erase("receipts/5.tlog-proof"); }),
                StartsWith("receipts/5.tlog-proof: it is missing"));
}

TEST(VerifyPack, a_sheet_of_another_state_or_other_definitions_is_refused) {
    EXPECT_THAT(resealed([](Files& files) {
                    auto& sheet = files["sheets/first.json"];
                    sheet = replaced(sheet, "\"entries\": 10", "\"entries\": 11");
                }),
                StartsWith("sheets/first.json: the ledger state"));
    EXPECT_THAT(resealed([](Files& files) {
                    auto& sheet = files["sheets/last.json"];
                    sheet = replaced(sheet, "\"entries\": 300", "\"entries\": 301");
                }),
                StartsWith("sheets/last.json: the ledger state"));
    EXPECT_THAT(resealed([](Files& files) { files["definitions/settings.toml"].push_back('\n'); }),
                StartsWith("sheets/first.json: it was computed with other definitions"));
    EXPECT_THAT(resealed([](Files& files) { files["definitions/checks/more.toml"] = {}; }),
                StartsWith("sheets/first.json: it was computed with other definitions"));
    EXPECT_THAT(resealed([](Files& files) { files["sheets/last.json"] = small::bytes("[]"); }),
                StartsWith("sheets/last.json"));
    EXPECT_THAT(resealed([](Files& files) { files.erase("sheets/last.json"); }),
                StartsWith("sheets/last.json"));
}

TEST(VerifyPack, evidence_under_another_hash_is_refused) {
    EXPECT_THAT(resealed([](Files& files) { files["evidence/" + std::string(64, '0')] = small::bytes("x"); }),
                StartsWith("evidence/000"));
}

TEST(VerifyPack, a_time_stamp_over_something_else_is_refused) {
    EXPECT_THAT(resealed([](Files& files) {
                    auto& body = files["timestamps/200.body"];
                    body = replaced(body, "\n200\n", "\n201\n");
                }),
                StartsWith("timestamps/200.body: it is not of this log"));
}

TEST(VerifyPack, a_time_stamp_that_the_log_does_not_name_is_refused) {
    EXPECT_THAT(resealed([](Files& files) { files["timestamps/200.tsr"] = small::bytes("another answer"); }),
                StartsWith("timestamps/200.tsr: the log names no such time stamp"));
    EXPECT_THAT(resealed([](Files& files) { files["timestamps/100.tsr"] = files["timestamps/200.tsr"]; }),
                StartsWith("timestamps/100.tsr: the log names no such time stamp"));
}

TEST(VerifyPack, an_empty_log_is_no_success) {
    Files files = small::make();
    std::erase_if(files, [](const auto& file) {
        return file.first.starts_with("log/") || file.first.starts_with("receipts/");
    });
    files["log/checkpoint"] = small::bytes(
        *ledger::sign_checkpoint({small::key().name, 0, ledger::empty_root(), {}}, small::key()));
    small::seal(files, small::key(), 0);
    EXPECT_THAT(refusal(files), HasSubstr("nothing was checked"));
}

TEST(VerifyPack, a_log_shorter_than_was_sealed_is_refused) {
    Files files = small::make();
    small::seal(files, small::key(), 301);
    EXPECT_THAT(refusal(files), StartsWith("log/checkpoint: MANIFEST.sig says another size"));
}

TEST(VerifyRecord, a_receipt_and_its_record_verify_together_only) {
    const Files files = small::make();
    const auto policy = ledger::policy_of(small::key().verifier());
    const std::string receipt = small::text(files.at("receipts/5.tlog-proof"));
    const auto proven = verify_record(receipt, small::text(files.at("receipts/5.json")), policy);
    ASSERT_TRUE(proven) << proven.error().message.en;
    EXPECT_EQ(proven->index, 5u);
    EXPECT_EQ(proven->entry.record, "5");
    EXPECT_FALSE(verify_record(receipt, small::text(files.at("receipts/0.json")), policy));
    const auto other = ledger::policy_of(small::key_of("example.com/maru", 2).verifier());
    EXPECT_FALSE(verify_record(receipt, small::text(files.at("receipts/5.json")), other));
}

}  // namespace
