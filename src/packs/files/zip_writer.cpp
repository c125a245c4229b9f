#include "files/zip_writer.hpp"

#include <fmt/core.h>
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace maru::packs {

namespace {

namespace fs = std::filesystem;

constexpr zip_uint32_t level = 9;
constexpr zip_uint16_t first_dos_day = (1 << 5) | 1;              // 1980-01-01
constexpr zip_uint32_t attributes = zip_uint32_t{0100644} << 16;  // a regular file that everybody may read

std::unexpected<Error> cannot_write(const fs::path& file, std::string_view why) {
    return fail(
        ErrorKind::unavailable,
        {fmt::format("{} に書けません（{}）。フォルダと空き容量を確かめてください。", file.string(), why),
         fmt::format("cannot write {} ({}); look at the folder and the free space", file.string(), why)});
}

// libzip asks for the bytes of one file after another when the archive is closed; only one is in memory.
struct Source {
    const PackFile* file;
    std::size_t number;  // from 1
    const Begun* begun;
    std::optional<Error>* failure;  // the first one, for whoever closed the archive
    Bytes bytes{};
    std::size_t at = 0;
    zip_error_t error{};

    zip_int64_t open() {
        (*begun)(number);
        Result<Bytes> content = file->content();
        if (!content) {
            if (!*failure) *failure = content.error();
            zip_error_set(&error, ZIP_ER_READ, 0);
            return -1;
        }
        bytes = std::move(*content);
        at = 0;
        return 0;
    }
    // With the size known, the headers have the plain form.
    zip_int64_t stat(zip_stat_t* out) const {
        zip_stat_init(out);
        out->size = file->size;
        out->valid |= ZIP_STAT_SIZE;
        return sizeof *out;
    }
    zip_int64_t read(void* data, zip_uint64_t length) {
        const std::size_t count = std::min<std::size_t>(length, bytes.size() - at);
        if (count > 0) std::memcpy(data, bytes.data() + at, count);
        at += count;
        return static_cast<zip_int64_t>(count);
    }
};

zip_int64_t serve(void* user, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto* source = static_cast<Source*>(user);
    switch (command) {
        case ZIP_SOURCE_OPEN: return source->open();
        case ZIP_SOURCE_READ: return source->read(data, length);
        case ZIP_SOURCE_CLOSE: source->bytes = {}; return 0;
        case ZIP_SOURCE_STAT: return source->stat(static_cast<zip_stat_t*>(data));
        case ZIP_SOURCE_FREE: return 0;
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&source->error, data, length);
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                  ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, -1);
        default: zip_error_set(&source->error, ZIP_ER_OPNOTSUPP, 0); return -1;
    }
}

using Archive = std::unique_ptr<zip_t, decltype([](zip_t* archive) { zip_discard(archive); })>;

Result<Archive> open_new(const fs::path& file) {
    int code = 0;
    zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (archive != nullptr) return Archive(archive);
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    const std::string why = zip_error_strerror(&error);
    zip_error_fini(&error);
    return cannot_write(file, why);
}

bool add(zip_t* archive, Source& source) {
    zip_source_t* made = zip_source_function(archive, serve, &source);
    if (made == nullptr) return false;
    const zip_int64_t index = zip_file_add(archive, source.file->path.c_str(), made, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(made);
        return false;
    }
    const auto at = static_cast<zip_uint64_t>(index);
    return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, level) == 0 &&
           zip_file_set_dostime(archive, at, 0, first_dos_day, 0) == 0 &&
           zip_file_set_external_attributes(archive, at, 0, ZIP_OPSYS_UNIX, attributes) == 0;
}

}  // namespace

Result<void> write_zip(const fs::path& file, const std::vector<PackFile>& files, const Begun& begun) {
    std::optional<Error> failure;
    std::vector<Source> sources;
    sources.reserve(files.size());
    for (const PackFile& each : files) sources.push_back({&each, sources.size() + 1, &begun, &failure});
    Archive archive = TRY(open_new(file));
    for (Source& source : sources)
        if (!add(archive.get(), source)) return cannot_write(file, zip_strerror(archive.get()));
    if (zip_close(archive.get()) != 0) {
        if (failure) return std::unexpected(*failure);
        return cannot_write(file, zip_strerror(archive.get()));
    }
    (void)archive.release();  // closing has freed it
    return {};
}

}  // namespace maru::packs
