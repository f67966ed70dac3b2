#include "lantian/config/case_difference.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/base/time.hpp"
#include "lantian/config/case.hpp"
#include "lantian/config/case_reader.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(CaseDifference, NamesChangedAddedAndMissingKeys) {
  Case there, here;
  here.transport.horizontal_diffusion = !there.transport.horizontal_diffusion;
  there.emissions.inventory.emplace_back().sector = "road";
  here.emissions.inventory.emplace_back().sector = "ships";
  here.restart.every_h = 1;  // does not touch the results
  here.output.directory = "elsewhere";
  EXPECT_EQ(case_differences(results_text(there), results_text(here)),
            (std::vector<std::string>{"emissions.inventory.0.sector: \"road\" there, \"ships\" here",
                                      "transport.horizontal_diffusion: true there, false here"}));
  EXPECT_TRUE(case_differences(results_text(there), results_text(there)).empty());
}

TEST(Duration, IsReadAsSecondsClockAndDays) {
  EXPECT_EQ(duration_s("3600", "--max-wall"), 3600.0);
  EXPECT_EQ(duration_s("0.5", "--max-wall"), 0.5);
  EXPECT_EQ(duration_s("02:30:00", "--max-wall"), 9000.0);
  EXPECT_EQ(duration_s("1-12:00:01", "--max-wall"), 129601.0);
  for (const char* wrong : {"", "2h", "02:30", "-5", "0", "1:2:3:4", "1.5:00:00", "1-", "nan"})
    EXPECT_THROW((void)duration_s(wrong, "--max-wall"), ConfigError) << wrong;
}

}  // namespace
}  // namespace lantian
