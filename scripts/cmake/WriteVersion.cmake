# Writes OUTPUT from TEMPLATE with the version and the commit of the source tree, when they have changed. Run at each
# build: cmake -DTEMPLATE=... -DOUTPUT=... -DSOURCE_DIR=... -DPROJECT_VERSION=... -P WriteVersion.cmake
execute_process(COMMAND git describe --always --dirty WORKING_DIRECTORY ${SOURCE_DIR}
  OUTPUT_VARIABLE LANTIAN_COMMIT OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE _failed)
if(_failed OR NOT LANTIAN_COMMIT)
  set(LANTIAN_COMMIT "no commit known")
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY) # leaves an equal file alone
