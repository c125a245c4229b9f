// Where backups lie: a folder, or a bucket that speaks the S3 protocol.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/day.hpp"

namespace maru::backup {

inline constexpr std::string_view extension = ".maru-backup";

// "<name>-<8 hex digits of SHA-256(origin)>-20261123T001500123Z.maru-backup": sorts by age.
std::string file_name(const std::string& origin, Instant time);
// Whether file_name() of this origin gave it, at whatever time.
bool is_name_of(const std::string& origin, std::string_view name);

// The time that file_name() put into it; none when it is no such name.
std::optional<Instant> time_of(std::string_view name);

struct Stored {
    std::string name;
    std::uint64_t bytes = 0;
};

class Place {
public:
    virtual ~Place() = default;
    // Where a backup of this name lies, as people write it.
    virtual std::string path_of(const std::string& name) const = 0;
    // Backups, by name.
    virtual Result<std::vector<Stored>> list() const = 0;
    // Copies the file there, durably. conflict when the name is taken.
    virtual Result<void> put(const std::string& name, const std::filesystem::path& file) const = 0;
    // Copies it from there into a new file.
    virtual Result<void> get(const std::string& name, const std::filesystem::path& file) const = 0;
    virtual Result<void> remove(const std::string& name) const = 0;
};

// not_found when there is no such folder.
Result<std::unique_ptr<Place>> open_folder(const std::filesystem::path& folder);

// Removes the oldest backups of this ledger until `keep` are left; returns their names.
Result<std::vector<std::string>> thin(const Place& place, const std::string& origin, std::size_t keep);

}  // namespace maru::backup
