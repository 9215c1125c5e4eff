#!/bin/sh
# Makes the packed faces (*.ttf.gz) beside this script. First argument: a folder with the packages named in README.md,
# each unpacked under its own name. Needs python3 with fonttools 4.68, and gzip. The same input gives the same bytes.
set -eu
packages=$1
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

# A list of code points: Python says which characters a national standard holds.
points() {
    python3 -c "
def rows(codec, first, last, trail, high=0x80):
    for lead in range(first, last + 1):
        for byte in trail:
            try: yield ord(bytes([lead | high, byte | high]).decode(codec))
            except (UnicodeDecodeError, TypeError): pass
print(*sorted({f'{c:04X}' for c in $1}))"
}

# face, source, characters, more options of pyftsubset
subset() {
    face=$1 source=$2 characters=$3
    shift 3
    pyftsubset "$packages/$source" --unicodes="$characters" --output-file="$work/$face.subset.ttf" \
        --no-hinting --drop-tables+=vhea,vmtx,VORG,BASE,STAT,DSIG,gasp,prep --notdef-outline \
        --name-IDs=0,1,2,3,4,5,6,13,14 --no-recalc-timestamp --no-harfbuzz-repacker "$@"
}

# Kana, CJK punctuation, all kanji of JIS X 0208, and level 1 of Big5 (traditional Chinese) that is not among them.
kana='[*range(0x3000, 0x3100), *range(0x31F0, 0x3200), *range(0xFF61, 0xFFA0)]'
jis="[c for c in rows('euc_jp', 0x30, 0x74, range(0x21, 0x7F)) if 0x4E00 <= c <= 0x9FFF]"
big5="[c for c in rows('big5', 0xA4, 0xC6, [*range(0x40, 0x7F), *range(0xA1, 0xFF)], 0) if 0x4E00 <= c <= 0x9FFF]"
subset NotoSansJP-Regular noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf \
    "$(points "[*$kana, *$jis, *$big5]")" --layout-features=ccmp --drop-tables+=GPOS,GDEF

# Every syllable, the jamo they are made of (names of files often come taken apart), compatibility jamo.
hangul='[*range(0x1100, 0x1200), *range(0x3131, 0x318F), *range(0xAC00, 0xD7A4)]'
subset NotoSansKR-Regular noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf \
    "0020,$(points "$hangul" | tr ' ' ',')" --layout-features=ccmp,ljmo,vjmo,tjmo

# Small enough to stay whole. In Arabic the glyph of U+034F, which no text is set with, gets a width of 0.1 em: it stands
# for the lam of a ligature, and some readers leave out what has neither ink nor width.
subset NotoSansArabic-Regular fonts-noto-core/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf '*' \
    --layout-features='*'
python3 -c "
import sys
from fontTools.ttLib import TTFont
font = TTFont(sys.argv[1], recalcTimestamp=False)
font['hmtx'][font.getBestCmap()[0x034F]] = (100, 0)
font.save(sys.argv[1])" "$work/NotoSansArabic-Regular.subset.ttf"
subset NotoSansHebrew-Regular noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf '*' --layout-features='*'
subset NotoSansThai-Regular noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf '*' --layout-features='*'
subset NotoSansDevanagari-Regular noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf '*' \
    --layout-features='*'
subset NotoEmoji-Regular noto-emoji/400Regular/NotoEmoji_400Regular.ttf '*' --layout-features='*'

for file in "$work"/*.ttf; do
    gzip -9nc "$file" > "$(basename "$file").gz"
done
