"""Read a paper or a transcript: its header, headings, speakers and reporters' questions."""

import re
import unicodedata

from analysis.article.alignment import HEADING
from analysis.article.tokens import normalise

HEADER = re.compile(r"([a-z_]{1,30}): ?(.*)")
LEFT_OUT = "[…]"
# How transcripts mark a reporter's question, in English and in Spanish.
QUESTION = re.compile(r"(?:Q|QUESTION|REPORTER|PREGUNTA|INTERLOCUTORA?|INTERVENCIÓN)(?::|\.|\s|$)")
SPEAKER = re.compile(r"([^\W\d_a-zß-öø-ÿ][^\d:!?¿¡;«»“”\"\[\]()a-zß-öø-ÿ]{2,79}):")


def read_paper(text):
    """Split a plain text into its header and its paragraphs."""
    header, body = _header(text)
    found, kind, speaker = [], "body", ""
    for line in filter(None, map(normalise, body.splitlines())):
        if line.startswith(HEADING):
            found.append(("heading", "", line.removeprefix(HEADING)))
        elif line == LEFT_OUT:
            kind, speaker = "body", ""
        else:
            if QUESTION.match(line):
                kind, speaker = "question", ""
            elif name := SPEAKER.match(line):
                kind, speaker = "body", name[1]
            found.append((kind, speaker, line))
    return header, found


def _header(text):
    """Take the header block off a text."""
    head, rule, body = text.partition("\n---\n")
    lines = [HEADER.fullmatch(line) for line in head.splitlines() if line.strip()]
    if rule and lines and all(lines):
        return {line[1]: line[2].strip() for line in lines}, body
    return {}, text


def actor_of(name, labels):
    """Return the actor whose label shares most words with a speaker's printed name."""
    shared = {actor: len(_names(name) & _names(label)) for actor, label in labels.items()}
    most = max(shared.values(), default=0)
    fit = [actor for actor, number in shared.items() if most and number == most]
    return fit[0] if len(fit) == 1 else ""


def _names(text):
    """Return the words of a name without accents and case; one of up to three letters is none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return {word for word in re.findall("[a-z]+", plain.casefold()) if len(word) > 3}
