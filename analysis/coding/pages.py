"""Find the article in a text or a saved page: its headline, paragraphs and captions."""

import logging
import re

from analysis.article.copies import decode, is_page, page_blocks, read_copy
from analysis.article.tokens import WORD, ends_sentence, normalise, word_counts
from analysis.study.periods import is_period
from analysis.study.settings import ADDRESS

HEADLINE = 30  # words of a headline, at most
CREDIT = re.compile(
    r"\b(?:AP|EFE|AFP|EPA|Getty|Reuters|Cuartoscuro|Xinhua)\b[^.]{0,40}[)\]]?$|(?:[(|/] ?|^)(?:photo|foto|image|imagen|imagem)"
    r"\b|^(?:caption|pie de foto|legenda|cr[eé]ditos?|credit) ?:", re.IGNORECASE,
)  # fmt: skip
# What a page says when it has failed to show something.
BROKEN = re.compile(
    r"\b(?:enable|allow|accept|activ|habilit|acept)\w*\b.{0,30}\b(?:javascript|cookies)|javascript (?:is|está)"
    r"|something went wrong|an? (?:unexpected )?error (?:has )?occurred|try again later|error \d{3}\b"
    r"|ha ocurrido un error|algo salió mal|inténtalo (?:de nuevo|más tarde)|ad ?blocker", re.IGNORECASE,
)  # fmt: skip
# What stands around a headline: a date, a time, the name of the author, what a reader may click.
BESIDE = re.compile(
    r"\b(?:19|20)\d\d\b.{0,30}$|\b\d{1,2}[:.h]\d\d\b|^(?:by|por|von|par|di|redacci[oó]n|actualizad[oa]|updated|"
    r"published|publicad[oa]|comments?|share|print|e-?mail|follow|listen|save|continue|compartir|imprimir|comentarios?|"
    r"seguir|escuchar|guardar)\b", re.IGNORECASE,
)  # fmt: skip
# What a line within the text, which is no sentence, offers instead: another story, or something to click.
ELSEWHERE = re.compile(
    r"^(?:read(?: more| also| next|(?=:))|related|see also|more on|watch|lee(?:r|a)? (?:también|más)|te (?:puede|recomendamos)|"
    r"relacionad[oa]s?|vea|mira)\b[: ]", re.IGNORECASE,
)  # fmt: skip
CLICKED = re.compile(
    r"^(?:advertisement|publicidad|anuncio|comments?|share|follow|sign (?:in|up)|subscribe|newsletter|loading|sigue|"
    r"suscr[ií]bete|compart[ei]\w*|comentarios?|continue reading|continúa leyendo)\b", re.IGNORECASE,
)  # fmt: skip
# Small words that one language has and its neighbours have not.
SMALL = {
    "en": ("the", "and", "of", "with", "that", "was"),
    "es": ("el", "los", "las", "y", "del", "una", "con"),
}
SUBHEAD = 15  # words of a heading within the text, at most
TAIL = 10  # words of a line below the text, at most
NAMED = re.compile(r"^(?:by|por) (\S+ \S+)", re.IGNORECASE)
SUBHEADS = frozenset(["h2", "h3", "h4", "h5", "h6"])
CAPTION = 8, 80  # words of a caption that only its credit tells, at least and at most
MESSAGE = 40  # words of such a message, at most
WRAPPED = 120  # characters of a line that no program breaks
DAY = len("2021-11-18")  # characters of a date that has its day


def pieces(path):
    """Return the kind (headline, heading, body, caption, …) and the normalised text of each piece of an article."""
    text = decode(path)
    if is_page(text):
        found = _page(text)
    else:
        blocks = read_copy(path)
        found = [("caption" if CREDIT.search(line) else "body", line)
                 for block in blocks for line in _lines(block, alone=len(blocks) == 1)]  # fmt: skip
    found = [("furniture" if kind != "headline" and _message(piece) else kind, piece)
             for kind, piece in found if WORD.search(piece)]  # fmt: skip
    first = next((place for place, (_, piece) in enumerate(found) if _reads_on(piece)), min(1, len(found)))
    found = [("body" if kind == "heading" and place < first else kind, piece)
             for place, (kind, piece) in enumerate(found)]  # fmt: skip
    return _parted(_headed(found, first), first)


def _asks(piece, most):
    """Return True if a piece is one question or exclamation of few words, as headlines are."""
    return (
        bool(re.search(r"[?!]$", piece)) and piece[0] not in "«“\"'‘—–" and len(WORD.findall(piece)) <= most
    )


def _reads_on(piece):
    """Return True if a piece ends a sentence as text does, and headlines do not."""
    return ends_sentence(piece) and not _asks(piece, SUBHEAD)


def _headed(found, first):
    """Find the headline before the first sentence; what stands beside it and is no text is furniture."""
    pieces = [piece for _, piece in found]
    size = [len(WORD.findall(piece)) for piece in pieces]
    head = [place for place in range(first) if found[place][0] != "caption" and size[place] <= HEADLINE]
    title = next((place for place in head if found[place][0] == "headline"), None)
    if title is None:
        # A page copied as text prints its headline twice, or a section, a date and a name around it.
        named = [place for place in head if size[place] >= 4 and not BESIDE.search(pieces[place])] or head
        named = [place for place in named if pieces.count(pieces[place]) > 1] or named
        # A subtitle, a credit or buttons may stand between the headline and the first paragraph.
        reach = {place: max(first + 1, place + 7) for place in named}
        longer = (place for place in named if max(size[place + 1 : reach[place]], default=0) > size[place])
        title = next(longer, None)
    if title is None:
        return found
    kinds = {place: "furniture" for place in head
             if place < title or size[place] <= 3 or BESIDE.search(pieces[place])}  # fmt: skip
    kinds |= {place: "headline" for place in head if pieces[place] == pieces[title]}
    return [(kinds.get(place, kind), piece) for place, (kind, piece) in enumerate(found)]


