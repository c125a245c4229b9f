#include "store/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "temporary_folder.hpp"

namespace maru::store {
namespace {

using std::string_literals::operator""s;
using testing::ElementsAre;
using testing::HasSubstr;

Value kept(const ValueView& value) {
    if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
    if (const auto* bytes = std::get_if<ByteView>(&value)) return Bytes(bytes->begin(), bytes->end());
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    return Null{};
}

class DatabaseTest : public testing::Test {
protected:
    void run(std::string_view sql) {
        const Result<void> done = database.execute(sql);
        ASSERT_TRUE(done) << done.error().message.en;
    }
    Error error_of(std::string_view sql) {
        const Result<void> done = database.execute(sql);
        return done ? Error{ErrorKind::internal, {"成功", "no error"}} : done.error();
    }
    Value round_trip(const Value& value) {
        Statement statement = *database.prepare("select ?1");
        return (*statement.bind(1, value).step())->value(0);
    }
    std::int64_t integer(std::string_view sql) { return database.query_integer(sql)->value(); }

    Database database = *Database::in_memory();
};

TEST_F(DatabaseTest, KeepsIntegersOf64Bits) {
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{5'000'000'000},
          std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        EXPECT_EQ(round_trip(value), Value(value));
}

TEST_F(DatabaseTest, KeepsTextsAndBlobsWithNulAndTellsEmptyFromNull) {
    EXPECT_EQ(round_trip("情報\0資産"s), Value("情報\0資産"s));
    EXPECT_EQ(round_trip(""s), Value(""s));
    EXPECT_EQ(round_trip(Bytes{0, 1, 0, 255, 0}), Value(Bytes{0, 1, 0, 255, 0}));
    EXPECT_EQ(round_trip(Bytes{}), Value(Bytes{}));
    EXPECT_EQ(round_trip(Null{}), Value(Null{}));
    Statement statement = *database.prepare("select ?1");
    EXPECT_EQ((*statement.bind(1, std::string_view()).step())->value(0), Value(""s));
}

TEST_F(DatabaseTest, ReadsRowsByTheirTypes) {
    Statement statement = *database.prepare("select 5000000000, 'あ', x'00ff', null, 7.5");
    const Row row = **statement.step();
    EXPECT_EQ(row.columns(), 5);
    EXPECT_EQ(row.integer(0), 5'000'000'000);
    EXPECT_EQ(row.text(1), "あ");
    EXPECT_EQ(row.blob(2).size(), 2u);
    EXPECT_TRUE(row.is_null(3));
    EXPECT_EQ(row.integer(3), 0);
    EXPECT_EQ(row.text(3), "");
    EXPECT_TRUE(row.blob(3).empty());
    EXPECT_EQ(row.maybe_integer(3), std::nullopt);
    EXPECT_EQ(row.maybe_text(3), std::nullopt);
    EXPECT_EQ(row.maybe_integer(0), 5'000'000'000);
    EXPECT_EQ(row.value(4), Value("7.5"s));
    EXPECT_EQ(statement.columns(), 5);
    EXPECT_EQ(statement.column_name(1), "'あ'");
}

TEST_F(DatabaseTest, StatementsRunAgainWithNewValues) {
    run("create table t (id integer primary key, name text)");
    Statement insert = *database.prepare("insert into t (name) values (?1)");
    for (const char* name : {"一", "二", "三"}) ASSERT_TRUE(insert.bind(1, name).run());
    EXPECT_EQ(database.changes(), 1);
    Statement select = *database.prepare("select name from t where id >= ?1 order by id");
    EXPECT_EQ((*select.bind(1, std::int64_t{1}).step())->text(0), "一");
    EXPECT_EQ((*select.bind(1, std::int64_t{3}).step())->text(0), "三");  // bound in the middle of a run
    EXPECT_EQ(*select.step(), std::nullopt);
    EXPECT_EQ((*select.step())->text(0), "三");  // from the start, same bindings
}

TEST_F(DatabaseTest, RemembersABindThatFailedUntilTheNextStep) {
    Statement statement = *database.prepare("select ?1");
    statement.bind(2, std::int64_t{1}).bind(1, std::int64_t{7});
    EXPECT_EQ(statement.step().error().kind, ErrorKind::internal);
    EXPECT_EQ((*statement.bind(1, std::int64_t{7}).step())->integer(0), 7);
}

TEST_F(DatabaseTest, HandsOutCachedStatementsFromTheStart) {
    run("create table t (id integer primary key); insert into t values (1), (2)");
    Statement* first = *database.cached("select id from t order by id");
    EXPECT_EQ((*first->step())->integer(0), 1);
    Statement* again = *database.cached("select id from t order by id");
    EXPECT_EQ(first, again);
    EXPECT_EQ((*again->step())->integer(0), 1);
    EXPECT_FALSE(database.cached("select nothing from t"));
}

TEST_F(DatabaseTest, CachedStatementsSurviveAChangeOfTheSchema) {
    run("create table t (id integer primary key)");
    ASSERT_TRUE((*database.cached("insert into t (id) values (1)"))->run());
    run("alter table t add column name text");
    EXPECT_TRUE((*database.cached("select name from t"))->run());
    EXPECT_EQ((*database.cached("insert into t (id) values (1)"))->run().error().kind, ErrorKind::conflict);
}

TEST_F(DatabaseTest, ADuplicateKeyIsAConflictThatNamesTheColumn) {
    run("create table device (id integer primary key, code text unique not null); insert into device values "
        "(1, 'PC-001')");
    const Error error = error_of("insert into device values (2, 'PC-001')");
    EXPECT_EQ(error.kind, ErrorKind::conflict);
    EXPECT_THAT(error.message.ja, HasSubstr("device.code"));
    EXPECT_EQ(error_of("insert into device values (1, 'PC-002')").kind, ErrorKind::conflict);
    EXPECT_EQ(error_of("insert into device values (3, null)").kind, ErrorKind::invalid);
}

TEST_F(DatabaseTest, WrongSqlIsInvalidAndQuoted) {
    EXPECT_EQ(error_of("selekt 1").kind, ErrorKind::invalid);
    EXPECT_THAT(error_of("select * from nowhere").message.en, HasSubstr("no such table: nowhere"));
    EXPECT_THAT(database.prepare("select from").error().message.en, HasSubstr("syntax error"));
}

TEST_F(DatabaseTest, AMisspeltColumnInDoubleQuotesIsNoString) {
    run("create table t (name text)");
    EXPECT_EQ(error_of("select \"nmae\" from t").kind, ErrorKind::invalid);
}

TEST_F(DatabaseTest, RunsSeveralStatementsUpToTheFirstError) {
    EXPECT_FALSE(database.execute("create table a (x); insert into b values (1); create table c (x)"));
    EXPECT_EQ(integer("select count(*) from sqlite_schema where name = 'a'"), 1);
    EXPECT_EQ(integer("select count(*) from sqlite_schema where name = 'c'"), 0);
    EXPECT_TRUE(database.execute("  ;; -- nothing\n"));
}

TEST_F(DatabaseTest, TransactionsRollBackUnlessCommitted) {
    run("create table t (x)");
    {
        Transaction dropped = *Transaction::begin(database);
        run("insert into t values (1)");
        EXPECT_TRUE(database.in_transaction());
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(integer("select count(*) from t"), 0);
    Transaction kept = *Transaction::begin(database);
    run("insert into t values (1)");
    ASSERT_TRUE(kept.commit());
    EXPECT_EQ(integer("select count(*) from t"), 1);
}

TEST_F(DatabaseTest, SavepointsRollBackAloneAlsoNested) {
    run("create table t (x)");
    Transaction transaction = *Transaction::begin(database);
    run("insert into t values (1)");
    {
        Savepoint outer = *Savepoint::begin(database);
        run("insert into t values (2)");
        {
            Savepoint inner = *Savepoint::begin(database);
            run("insert into t values (3)");
        }
        EXPECT_EQ(integer("select count(*) from t"), 2);
        ASSERT_TRUE(outer.release());
    }
    {
        Savepoint dropped = *Savepoint::begin(database);
        run("insert into t values (4)");
    }
    ASSERT_TRUE(transaction.commit());
    EXPECT_EQ(integer("select sum(x) from t"), 3);
}

TEST_F(DatabaseTest, MayBeMovedWithEverythingThatHangsOnIt) {
    run("create table t (x); insert into t values (41)");
    ASSERT_TRUE(database.define("plus_one", 1, [](std::span<const ValueView> values) -> Result<Value> {
        return std::get<std::int64_t>(values[0]) + 1;
    }));
    database.set_time_limit(std::chrono::seconds(10));
    Statement statement = *database.prepare("select plus_one(x) from t");
    ASSERT_TRUE(database.cached("select x from t"));
    Database moved = std::move(database);
    Statement moved_statement = std::move(statement);
    EXPECT_EQ((*moved_statement.step())->integer(0), 42);
    EXPECT_EQ(*moved.query_integer("select plus_one(x) from t"), 42);
    database = *Database::in_memory();
    EXPECT_FALSE(database.query_integer("select x from t"));
}

TEST_F(DatabaseTest, FunctionsTakeAndGiveEveryType) {
    ASSERT_TRUE(database.define(
        "same", 1, [](std::span<const ValueView> values) -> Result<Value> { return kept(values[0]); }));
    ASSERT_TRUE(database.define("count_of", -1, [](std::span<const ValueView> values) -> Result<Value> {
        return static_cast<std::int64_t>(values.size());
    }));
    Statement statement = *database.prepare(
        "select same(5000000000), same('あ'), same(x'00ff'), same(null), same(''), same(x''), "
        "count_of(), count_of(1,2,3,4,5,6,7,8,9)");
    const Row row = **statement.step();
    EXPECT_EQ(row.value(0), Value(std::int64_t{5'000'000'000}));
    EXPECT_EQ(row.value(1), Value("あ"s));
    EXPECT_EQ(row.value(2), Value(Bytes{0, 255}));
    EXPECT_EQ(row.value(3), Value(Null{}));
    EXPECT_EQ(row.value(4), Value(""s));
    EXPECT_EQ(row.value(5), Value(Bytes{}));
    EXPECT_EQ(row.integer(6), 0);
    EXPECT_EQ(row.integer(7), 9);
}

TEST_F(DatabaseTest, AnErrorOfAFunctionReachesTheCallerInBothLanguages) {
    ASSERT_TRUE(database.define("setting", 1, [](std::span<const ValueView> values) -> Result<Value> {
        return fail(ErrorKind::not_found,
                    {"設定「" + std::string(std::get<std::string_view>(values[0])) + "」はありません。",
                     "no such setting"});
    }));
    const Error error = error_of("select setting('猶予')");
    EXPECT_EQ(error.kind, ErrorKind::not_found);
    EXPECT_EQ(error.message, (Text{"設定「猶予」はありません。", "no such setting"}));
}

TEST_F(DatabaseTest, AFunctionThatThrowsIsAnErrorAndNoCrash) {
    ASSERT_TRUE(database.define(
        "thrower", 0, [](std::span<const ValueView>) -> Result<Value> { throw std::runtime_error("x"); }));
    EXPECT_FALSE(database.execute("select thrower()"));
    EXPECT_TRUE(database.execute("select 1"));
}

TEST_F(DatabaseTest, AVolatileFunctionIsAskedOncePerStatementAndAgainByTheNext) {
    std::int64_t day = 1;
    int calls = 0;
    ASSERT_TRUE(database.define_volatile(
        "today", 0, [&](std::span<const ValueView>) -> Result<Value> { return ++calls, day; }));
    run("create table t (x); insert into t values (1), (2), (3), (2)");
    Statement statement = *database.prepare("select count(*) from t where x = today()");
    EXPECT_EQ((*statement.step())->integer(0), 1);
    EXPECT_EQ(calls, 1);
    day = 2;
    statement.reset();
    EXPECT_EQ((*statement.step())->integer(0), 2);
}

TEST_F(DatabaseTest, AFunctionDefinedAnewIsCalledByStatementsPreparedBefore) {
    const auto define = [&](std::int64_t answer) {
        return database.define_volatile(
            "today", 0, [answer](std::span<const ValueView>) -> Result<Value> { return answer; });
    };
    ASSERT_TRUE(define(1));
    Statement statement = *database.prepare("select today()");
    EXPECT_EQ((*statement.step())->integer(0), 1);
    statement.reset();
    ASSERT_TRUE(define(2));
    EXPECT_EQ((*statement.step())->integer(0), 2);
    statement.reset();
    ASSERT_TRUE(database.define("today", 0,
                                [](std::span<const ValueView>) -> Result<Value> { return std::int64_t{3}; }));
    EXPECT_EQ(integer("select today()"), 3);
    ASSERT_TRUE(define(4));
    EXPECT_EQ(integer("select today()"), 4);
}

TEST_F(DatabaseTest, AVolatileFunctionWorksInTempViewsAndIsRefusedInStoredOnes) {
    ASSERT_TRUE(database.define_volatile(
        "as_of", 0, [](std::span<const ValueView>) -> Result<Value> { return std::int64_t{2}; }));
    run("create table t_history (x); insert into t_history values (1), (2), (3)");
    run("create temp view t as select x from t_history where x < as_of()");
    EXPECT_EQ(integer("select count(*) from t"), 1);
    EXPECT_FALSE(database.execute("create view stored as select as_of(); select * from stored"));
    EXPECT_FALSE(database.execute("create index i on t_history (as_of())"));
}

TEST_F(DatabaseTest, TellsWhichColumnsAQueryReadsThroughViews) {
    run("create table person (id integer primary key, name text, phone text); create table device (id "
        "integer primary key, holder, code);"
        "create view holder as select p.name, d.code from person p join device d on d.holder = p.id");
    const auto reads = *database.reads("select count(*) from holder h where h.code = 'PC-001'");
    EXPECT_THAT(reads, testing::IsSupersetOf({ColumnRead{"device", "code"}, ColumnRead{"device", "holder"},
                                              ColumnRead{"person", "id"}}));
    EXPECT_THAT(reads, testing::Not(testing::Contains(ColumnRead{"person", "phone"})));
    EXPECT_THAT(*database.reads("select p.name from person p"), ElementsAre(ColumnRead{"person", "name"}));
    EXPECT_THAT(*database.reads("select 1 from sqlite_schema"), testing::IsEmpty());
    EXPECT_FALSE(database.reads("select x from nowhere"));
}

TEST_F(DatabaseTest, ShowsTheQueryPlan) {
    run("create table t (id integer primary key, x); create index t_x on t (x)");
    EXPECT_THAT(*database.query_plan("select id from t where x = 1"), ElementsAre(HasSubstr("t_x")));
    EXPECT_THAT(*database.query_plan("select x + 1 from t where x + 1 = 2"), ElementsAre(HasSubstr("SCAN")));
}

constexpr const char* endless =
    "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

TEST_F(DatabaseTest, AStatementBeyondItsTimeLimitIsStoppedAndTheNextOneRuns) {
    database.set_time_limit(std::chrono::milliseconds(20));
    EXPECT_EQ(error_of(endless).kind, ErrorKind::unavailable);
    EXPECT_EQ(error_of(endless).kind, ErrorKind::unavailable);
    EXPECT_EQ(integer("select 1"), 1);
}

TEST_F(DatabaseTest, ATimeLimitHoldsForAllRowsOfAStatementTogether) {
    database.set_time_limit(std::chrono::milliseconds(30));
    Statement statement =
        *database.prepare("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n");
    Result<std::optional<Row>> row = statement.step();
    while (row) row = statement.step();
    EXPECT_EQ(row.error().kind, ErrorKind::unavailable);
}

TEST_F(DatabaseTest, AnInterruptedWriteLeavesNoTransactionBehind) {
    run("create table t (x)");
    Result<Transaction> transaction = Transaction::begin(database);
    database.set_time_limit(std::chrono::milliseconds(20));
    EXPECT_FALSE(database.execute(
        "insert into t with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"));
    database.set_time_limit(std::chrono::milliseconds(0));
    EXPECT_FALSE(database.in_transaction());
    EXPECT_FALSE(transaction->commit());
    EXPECT_EQ(integer("select count(*) from t"), 0);
}

TEST(Quoted, DoublesQuotes) {
    EXPECT_EQ(quoted("device"), "\"device\"");
    EXPECT_EQ(quoted("a\"b"), "\"a\"\"b\"");
}

}  // namespace
}  // namespace maru::store
