"""The layer check finds what it is there to find. Run by ctest: python3 check_layers_test.py SCRIPT"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = sys.argv.pop()


def verdict(files, *options):
    """Exit code and words of the check over a tree of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, SCRIPT, *options, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class CheckLayers(unittest.TestCase):
    def test_lets_a_step_down_pass(self):
        self.assertEqual(verdict({"src/model/a.cpp": '#include "lantian/grid/g.hpp"\n'})[0], 0)

    def test_refuses_a_step_up(self):
        code, said = verdict({"src/grid/a.cpp": '\n#include "lantian/model/m.hpp"\n'})
        self.assertEqual(code, 1)
        self.assertIn("src/grid/a.cpp:2: grid (floor 3) includes model (floor 10); only lower floors are allowed", said)

    def test_refuses_a_neighbour_on_the_same_floor(self):
        self.assertEqual(verdict({"include/lantian/plume/a.hpp": '#include "lantian/processes/p.hpp"\n'})[0], 1)

    def test_refuses_kernels_that_know_more_than_base(self):
        for include in ("lantian/config/case.hpp", "chemistry/x.hpp"):
            tree = {"kernels/plume/p.hpp": f'#include "{include}"\n', "kernels/chemistry/x.hpp": "\n"}
            self.assertEqual(verdict(tree)[0], 1, include)
        self.assertEqual(verdict({"kernels/plume/p.hpp": '#include "lantian/base/scalar.hpp"\n'})[0], 0)

    def test_refuses_mpi_outside_its_modules(self):
        code, said = verdict({"src/weather/a.cpp": "#include <mpi.h>\n"})
        self.assertEqual(code, 1)
        self.assertIn("which only io, parallel may know", said)

    def test_refuses_heavy_libraries_in_public_headers(self):
        self.assertEqual(verdict({"include/lantian/config/a.hpp": "#include <toml++/toml.h>\n"})[0], 1)
        self.assertEqual(verdict({"src/config/a.hpp": "#include <toml++/toml.h>\n"})[0], 0)

    def test_refuses_a_module_without_a_floor(self):
        self.assertEqual(verdict({"src/cellar/a.cpp": "\n"})[0], 1)

    def test_refuses_an_empty_tree(self):
        self.assertEqual(verdict({})[0], 1)

    def test_refuses_a_file_of_more_than_400_lines(self):
        self.assertEqual(verdict({"tests/a.cpp": "\n" * 400}, "--file-length")[0], 0)
        code, said = verdict({"tests/a.cpp": "\n" * 401}, "--file-length")
        self.assertEqual(code, 1)
        self.assertIn("tests/a.cpp:401: has 401 lines; 400 are the most", said)


if __name__ == "__main__":
    unittest.main()
