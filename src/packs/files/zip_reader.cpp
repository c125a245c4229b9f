#include "files/zip_reader.hpp"

#include <fmt/core.h>
#include <zip.h>

#include "files/names.hpp"

namespace maru::packs {

namespace {

namespace fs = std::filesystem;

constexpr zip_uint32_t file_type = 0170000;
constexpr zip_uint32_t regular_file = 0100000;

std::unexpected<Error> no_archive(std::string_view why) {
    return fail(ErrorKind::corrupt,
                {fmt::format("zipとして読めません。壊れているか、途中で切れています（{}）。", why),
                 fmt::format("not readable as a zip archive: damaged or cut off ({})", why)});
}

std::unexpected<Error> refused(std::string_view name, std::string_view ja, std::string_view en) {
    const std::string shown = shown_name(name);
    return fail(ErrorKind::corrupt, {fmt::format("{}: {}", shown, ja), fmt::format("{}: {}", shown, en)});
}

// Whoever asked names the file.
std::unexpected<Error> damaged(const char* why) {
    return fail(ErrorKind::corrupt,
                {fmt::format("壊れています（{}）。", why), fmt::format("it is damaged ({})", why)});
}

zip_t* as_zip(void* archive) { return static_cast<zip_t*>(archive); }

bool is_special(zip_t* archive, zip_uint64_t index) {
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return true;
    const zip_uint32_t type = attributes >> 16 & file_type;
    return system == ZIP_OPSYS_UNIX && type != 0 && type != regular_file;
}

bool is_readable(const zip_stat_t& part) {
    return part.encryption_method == ZIP_EM_NONE &&
           (part.comp_method == ZIP_CM_STORE || part.comp_method == ZIP_CM_DEFLATE);
}

}  // namespace

Result<ZipReader> ZipReader::open(const fs::path& file, std::uint64_t most_parts) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    int code = 0;
    zip_t* opened = error ? nullptr : zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (opened == nullptr && (error || code == ZIP_ER_OPEN || code == ZIP_ER_READ))
        return fail(ErrorKind::unavailable,
                    {fmt::format("{} を開けません。権限を確かめてください。", file.string()),
                     fmt::format("cannot open {}; check its permissions", file.string())});
    if (opened == nullptr && code == ZIP_ER_EXISTS)
        return fail(ErrorKind::corrupt,
                    {"同じ名前のファイルが二つあります。", "there are two files of this name"});
    if (opened == nullptr) {
        zip_error_t detail;
        zip_error_init_with_code(&detail, code);
        const std::string why = zip_error_strerror(&detail);
        zip_error_fini(&detail);
        return no_archive(why);
    }
    Archive archive(opened, [](void* one) { zip_discard(as_zip(one)); });
    if (static_cast<std::uint64_t>(zip_get_num_entries(opened, 0)) > most_parts)
        return no_archive("too many parts");
    return ZipReader(std::move(archive), size);
}

Result<void> ZipReader::each(const Visitor& visit) {
    zip_t* archive = as_zip(archive_.get());
    const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive, 0));
    std::uint64_t compressed = 0;
    for (zip_uint64_t i = 0; i < count; ++i) {
        zip_stat_t part;
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE |
                                        ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        if (zip_stat_index(archive, i, ZIP_FL_ENC_RAW, &part) != 0 || (part.valid & needed) != needed)
            return no_archive(zip_strerror(archive));
        const std::string name = part.name;
        if (name.ends_with('/') && part.size == 0 && is_pack_name(name.substr(0, name.size() - 1))) continue;
        if (is_special(archive, i))
            return refused(name, "通常のファイルではありません（リンクなど）。",
                           "no regular file (a link or a device)");
        if (!is_readable(part))
            return refused(name, "暗号化されているか、知らない圧縮方式です。",
                           "encrypted, or compressed in an unknown way");
        if (part.comp_size > file_size_ || (compressed += part.comp_size) > file_size_)
            return refused(name, "ほかの部分と重なっています（zip爆弾）。",
                           "it overlaps other parts (a zip bomb)");
        TRY(visit(name, part.size));
    }
    return {};
}

Result<Bytes> ZipReader::read(const std::string& name, std::uint64_t size) {
    zip_t* archive = as_zip(archive_.get());
    zip_file_t* opened = zip_fopen(archive, name.c_str(), ZIP_FL_ENC_RAW);
    if (opened == nullptr) return damaged(zip_strerror(archive));
    const std::unique_ptr<zip_file_t, decltype([](zip_file_t* one) { zip_fclose(one); })> file(opened);
    Bytes bytes(size);
    std::uint64_t at = 0;
    while (at < size) {
        const zip_int64_t count = zip_fread(file.get(), bytes.data() + at, size - at);
        if (count < 0) return damaged(zip_file_strerror(file.get()));
        if (count == 0) return damaged("cut off");
        at += static_cast<std::uint64_t>(count);
    }
    std::uint8_t beyond = 0;  // at the end libzip compares the checksum
    const zip_int64_t more = zip_fread(file.get(), &beyond, 1);
    if (more < 0) return damaged(zip_file_strerror(file.get()));
    if (more > 0) return damaged("longer than declared");
    return bytes;
}

}  // namespace maru::packs
