# cmake -DCOMPILER=... -DROOT=... -DFILE=... -P check.cmake: the compiler's verdict on FILE is what its first line
# says: `// expect: compiles`, or `// expect: REGEX` for a message of a compilation that fails.
file(STRINGS "${FILE}" lines LIMIT_COUNT 1)
if(NOT lines MATCHES "^// expect: (.+)$")
  message(FATAL_ERROR "${FILE}: the first line must be '// expect: ...'")
endif()
set(expected "${CMAKE_MATCH_1}")

execute_process(COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I${ROOT} ${FILE}
                RESULT_VARIABLE failed OUTPUT_VARIABLE output ERROR_VARIABLE output)

if(expected STREQUAL "compiles")
  if(failed)
    message(FATAL_ERROR "${FILE} does not compile:\n${output}")
  endif()
elseif(NOT failed)
  message(FATAL_ERROR "${FILE} compiles, expected: ${expected}")
elseif(NOT output MATCHES "${expected}")
  message(FATAL_ERROR "${FILE} fails with another message than '${expected}':\n${output}")
endif()
