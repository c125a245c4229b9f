// What devices report, by kind of device.
#pragma once

#include <array>

namespace maru::bench {

// `amount` and `since` only where a check reads them.
struct FactForm {
    const char* kind;
    const char* good;
    const char* value;
    const char* amount = "";
    int since = 0;  // days ago
};

inline constexpr std::array<FactForm, 16> macos_facts = {{
    {"removable_media", "1", "禁止"},
    {"disk_encrypted", "1", "FileVault"},
    {"screen_lock", "1", "5分・パスワード必須", "300"},
    {"firewall", "1", "有効"},
    {"guest_account", "1", "無効"},
    {"remote_login", "1", "無効"},
    {"secure_boot", "1", "完全なセキュリティ"},
    {"os_version", "", "macOS 26.3", "", 12},
    {"security_updates", "1", "未適用なし", "0"},
    {"application_updates", "1", "未適用なし", "0"},
    {"automatic_updates", "1", "有効"},
    {"antivirus", "1", "XProtect"},
    {"antivirus_signatures", "1", "XProtect 5331", "", 8},
    {"password_policy", "1", "12文字以上"},
    {"browser", "1", "最新"},
    {"web_protection", "1", "有効"},
}};
inline constexpr std::array<FactForm, 17> windows_facts = {{
    {"removable_media", "1", "禁止"},
    {"disk_encrypted", "1", "BitLocker（XTS-AES 256）"},
    {"screen_lock", "1", "10分・パスワード必須", "600"},
    {"firewall", "1", "有効"},
    {"guest_account", "1", "無効"},
    {"remote_login", "1", "無効"},
    {"automatic_run", "1", "無効"},
    {"secure_boot", "1", "UEFI"},
    {"os_version", "", "Windows 11 25H2", "", 210},
    {"security_updates", "1", "未適用なし", "0"},
    {"application_updates", "1", "未適用なし", "0"},
    {"automatic_updates", "1", "有効"},
    {"antivirus", "1", "Microsoft Defender"},
    {"antivirus_signatures", "1", "1.443", "", 2},
    {"password_policy", "1", "12文字以上"},
    {"browser", "1", "最新"},
    {"web_protection", "1", "有効"},
}};
inline constexpr std::array<FactForm, 6> phone_facts = {{
    {"disk_encrypted", "1", "有効"},
    {"screen_lock", "1", "5分", "300"},
    {"os_version", "", "iOS 26.3", "", 12},
    {"security_updates", "1", "未適用なし", "0"},
    {"automatic_updates", "1", "有効"},
    {"password_policy", "1", "6桁以上"},
}};
inline constexpr std::array<FactForm, 6> server_facts = {{
    {"clock", "1", "同期", "3"},
    {"disk_space", "1", "空き 45 %", "45"},
    {"firewall", "1", "有効"},
    {"malware_protection", "1", "ClamAV"},
    {"memory", "1", "空き 40 %", "40"},
    {"security_updates", "1", "未適用なし", "0"},
}};

}  // namespace maru::bench
