"""Words of languages stand in the language files, not in the patterns of other rooms.

What looks like a pattern or a set of words outside holds names of formats alone: of elements and attributes,
commands, fields, directives, templates, hosts, schemes, and keywords of program code.
"""

import ast
import re
from functools import cache
from pathlib import Path

from monitor.extract.words import vocabulary

ROOM = Path(vocabulary.__file__).parent
TEMPLATES = {"markup/wiki_words.py"}
"""Names of templates of many Wikipedias, and of their parameters: markup, not prose."""
NAMES = {
    "dates/brackets.py": "OL",
    "dates/months.py": "weekdays",
    "dates/phrases.py": "gt lt",
    "dates/several.py": "days",
    "dates/shapes.py": "IV IX",
    "dates/values.py": "IVX",
    "exclusions.py": "end file ignore line monitor next start",
    "formats/asciidoc.py": """
        anchors empty footnote image include link nbsp opts ref references rel role title toc video window
        zwsp
    """,
    "formats/bibtex.py": "author",
    "formats/csl_json.py": "data date entries items literal parts raw references",
    "formats/csl_yaml.py": """
        DOI URL accessed archive author container editor issued location note publisher title
    """,
    "formats/docx.py": "HYPERLINK br cr fldSimple hyperlink tab tbl tc tr",
    "formats/dokuwiki.py": "code file php",
    "formats/html_passages.py": """
        alt bib bibliography body card cit citations cite cited class creativecommons csl div edn em
        endnote endnotes entry fn footnote footnotes ftn grid item licenses list mso mw note pre
        publicdomain ref references reflist rel row rowgroup span strong works
    """,
    "formats/jats.py": """
        access accessed article chapter citation collab data date ext given group in link name names part
        person self source string surname title uri year
    """,
    "formats/latex.py": """
        CSLReferences Verbatim align alltt appendix begin bibend bibitem bibliography biblist chapter code
        comment database edge end endnote entry enumerate env equation example family field filecontents
        footnote footnotetext group heading item itemize itemx level longtable lstlisting marginnote
        marginpar menu minted node paragraph part quotation references section sidenote sub subsection
        subsubsection table tabu tabular tabulary thanks thebibliography tikzpicture title titled
        unnumbered uref urlraw verb verbatim
    """,
    "formats/markdown.py": "references title",
    "formats/mods.py": "dateLastAccessed",
    "formats/odt.py": "annotation changes tracked",
    "formats/org.py": """
        DONE TODO begin comment end example export logbook properties quote src title verse
    """,
    "formats/ris.py": "AGGR BLOG DBASE EBOOK EDBOOK EJOUR ELEC ICOMM MULTI ONLINE WEB",
    "formats/rst.py": """
        auto bib button class code command console contents date default doctest exec graph highlight
        image include index ipython jupyter link list literal math mermaid meta notes output plot program
        prompt raw replace role sectnum setup table target test tikz title tree uml unicode video youtube
    """,
    "formats/rtf.py": "HYPERLINK fldinst footnote latin par",
    "formats/textile.py": "bc code fn notextile pre table",
    "formats/typst.py": """
        bibliography document figure footnote header import include let link outline pagebreak set show
        table title
    """,
    "formats/wikitext.py": """
        accessed chapter cit day internetquelle lien month publisher script stamp status title web work
        year
    """,
    "layouts/boundaries.py": "date",
    "layouts/dated_notes.py": "end fn foot note side",
    "layouts/rulings.py": """
        about await blob class console const data def echo example fn for fputcsv fputs from func function
        fwrite if import javascript let mailto print printf private protected public return sms static tel
        var void while yield
    """,
    "links/anchors.py": "CUSTOM ID Mc Mn NFC Nl No Pc id name",
    "links/file_links.py": """
        adoc any bc begin code comment doc doctest download end envvar example export figure graph
        highlight image link literal math numref option plot pre prompt raw ref src term test xref
    """,
    "links/targets.py": "alternate icon manifest next prev rel stylesheet target",
    "markup/bibtex_blocks.py": "comment preamble",
    "markup/html_attributes.py": "display hidden none style visibility",
    "markup/html_elements.py": "aside blockquote center dd div dl dt li ol table td th tr ul",
    "markup/markdown_inline.py": "cite em star strong under",
    "markup/tex_inline.py": """
        DeclareRobustCommand accent addbibresource addcontentsline aketitle allowbreak begin bibfield
        bibfnamefont bibinfo bibliography bibliographystyle bibnamefont booktitle cite command def dfn
        discretionary documentclass em emph end enquote enspace eqref footcite hfill hskip hspace
        htmladdnormallink hyperref hypertarget include includegraphics indicateurl input it ite itle
        itshape label linebreak lstinline macro mkbibquote natexlab new newblock newline nobreak nolinkurl
        noopsort oday pageref par parencite path penalty phantomsection protect provide qquad quad re ref
        relax setlength sl slshape space strong tem textbf textit textsl titlename uref urlprefix urlstyle
        usepackage uthor verb vspace
    """,
    "markup/tex_tables.py": """
        bottomrule cline endfirsthead endfoot endhead hline midrule tabularnewline toprule
    """,
    "markup/wiki_markup.py": """
        abbr archive archiveis archivetoday arquivo date gallery horodatagearchive ill lien math nihongo
        nowiki perma pre ref score source syntaxhighlight templatedata timestamp wayb wayback webcit
    """,
    "markup/yaml_head.py": """
        DOI URL accessed bibliography cff container issued number references serial title version
    """,
    "references/styles.py": "CD CM CP DB DK DS EB MT OL PP author",
    "references/titles.py": "tps",
    "registry.py": """
        Collection DOCTYPE DOI PK RDF TY URL accessed article author begin bibitem body cff cit citation
        cite date doctype documentclass epub feed front head id internetquelle key lien mediawiki meta
        mimetypeapplication mods oasis opendocument parent processing rdf record records ref references
        rss rtf sitemapindex text title type urlset version vnd web webarchive zip
    """,
    "urls/addresses.py": "PMC cid cite edn fnref footnote ftn jstor link oclc ref",
    "urls/archive_hosts.py": "codes when",
    "urls/find.py": """
        br cn de edu es eu fr gov htt info int it jp localhost nl pl ps ru se tr ttps ua uk xmlns
    """,
    "urls/identifiers.py": """
        ARXIV ArXiv DOI Doi HDL Handle NBN PMC PMCID PMID URN andle ar arXiv handle iv nbn pmcid urn
    """,
    "urls/repair.py": """
        allowbreak amp dot gt linebreak lt nbsp newline penalty ps quot sim slash string textasciitilde
        textunderscore tt ttps
    """,
    "urls/seams.py": "aspx cfm cgi do jsp php web",
    "urls/tokens.py": """
        app aspx cc cfm cgi csv docx dot epub gif jpe json jspx md ml mm mov mp php pl png pptx ps py rs
        rtf sh so st textasciitilde txt xlsx zip
    """,
    "urls/wrappers.py": """
        amp anon archiv archive arquivo aspx away bing cache cc cfm cgi collection da date dereferer do
        docx duckduckgo facebook flx fo freezepage ghostarchive gif go google haw id idm
        imgres info is it jianshu jp jpe jsp li linkedin liveweb lm login md me megalodon ndl ndljp
        nullrefer oclc outlook perma ph php pid png protection proxy query redir redirect replay safelinks
        safety search swap timetravel to today translate txt urldefense us vefsafn vk vn warn
        warp wayback web webarchive webcitation when wild youtube
    """,
}
"""Names of formats by module: what their patterns and sets may hold."""
ANYWHERE = (
    "arxiv com dx doi ftp ftps href hdl http hxxps html https isbn issn net org pdf pmid pmc url www xx xml"
)
MAKERS = {"lazy", "compile", "Caseless", "WordPattern", "frozenset", "set"}
MAKERS |= {"search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
PATTERN = re.compile(r"\\[sSdDwWb]|\(\?")
SYNTAX = re.compile(r"\(\?P<\w+>|\(\?P=\w+\)|\(\?\(\w+\)|\(\?[aimsx-]+[:)]|\\u[\da-fA-F]{4}|\\x..|\\.")
CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]")
WORD = re.compile(r"[^\W\d_]{2,}")


