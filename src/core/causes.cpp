#include "core/causes.hpp"

#include <fmt/core.h>

#include <cerrno>

namespace maru {

Text cause_of(int error) {
    switch (error) {
        case EACCES:
        case EPERM: return {"権限がありません", "permission denied"};
        case ENOENT: return {"場所がありません", "no such place"};
        case ENOTDIR: return {"途中の名前がフォルダではありません", "a name on the way is no folder"};
        case EISDIR: return {"フォルダです", "is a folder"};
        case EEXIST: return {"既にあります", "exists already"};
        case ENOTEMPTY: return {"空ではありません", "is not empty"};
        case ENOSPC: return {"空き容量がありません", "no space left"};
        case EDQUOT: return {"割り当てられた容量を使い切りました", "the quota is used up"};
        case EROFS: return {"読み取り専用の場所です", "a read-only place"};
        case ENAMETOOLONG: return {"名前が長すぎます", "the name is too long"};
        case ELOOP: return {"シンボリックリンクが循環しています", "symbolic links in a circle"};
        case EMFILE:
        case ENFILE: return {"開いているファイルが多すぎます", "too many open files"};
        case EFBIG: return {"ファイルが大きすぎます", "the file is too large"};
        case EIO: return {"装置の読み書きに失敗しました", "the device failed"};
        case EBUSY:
        case ETXTBSY: return {"使用中です", "in use"};
        case ENOMEM: return {"メモリが足りません", "out of memory"};
        case EXDEV: return {"別の装置です", "on another device"};
        case ENODEV:
        case ENXIO: return {"装置がありません", "no such device"};
        case EINVAL: return {"この場所では使えない操作です", "not possible in this place"};
        default: return {fmt::format("システムの誤り {}", error), fmt::format("system error {}", error)};
    }
}

}  // namespace maru
