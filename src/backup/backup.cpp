#include "backup/backup.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>
#include <vector>

#include "backup/archive.hpp"
#include "backup/aside.hpp"
#include "ledger/log.hpp"
#include "ledger/stored_checkpoints.hpp"
#include "registers/keystore.hpp"
#include "registers/secrets.hpp"
#include "store/files.hpp"
#include "store/snapshot.hpp"

namespace maru::backup {

namespace {

namespace fs = std::filesystem;

constexpr int attempts = 3;

struct Member {
    std::string path;  // in the backup
    fs::path source;
};

// How often people were erased; none while somebody is being erased. What a backup takes at one count fits
// together: a key that is destroyed while the tables still hold its person would look like a database put
// back.
Result<std::optional<std::size_t>> erasures_in(const fs::path& keys) {
    auto keystore = TRY(registers::Keystore::open_reader(keys));
    if (!TRY(keystore.journals()).empty()) return std::nullopt;
    return TRY(keystore.erasures()).size();
}

std::unexpected<Error> being_erased() {
    return fail(ErrorKind::unavailable,
                {"個人データの消去と重なりました。消去が終わってからもう一度バックアップしてください。",
                 "a person is being erased at the same time; make the backup again when that is done"});
}

bool is_database(const fs::path& file) { return file.extension() == ".db"; }

// Files of SQLite and of locks, drafts, and what is computed again when it is missing.
bool is_left_out(const std::string& name) {
    return name == "lock" || name == "derived.db" || name.starts_with('.') || name.ends_with("-wal") ||
           name.ends_with("-shm") || name.ends_with("-journal") || name.ends_with(".new") ||
           name.ends_with(extension);
}

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.is_regular_file(error) && !is_left_out(entry.path().filename().string()))
            out.push_back(entry.path());
    std::ranges::sort(out);
    return out;
}

class Collector {
public:
    Collector(fs::path organisation, fs::path aside)
        : organisation_(std::move(organisation)), aside_(std::move(aside)) {}

    // maru.db is the first, so that everything that it refers to is there.
    Result<void> collect() {
        TRY(add_database("maru.db"));
        TRY(add_database("keys/keys.db"));
        for (const fs::path& file : TRY(files_in(organisation_ / "keys"))) TRY(add(file));
        for (const fs::path& file : TRY(files_in(organisation_))) TRY(add(file));
        return add_attachments();
    }
    const std::vector<Member>& members() const { return members_; }

private:
    Result<void> add_database(const std::string& path) {
        const fs::path copy = aside_ / path;
        TRY(store::make_folder(copy.parent_path(), store::Access::owner_only));
        TRY(store::snapshot(organisation_ / path, copy));
        members_.push_back({path, copy});
        return {};
    }

    Result<void> add(const fs::path& file) {
        const std::string path = file.lexically_relative(organisation_).string();
        if (std::ranges::find(members_, path, &Member::path) != members_.end()) return {};
        if (is_database(file)) return add_database(path);
        members_.push_back({path, file});
        return {};
    }

    Result<void> add_attachments() {
        std::error_code error;
        std::vector<Member> found;
        for (const auto& entry : fs::recursive_directory_iterator(organisation_ / "blobs", error))
            if (entry.is_regular_file(error) && !is_left_out(entry.path().filename().string()))
                found.push_back({entry.path().lexically_relative(organisation_).string(), entry.path()});
        std::ranges::sort(found, {}, &Member::path);
        std::ranges::move(found, std::back_inserter(members_));
        return {};
    }

    fs::path organisation_;
    fs::path aside_;
    std::vector<Member> members_;
};

Result<Header> header_of(const BackupRequest& request, const fs::path& database) {
    auto reader = TRY(store::Database::open(database, store::OpenMode::read_only));
    const ledger::LogState state = TRY(ledger::stored_state(reader));
    const auto key = TRY(ledger::log_key(reader));
    return Header{key ? key->name : "",
                  static_cast<std::int64_t>(state.size),
                  state.root,
                  request.clock(),
                  request.definitions,
                  request.program,
                  key_id(request.public_key)};
}

// nullopt: somebody was erased meanwhile.
Result<std::optional<Made>> attempt(const BackupRequest& request, const fs::path& aside,
                                    const fs::path& file) {
    const fs::path keys = registers::keys_folder(request.organisation);
    const auto before = TRY(erasures_in(keys));
    if (!before) return std::nullopt;
    Collector collector(request.organisation, aside);
    TRY(collector.collect());
    Made made{TRY(header_of(request, aside / "maru.db")), "", 0, 0};
    auto writer = TRY(ArchiveWriter::open(file, made.header, request.public_key));
    for (const Member& member : collector.members()) TRY(writer.add(member.path, member.source));
    TRY(writer.finish());
    if (TRY(erasures_in(keys)) != before) return std::nullopt;
    std::error_code error;
    made.name = file_name(made.header.origin, made.header.time);
    made.files = writer.files();
    made.bytes = fs::file_size(file, error);
    return made;
}

Result<void> expect_organisation(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder / "maru.db", error)) return {};
    return fail(ErrorKind::not_found,
                {folder.string() + " に組織のデータ（maru.db）がありません。--org で場所を指定してください。",
                 folder.string() + " holds no organisation (maru.db); name it with --org"});
}

}  // namespace

Result<Made> make_backup(const BackupRequest& request, const Place& place) {
    TRY(expect_organisation(request.organisation));
    for (int tried = 0; tried < attempts; ++tried) {
        const Aside aside = TRY(Aside::make(request.organisation, request.random));
        const fs::path file = aside.path() / "backup";
        const auto made = TRY(attempt(request, aside.path() / "copy", file));
        if (!made) continue;
        TRY(place.put(made->name, file));
        return *made;
    }
    return being_erased();
}

}  // namespace maru::backup
