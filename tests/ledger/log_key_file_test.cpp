#include "ledger/log_key_file.hpp"

#include "stored_log.hpp"

namespace maru::ledger {
namespace {

class LogKeyFileTest : public StoredLogTest {
protected:
    void SetUp() override {
        StoredLogTest::SetUp();
        execute("delete from log_key");
        fs::create_directories(keys);
    }
    Result<SigningKey> ensure() { return ensure_log_key(database, keys, wanted); }
    VerifierKey stored() { return **log_key(database); }

    fs::path keys = folder / "keys";
    NewLogKey wanted{"example.jp/log", [](std::span<std::uint8_t> out) {
                         static std::uint8_t next = 0;
                         for (std::uint8_t& byte : out) byte = next++;
                     }};
};

TEST_F(LogKeyFileTest, IsMadeOnceForItsOwnerAndNamedInTheDatabase) {
    const SigningKey made = *ensure();
    EXPECT_EQ(made.name, "example.jp/log");
    EXPECT_EQ(stored(), made.verifier());
    EXPECT_EQ(fs::status(keys / "log.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(ensure()->verifier(), made.verifier());
}

TEST_F(LogKeyFileTest, AKeyThatWasMadeJustBeforeACrashIsTaken) {
    const SigningKey made = *ensure();
    execute("delete from log_key");
    EXPECT_EQ(ensure()->verifier(), made.verifier());
}

TEST_F(LogKeyFileTest, ALostOrForeignKeyIsNotReplacedWithoutAWord) {
    ASSERT_TRUE(ensure());
    fs::rename(keys / "log.key", folder / "log.key");
    EXPECT_EQ(ensure().error().kind, ErrorKind::corrupt);
    const SigningKey other = test_key("example.jp/other");
    ASSERT_TRUE(
        store::replace_file(keys / "log.key", as_bytes(private_text(other)), store::Access::owner_only));
    EXPECT_EQ(ensure().error().kind, ErrorKind::conflict);
    EXPECT_THAT(ensure().error().message.en, testing::HasSubstr("example.jp/other"));
    ASSERT_TRUE(store::replace_file(keys / "log.key", as_bytes("鍵ではない"), store::Access::owner_only));
    EXPECT_EQ(ensure().error().kind, ErrorKind::corrupt);
}

TEST_F(LogKeyFileTest, ANameThatCannotBeAnOriginIsRefusedBeforeAnythingIsWritten) {
    for (const char* name : {"", "example jp", "a+b", "例.jp", "a\nb"}) {
        wanted.origin = name;
        EXPECT_EQ(ensure().error().kind, ErrorKind::invalid) << name;
    }
    wanted.origin = std::string(256, 'a');
    EXPECT_EQ(ensure().error().kind, ErrorKind::invalid);
    EXPECT_TRUE(fs::is_empty(keys));
}

TEST_F(LogKeyFileTest, ARenewalThatWasInterruptedIsFinished) {
    const SigningKey old = *ensure();
    const SigningKey fresh = *prepare_new_key(keys, {"example.jp/log/2", wanted.random});
    EXPECT_EQ(ensure()->verifier(), old.verifier()) << "nothing has been decided yet";
    ASSERT_TRUE(store_log_key(database, fresh.verifier(), 5));
    EXPECT_EQ(ensure()->verifier(), fresh.verifier());
    EXPECT_EQ(read_key_file(keys).value()->verifier(), fresh.verifier());
    EXPECT_TRUE(fs::exists(keys / fmt::format("log.key.{:08x}", old.verifier().id())));
    EXPECT_EQ(all_log_keys(database)->size(), 2u);
}

TEST_F(LogKeyFileTest, DefaultNamesAreOriginsWhateverTheFolderIsCalled) {
    for (const char* name : {"sample", "株式会社見本", "My Company (2026)", "", "..", "a+b", "---"}) {
        const std::string origin = default_origin(name, wanted.random);
        EXPECT_TRUE(make_signing_key(origin, KeyType::ed25519, wanted.random)) << origin;
        EXPECT_TRUE(origin.starts_with("maru.internal/")) << origin;
    }
    EXPECT_THAT(default_origin("My Company (2026)", wanted.random), testing::HasSubstr("/my-company-2026-"));
    EXPECT_NE(default_origin("a", wanted.random), default_origin("a", wanted.random));
    EXPECT_LT(default_origin(std::string(1000, 'x'), wanted.random).size(), max_key_name);
}

}  // namespace
}  // namespace maru::ledger
