// Asking and deciding: what an approval writes, whom it needs, what it is bound to.
#include "tests/workflow/office.hpp"

#include "checks/evaluation.hpp"

namespace maru::workflow {
namespace {

using ::testing::HasSubstr;

class DeskTest : public OfficeTest {
protected:
    Draft phone() const { return {"personal_device", 0, {{"device", "PH003"}}, ""}; }
    Draft room() const { return {"room_permission", 0, {{"zone", "Z-SERVER"}}, ""}; }
    Draft policy(const std::string& in_force_from) const {
        return {"document",
                0,
                {{"code", "D-01"},
                 {"name", "持出規程"},
                 {"kind", "rule"},
                 {"edition", "第2版"},
                 {"in_force_from", in_force_from},
                 {"owner", "E005"}},
                ""};
    }
    std::string reason_of(const std::string& check, const std::string& subject) {
        auto database = reader();
        auto evaluation =
            checks::Evaluation::open(database, few_checks(), catalog_schema(), {.today = today()});
        const auto row = evaluation->row({check, ""}, subject);
        return row && *row ? (*row)->reason : "(no row)";
    }
    Result<std::vector<registers::Change>> settle() {
        std::vector<registers::Change> changes;
        const auto outcome =
            organisation_->exclusively([&](registers::WriteContext& context) -> Result<void> {
                changes = TRY(desk_.settle(context));
                return {};
            });
        if (!outcome) return std::unexpected(outcome.error());
        return changes;
    }
};

TEST_F(DeskTest, AnApprovalMakesTheRecordThatTheCheckCounts) {
    EXPECT_EQ(reason_of("personal-devices-permitted", std::to_string(phone_)), "no_permission");
    const std::int64_t id = asked(as(aya_), phone());
    EXPECT_EQ(request(id).code, "RQ-0001");
    EXPECT_EQ(request(id).state, State::asked);
    EXPECT_EQ(count("personal_device_permission"), 0) << "asking writes nothing into the register";
    const auto done = approve(as(misaki_), id);
    ASSERT_TRUE(done) << done.error().message.en;
    const Request now = request(id);
    EXPECT_EQ(now.state, State::done);
    EXPECT_EQ(now.decided_by, misaki_);
    const std::int64_t record = now.result.id.value();
    EXPECT_EQ(value("personal_device_permission", record, "code"), "PD-001");
    EXPECT_EQ(value("personal_device_permission", record, "person"), number(aya_));
    EXPECT_EQ(value("personal_device_permission", record, "approved_by"), number(misaki_));
    EXPECT_EQ(value("personal_device_permission", record, "approved_on"), today().iso());
    EXPECT_EQ(reason_of("personal-devices-permitted", std::to_string(phone_)), "permitted");
}

TEST_F(DeskTest, TheApproverIsTheActorOfBothEntries) {
    const std::int64_t id = asked(as(aya_), phone());
    const auto done = approve(as(misaki_), id);
    ASSERT_TRUE(done);
    ASSERT_EQ(done->changes.size(), 2u);
    auto database = reader();
    for (const auto& change : done->changes)
        EXPECT_EQ(ledger::entry_at(database, change.index)->actor, "person:" + std::to_string(misaki_));
}

TEST_F(DeskTest, NobodyApprovesTheirOwnWhateverTheirRoles) {
    const std::int64_t id = asked(as(misaki_, {Role::security_manager}), room());
    const auto refused = approve(as(misaki_, {Role::security_manager, Role::top_management}), id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_EQ(refused.error().message.ja, "自分の申請は承認できません。");
    EXPECT_EQ(request(id).state, State::asked);
    EXPECT_TRUE(approve(as(ryo_), id)) << "the deputy of the security manager does";
}

TEST_F(DeskTest, NobodyApprovesWhatIsAboutThemselves) {
    Draft draft = room();
    draft.subject = ryo_;
    const std::int64_t id = asked(as(misaki_), draft);
    const auto refused = approve(as(ryo_), id);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message.en, HasSubstr("about yourself"));
}

TEST_F(DeskTest, TheRegisterItselfRefusesAnApprovalByTheAsker) {
    const std::int64_t id = asked(as(aya_), phone());
    registers::PutRequest forged;
    forged.register_name = "request";
    forged.id = id;
    forged.fields = {{"state", "approved"}, {"decided_by", number(aya_)}, {"decided_on", today().iso()}};
    const auto refused = organisation_->put(forged);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message.ja, HasSubstr("自分の申請は承認できません"));
}

TEST_F(DeskTest, OnlyThoseWhomTheKindNamesApprove) {
    const std::int64_t id = asked(as(aya_), phone());
    const auto refused = approve(as(keiko_, {Role::security_office, Role::top_management}), id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_THAT(refused.error().message.ja, HasSubstr("任命された情報セキュリティ管理者"));
    Principal outsider = as(misaki_);
    outsider.person = 0;
    EXPECT_FALSE(approve(outsider, id));
}

TEST_F(DeskTest, AnAppointmentThatHasEndedApprovesNothing) {
    const std::int64_t id = asked(as(aya_), phone());
    put("appointment", {{"role", "security_manager"}, {"person", "E003"}, {"to_day", "2026-11-22"}});
    EXPECT_FALSE(approve(as(misaki_, {Role::security_manager}), id));
}

TEST_F(DeskTest, TheOwnerOfTheThingApprovesAccess) {
    const Draft draft{"access",
                      0,
                      {{"service", "S-GIT"},
                       {"account_name", "aya"},
                       {"privileged", "はい"},
                       {"production_admin", "いいえ"}},
                      ""};
    const std::int64_t id = asked(as(aya_), draft);
    EXPECT_FALSE(approve(as(president_), id));
    const auto done = approve(as(keiko_), id);
    ASSERT_TRUE(done) << done.error().message.en;
    const std::string account = std::to_string(request(id).result.id.value());
    EXPECT_EQ(reason_of("privileged-accounts-approved", account), "approved");
}

TEST_F(DeskTest, ManagersAskForTheirPeopleAndOthersDoNot) {
    Draft draft = room();
    draft.subject = aya_;
    EXPECT_TRUE(ask(as(misaki_), draft));
    const auto refused = ask(as(ryo_), draft);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    Principal auditor = as(keiko_);
    auditor.roles = {Role::auditor};
    EXPECT_FALSE(ask(auditor, room())) << "an auditor who is no member asks for nothing";
}

TEST_F(DeskTest, AnExceptionIsApprovedNeitherByItsAskerNorByItsOwner) {
    const Draft draft{"exception",
                      0,
                      {{"check_name", "personal-devices-permitted"},
                       {"subject_record", std::to_string(phone_)},
                       {"subject_label", "iPhone 15"},
                       {"reason", "入替え待ち"},
                       {"compensating_measure", "社内では使わない"},
                       {"owner", "E003"},
                       {"valid_from", "2026-11-23"},
                       {"valid_until", "2027-03-31"}},
                      ""};
    const std::int64_t id = asked(as(aya_), draft);
    const auto refused = approve(as(misaki_), id);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message.ja, HasSubstr("対象の責任者は承認できません"));
    ASSERT_TRUE(approve(as(president_, {Role::top_management}), id));
    auto database = reader();
    auto evaluation = checks::Evaluation::open(database, few_checks(), catalog_schema(), {.today = today()});
    EXPECT_TRUE(evaluation->has_exceptions("personal-devices-permitted"));
}

TEST_F(DeskTest, WhatCannotBeCarriedOutIsRefusedWhenItIsAsked) {
    Draft draft{"exception",
                0,
                {{"check_name", "personal-devices-permitted"},
                 {"subject_record", "1"},
                 {"reason", "入替え待ち"},
                 {"compensating_measure", "なし"},
                 {"owner", "E003"},
                 {"valid_from", "2026-11-23"},
                 {"valid_until", "2028-03-31"}},
                ""};
    const auto too_long = ask(as(aya_), draft);
    ASSERT_FALSE(too_long);
    EXPECT_THAT(too_long.error().message.en, HasSubstr("a year at most"));
    draft.fields["valid_until"] = "2027-03-31";
    draft.fields["check_name"] = "personal-device-permitted";
    EXPECT_THAT(ask(as(aya_), draft).error().message.en, HasSubstr("personal-devices-permitted"));
    EXPECT_THAT(ask(as(aya_), {"room_permission", 0, {}, ""}).error().message.en, HasSubstr("zone"));
    EXPECT_THAT(ask(as(aya_), {"room_permission", 0, {{"zone", "Z-9"}}, ""}).error().message.en,
                HasSubstr("Z-9"));
    EXPECT_THAT(ask(as(aya_), {"room_permission", 0, {{"zone", "Z-SERVER"}, {"approved_by", "E010"}}, ""})
                    .error()
                    .message.en,
                HasSubstr("does not take approved_by"));
    EXPECT_EQ(count("request"), 0);
}

TEST_F(DeskTest, ATakeOutNamesExactlyOneThing) {
    Draft draft{"take_out",
                0,
                {{"purpose", "客先での説明"},
                 {"protection", "encrypted"},
                 {"taken_on", "2026-11-24"},
                 {"due_on", "2026-11-25"}},
                ""};
    EXPECT_THAT(ask(as(aya_), draft).error().message.en, HasSubstr("exactly one of device, medium, asset"));
    draft.fields["device"] = "PH003";
    const std::int64_t id = asked(as(aya_), draft);
    ASSERT_TRUE(approve(as(misaki_), id));
    const std::int64_t record = request(id).result.id.value();
    EXPECT_EQ(value("off_premises", record, "code"), "TO-001");
    EXPECT_EQ(value("off_premises", record, "kind"), "single");
    draft.fields["protection"] = "なし";
    draft.kind = "standing_take_out";
    for (const char* name : {"taken_on", "due_on"}) draft.fields.erase(name);
    EXPECT_THAT(ask(as(aya_), draft).error().message.en, HasSubstr("takes only encrypted, password"));
}

TEST_F(DeskTest, AnotherHashThanTheApproverSawIsRefused) {
    const std::int64_t id = asked(as(aya_), phone());
    const std::string seen = hash_of(id);
    put("zone", {{"code", "Z-OFFICE"},
                 {"name", "執務室"},
                 {"kind", "office"},
                 {"site", "本社"},
                 {"bans_personal_devices", "false"},
                 {"owner", "E005"},
                 {"opened_on", "2022-04-01"}});
    ASSERT_TRUE(change(as(aya_), id, {{"zones", "Z-OFFICE"}}));
    const auto refused = approve(as(misaki_), id, seen);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_EQ(count("personal_device_permission"), 0);
    EXPECT_TRUE(approve(as(misaki_), id));
}

TEST_F(DeskTest, AChangeOfTheRecordMeanwhileChangesTheHash) {
    const std::int64_t permission = put("room_permission", {{"person", "E010"}, {"zone", "Z-SERVER"}});
    const std::int64_t id = asked(as(aya_), room());
    EXPECT_EQ(request(id).target, (Target{permission, 1}));
    const std::string seen = hash_of(id);
    put("room_permission", {{"person", "E010"}, {"zone", "Z-SERVER"}, {"ended_on", "2026-11-20"}});
    EXPECT_EQ(approve(as(misaki_), id, seen).error().kind, ErrorKind::conflict);
    auto database = reader();
    const auto differ =
        differences(database, catalog_schema(), *catalog_kinds().find("room_permission"), request(id));
    ASSERT_TRUE(differ);
    ASSERT_EQ(differ->record.size(), 1u);
    EXPECT_EQ(differ->record[0].field, "ended_on");
    ASSERT_TRUE(approve(as(misaki_), id));
    EXPECT_EQ(value("room_permission", permission, "ended_on"), "");
    EXPECT_EQ(reason_of("room-permissions-valid", std::to_string(permission)), "reviewed");
}

TEST_F(DeskTest, ReferencesAreBoundByNumber) {
    const std::int64_t id = asked(as(aya_), phone());
    const std::string before = hash_of(id);
    put("device", {{"code", "PH003"}, {"name", "iPhone 16"}});
    EXPECT_EQ(hash_of(id), before);
    EXPECT_EQ(request(id).fields.at("device"), number(phone_));
}

TEST_F(DeskTest, AnApprovalForALaterDayWaitsForIt) {
    const std::int64_t id = asked(as(aya_, {Role::hr}), policy("2026-12-01"));
    ASSERT_TRUE(approve(as(misaki_), id));
    EXPECT_EQ(request(id).state, State::approved);
    EXPECT_EQ(count("document"), 0);
    EXPECT_TRUE(settle()->empty());
    pass_days(8);
    EXPECT_EQ(settle()->size(), 2u);
    const Request done = request(id);
    EXPECT_EQ(done.state, State::done);
    EXPECT_EQ(value("document", done.result.id.value(), "approved_on"), "2026-11-23");
    EXPECT_EQ(value("document", done.result.id.value(), "approved_by"), number(misaki_));
}

TEST_F(DeskTest, AnApprovalLapsesWhenWhatItWasGivenToChanges) {
    const std::int64_t id = asked(as(aya_, {Role::hr}), policy("2026-12-01"));
    ASSERT_TRUE(approve(as(misaki_), id));
    const std::int64_t document = put(
        "document",
        {{"code", "D-01"}, {"name", "持出規程"}, {"kind", "rule"}, {"edition", "第1版"}, {"owner", "E005"}});
    EXPECT_EQ(settle()->size(), 1u) << "before its day, too";
    EXPECT_EQ(request(id).state, State::lapsed);
    pass_days(8);
    EXPECT_TRUE(settle()->empty());
    EXPECT_EQ(value("document", document, "edition"), "第1版");
    auto database = reader();
    const auto differ =
        differences(database, catalog_schema(), *catalog_kinds().find("document"), request(id));
    EXPECT_FALSE(differ->record.empty());
    ASSERT_TRUE(change(as(aya_, {Role::hr}), id, {})) << "the asker asks again";
    EXPECT_TRUE(approve(as(misaki_), id));
    EXPECT_EQ(value("document", document, "edition"), "第2版");
}

TEST_F(DeskTest, ChangingAnApprovedRequestTakesTheApprovalBack) {
    const std::int64_t id = asked(as(aya_, {Role::hr}), policy("2026-12-01"));
    ASSERT_TRUE(approve(as(misaki_), id));
    ASSERT_TRUE(change(as(aya_, {Role::hr}), id, {{"edition", "第3版"}}));
    const Request now = request(id);
    EXPECT_EQ(now.state, State::asked);
    EXPECT_EQ(now.decided_by, 0);
    auto database = reader();
    const auto differ = differences(database, catalog_schema(), *catalog_kinds().find("document"), now);
    ASSERT_EQ(differ->proposed.size(), 1u);
    EXPECT_EQ(differ->proposed[0].field, "edition");
}

TEST_F(DeskTest, ReturnedIsAskedAgainAndRejectedIsNot) {
    const std::int64_t id = asked(as(aya_), phone());
    const auto give_back = [&](const std::string& reason) {
        return run(as(misaki_),
                   [&](auto& context) { return desk_.give_back(context, as(misaki_), id, reason); });
    };
    EXPECT_THAT(give_back(" ").error().message.ja, HasSubstr("理由を書いてください"));
    ASSERT_TRUE(give_back("期限を書いてください"));
    EXPECT_EQ(request(id).state, State::returned);
    EXPECT_EQ(approve(as(misaki_), id).error().kind, ErrorKind::conflict);
    ASSERT_TRUE(change(as(aya_), id, {{"valid_until", "2027-03-31"}}));
    ASSERT_TRUE(run(as(misaki_), [&](auto& context) {
        return desk_.reject(context, as(misaki_), id, "会社の端末を使う");
    }));
    EXPECT_EQ(request(id).reason, "会社の端末を使う");
    EXPECT_EQ(change(as(aya_), id, {}).error().kind, ErrorKind::conflict);
}

TEST_F(DeskTest, OnlyTheAskerChangesAndWithdraws) {
    const std::int64_t id = asked(as(aya_), phone());
    const auto withdraw = [&](const Principal& who) {
        return run(who, [&](auto& context) { return desk_.withdraw(context, who, id); });
    };
    EXPECT_EQ(withdraw(as(misaki_)).error().kind, ErrorKind::forbidden);
    EXPECT_EQ(change(as(misaki_), id, {}).error().kind, ErrorKind::forbidden);
    ASSERT_TRUE(withdraw(as(aya_)));
    EXPECT_EQ(approve(as(misaki_), id).error().kind, ErrorKind::conflict);
}

TEST_F(DeskTest, CommentsAreNumbered) {
    Draft draft = phone();
    draft.comment = "出張で使います";
    const std::int64_t id = asked(as(aya_), draft);
    ASSERT_TRUE(run(as(misaki_),
                    [&](auto& context) { return desk_.comment(context, as(misaki_), id, "いつまで？"); }));
    auto database = reader();
    const auto comments = comments_of(database, id);
    ASSERT_EQ(comments->size(), 2u);
    EXPECT_EQ((*comments)[0].text, "出張で使います");
    EXPECT_EQ((*comments)[1].by, misaki_);
}

TEST_F(DeskTest, TheDueDayIsCountedInBusinessDays) {
    const std::int64_t id = asked(as(aya_), phone());
    // Monday 23 November 2026 is Labour Thanksgiving Day; five business days from Tuesday.
    EXPECT_EQ(request(id).due_on->iso(), "2026-11-30");
}

TEST_F(DeskTest, TheSentenceSaysWhatIsAllowed) {
    const Request asked_for = request(asked(as(aya_), phone()));
    auto database = reader();
    const auto sentence = [&](Language language) {
        return sentence_of(database, catalog_schema(), *catalog_kinds().find("personal_device"),
                           asked_for.fields, asked_for.asking, language);
    };
    EXPECT_EQ(sentence(Language::ja), "加藤 彩 さんが個人所有の iPhone 15 を業務に使うことを許可する");
    EXPECT_EQ(sentence(Language::en), "permit 加藤 彩 to use the personally owned iPhone 15 for work");
}

}  // namespace
}  // namespace maru::workflow
