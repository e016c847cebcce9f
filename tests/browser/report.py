#!/usr/bin/env python3
"""Drives the report page in a headless Chromium: filters, sorts, unfolds, clicks marks, and checks that the console
is silent and that no request leaves the page; on the sample corpus, on a hostile one, and on a large one.

    report.py STANCE [--shots DIR] [--only sample|hostile|large] [--page FILE TABLE]

STANCE is the built binary, run in the repository's folder. --shots keeps screenshots. Exit code 0 passed, 1 failed, 77 skipped
because no Chromium was found (STANCE_CHROMIUM names one). Python's own library only.
"""
import argparse
import collections
import csv
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

import chromium

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
csv.field_size_limit(1 << 27)
failures = []


def check(what, holds, detail=""):
    print(("  ok    " if holds else "  FAIL  ") + what + (f": {detail}" if detail != "" and not holds else ""), flush=True)
    if not holds:
        failures.append(what)


def run(stance, out, *arguments):
    start = time.monotonic()
    subprocess.run([stance, "run", *arguments, "--out", str(out), "-q"], cwd=REPOSITORY, check=True)
    return time.monotonic() - start


def table(folder):
    with open(folder / "statements.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def silent(browser, name):
    said, asked = browser.problems()
    check(f"{name}: the console is silent", not said, said)
    strangers = [url for url in asked if not url.split("#")[0].endswith("/index.html")]
    check(f"{name}: no request leaves the page", not strangers, strangers)


# What a row looks like, however it was made.
ROWS = """[...document.querySelectorAll("#table > tbody > tr")].map((row) => [row.id, row.className, row.textContent,
  [...row.querySelectorAll("mark")].map((mark) => mark.className + "|" + mark.title + "|" + mark.textContent),
  [...row.querySelectorAll("rect")].map((bar) => [bar.getAttribute("class"), bar.getAttribute("x"), bar.getAttribute("width")].join()),
  [...row.querySelectorAll("a")].map((link) => link.getAttribute("href"))])"""
SET = """(name, value) => { const field = document.getElementById("filters").elements[name]; field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true })); }"""
UNFOLD = """Promise.all([...document.querySelectorAll("#table > tbody > tr > td > details")].map((fold) =>
  new Promise((done) => { if (fold.open) return done(); fold.addEventListener("toggle", () => setTimeout(done)); fold.open = true; })))"""


def number_of_rows(browser):
    return int(browser.value('document.getElementById("count").textContent').split(" ")[0])


def set_filter(browser, name, value):
    browser.value(f"({SET})({name!r}, {value!r})")


def clear(browser):
    browser.value('document.querySelector("#filters button[type=reset]").click()')
    browser.value("new Promise((done) => setTimeout(done, 20))")


def more_rows(browser):
    browser.value("""(() => { const select = document.querySelector("#pager select"); select.value = "500";
      select.dispatchEvent(new Event("change")); })()""")


def static_rows(browser, url):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    rows = browser.value(ROWS)
    form = browser.value('document.getElementById("filters").hidden')
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    return rows, form


def sample(browser, url, statements, name="sample"):
    """Everything a reader does, on a page whose statements fit whole."""
    without, hidden = static_rows(browser, url)
    speakers = [row for row in statements if row["form"] != "author"]
    check(f"{name}: without scripts the statements stand in the page", len(without) == min(len(statements), 200), len(without))
    check(f"{name}: without scripts no filter that does nothing is shown", hidden)

    browser.look(1200, 900)
    seconds = browser.open(url)
    print(f"        loaded in {seconds:.2f} s")
    # The time of an idle machine is told in the README; this one may be busy.
    check(f"{name}: loads in a moment", seconds < 30, seconds)
    check(f"{name}: the table counts what statements.csv counts", number_of_rows(browser) == len(speakers), number_of_rows(browser))
    set_filter(browser, "actor", "*")
    check(f"{name}: with the articles' own voice, too", number_of_rows(browser) == len(statements), number_of_rows(browser))
    more_rows(browser)
    browser.value(UNFOLD)
    scripted = {row[0]: row for row in browser.value(ROWS)}
    differing = [(one, scripted.get(one[0])) for one in without if scripted.get(one[0]) != one]
    check(f"{name}: rows and accounts are the same with and without scripts", not differing, differing[:1])

    clear(browser)
    by_actor = collections.Counter(row["actor_id"] or row["actor"] for row in speakers)
    (actor, expected), *_ = by_actor.most_common()
    set_filter(browser, "actor", "=" + actor)
    check(f"{name}: filter by actor", number_of_rows(browser) == expected, number_of_rows(browser))
    # One pole after the other, and none.
    axis = "position"
    own = [row for row in speakers if (row["actor_id"] or row["actor"]) == actor]
    scored = [float(row[axis]) for row in own if row[axis]]
    set_filter(browser, "evidence", "yes")
    check(f"{name}: filter by score", number_of_rows(browser) == len(scored), number_of_rows(browser))
    set_filter(browser, "evidence", "negative")
    check(f"{name}: filter by pole", number_of_rows(browser) == sum(value <= -0.005 for value in scored), number_of_rows(browser))
    clear(browser)
    source = collections.Counter(row["source"] for row in speakers).most_common()[-1]
    set_filter(browser, "source", "=" + source[0])
    check(f"{name}: filter by source", number_of_rows(browser) == source[1], number_of_rows(browser))
    clear(browser)
    form = collections.Counter(row["form"] for row in speakers).most_common()[-1]
    set_filter(browser, "form", form[0])
    check(f"{name}: filter by form", number_of_rows(browser) == form[1], number_of_rows(browser))
    clear(browser)
    year = collections.Counter(row["said_from"][:4] for row in speakers if row["said_from"][:4] == row["said_to"][:4] != "").most_common()[0]
    set_filter(browser, "from", year[0])
    set_filter(browser, "to", year[0])
    check(f"{name}: filter by year", number_of_rows(browser) == year[1], number_of_rows(browser))
    clear(browser)
    set_filter(browser, "words", "Sovereignty")
    found = sum("sovereignty" in row["text"].lower() for row in speakers)
    check(f"{name}: filter by words", number_of_rows(browser) >= found > 0, (number_of_rows(browser), found))
    set_filter(browser, "words", "no such words anywhere")
    check(f"{name}: nothing found is said", number_of_rows(browser) == 0)
    clear(browser)
    check(f"{name}: cleared", number_of_rows(browser) == len(speakers))
    for index in range(browser.value('document.getElementById("filters").elements.axis.options.length')):
        set_filter(browser, "axis", str(index))
        label = browser.value('document.getElementById("filters").elements.axis.selectedOptions[0].textContent')
        shown = browser.value('[...document.querySelectorAll("#table td.score b")].length')
        check(f"{name}: axis {label} has scores to show", shown > 0)
    clear(browser)

    # Sorting, with the mouse.
    more_rows(browser)
    for turn, expected in [("ascending", sorted), ("descending", lambda values: sorted(values, reverse=True))]:
        browser.value('document.querySelector("#table th[data-sort=score] button").click()')
        values = browser.value("""[...document.querySelectorAll("#table > tbody > tr")].map((row) => row.querySelector(".score b"))
          .filter((cell) => cell).map((cell) => +cell.textContent.replace("−", "-"))""")
        check(f"{name}: sorts by score, {turn}", values == expected(values) and len(set(values)) > 1, values[:10])
        check(f"{name}: says so", browser.value('document.querySelector("#table th[data-sort=score]").ariaSort') == turn)

    # Unfolding, with the keyboard.
    browser.value('document.querySelector("#table > tbody summary").focus()')
    browser.key("Enter", 13, "\r")
    account = browser.value('new Promise((done) => setTimeout(() => done(document.querySelector("#table > tbody .account").textContent), 50))')
    check(f"{name}: a statement unfolds its arithmetic", "bytes" in account and "=" in account, account)
    mirrored = browser.value('document.querySelector("#table > tbody .account a").getAttribute("href")')
    check(f"{name}: with a link to its article", mirrored.startswith("./"), mirrored)
    file = pathlib.Path(urllib.parse.unquote(url[7:])).parent / urllib.parse.unquote(mirrored)
    check(f"{name}: which is there", file.exists(), file)

    marks(browser, statements, name)
    # A term leads to its statements, an actor to theirs.
    browser.value('document.querySelector("#terms a.filter").click()')
    check(f"{name}: a term leads to its statements", 0 < number_of_rows(browser) < len(statements))
    browser.value('document.querySelector(".actor a.filter[data-actor]").click()')
    check(f"{name}: an actor leads to theirs", 0 < number_of_rows(browser) < len(statements))
    # A link to one statement.
    last = statements[-1]["statement_id"]
    browser.open(url + "#s-" + urllib.parse.quote(last))
    shown = browser.value('document.querySelector("tr.found")?.id')
    check(f"{name}: a link to one statement shows it", shown == "s-" + last, shown)
    for width in [1200, 360]:
        browser.look(width, 800, phone=width < 500)
        wide = browser.value("document.documentElement.scrollWidth")
        check(f"{name}: fits {width} pixels", wide <= width, wide)
    browser.look(1200, 900)
    silent(browser, name)


def marks(browser, statements, name):
    """The marks of the first chart: click a statement and a period, walk with the keys."""
    if not browser.value('document.querySelectorAll(".spots a").length'):
        check(f"{name}: there is a chart with marks", False)
        return
    place = """(kind) => { const link = [...document.querySelectorAll(".spots a." + kind)].pop();
      link.scrollIntoView({ block: "center" }); const box = link.querySelector("circle").getBoundingClientRect();
      const at = [box.x + box.width / 2, box.y + box.height / 2], on = document.elementFromPoint(...at).closest("a");
      return [...at, on.dataset.key]; }"""
    # Where marks lie on one another the topmost counts.
    x, y, key = browser.value(f"({place})('period')")
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    tip = browser.value('document.getElementById("tip").hidden ? "" : document.getElementById("tip").textContent')
    check(f"{name}: a mark tells what it is", len(tip) > 5, tip)
    browser.click(x, y)
    parts = key.rsplit("|", 2)
    check(f"{name}: a period's mark filters the table", browser.value('document.getElementById("period").textContent').startswith(parts[-1]), key)
    check(f"{name}: to its actor", browser.value('document.getElementById("filters").elements.actor.value') == "=" + parts[0])
    check(f"{name}: and there are statements", number_of_rows(browser) > 0)
    browser.value('document.querySelector("#period button").click()')
    known = {row["statement_id"] for row in statements}
    free = f"""[...document.querySelectorAll(".spots a.single")].findIndex((link) => {{ link.scrollIntoView({{ block: "center" }});
      const box = link.querySelector("circle").getBoundingClientRect();
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("a") === link; }})"""
    index = browser.value(free)
    x, y, key = browser.value(f"""(() => {{ const link = document.querySelectorAll(".spots a.single")[{index}];
      const box = link.querySelector("circle").getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2, link.dataset.key]; }})()""")
    browser.click(x, y)
    shown = browser.value('document.querySelector("tr.found")?.id')
    check(f"{name}: a statement's mark leads to its row", key in known and shown == "s-" + key, (key, shown))
    check(f"{name}: which is unfolded", browser.value('document.querySelector("tr.found details").open'))
    browser.value('document.querySelector(".spots a[tabindex=\\"0\\"]").focus()')
    before = browser.value("document.activeElement.dataset.key")
    browser.key("ArrowRight", 39)
    after = browser.value("document.activeElement.dataset.key")
    check(f"{name}: arrow keys walk from mark to mark", before != after and after is not None, (before, after))
    browser.key("Enter", 13, "\r")
    check(f"{name}: Enter follows a mark", browser.value('document.activeElement.tagName') == "SUMMARY" or not browser.value('document.getElementById("period").hidden'))


def hostile(browser, url, statements):
    title = browser.value("1") and None
    for scripts in [False, True]:
        browser.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        browser.open(url)
        if scripts:
            set_filter(browser, "actor", "*")
            browser.value(UNFOLD)
        how = "with" if scripts else "without"
        title = browser.value("document.title")
        check(f"hostile, {how} scripts: the title is the page's", "broken" not in title, title)
        foreign = browser.value("""[...document.querySelectorAll("img, iframe, object, embed, base, link, textarea, svg[onload], [onerror], [onload], [onclick], [style], meta[http-equiv=refresh]")]
          .filter((found) => found.id !== "tip").map((found) => found.outerHTML)""")
        check(f"hostile, {how} scripts: no element came out of an article", not foreign, foreign)
        count = browser.value('[document.querySelectorAll("script").length, document.querySelectorAll("style").length].join()')
        check(f"hostile, {how} scripts: two scripts, one style sheet", count == "2,1", count)
        text = browser.value('document.getElementById("table").textContent')
        for attack in ["</script><script>document.title='broken'</script>", "\"><img src=x onerror="]:
            check(f"hostile, {how} scripts: the attack stands there as text", attack in text, attack)
    shown = browser.value('document.querySelectorAll("#table > tbody > tr").length')
    check("hostile: every row is there", shown == len(statements), (shown, len(statements)))
    browser.value("document.querySelectorAll('.account a').forEach((link) => { if (!link.href.startsWith('file:')) throw link.href; })")
    silent(browser, "hostile")


def large(browser, url, statements, path):
    megabytes = path.stat().st_size / 1e6
    seconds = browser.open(url)
    print(f"        {len(statements)} statements: {megabytes:.1f} MB, loaded in {seconds:.2f} s")
    check("large: at least 50,000 statements", len(statements) >= 50_000, len(statements))
    check("large: under 40 MB", megabytes < 40, megabytes)
    kept = int(browser.value('document.getElementById("count").textContent.split(" ")[2]'))
    told = browser.value('document.querySelector("#statements > p").textContent')
    if kept < len(statements):
        check("large: says what it left out", f"{len(statements) - kept} were left out" in told, told)
    start = time.monotonic()
    set_filter(browser, "words", "sacred")
    print(f"        filtered by a word in {time.monotonic() - start:.2f} s, {number_of_rows(browser)} rows")
    start = time.monotonic()
    browser.value('document.querySelector("#table th[data-sort=score] button").click()')
    print(f"        sorted by score in {time.monotonic() - start:.2f} s")
    check("large: few rows in the document at once", browser.value('document.querySelectorAll("#table > tbody > tr").length') <= 50)
    silent(browser, "large")


def shots(browser, url, folder):
    folder.mkdir(parents=True, exist_ok=True)
    browser.open(url)
    for name, width, height, dark, phone in [("wide", 1200, 900, False, False), ("dark", 1200, 900, True, False), ("phone", 390, 844, False, True)]:
        browser.screenshot(folder / f"{name}.png", width, height, dark, True, phone)
    browser.look(1200, 900)
    import base64
    page = browser.call("Page.printToPDF", printBackground=True, paperWidth=8.27, paperHeight=11.69)
    (folder / "print.pdf").write_bytes(base64.b64decode(page["data"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stance")
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--only", choices=["sample", "hostile", "large"])
    parser.add_argument("--page", nargs=2, type=pathlib.Path, help="a page and its statements.csv, already made")
    given = parser.parse_args()
    path = chromium.find()
    if path is None:
        print("no Chromium was found", file=sys.stderr)
        sys.exit(77)
    browser = chromium.Browser(path)
    try:
        with tempfile.TemporaryDirectory(prefix="stance-report-") as scratch:
            scratch = pathlib.Path(scratch)
            if given.page:
                page, rows = given.page
                sample(browser, page.resolve().as_uri(), list(csv.DictReader(open(rows, encoding="utf-8", newline=""))))
                if given.shots:
                    shots(browser, page.resolve().as_uri(), given.shots)
            if not given.page and given.only in (None, "sample"):
                out = scratch / "sample"
                run(given.stance, out, "data/articles", "--compare", "1999..2001,2018..2019")
                size = (out / "index.html").stat().st_size / 1e6
                print(f"        the page has {size:.2f} MB")
                check("sample: under 3 MB", size < 3, size)
                sample(browser, (out / "index.html").as_uri(), table(out))
                if given.shots:
                    shots(browser, (out / "index.html").as_uri(), given.shots)
            for kind, arguments in [("hostile", ["hostile"]), ("large", ["size", "11000"])]:
                if given.page or given.only not in (None, kind):
                    continue
                corpus = scratch / f"{kind}.jsonl"
                with open(corpus, "wb") as file:
                    subprocess.run([sys.executable, HERE / "corpus.py", *arguments], stdout=file, check=True)
                out = scratch / kind
                print(f"        {kind}: the run took {run(given.stance, out, str(corpus)):.1f} s")
                if kind == "hostile":
                    hostile(browser, (out / "index.html").as_uri(), table(out))
                else:
                    large(browser, (out / "index.html").as_uri(), table(out), out / "index.html")
    finally:
        browser.close()
    print(f"{len(failures)} failed" if failures else "the report passed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
