# A module beside the programs; run by itself it prints nothing else than this line's sibling below.
main_ran = False
if __name__ == "__main__":
    main_ran = True
    print("import_helper_top run as a program")
def who(): return "helper module"
