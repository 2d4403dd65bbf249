# Errors inside submodules come through `from package import submodule`; only the submodule's own absence is renamed.
def attempt(statement):
    try:
        exec(statement, {})
    except Exception as error:
        print(statement, "->", type(error).__name__, getattr(error, "name", None), str(error).split(" (")[0])


attempt("from import_pkg_data import needs_absent")
attempt("from import_pkg_data import needs_absent")
attempt("from import_pkg_data import raises")
attempt("from import_pkg_data import no_such_submodule")
attempt("import import_pkg_data.no_such_submodule")
attempt("import import_pkg_data.needs_absent")
attempt("from import_pkg_data.simple import nothing_of_the_kind")
