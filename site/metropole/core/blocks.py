"""Blocks of a page's body, shared by every kind of page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A heading of the body: second level, as the page's title is the first."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "core/blocks/heading_block.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"))
    author = blocks.CharBlock(label=_("Author"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "core/blocks/quote_block.html"


class RowBlock(blocks.ListBlock):
    """A table's row: one short text for each cell."""

    def __init__(self, **kwargs) -> None:
        super().__init__(blocks.CharBlock(label=_("Cell"), required=False), **kwargs)


class TableBlock(blocks.StructBlock):
    """A data table with its caption and one header row."""

    caption = blocks.CharBlock(label=_("Caption"), help_text=_("What the table shows, e.g. “Actions by challenge”."))
    header = RowBlock(label=_("Header cells"))
    rows = blocks.ListBlock(RowBlock(), label=_("Rows"))

    class Meta:
        icon = "table"
        label = _("Table")
        template = "core/blocks/table_block.html"


class FigureBlock(blocks.StructBlock):
    """A key figure as it was published, with its date and its source."""

    value = blocks.CharBlock(label=_("Figure"), max_length=30, help_text=_("As it is to be read, e.g. “9.4 M€”."))
    label = blocks.CharBlock(label=_("What it counts"), max_length=140)
    as_of = blocks.DateBlock(label=_("Date of the figure"), required=False)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        icon = "order"
        label = _("Key figure")


class ImageBlock(blocks.StructBlock):
    """A picture with a text alternative; an empty one says that the picture is decorative."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.CharBlock(
        label=_("Text alternative"),
        required=False,
        help_text=_("What the picture tells, for those who don't see it. Empty if it only decorates."),
    )
    caption = blocks.CharBlock(label=_("Caption and credit"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "core/blocks/image_block.html"


class DocumentsBlock(blocks.StructBlock):
    """Files to download, each with its own title."""

    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Files"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Files")
        template = "core/blocks/documents_block.html"


class FileBlock(blocks.StructBlock):
    """A file to download, with where the same can be read accessibly, and how it may be reused."""

    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Title"), max_length=150)
    accessible_version = blocks.CharBlock(
        label=_("Accessible version"),
        required=False,
        max_length=250,
        help_text=_("Where the same content can be read accessibly, e.g. “the text of this page”."),
    )
    licence = blocks.CharBlock(label=_("Licence"), required=False, max_length=100)

    class Meta:
        icon = "doc-full"
        label = _("File")


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = blocks.RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, icon="pilcrow")
    quote = QuoteBlock()
    table = TableBlock()
    figures = blocks.ListBlock(
        FigureBlock(), label=_("Key figures"), icon="order", template="core/blocks/figures_block.html"
    )
    image = ImageBlock()
    documents = DocumentsBlock()
    files = blocks.ListBlock(
        FileBlock(), label=_("Files with their licence"), icon="doc-full", template="core/blocks/files_block.html"
    )
