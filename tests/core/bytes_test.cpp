#include "core/bytes.hpp"

#include <gtest/gtest.h>

namespace maru {
namespace {

TEST(Hex, IsReadBack) {
    EXPECT_EQ(hex(Bytes{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
    EXPECT_EQ(*parse_hex("000FA5ff"), (Bytes{0x00, 0x0f, 0xa5, 0xff}));
    EXPECT_EQ(*parse_hex(""), Bytes{});
}

TEST(Hex, RefusesHalfBytesAndOtherLetters) {
    for (const char* text : {"0", "0g", "é0", " 00", "0x00"}) EXPECT_FALSE(parse_hex(text)) << text;
}

// RFC 4648 section 10.
TEST(Base64, HasTheVectorsOfTheStandard) {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, encoded] : vectors) {
        const ByteView bytes = as_bytes(plain);
        EXPECT_EQ(base64(bytes), encoded);
        EXPECT_EQ(*parse_base64(encoded), Bytes(bytes.begin(), bytes.end()));
    }
    EXPECT_EQ(base64(Bytes{0xfb, 0xff, 0xfe}), "+//+");
    EXPECT_EQ(*parse_base64("+//+"), (Bytes{0xfb, 0xff, 0xfe}));
}

TEST(Base64, HasOneFormPerByteString) {
    for (const char* text :
         {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "-__-", "Zg=a", "あ"})
        EXPECT_FALSE(parse_base64(text)) << text;
}

}  // namespace
}  // namespace maru
