// The server.
#include "arguments/parser.hpp"

namespace maru::cli {

void declare_serving(Parser& parser) {
    auto [command, values] = parser.add<ServeCommand>(
        parser.app(), "serve", parser.say("画面と API を配信する", "Serve the web interface and the API"));
    command->add_option("FOLDER", values.folders,
                        parser.say("配信する組織のフォルダ（いくつでも。アドレスは /o/フォルダ名/）",
                                   "Folders of organisations to serve, each at /o/FOLDER'S-NAME/"));
    command
        ->add_option("--config", values.configuration,
                     parser.say("設定ファイル（TOML）。--print-config で全項目を表示",
                                "Configuration file (TOML); --print-config shows every key"))
        ->check(parser.not_empty());
    command
        ->add_option("--listen", values.listen,
                     parser.say("待ち受けるアドレス（既定 127.0.0.1:8080）",
                                "Address to listen on (default 127.0.0.1:8080)"))
        ->check(parser.not_empty());
    command->add_flag("--dev-tls", values.dev_tls,
                      parser.say("自己署名の証明書を作って TLS で配信する（開発用）",
                                 "Serve by TLS with a self-signed certificate (development)"));
    command->add_flag("--link", values.link,
                      parser.say("情報セキュリティ管理者としてサインインする、1回だけ使えるリンクを表示する",
                                 "Print a one-time link that signs in as the security manager"));
    command->add_flag(
        "--print-config", values.print_configuration,
        parser.say("設定ファイルの見本を表示して終わる", "Print an example configuration and end"));
    command->add_flag("--print-openapi", values.print_openapi,
                      parser.say("API の説明（OpenAPI 3.1）を表示して終わる",
                                 "Print the description of the API (OpenAPI 3.1) and end"));
    command->footer(parser.say(
        "例:  maru serve data/sample --link\n     maru serve --config /etc/maru.toml",
        "Examples:  maru serve data/sample --link\n           maru serve --config /etc/maru.toml"));
}

}  // namespace maru::cli
