"""Find the article in a text or a saved page: its headline, paragraphs and captions."""

import logging
import re

from analysis.article.copies import decode, is_page, page_blocks, read_copy
from analysis.article.tokens import WORD, ends_sentence, normalise, word_counts
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
    r"published|publicad[oa]|comments?|share|print|e-?mail|compartir|imprimir|comentarios?)\b", re.IGNORECASE,
)  # fmt: skip
MESSAGE = 40  # words of such a message, at most
DAY = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])")
WRAPPED = 120  # characters of a line that no program breaks


def pieces(path):
    """Return the kind (headline, body, caption, furniture) and the normalised text of each piece of an article.

    Of a saved web page only the article is kept, as trafilatura finds it.
    """
    text = decode(path)
    if is_page(text):
        found = _page(text)
    else:
        blocks = read_copy(path)
        found = [("caption" if CREDIT.search(line) else "body", line)
                 for block in blocks for line in _lines(block, alone=len(blocks) == 1)]  # fmt: skip
    found = [("furniture" if kind != "headline" and _message(piece) else kind, piece)
             for kind, piece in found if WORD.search(piece)]  # fmt: skip
    return _headed(found)


def _headed(found):
    """Find the headline before the first sentence; what stands beside it and is no text is furniture."""
    pieces = [piece for _, piece in found]
    size = [len(WORD.findall(piece)) for piece in pieces]
    first = next((place for place, piece in enumerate(pieces) if ends_sentence(piece)), min(1, len(found)))
    head = [place for place in range(first) if found[place][0] != "caption" and size[place] <= HEADLINE]
    title = next((place for place in head if found[place][0] == "headline"), None)
    if title is None:
        # A page copied as text prints its headline twice, or a section, a date and a name around it.
        named = [place for place in head if size[place] >= 4 and not BESIDE.search(pieces[place])] or head
        named = [place for place in named if pieces.count(pieces[place]) > 1] or named
        # A subtitle or a credit may stand between the headline and the first paragraph.
        longer = (place for place in named if max(size[place + 1 : place + 7], default=0) > size[place])
        title = next(longer, None)
    if title is None:
        return found
    kinds = {place: "furniture" for place in head
             if place < title or size[place] <= 2 or BESIDE.search(pieces[place])}  # fmt: skip
    kinds |= {place: "headline" for place in head if pieces[place] == pieces[title]}
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
    """Keep of a web page what belongs to its article."""
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
        if kind != "body" or block in kept or not main or _within(block, vocabulary):
            found.append((kind, block))
            headed |= kind == "headline"
    return found


def _within(block, vocabulary):
    """Return True if nearly all words of a block of some length belong to the article."""
    counts = word_counts(block)
    return counts.total() >= 12 and (counts & vocabulary).total() >= 0.95 * counts.total()


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
        "date": day if DAY.fullmatch(day) else "",
        "language": tag.group(1).lower() if tag else "",
        "source_url": page if ADDRESS.fullmatch(page) else "",
    }
