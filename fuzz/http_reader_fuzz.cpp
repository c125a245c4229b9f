// Requests out of bytes: however the network cuts them, the same requests come out, and the same refusal.
#include <utility>

#include "require.hpp"
#include "server/reader.hpp"

namespace {

using namespace maru::http;

constexpr std::uint32_t limit = 300;

struct Heard {
    std::string text;  // of all requests
    int refused = 0;
    bool operator==(const Heard&) const = default;
};

// One connection, its bytes arriving piece by piece.
class Connection {
public:
    void receive(std::string_view bytes) {
        while (!bytes.empty() && heard.refused == 0) {
            const auto room = input_.room(1 << 20);
            const std::size_t n = bytes.copy(room.data(), room.size());
            input_.added(n);
            bytes.remove_prefix(n);
            while (advance()) {
            }
        }
    }
    Heard heard;

private:
    // True: there may be more to take.
    bool advance() {
        const Progress progress =
            in_body_ ? reader_.read_body(input_, request_) : reader_.read_head(input_, request_);
        if (progress == Progress::refused) heard.refused = reader_.refusal().status;
        if (progress == Progress::refused) require(heard.refused >= 400, "a refusal has a status");
        if (progress != Progress::complete) return false;
        if (!in_body_) reader_.limit_body(200);
        if (!std::exchange(in_body_, true)) return true;
        require(request_.body.size() <= 200 || reader_.content_length(),
                "a body in chunks stays in its limit");
        write_down();
        request_ = Request();
        reader_.reset();
        in_body_ = false;
        return true;
    }
    void write_down() {
        heard.text += std::string(name_of(request_.method)) + " " + request_.path + "\n";
        for (const auto& [name, value] : request_.headers.all()) {
            require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
                    "values are lines");
            heard.text += name + ": " + value + "\n";
        }
        heard.text += "[" + request_.body + "]\n";
    }

    Buffer input_;
    RequestReader reader_{limit};
    Request request_;
    bool in_body_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    Connection whole, pieces;
    whole.receive(text);
    for (std::size_t i = 0; i < text.size(); ++i) pieces.receive(text.substr(i, 1));
    // An endless chunk extension is refused when its end does not come with it: earlier, never otherwise.
    const bool refused_earlier = pieces.heard.refused != 0 && whole.heard.text.starts_with(pieces.heard.text);
    require(whole.heard == pieces.heard || refused_earlier, "how bytes arrive does not matter");
    return 0;
}
