// Many decide at once: one wins, the others hear a conflict, and the register has one record.
#include <barrier>
#include <thread>

#include "tests/workflow/office.hpp"

namespace maru::workflow {
namespace {

class RacesTest : public OfficeTest {
protected:
    Draft phone() const { return {"personal_device", 0, {{"device", "PH003"}}, ""}; }
};

TEST_F(RacesTest, OfTwoApproversOneWins) {
    for (int round = 0; round < 5; ++round) {
        const std::int64_t id = asked(as(aya_), phone());
        const std::string hash = hash_of(id);
        std::barrier start(2);
        std::array<Result<Done>, 2> outcomes;
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 0; i < 2; ++i)
                threads.emplace_back([&, i] {
                    const Principal who = as(i == 0 ? misaki_ : ryo_);
                    start.arrive_and_wait();
                    outcomes[i] = approve(who, id, hash);
                });
        }
        EXPECT_NE(outcomes[0].has_value(), outcomes[1].has_value());
        for (const auto& outcome : outcomes)
            if (!outcome) EXPECT_EQ(outcome.error().kind, ErrorKind::conflict) << outcome.error().message.en;
        EXPECT_EQ(count("personal_device_permission"), round + 1);
    }
}

TEST_F(RacesTest, AChangeWhileApprovingIsSeenOrRefused) {
    for (int round = 0; round < 5; ++round) {
        const std::int64_t id = asked(as(aya_), phone());
        const std::string hash = hash_of(id);
        std::barrier start(2);
        Result<Done> approval, edit;
        {
            const std::jthread approver([&] {
                start.arrive_and_wait();
                approval = approve(as(misaki_), id, hash);
            });
            const std::jthread asker([&] {
                start.arrive_and_wait();
                edit = change(as(aya_), id, {{"valid_until", "2027-03-31"}});
            });
        }
        ASSERT_NE(approval.has_value(), edit.has_value()) << "one of both came first";
        EXPECT_EQ((approval ? edit : approval).error().kind, ErrorKind::conflict);
        const Request now = request(id);
        EXPECT_EQ(now.state, approval ? State::done : State::asked);
        if (approval)
            EXPECT_EQ(value("personal_device_permission", now.result.id.value(), "valid_until"), "");
    }
}

TEST_F(RacesTest, AChangeOfTheRecordWhileApprovingIsSeenOrComesAfter) {
    const std::int64_t permission = put("room_permission", {{"person", "E010"}, {"zone", "Z-SERVER"}});
    for (int round = 0; round < 5; ++round) {
        const std::int64_t id = asked(as(aya_), {"room_permission", 0, {{"zone", "Z-SERVER"}}, ""});
        const std::string hash = hash_of(id);
        const std::string reviewed = today().plus_days(-round - 1).iso();
        std::barrier start(2);
        Result<Done> approval;
        {
            const std::jthread approver([&] {
                start.arrive_and_wait();
                approval = approve(as(misaki_), id, hash);
            });
            const std::jthread other([&] {
                start.arrive_and_wait();
                put("room_permission", {{"person", "E010"}, {"zone", "Z-SERVER"}, {"reviewed_on", reviewed}});
            });
        }
        EXPECT_EQ(value("room_permission", permission, "reviewed_on"), reviewed) << "nobody's change is lost";
        if (approval) continue;
        EXPECT_EQ(approval.error().kind, ErrorKind::conflict);
        EXPECT_TRUE(approve(as(misaki_), id));
    }
}

}  // namespace
}  // namespace maru::workflow
