#include <fmt/core.h>
#include <qrencode.h>

#include <memory>

#include "identity/totp.hpp"

namespace maru::identity {

namespace {

constexpr int quiet_zone = 4;  // modules of white around the code
constexpr std::size_t longest = 2000;

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

// Runs of dark modules as bars one module high: "M4 4h7v1h-7z".
std::string path_of(const QRcode& code) {
    std::string path;
    const auto dark = [&](int x, int y) { return (code.data[y * code.width + x] & 1) != 0; };
    for (int y = 0; y < code.width; ++y) {
        for (int x = 0; x < code.width; ++x) {
            if (!dark(x, y)) continue;
            const int from = x;
            while (x < code.width && dark(x, y)) ++x;
            path += fmt::format("M{} {}h{}v1h-{}z", from + quiet_zone, y + quiet_zone, x - from, x - from);
        }
    }
    return path;
}

}  // namespace

Result<QrCode> qr_code(std::string_view text) {
    const std::string copy(text);
    std::unique_ptr<QRcode, FreeCode> code;
    if (text.size() <= longest && !text.contains('\0'))
        code.reset(QRcode_encodeString8bit(copy.c_str(), 0, QR_ECLEVEL_M));
    if (!code)
        return fail(ErrorKind::invalid,
                    {"QRコードにできません（長すぎるか空です）。", "no QR code of this: too long or empty"});
    return QrCode{code->width + 2 * quiet_zone, path_of(*code)};
}

}  // namespace maru::identity
