"""Every line fits the terminal, and nothing is lost by it."""
import os
import re
import unicodedata

from support import Case, maru


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


def without_space(text):
    return re.sub(r"\s", "", text)


class Width(Case):
    def at(self, columns, *words, lang="ja"):
        os.environ["COLUMNS"] = str(columns)
        try:
            return maru(*words, org=self.org, lang=lang).stdout
        finally:
            del os.environ["COLUMNS"]

    def test_lines_fit(self):
        self.org = self.sample()
        for columns in (50, 80, 120):
            for words in (["sheet"], ["sheet", "--layout", "published"], ["check", "16", "--explain"], ["tasks", "--until", "2027-06-30"], ["list", "person"],
                          ["show", "person", "E001"], ["catalog", "registers", "person"], ["catalog", "sheets", "ipa-52", "16"], ["catalog", "checks"]):
                for lang in ("ja", "en"):
                    for line in self.at(columns, *words, lang=lang).splitlines():
                        if "maru " not in line:
                            self.assertLessEqual(width(line), columns, (words, lang, line))

    def test_what_is_wrapped_is_whole(self):
        self.org = self.organisation("--name", "株式会社見本")
        narrow, wide = self.at(60, "catalog", "registers", "person"), maru("catalog", "registers", "person", lang="ja").stdout
        self.assertIn("常駐委託先要員", wide)
        self.assertNotIn("…", narrow)
        self.assertEqual(sorted(without_space(narrow)), sorted(without_space(wide)))

    def test_programs_get_one_line_a_record(self):
        self.org = self.sample()
        lines = maru("list", "person", org=self.org, lang="ja").stdout.splitlines()
        self.assertIn("常駐委託先要員", "\n".join(lines))
        self.assertNotIn("…", "\n".join(lines))
        self.assertEqual(len(lines), 2 + int(lines[-1].split()[0]))


if __name__ == "__main__":
    import unittest

    unittest.main()
