#include "ledger/receipt.hpp"

#include <gtest/gtest.h>

#include "memory_log.hpp"
#include "vectors.hpp"

namespace maru::ledger {
namespace {

const SigningKey key = signing_key("small_log");
const Policy policy = policy_of(key.verifier());

Receipt receipt_for(const MemoryLog& log, std::uint64_t index) {
    return {{},
            index,
            *inclusion_proof(log.hashes(), index, log.size()),
            *sign_checkpoint({key.name, log.size(), log.root(), {}}, key)};
}

TEST(Receipt, OfEveryEntryVerifiesAndIsReadBack) {
    for (const int size : {1, 2, 7, 255, 257}) {
        const MemoryLog log = MemoryLog::decimals(size);
        for (std::uint64_t i = 0; i < log.size(); i += i < 20 ? 1 : 50) {
            const Receipt receipt = receipt_for(log, i);
            EXPECT_TRUE(verify_receipt(receipt, log.leaf(i), policy));
            EXPECT_EQ(*parse_receipt(to_text(receipt)), receipt);
        }
    }
}

TEST(Receipt, IsWrittenAsTheSpecificationSays) {
    const MemoryLog log = MemoryLog::decimals(2);
    Receipt receipt = receipt_for(log, 1);
    receipt.extra = {1, 2, 3};
    EXPECT_EQ(to_text(receipt), "c2sp.org/tlog-proof@v1\nextra AQID\nindex 1\n" + base64(log.leaf(0)) +
                                    "\n\n" + receipt.checkpoint);
    EXPECT_EQ(*parse_receipt(to_text(receipt)), receipt);
}

TEST(Receipt, HoldsForNoOtherEntryIndexCheckpointOrKey) {
    const MemoryLog log = MemoryLog::decimals(9);
    const Receipt receipt = receipt_for(log, 5);
    EXPECT_EQ(verify_receipt(receipt, log.leaf(4), policy).error().kind, ErrorKind::corrupt);
    Receipt moved = receipt;
    moved.index = 4;
    EXPECT_EQ(verify_receipt(moved, log.leaf(5), policy).error().kind, ErrorKind::corrupt);
    moved.index = 9;
    EXPECT_EQ(verify_receipt(moved, log.leaf(5), policy).error().kind, ErrorKind::invalid);
    Receipt newer = receipt;
    newer.checkpoint = receipt_for(MemoryLog::decimals(10), 5).checkpoint;
    EXPECT_EQ(verify_receipt(newer, log.leaf(5), policy).error().kind, ErrorKind::corrupt);
    EXPECT_EQ(verify_receipt(receipt, log.leaf(5), policy_of(verifier_key("foo"))).error().kind,
              ErrorKind::forbidden);
}

TEST(Receipt, IsNeverReadTwoWays) {
    const MemoryLog log = MemoryLog::decimals(9);
    Receipt receipt = receipt_for(log, 5);
    receipt.extra = bytes_of("追加");
    const std::string text = to_text(receipt);
    for (std::size_t i = 0; i < text.size(); ++i) {
        EXPECT_FALSE(parse_receipt(text.substr(0, i))) << i;
        std::string changed = text;
        changed[i] = changed[i] == 'a' ? 'b' : 'a';
        const auto read = parse_receipt(changed);
        if (read) EXPECT_EQ(to_text(*read), changed) << i;
    }
}

Error refused(const std::string& text) {
    const auto receipt = parse_receipt(text);
    EXPECT_FALSE(receipt) << text;
    return receipt ? Error{} : receipt.error();
}

TEST(Receipt, IsRefusedWithTheLine) {
    const std::string start = "c2sp.org/tlog-proof@v1\n", hash = base64(empty_root()) + "\n";
    const std::string note = "\n" + vector_file("small-log-15.note");
    EXPECT_TRUE(parse_receipt(start + "index 0\n" + note));
    EXPECT_EQ(refused("c2sp.org/tlog-proof@v2\nindex 0\n" + note).message.en.substr(0, 8), "line 1: ");
    EXPECT_EQ(refused(start + "index 01\n" + note).message.en.substr(0, 8), "line 2: ");
    EXPECT_EQ(refused(start + "index 0\n" + hash + "AAAA\n" + note).message.en.substr(0, 8), "line 4: ");
    EXPECT_NE(refused(start + "index 0\n\nlog\nx\n" + note).message.en.find("checkpoint: line 2"),
              std::string::npos);
    refused(start + note);
    refused(start + "index 0" + note);
    refused(start + "index  0\n" + note);
    refused(start + "extra AQID\n" + note);
    refused(start + "extra \nindex 0\n" + note);
    refused(start + "extra !\nindex 0\n" + note);
    refused(start + "index 0\nextra AQID\n" + note);
    refused(start + "index 9223372036854775808\n" + note);
    refused(start + "index 0\n" + hash);
    std::string many;
    for (std::size_t i = 0; i < max_proof; ++i) many += hash;
    EXPECT_TRUE(parse_receipt(start + "index 0\n" + many + note));
    EXPECT_NE(refused(start + "index 0\n" + many + hash + note).message.en.find("at most 63"),
              std::string::npos);
    refused(start + "extra " + std::string(max_receipt, 'A') + "\nindex 0\n" + note);
}

}  // namespace
}  // namespace maru::ledger
