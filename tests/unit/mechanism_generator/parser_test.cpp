// What the generator accepts, and the sentence with which it refuses the rest.
#include "mechanism.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace {

using namespace lantian::generator;

/// A mechanism file that lives as long as the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("mechanism_{}_{}.kpp",
                          ::testing::UnitTest::GetInstance()->current_test_info()->name(), ::getpid())) {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

const char* const species_text = "#DEFVAR\nA = N;\nB = N;\nC = 2N + IGNORE;\nD = IGNORE;\n#EQUATIONS\n";

const std::string species(species_text);

Mechanism read(const std::string& text) {
  const TemporaryFile file(text);
  return parse_mechanism(file.path());
}

/// The fault of a text, the file's name cut away.
std::string fault_of(const std::string& text) {
  const TemporaryFile file(text);
  try {
    static_cast<void>(parse_mechanism(file.path()));
  } catch (const std::runtime_error& error) {
    std::string sentence = error.what();
    for (auto at = sentence.find(file.path()); at != std::string::npos; at = sentence.find(file.path()))
      sentence.replace(at, file.path().size(), "FILE");
    return sentence;
  }
  return "no fault";
}

TEST(MechanismParser, ReadsReactionsLabelsAndComments) {
  const Mechanism m =
      read("// a comment\n" + species +
           "{ a comment\n of two lines }\n<R1> A + 2 B = C + 1.5D\n  + 2 B - A : 1.0e-12\n * exp(-300.0 / T);"
           " {2} B + hv = A : J(NO2);\n");
  ASSERT_EQ(m.reactions.size(), 2U);
  EXPECT_EQ(m.reactions[0].label, "R1");
  EXPECT_TRUE(m.reactions[0].where.ends_with(":10:6")) << m.reactions[0].where;
  EXPECT_EQ(m.reactions[0].rate, "1.0e-12  * exp(-300.0 / T)");
  EXPECT_EQ(m.reactions[0].reactants, (std::vector<int>{0, 1, 1}));
  const std::vector<std::pair<int, double>> net = {{0, -2.0}, {2, 1.0}, {3, 1.5}};  // B comes back
  EXPECT_EQ(m.reactions[0].net, net);
  EXPECT_EQ(m.reactions[1].label, "R2");
  EXPECT_EQ(m.reactions[1].reactants, (std::vector<int>{1}));
}

TEST(MechanismParser, AirMayTakePartAsAFixedSpecies) {
  const Mechanism m = read("#DEFFIX\nM = IGNORE;\n" + species + "A + M = B + M : 1.0e-20;");
  EXPECT_EQ(m.reactions[0].fixed_reactants.size(), 1U);
  EXPECT_NE(emit_header("x", m, eliminate(m)).find("k[0] = as<V>(1.0e-20) * M;"), std::string::npos);
}

TEST(MechanismParser, NamesFileLineAndColumnOfEachKindOfFault) {
  EXPECT_EQ(fault_of(species + "A = B + X : 1.0;"), "FILE:7:9: X is not declared");
  EXPECT_EQ(fault_of(species + "A +\n  X = A : 1.0;"), "FILE:8:3: X is not declared");
  EXPECT_EQ(fault_of("#DEFVAR\nA = N;\nA = N;\n#EQUATIONS\n"), "FILE:3:1: A is declared twice");
  EXPECT_EQ(fault_of("#DEFVAR\n2A = N;\n#EQUATIONS\n"), "FILE:2:1: \"2A\" is no name of a species");
  EXPECT_EQ(fault_of(species + "0.5 A = 0.5 B : 1.0;"),
            "FILE:7:5: 0.5 A: what reacts must be a whole number of molecules, 1 to 9");
  EXPECT_EQ(fault_of(species + "A = B;"), "FILE:7:1: \"A = B\" is no reaction; write A + B = C : rate;");
  EXPECT_EQ(fault_of(species + "A = B : ;"), "FILE:7:7: the rate is missing");
  EXPECT_EQ(fault_of(species + " A = B : 1.0"), "FILE:7:2: \"A = B : 1.0\" has no semicolon");
  EXPECT_EQ(fault_of(species + "A = B : (1.0;"), "FILE:7:9: the brackets of the rate \"(1.0\" do not match");
  EXPECT_EQ(fault_of(species + "A = B : 1.0);"), "FILE:7:12: the brackets of the rate \"1.0)\" do not match");
  EXPECT_EQ(fault_of(species + "A = B C : 1.0;"), "FILE:7:7: \"B C\" is no name; a + or - is missing");
  EXPECT_EQ(fault_of(species + "A = B + : 1.0;"), "FILE:7:9: the name of a species is missing");
  EXPECT_EQ(fault_of(species + "A = 1.2.3 B : 1.0;"), "FILE:7:5: \"1.2.3\" is no number");
  EXPECT_EQ(fault_of(species + "<R1 A = B : 1.0;"), "FILE:7:1: a label <...> is not closed");
  EXPECT_EQ(fault_of(species + "<R> A = B : 1.0;\n<R> B = A : 1.0;"),
            "FILE:8:1: the label R stands at FILE:7:5 already");
  EXPECT_EQ(fault_of("A = N;\n"), "FILE:1:1: \"A = N\" stands outside #DEFVAR, #DEFFIX and #EQUATIONS");
  EXPECT_EQ(fault_of("#DEFVARS\n"),
            "FILE:1:1: \"#DEFVARS\" is no section; known are #DEFVAR, #DEFFIX, #EQUATIONS, #INITVALUES");
  EXPECT_EQ(fault_of("#DEFVAR\nA;\n"), "FILE:2:1: \"A\" is no declaration; write NAME = atoms;");
  EXPECT_EQ(fault_of(species + "{ A = B : 1.0;"), "FILE:7:1: a comment { is not closed");
  EXPECT_EQ(fault_of("#INCLUDE no_such.spc\n"), "FILE:1:1: /tmp/no_such.spc: cannot be read");
  EXPECT_EQ(fault_of("#INLINE F90\nx = 1;\n"), "FILE:1:1: #INLINE has no #ENDINLINE");
  EXPECT_EQ(fault_of(species), "FILE: there is no reaction after #EQUATIONS");
}

TEST(MechanismParser, AFixedSpeciesThatAirDoesNotNameNeedsAnAmount) {
  EXPECT_EQ(
      fault_of("#DEFFIX\nCH4 = IGNORE;\n" + species + "A + CH4 = B : 1.0;"),
      "FILE:2:1: CH4 is fixed but has no amount; give it under #INITVALUES, as in \"CH4 = 1.85e-6 * M;\" "
      "(known are M, H2O, O2, N2)");
  const Mechanism m =
      read("#DEFFIX\nCH4 = IGNORE;\n#INITVALUES\nCH4 = 2e-6 * M;\n" + species + "A + CH4 = B : 3;");
  const std::string header = emit_header("x", m, eliminate(m));
  EXPECT_NE(header.find("const V CH4 = as<V>(2e-6 * M);"), std::string::npos);
  EXPECT_NE(header.find("k[0] = as<V>(3.0) * CH4;"), std::string::npos);
}

TEST(MechanismParser, PassesOverWhatSteersTheOutputOfKpp) {
  const Mechanism m =
      read("#INCLUDE atoms\n#LOOKATALL\n#MONITOR A; B;\n#INLINE F90_INIT\n  X = 1;\n#ENDINLINE\n" + species +
           "A = B : ARR2(1.0E-12, 300);\n#INITVALUES\nCFACTOR = 1.0;\nA = 2.0;\n");
  EXPECT_EQ(m.reactions.size(), 1U);
  EXPECT_NE(emit_header("x", m, eliminate(m)).find("kpp.ARR2(1.0E-12, 300.0)"), std::string::npos);
}

TEST(MechanismParser, RefusesWordsThatNoRateLawKnows) {
  EXPECT_EQ(fault_of(species + "A = B : 1.0e-12 * SUN;").substr(0, 43),
            "FILE:7:19: \"SUN\" is no word of a rate law; ");
  EXPECT_EQ(fault_of(species + "A = B : J(NO9);").substr(0, 43),
            "FILE:7:11: \"NO9\" is no word of a rate law; ");
  EXPECT_EQ(fault_of(species + "A = B : T**2;"),
            "FILE:7:10: write pow(x, y) for x ** y in the rate \"T**2\"");
  EXPECT_EQ(fault_of(species + "A = B : 2x;"), "FILE:7:10: a number goes on with 'x' in the rate \"2x\"");
}

TEST(MechanismParser, ReportsEveryReactionThatMakesOrLosesNitrogenOrSulphur) {
  EXPECT_EQ(fault_of("#DEFVAR\nS1 = S;\n" + species.substr(8) +
                     "<a> A = 2 B : 1.0;\n<b> C = A + B : 1.0;\n<c> S1 = D : 1.0;"),
            "FILE:8:5: reaction a (A = 2 B) makes +1 atoms of N; if that is meant, write {unbalanced: N} "
            "before its "
            "semicolon\n"
            "FILE:10:5: reaction c (S1 = D) makes -1 atoms of S; if that is meant, write {unbalanced: S} "
            "before its "
            "semicolon");
}

TEST(MechanismParser, ANoteLetsAReactionMakeAtomsAndIsRefusedWhereItKeepsThem) {
  const Mechanism m = read(species + "A = 2 B : 1.0 {unbalanced: N};");
  EXPECT_EQ(atoms_made(m, m.reactions[0], "N"), 1.0);
  EXPECT_EQ(fault_of(species + "A = B : 1.0 {unbalanced: N};"),
            "FILE:7:1: reaction R1 (A = B) keeps N: take its note {unbalanced: N} away");
}

TEST(MechanismParser, AMissingFileIsTold) {
  EXPECT_THROW(static_cast<void>(parse_mechanism("/no/such/file.kpp")), std::runtime_error);
}

TEST(Elimination, AChainNeedsNoFill) {
  const Mechanism m = read(
      "#DEFVAR\nA = IGNORE;\nB = IGNORE;\nC = IGNORE;\n#EQUATIONS\nA = B : 1.0;\nB = C : 1.0;\nC = A : "
      "1.0;\nC = B : 2.0;");
  std::size_t entries = 0;
  for (const auto& row : eliminate(m).row) entries += row.size();
  EXPECT_LE(entries, 8U);
}

TEST(Elimination, AnArrowIsTurnedSoThatItDoesNotFill) {
  // One species reacts with nine others. Eliminated first it would fill all 100 entries; last, none.
  std::string text = "#DEFVAR\nHUB = IGNORE;\n", reactions = "#EQUATIONS\n";
  for (int n = 0; n < 9; ++n) {
    text += fmt::format("X{} = IGNORE;\n", n);
    reactions += fmt::format("HUB + X{} = D : 1.0;\n", n);
  }
  const Mechanism m = read(text + "D = IGNORE;\n" + reactions);
  const SparsePattern pattern = eliminate(m);
  std::size_t entries = 0;
  for (const auto& row : pattern.row) entries += row.size();
  EXPECT_EQ(entries, 11U + 9U + 9U + 10U);  // diagonal, row and column of the hub, row of the product
}

}  // namespace
