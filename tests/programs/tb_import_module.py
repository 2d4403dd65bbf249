# A traceback that ends in an imported module's function.
import tb_data.failing
print(tb_data.failing.ok(1))
tb_data.failing.fail(3)
