# lantian_embed(<target> <symbol> <file>)
#
# Makes a table of inputs/ part of the program, so that it needs no path at run time: defines
# `extern const std::string_view lantian::embedded::<symbol>`, declared in <build>/embedded/<symbol>.hpp, for the target and
# what links it: a table has one home, as two definitions of a symbol would be undefined.
function(lantian_embed target symbol file)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
  file(READ ${PROJECT_SOURCE_DIR}/${file} text)
  string(LENGTH "${text}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length) # a string literal is limited in length
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND pieces "R\"lantian(${piece})lantian\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  file(CONFIGURE OUTPUT ${folder}/${symbol}.hpp @ONLY CONTENT
    "#pragma once\n#include <string_view>\nnamespace lantian::embedded {\nextern const std::string_view @symbol@;\n}  // namespace lantian::embedded\n")
  file(CONFIGURE OUTPUT ${folder}/${symbol}.cpp @ONLY CONTENT
    "#include \"embedded/@symbol@.hpp\"\nnamespace lantian::embedded {\nconst std::string_view @symbol@ = @pieces@;\n}  // namespace lantian::embedded\n")
  target_sources(${target} PRIVATE ${folder}/${symbol}.cpp)
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
