"""Pictures: decoded whole and written anew, without what the camera noted (the place above all) nor what follows."""

import warnings
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .formats import JPEG, PNG, WEBP, Format
from .refusal import FileRefusedError

MOST_PIXELS = 40_000_000
_NAMES = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP"}
_QUALITY = 92
_FAULTS = (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError)


def rewritten(file: IO[bytes], taken: Format) -> BytesIO:
    """The same picture, upright, with nothing else in its file. Raises FileRefusedError."""
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # The number of pixels is checked here, before any is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file, formats=[_NAMES[taken]])
        _check_size(image)
        if getattr(image, "n_frames", 1) > 1:
            raise FileRefusedError(_("Moving pictures are not taken."))
        image.load()
        return _written(image, taken)
    except _FAULTS as error:
        raise FileRefusedError(_("This image is damaged: it cannot be read.")) from error


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        said = _("This image has too many pixels: %(most)d million at most.")
        raise FileRefusedError(said % {"most": MOST_PIXELS // 1_000_000})


def _written(image: Image.Image, taken: Format) -> BytesIO:
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    options = {"icc_profile": profile} if profile else {}
    if taken is JPEG:
        options |= {"quality": _QUALITY, "optimize": True}
        upright = upright if upright.mode in ("RGB", "L", "CMYK") else upright.convert("RGB")
    elif taken is WEBP:
        options |= {"quality": _QUALITY}
    upright.info = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    output = BytesIO()
    upright.save(output, _NAMES[taken], **options)
    output.seek(0)
    return output
