#include "store/snapshot.hpp"

#include "store/database.hpp"

namespace maru::store {

Result<void> snapshot(const std::filesystem::path& database, const std::filesystem::path& file) {
    Database reader = TRY(Database::open(database, OpenMode::read_only));
    Statement vacuum = TRY(reader.prepare("vacuum into ?1"));
    vacuum.bind(1, std::string_view(file.string()));
    const Result<void> done = vacuum.run();
    if (!done) return std::unexpected(prefixed(database.string(), done.error()));
    return {};
}

}  // namespace maru::store
