# lantian_module(<name> SOURCES <files> [LINK <targets>] [PRIVATE_LINK <targets>])
#
# One static library lantian_<name> (alias lantian::<name>) of a folder in src/. Sources are listed by name.
function(lantian_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;PRIVATE_LINK")
  add_library(lantian_${name} STATIC ${arg_SOURCES})
  add_library(lantian::${name} ALIAS lantian_${name})
  target_include_directories(lantian_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/kernels)
  target_link_libraries(lantian_${name} PUBLIC lantian::numerics ${arg_LINK} PRIVATE lantian::warnings ${arg_PRIVATE_LINK})
endfunction()
