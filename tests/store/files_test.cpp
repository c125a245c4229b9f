// The store against real files: what a person meets when folders, permissions, locks or bytes are wrong.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "store/database.hpp"
#include "store/migrations.hpp"
#include "temporary_folder.hpp"

namespace maru::store {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FilesTest : public testing::Test {
protected:
    void make() {
        Database database = *Database::open(file, OpenMode::create);
        ASSERT_TRUE(database.execute("create table t (x text); insert into t values ('台帳')"));
    }
    Error open_error(OpenMode mode) {
        const Result<Database> opened = Database::open(file, mode);
        return opened ? Error{ErrorKind::internal, {"成功", "opened"}} : opened.error();
    }
    std::string bytes_in_folder() {
        std::string all;
        for (const auto& entry : fs::directory_iterator(folder.path())) {
            std::ifstream stream(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(stream), {});
        }
        return all;
    }

    TemporaryFolder folder;
    fs::path file = folder / "空白 と日本語%?#.db";
};

TEST_F(FilesTest, KeepsWhatWasWrittenWithTheSafeSettings) {
    make();
    Database database = *Database::open(file, OpenMode::read_write);
    EXPECT_EQ(*database.query_integer("select count(*) from t where x = '台帳'"), 1);
    Statement mode = *database.prepare("pragma journal_mode");
    EXPECT_EQ((*mode.step())->text(0), "wal");
    EXPECT_EQ(*database.query_integer("pragma synchronous"), 2);
    EXPECT_EQ(*database.query_integer("pragma secure_delete"), 1);
    EXPECT_EQ(*database.query_integer("pragma temp_store"), 2);
}

TEST_F(FilesTest, SaysThatAFileIsMissingAndMakesNone) {
    EXPECT_EQ(open_error(OpenMode::read_write).kind, ErrorKind::not_found);
    EXPECT_EQ(open_error(OpenMode::read_only).kind, ErrorKind::not_found);
    EXPECT_THAT(open_error(OpenMode::read_only).message.ja, HasSubstr(file.string()));
    EXPECT_FALSE(fs::exists(file));
    file = folder / "none/maru.db";
    EXPECT_EQ(open_error(OpenMode::create).kind, ErrorKind::unavailable);
}

TEST_F(FilesTest, RecognisesWhatIsNoDatabaseAndLeavesItAlone) {
    const std::string text(5000, 'x');
    std::ofstream(file) << text;
    for (const OpenMode mode : {OpenMode::create, OpenMode::read_write, OpenMode::read_only}) {
        EXPECT_EQ(open_error(mode).kind, ErrorKind::corrupt);
        EXPECT_THAT(open_error(mode).message.en, HasSubstr("no database"));
    }
    EXPECT_EQ(bytes_in_folder(), text);
}

TEST_F(FilesTest, RecognisesATruncatedDatabase) {
    make();
    ASSERT_TRUE(Database::open(file, OpenMode::read_write)
                    ->execute("with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) "
                              "insert into t select 'x' || i from n"));
    fs::resize_file(file, fs::file_size(file) / 2);
    const Result<Database> opened = Database::open(file, OpenMode::read_only);
    const Result<std::optional<std::int64_t>> sum =
        opened ? Database::open(file, OpenMode::read_only)->query_integer("select sum(length(x)) from t")
               : std::unexpected(opened.error());
    ASSERT_FALSE(sum);
    EXPECT_EQ(sum.error().kind, ErrorKind::corrupt);
}

TEST_F(FilesTest, ReadersSeeTheirSnapshotAndCannotWrite) {
    make();
    Database writer = *Database::open(file, OpenMode::read_write);
    Database reader = *Database::open(file, OpenMode::read_only);
    ASSERT_TRUE(reader.execute("begin"));
    EXPECT_EQ(*reader.query_integer("select count(*) from t"), 1);
    ASSERT_TRUE(writer.execute("insert into t values ('新')"));
    EXPECT_EQ(*reader.query_integer("select count(*) from t"), 1);
    ASSERT_TRUE(reader.execute("commit"));
    EXPECT_EQ(*reader.query_integer("select count(*) from t"), 2);
    const Error refused = reader.execute("insert into t values ('だめ')").error();
    EXPECT_EQ(refused.kind, ErrorKind::unavailable);
    EXPECT_THAT(refused.message.en, HasSubstr("read-only"));
}

TEST_F(FilesTest, TempViewsOfAReaderShadowTheTables) {
    make();
    Database reader = *Database::open(file, OpenMode::read_only);
    ASSERT_TRUE(reader.execute("create temp view t as select '昔' as x from main.t"));
    EXPECT_EQ(*reader.query_integer("select count(*) from t where x = '昔'"), 1);
}

TEST_F(FilesTest, ALockIsReportedAfterTheWait) {
    make();
    Database first = *Database::open(file, OpenMode::read_write);
    Database second = *Database::open(file, OpenMode::read_write);
    second.set_lock_wait(std::chrono::milliseconds(1));
    Transaction held = *Transaction::begin(first);
    const Result<Transaction> refused = Transaction::begin(second);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(refused.error().message.en, HasSubstr("locked"));
    EXPECT_THAT(refused.error().message.ja, HasSubstr(file.string()));
    ASSERT_TRUE(held.commit());
    EXPECT_TRUE(Transaction::begin(second));
}

TEST_F(FilesTest, AFullDiskIsSaidAndTheTransactionIsGone) {
    make();
    Database database = *Database::open(file, OpenMode::read_write);
    const std::int64_t pages = **database.query_integer("pragma page_count");
    ASSERT_TRUE(database.execute("pragma max_page_count = " + std::to_string(pages + 2)));
    Result<Transaction> transaction = Transaction::begin(database);
    ASSERT_TRUE(transaction);
    const Error error = database.execute("insert into t values (zeroblob(1000000))").error();
    EXPECT_EQ(error.kind, ErrorKind::unavailable);
    EXPECT_THAT(error.message.en, HasSubstr("disk full"));
}

TEST_F(FilesTest, DeletedValuesAreNowhereOnceTheLogIsTruncated) {
    make();
    Database database = *Database::open(file, OpenMode::read_write);
    ASSERT_TRUE(database.execute("insert into t values ('himitsu-no-denwabango')"));
    ASSERT_TRUE(database.truncate_wal());
    EXPECT_THAT(bytes_in_folder(), HasSubstr("himitsu"));
    ASSERT_TRUE(database.execute("delete from t where x like 'himitsu%'"));
    ASSERT_TRUE(database.truncate_wal());
    EXPECT_THAT(bytes_in_folder(), testing::Not(HasSubstr("himitsu")));
}

TEST_F(FilesTest, TruncationSaysWhenAReaderStandsInItsWay) {
    make();
    Database database = *Database::open(file, OpenMode::read_write);
    ASSERT_TRUE(database.execute("insert into t values ('一')"));
    Database reader = *Database::open(file, OpenMode::read_only);
    ASSERT_TRUE(reader.execute("begin; select count(*) from t"));
    ASSERT_TRUE(database.execute("insert into t values ('二')"));
    database.set_lock_wait(std::chrono::milliseconds(1));
    EXPECT_EQ(database.truncate_wal().error().kind, ErrorKind::unavailable);
    ASSERT_TRUE(reader.execute("commit"));
    EXPECT_TRUE(database.truncate_wal());
}

// Runs `work` in a process without the rights of root, which no permission stops. True when it returned true.
bool without_privileges(const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(2);
        ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

constexpr auto everybody_reads = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr auto everybody_enters =
    everybody_reads | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

TEST_F(FilesTest, AReadOnlyFolderCanBeReadButNotWritten) {
    make();
    fs::permissions(file, everybody_reads);
    fs::permissions(folder.path(), everybody_enters);
    EXPECT_TRUE(without_privileges([&] {
        Result<Database> reader = Database::open(file, OpenMode::read_only);
        return reader && *reader->query_integer("select count(*) from t") == 1;
    }));
    EXPECT_TRUE(without_privileges([&] {
        const Error error = open_error(OpenMode::read_write);
        return error.kind == ErrorKind::unavailable && error.message.en.contains("read-only");
    }));
    fs::permissions(folder.path(), fs::perms::owner_all);
}

// Opened as immutable it would show the state before the log, without a word.
TEST_F(FilesTest, AReadOnlyCopyWithALogIsNeverShownInAnOldState) {
    make();
    Database database = *Database::open(file, OpenMode::read_write);
    ASSERT_TRUE(database.execute("insert into t values ('ログの中だけ')"));
    const TemporaryFolder copies;
    const fs::path copy = copies / "maru.db";
    fs::copy_file(file, copy);
    fs::copy_file(file.string() + "-wal", copy.string() + "-wal");
    fs::permissions(copy, everybody_reads);
    fs::permissions(copy.string() + "-wal", everybody_reads);
    fs::permissions(copies.path(), everybody_enters);
    EXPECT_TRUE(without_privileges([&] {
        const Result<Database> reader = Database::open(copy, OpenMode::read_only);
        return !reader && reader.error().kind == ErrorKind::unavailable;
    }));
    fs::permissions(copies.path(), fs::perms::owner_all);
}

TEST_F(FilesTest, AFileThatMayNotBeReadIsUnavailable) {
    make();
    fs::permissions(folder.path(), everybody_enters);
    fs::permissions(file, fs::perms::owner_read);
    EXPECT_TRUE(without_privileges([&] {
        return ::geteuid() != 65534 || open_error(OpenMode::read_only).kind == ErrorKind::unavailable;
    }));
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST_F(FilesTest, AWritableFileInAReadOnlyFolderIsRefusedForWriting) {
    make();
    fs::permissions(file, everybody_reads | fs::perms::others_write | fs::perms::owner_write);
    fs::permissions(folder.path(), everybody_enters);
    EXPECT_TRUE(
        without_privileges([&] { return open_error(OpenMode::read_write).kind == ErrorKind::unavailable; }));
    fs::permissions(folder.path(), fs::perms::owner_all);
}

const Migration first_step{1, "create table a (x)"};
const Migration second_step{2, "create table b (x); insert into b values (1)"};
const Migration broken_step{2, "create table b (x); insert into nowhere values (1)"};

TEST_F(FilesTest, MigratesStepByStepAndOnlyOnce) {
    Database database = *Database::open(file, OpenMode::create);
    ASSERT_TRUE(migrate(database, std::array{first_step}));
    ASSERT_TRUE(migrate(database, std::array{first_step, second_step}));
    ASSERT_TRUE(migrate(database, std::array{first_step, second_step}));
    EXPECT_EQ(*database.query_integer("select count(*) from b"), 1);
    EXPECT_EQ(*database.query_integer("pragma user_version"), 2);
}

TEST_F(FilesTest, AMigrationThatFailsChangesNothing) {
    Database database = *Database::open(file, OpenMode::create);
    const Result<void> failed = migrate(database, std::array{first_step, broken_step});
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message.en, HasSubstr("migration 2"));
    EXPECT_EQ(*database.query_integer("pragma user_version"), 0);
    EXPECT_EQ(*database.query_integer("select count(*) from sqlite_schema"), 0);
}

TEST_F(FilesTest, ANewerVersionIsRefusedNamingBoth) {
    Database database = *Database::open(file, OpenMode::create);
    ASSERT_TRUE(database.execute("pragma user_version = 9"));
    const Result<void> refused = migrate(database, std::array{first_step, second_step});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::corrupt);
    EXPECT_THAT(refused.error().message.ja, testing::AllOf(HasSubstr("9"), HasSubstr("2")));
    EXPECT_EQ(*database.query_integer("select count(*) from sqlite_schema"), 0);
}

}  // namespace
}  // namespace maru::store
