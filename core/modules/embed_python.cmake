# Writes NAMES (paths below FOLDER) as a table of module names and texts: see core/modules/python_modules.h.
set(table "")
set(texts "")
set(number 0)
foreach(path ${NAMES})
  file(READ ${FOLDER}/${path} text)
  string(REGEX REPLACE "(/__init__)?\\.py$" "" name ${path})
  string(REPLACE "/" "." name ${name})
  set(package false)
  if(path MATCHES "__init__\\.py$")
    set(package true)
  endif()
  # Compilers limit the length of one literal: pieces of 8000 characters.
  string(LENGTH "${text}" length)
  set(at 0)
  set(literal "")
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 8000 piece)
    string(APPEND literal "R\"python(${piece})python\"\n")
    math(EXPR at "${at} + 8000")
  endwhile()
  string(APPEND texts "constexpr char kText${number}[] =\n${literal};\n")
  string(APPEND table "    {\"${name}\", kText${number}, ${package}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(WRITE ${OUTPUT}
"// Generated from core/modules/python.
#include \"core/modules/python_modules.h\"

namespace turnstile {

namespace {
${texts}
constexpr PythonModule kModules[] = {
${table}};
}  // namespace

std::span<const PythonModule> python_modules() { return kModules; }

}  // namespace turnstile
")
