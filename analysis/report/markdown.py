"""Words, numbers and links for Markdown."""

import re
from urllib.parse import quote

# Signs of Markdown and HTML, of addresses that programs make links of, and of lists.
MARKUP = re.compile(
    r"[\\`*_\[\]<>#|~$@]|&(?=[#\w])|:(?=//)|(?<=www)\.|^[-+](?= |$)|^\d(?=\d*[.)](?: |$))", re.I
)
UNSAFE = re.compile(r"[^\w!#%&+,./:;=?@-]")


def link(study, anchor, paragraph=""):
    """Return the address that opens the page of a paragraph, by default the article's, at a phrase, or "".

    Source: URL Fragment Text Directives, https://wicg.github.io/scroll-to-text-fragment/.
    """
    page = study.meta["article"].get("page")
    if paragraph:
        document = study.paragraphs.set_index("paragraph").at[paragraph, "document"]
        page = study.documents.set_index("document").at[document, "url"]
    return f"{page}#:~:text={quote(anchor, safe='').replace('-', '%2D')}" if page else ""


def plain(text):
    """Return a text for Markdown, on one line, in which no sign is read as markup, as HTML or as an address.

    What begins mathematics stands in an element of its own, because MathJax reads the page after signs
    have been decoded, but not across elements.
    """
    text = MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", " ".join(text.split()))
    return re.sub(r"&#(?:36|92);", r"<span>\g<0></span>", text)


def code(text):
    """Return a text for Markdown as code; as `plain` does where it holds the mark that would end it."""
    return plain(text) if "`" in text else f"`{' '.join(text.split())}`"


def linked(text, address, shown=plain):
    """Return a Markdown link, its text made by `plain` or `code`; the text alone without an http or https address.

    Signs that would end the address, or begin something else, are percent-encoded.
    """
    if not re.match("https?://", address):
        return shown(text)
    return f"[{shown(text)}]({UNSAFE.sub(lambda sign: quote(sign.group(), safe=''), address)})"


def passage(study, anchor, text, shown=plain, paragraph=""):
    """Return a Markdown link to a page at a phrase; the text alone where the page has no address."""
    return linked(text, link(study, anchor, paragraph), shown)
