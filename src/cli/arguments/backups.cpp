// Backups and restoring them.
#include "arguments/parser.hpp"

namespace maru::cli {

namespace {

void add_bucket(Parser& parser, CLI::App* command, backup::BucketSettings& bucket) {
    command
        ->add_option(
            "--s3-endpoint", bucket.endpoint,
            parser.say("S3 互換サービスのアドレス（既定 AWS_ENDPOINT_URL か Amazon）。"
                       "{bucket} を含めればバケット名をホスト名に使います",
                       "Address of the S3 service (default: AWS_ENDPOINT_URL, else Amazon's); with {bucket} "
                       "in it the bucket is part of the host"))
        ->check(parser.not_empty());
    command
        ->add_option("--s3-region", bucket.region,
                     parser.say("リージョン（既定 AWS_REGION か us-east-1）",
                                "Region (default: AWS_REGION, else us-east-1)"))
        ->check(parser.not_empty());
    command
        ->add_option("--s3-credentials", bucket.credentials,
                     parser.say("アクセスキーのファイル（0600。既定は環境変数 AWS_ACCESS_KEY_ID と "
                                "AWS_SECRET_ACCESS_KEY）",
                                "File with the access key (0600; default: AWS_ACCESS_KEY_ID and "
                                "AWS_SECRET_ACCESS_KEY of the environment)"))
        ->check(parser.not_empty());
}

void declare_run(Parser& parser, CLI::App& backup) {
    auto [run, values] = parser.add<BackupCommand>(
        backup, "run",
        parser.say("バックアップを取り、実行記録（設問13）に残す。配信中でも取れる",
                   "Make a backup and record it (item 13); works beside a running server"));
    values.action = BackupCommand::Action::run;
    run->add_option("--to", values.place,
                    parser.say("保存先のフォルダ（別の機械や媒体を推奨）か s3://バケット/フォルダ",
                               "A folder, best on another machine or medium, or s3://BUCKET/FOLDER"))
        ->required();
    run->add_option(
           "--key", values.key,
           parser.say("暗号化する鍵のファイル。公開鍵だけでよい", "Key file; the public key is enough"))
        ->required();
    run->add_option("--keep", values.keep,
                    parser.say("この組織のバックアップを新しい方から残す数（既定は全部）",
                               "How many of this organisation's backups stay, the newest (default: all)"))
        ->check(parser.small_count());
    run->add_option("--by", values.by,
                    parser.say("担当者（従業者番号。既定は情報セキュリティ管理者）",
                               "Who answers for it (employee code; default: the security manager)"));
    add_bucket(parser, run, values.bucket);
}

}  // namespace

void declare_backups(Parser& parser) {
    CLI::App* backup = parser.app().add_subcommand(
        "backup", parser.say("暗号化したバックアップを取る・一覧する", "Make and list encrypted backups"));
    backup->require_subcommand(1);
    backup->footer(parser.say(
        "最初に1回:  maru backup key --out backup.key          （秘密鍵。サーバーの外に控える）\n"
        "毎日:       maru backup run --to /mnt/backup --key backup.pub --keep 30\n"
        "            S3 へ: --to s3://バケット/フォルダ（1個 5 GiB まで。キーは環境変数かファイル）\n"
        "            公開鍵（表示された1行）を backup.pub に置けば、サーバーが盗まれても過去分は読めません\n"
        "年に1回:    maru restore --drill FILE --key backup.key （復元を試し、設問13の証跡に残す）",
        "Once:        maru backup key --out backup.key          (private key; keep a copy off the server)\n"
        "Every day:   maru backup run --to /mnt/backup --key backup.pub --keep 30\n"
        "             to S3: --to s3://BUCKET/FOLDER (up to 5 GiB; the key by environment or file)\n"
        "             with the printed public key in backup.pub a stolen server cannot read old backups\n"
        "Every year:  maru restore --drill FILE --key backup.key (try it, and record that for item 13)"));
    declare_run(parser, *backup);
    auto [list, list_values] =
        parser.add<BackupCommand>(*backup, "list", parser.say("バックアップの一覧", "List backups"));
    list_values.action = BackupCommand::Action::list;
    list->add_option("--to", list_values.place, parser.say("保存先", "Where they lie"))->required();
    add_bucket(parser, list, list_values.bucket);
    auto [key, key_values] = parser.add<BackupCommand>(
        *backup, "key", parser.say("鍵を作り、公開鍵を表示する", "Make a key pair; prints the public key"));
    key_values.action = BackupCommand::Action::key;
    key->add_option("--out", key_values.key,
                    parser.say("秘密鍵を書くファイル（0600）", "File for the private key (0600)"))
        ->required();

    auto [restore, values] = parser.add<RestoreCommand>(
        parser.app(), "restore",
        parser.say("バックアップを新しいフォルダに戻す、または戻せるかを試す",
                   "Put a backup back into a new folder, or try whether that works"));
    restore
        ->add_option("BACKUP", values.backup,
                     parser.say("バックアップのファイルか s3://バケット/…", "The file, or s3://BUCKET/…"))
        ->required();
    restore->add_option("--key", values.key, parser.say("秘密鍵のファイル", "File with the private key"))
        ->required();
    restore->add_option("--to", values.folder,
                        parser.say("作るフォルダ。既にあるものには書きません",
                                   "Folder to make; nothing that is there is touched"));
    restore->add_flag(
        "--drill", values.drill,
        parser.say("別の場所に復元して台帳の全件・署名・添付・シートを今の組織と照合し、"
                   "設問13の証跡に残して消す",
                   "Restore aside, verify every entry, signature and attachment, compare the sheet "
                   "with the living organisation's, record that for item 13, remove the copy"));
    restore->add_option("--by", values.by,
                        parser.say("実施者（従業者番号。既定は情報セキュリティ管理者）",
                                   "Who does this (employee code; default: the security manager)"));
    add_bucket(parser, restore, values.bucket);
    parser.add_sheet_name(restore, values.sheet);
}

}  // namespace maru::cli