def _parted(found, first):
    """Tell the text from what stands within and below it: subheads, links, buttons, a note on the author."""
    size = [len(WORD.findall(piece)) for _, piece in found]
    text = [place for place, (kind, piece) in enumerate(found)
            if place >= first and kind == "body" and _reads_on(piece)]  # fmt: skip
    lines = [place for place, (kind, _) in enumerate(found) if kind == "body" and place not in text]
    if len(text) < 3 or len(text) < sum(place >= first for place in lines):
        return found  # a script or a text without end marks, in which no line can be told
    kinds, author = {}, next((name[1] for _, piece in found[:first] if (name := NAMED.search(piece))), None)
    if author and found[text[-1]][1].startswith(f"{author} "):
        kinds[text.pop()] = "furniture"
    for place in (line for line in lines if line > first):
        piece, beside = found[place][1], {place - 1, place + 1} & set(text)
        if place > text[-1]:
            kinds[place] = "furniture" if size[place] <= TAIL else "body"
        elif size[place] <= SUBHEAD and ELSEWHERE.search(piece):
            kinds[place] = "link"
        elif size[place] <= SUBHEAD and CLICKED.search(piece):
            kinds[place] = "furniture"
        elif (
            size[place] <= SUBHEAD and beside and piece[0].upper() == piece[0] and piece[-1] not in ':;,—”»"'
        ):
            kinds[place] = "heading"
    return [(kinds.get(place, kind), piece) for place, (kind, piece) in enumerate(found)]


def _message(piece):
    """Return True if a piece says that something could not be shown."""
    return bool(BROKEN.search(piece)) and len(piece.split()) <= MESSAGE


def _lines(block, alone):
    """Split a block where its lines are paragraphs, and join it where a program broke it."""
    ended = sum(map(ends_sentence, block))
    if any(len(line) > WRAPPED for line in block) or (alone and 2 * ended > len(block)):
        return block
    return [" ".join(block)]


def _page(text):
    """Keep of a web page what belongs to its article, as trafilatura finds it."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    blocks = page_blocks(text)
    try:
        main = trafilatura.extract(text, include_comments=False, include_tables=False, favor_recall=True)
    except Exception:  # A reader of broken pages fails in many ways; without it, every block counts.
        main = None
    vocabulary = word_counts(main or "")
    kept = {normalise(line.lstrip("-* ")) for line in (main or "").splitlines()}
    heads = {block for tag, block in blocks if tag == "h1"}
    found, headed = [], False
    for tag, block in blocks:
        if tag == "title" or (tag in ("nav", "footer", "form", "aside") and block not in kept):
            continue
        kind = "caption" if tag == "figcaption" else "headline" if block in heads and not headed else "body"
        credited = CREDIT.search(block) and CAPTION[0] <= len(block.split()) <= CAPTION[1]
        if kind != "body" or block in kept or not main or _within(block, vocabulary):
            kind = "caption" if credited else "heading" if kind == "body" and tag in SUBHEADS else kind
            found.append((kind, block))
            headed |= kind == "headline"
        elif headed and credited:
            found.append((None, block))  # a caption, unless it stands below the article
    last = max((place for place, (kind, _) in enumerate(found) if kind), default=-1)
    return [(kind or "caption", block) for kind, block in found[: last + 1]]


def _within(block, vocabulary):
    """Return True if nearly all words of a block of some length belong to the article."""
    counts = word_counts(block)
    return counts.total() >= 12 and (counts & vocabulary).total() >= 0.95 * counts.total()


def language_of(found):
    """Return the language of an article's pieces, where small words tell it to be one that figures speak."""
    counts = word_counts("\n".join(piece for kind, piece in found if kind == "body"))
    share = {
        name: sum(counts[word] for word in words) / max(1, counts.total()) for name, words in SMALL.items()
    }
    name = max(share, key=share.get)
    return name if share[name] > 0.05 and sum(share.values()) < 1.2 * share[name] else ""


def stated(text):
    """Return what a web page states of itself, by the keys that the header of a paper has."""
    import trafilatura

    try:
        stated = trafilatura.extract_metadata(text)
    except Exception:  # As in `_page`: a page that cannot be read states nothing.
        stated = None
    tag = re.search(r"<html[^<>]{0,300}?\slang=[\"']?([A-Za-z]{2,3})\b", text[:5000], re.IGNORECASE)
    page, day, name = (getattr(stated, part, "") or "" for part in ("url", "date", "sitename"))
    name = " ".join(name.split())
    return {
        "publisher": name if name.isprintable() and len(name) <= 80 else "",
        "date": day if len(day) == DAY and is_period(day) else "",
        "language": tag.group(1).lower() if tag else "",
        "source_url": page if ADDRESS.fullmatch(page) else "",
    }
