#!/usr/bin/env python3
"""Corpora for the tests of the report page, as JSON Lines on standard output.

    corpus.py size 12000      so many invented articles, about four statements each
    corpus.py hostile         articles that try to break out of the page

Everything is invented; the same arguments give the same bytes.
"""
import datetime
import json
import random
import sys

SPEAKERS = ["Alexander Lukashenko", "Vladimir Putin", "Dmitry Medvedev", "Sergei Lavrov", "Vladimir Makei",
            "Ann Lind", "Peter Holm", "Clara Voss"]
OPENINGS = ["said that", "stressed that", "added that", "told reporters that", "denied that"]
CLAIMS = [
    "sovereignty is sacred and {n} years of independence will not be given up",
    "the union state must be deepened, and {n} joint programmes are only the beginning",
    "a single currency would be a mistake for the {n} regions of the country",
    "integration with Russia has brought {n} benefits to the people",
    "we will never lose our independence, whatever {n} advisers may say",
    "the two countries could unite into one state within {n} years",
    "the harvest of {n} districts was better than the one of the year before",
    "supranational bodies would help {n} enterprises on both sides of the border",
]
VOICE = ["The talks in the capital lasted {n} hours.", "About {n} guests listened in the hall.",
         "The sovereignty of the country was the subject of {n} questions."]

ATTACKS = [
    "</script><script>document.title='broken'</script>",
    "\"><img src=x onerror=\"document.title='broken'\">",
    "'-alert(1)-' <svg onload=alert(1)> {{ 7*7 }} {% raw %} ${7*7}",
    "<!-- <script> --> ]]> &lt;b&gt; \u2028 \u2029 \u202e reversed \u0007 \u007f",
    "<style>*{display:none}</style><base href=//example.org><meta http-equiv=refresh content=0>",
    "</title></textarea></noscript></template></details></table><iframe src=//example.org>",
]


def article(number, title, source, day, sentences):
    return {"id": number, "title": title, "source": source, "published": day.isoformat(), "language": "en",
            "text": "\n\n".join(sentences)}


def size(count):
    chance = random.Random(1)
    for number in range(count):
        day = datetime.date(1999, 1, 1) + datetime.timedelta(days=chance.randrange(9300))
        sentences = []
        for _ in range(chance.randrange(3, 6)):
            claim = chance.choice(CLAIMS).format(n=chance.randrange(2, 5000))
            sentences.append(f"{chance.choice(SPEAKERS)} {chance.choice(OPENINGS)} {claim}.")
        sentences.append(chance.choice(VOICE).format(n=chance.randrange(2, 5000)))
        yield article(f"a{number:06}", f"Report number {number}", f"Wire {number % 7}", day, sentences)


def hostile():
    for number, attack in enumerate(ATTACKS):
        day = datetime.date(2019, 2, 1 + number)
        text = [
            f"Alexander Lukashenko said that sovereignty is sacred {attack} and will not be given up.",
            f"“Our sovereignty is sacred {attack} to all of us,” Ann {attack} Lind said on Friday.",
            f"The union state {attack} was the subject of talks.",
        ]
        yield article(f"x{number} {attack}", f"Title {attack}", f"Wire {attack}", day, text)


def main():
    asked = sys.argv[1:]
    if len(asked) == 2 and asked[0] == "size" and asked[1].isdigit():
        articles = size(int(asked[1]))
    elif asked == ["hostile"]:
        articles = hostile()
    else:
        sys.exit(__doc__)
    for one in articles:
        sys.stdout.buffer.write(json.dumps(one, ensure_ascii=False).encode() + b"\n")


main()