def called(node):
    """The name of what a node calls; "" for others."""
    function = node.func if isinstance(node, ast.Call) else None
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def words_in_patterns(source):
    """The words in the patterns of a module, and in its sets of strings."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [
        node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    within = {
        id(one)
        for node in ast.walk(tree)
        if isinstance(node, ast.Set) or called(node) in MAKERS
        for one in ast.walk(node)
    }
    texts = [
        node.value
        for node in strings
        if id(node) not in said and (id(node) in within or PATTERN.search(node.value))
    ]
    return {word for text in texts for word in WORD.findall(SYNTAX.sub("\0", CLASS.sub("\0", text)))}


@cache
def outside():
    """Each module outside the room of words by its path, with the words of its patterns."""
    return {
        path.relative_to(ROOM.parent).as_posix(): words_in_patterns(path.read_text(encoding="utf-8"))
        for path in ROOM.parent.rglob("*.py")
        if ROOM not in path.parents and path.relative_to(ROOM.parent).as_posix() not in TEMPLATES
    }


def test_patterns_outside_hold_names_of_formats_alone():
    strange = {
        name: found - set(f"{ANYWHERE} {NAMES.get(name, '')}".split()) for name, found in outside().items()
    }
    assert {name: found for name, found in strange.items() if found} == {}


def test_no_name_is_allowed_that_is_not_there():
    there = outside()
    stale = {name: set(names.split()) - there.get(name, set()) for name, names in NAMES.items()}
    assert {name: found for name, found in stale.items() if found} == {}


def test_the_scan_sees_words_in_patterns_and_sets():
    source = '"""Straße."""\nX = lazy(lambda: rf"[äö] größe{any_of(A)}")\nY = {"дата"}\nZ = "no pattern"\nV = r"the\\s"\n'
    assert words_in_patterns(source) == {"größe", "дата", "the"}
