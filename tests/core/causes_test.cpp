// Causes are words of both languages, whatever the locale; unknown ones keep their number.
#include "core/causes.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace maru {
namespace {

TEST(Causes, AreWordedInBothLanguages) {
    EXPECT_EQ(cause_of(ENOSPC), (Text{"空き容量がありません", "no space left"}));
    EXPECT_EQ(cause_of(EACCES).ja, "権限がありません");
}

TEST(Causes, ThatNobodyExpectsKeepTheirNumber) {
    EXPECT_EQ(cause_of(9999), (Text{"システムの誤り 9999", "system error 9999"}));
}

}  // namespace
}  // namespace maru
