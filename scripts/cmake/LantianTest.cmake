# lantian_add_test(<name> SOURCES <files> [LINK <targets>] [RANKS <n>...] [LABELS <labels>...])
#
# One GoogleTest program. Without RANKS it runs serially. With RANKS it is linked to the MPI main and registered once a rank
# count, so that `ctest -L mpi` runs them all and the name says how many: halo_exchange.np4.
function(lantian_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;RANKS;LABELS")
  add_executable(${name}_test ${arg_SOURCES})
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${name}_test PRIVATE ${arg_LINK} lantian::warnings)
  if(NOT arg_RANKS)
    target_link_libraries(${name}_test PRIVATE GTest::gtest_main)
    string(JOIN "-" labels unit ${arg_LABELS}) # a list of labels is cut to its first by gtest_discover_tests
    gtest_discover_tests(${name}_test PROPERTIES LABELS ${labels} DISCOVERY_TIMEOUT 60)
    return()
  endif()
  target_link_libraries(${name}_test PRIVATE lantian_mpi_test_main)
  foreach(ranks IN LISTS arg_RANKS)
    # Launches that run at once must not share Open MPI's folder in /tmp: one removes it while another fills it.
    set(session_folder ${PROJECT_BINARY_DIR}/mpi_sessions/${name}.np${ranks})
    add_test(NAME ${name}.np${ranks}
      COMMAND ${MPIEXEC_EXECUTABLE} ${LANTIAN_MPIEXEC_FLAGS} ${MPIEXEC_NUMPROC_FLAG} ${ranks} $<TARGET_FILE:${name}_test>)
    set_tests_properties(${name}.np${ranks} PROPERTIES
      PROCESSORS ${ranks} TIMEOUT ${LANTIAN_TEST_TIMEOUT_S} LABELS "mpi;${arg_LABELS}" ENVIRONMENT "OMP_NUM_THREADS=1;OMPI_MCA_btl=self,vader;OMPI_MCA_orte_tmpdir_base=${session_folder}")
  endforeach()
endfunction()
