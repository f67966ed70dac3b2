#include "box_declarations.hpp"
#include "case_declarations.hpp"
#include "diagnose_declarations.hpp"
#include "plume_declarations.hpp"
#include "value_text.hpp"

#include "lantian/config/case_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lantian {

namespace {

/// Visitor that writes every key as TOML.
class Printer {
 public:
  template <class Value>
  void key(const std::string& name, const Value& value, const Key&) {
    text_ += fmt::format("{} = {}\n", name, toml_text(value));
  }
  template <class Struct>
  void table(const std::string& name, Struct& value, const std::string&) {
    text_ += fmt::format("\n[{}{}]\n", prefix_, name);
    descend(name, value);
  }
  template <class Struct>
  void tables(const std::string& name, std::vector<Struct>& values, const std::string&) {
    for (Struct& value : values) {
      text_ += fmt::format("\n[[{}{}]]\n", prefix_, name);
      descend(name, value);
    }
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  template <class Struct>
  void descend(const std::string& name, Struct& value) {
    const std::string outer = prefix_;
    prefix_ += name + ".";
    declare(*this, value);
    prefix_ = outer;
  }
  std::string prefix_, text_;
};

/// Visitor that documents every key.
class Reference {
 public:
  template <class Value>
  void key(const std::string& name, const Value& value, const Key& key) {
    text_ +=
        fmt::format("  {:<26} {:<18} {:<9} {}\n", name, type_name(value), key.unit.empty() ? "-" : key.unit,
                    key.required ? "required" : "default " + toml_text(value));
    text_ += fmt::format("      {}\n", key.meaning);
    if (!key.allowed.empty()) text_ += fmt::format("      one of: {}\n", fmt::join(key.allowed, ", "));
    if (!range_text(key).empty()) text_ += fmt::format("      allowed: {}\n", range_text(key));
  }
  template <class Struct>
  void table(const std::string& name, Struct& value, const std::string& meaning) {
    section("[" + prefix_ + name + "]", meaning);
    descend(name, value);
  }
  template <class Struct>
  void tables(const std::string& name, std::vector<Struct>&, const std::string& meaning) {
    section("[[" + prefix_ + name + "]]", meaning + "; any number of them");
    Struct one;
    descend(name, one);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void section(const std::string& title, const std::string& meaning) {
    text_ += fmt::format("\n{}  {}\n", title, meaning);
  }
  template <class Struct>
  void descend(const std::string& name, Struct& value) {
    const std::string outer = prefix_;
    prefix_ += name + ".";
    declare(*this, value);
    prefix_ = outer;
  }
  std::string prefix_, text_;
};

}  // namespace

std::string print_config(const Case& configuration) {
  Case copy = configuration;
  Printer printer;
  declare(printer, copy);
  return printer.text();
}

std::string reference_page() {
  Case defaults;
  Reference reference;
  declare(reference, defaults);
  return "Keys of a case file: name, type, unit, default, meaning\n" + reference.text();
}

std::string box_reference_page() {
  BoxCase defaults;
  Reference reference;
  declare(reference, defaults);
  return "Keys of the file of lantian box: name, type, unit, default, meaning\n" + reference.text();
}

std::string plume_reference_page() {
  PlumeCase defaults;
  Reference reference;
  declare(reference, defaults);
  return "Keys of a plume case: name, type, unit, default, meaning\n" + reference.text();
}

std::string diagnose_reference_page() {
  DiagnoseCase defaults;
  Reference reference;
  declare(reference, defaults);
  return "Keys of the file of lantian diagnose: name, type, unit, default, meaning\n" + reference.text();
}

}  // namespace lantian
