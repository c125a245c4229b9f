#include "records/messages.hpp"

#include <fmt/core.h>

namespace maru::registers {

Text name_of(const Field& field) {
    return {fmt::format("項目「{}」({})", field.label.ja, field.name),
            fmt::format("field {} ({})", field.label.en, field.name)};
}

std::unexpected<Error> no_such_record(const Register& of, std::int64_t id) {
    return fail(ErrorKind::not_found,
                {fmt::format("「{}」に記録 #{} はありません。番号を確かめてください。", of.label.ja, id),
                 fmt::format("register {} has no record #{}; check the number", of.name, id)});
}

}  // namespace maru::registers
