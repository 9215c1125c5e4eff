/** A small but valid PDF, so that the preview has something to render without the core. */
const escapeText = (text: string): string => text.replace(/[\\()]/g, "\\$&");

export function fixturePdf(pages: { kicker: string; headline: string }[], paper: string): string {
  const [width, height] = paper === "deck" ? [960, 540] : paper === "a4" ? [595, 842] : [612, 792];
  const objects: string[] = ["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${4 + i * 2} 0 R`).join(" ")}] >>`, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  pages.forEach((page, index) => {
    const bars = Array.from({ length: 12 }, (_, i) => `0.18 0.43 0.71 rg ${56 + i * ((width ?? 0) - 140) / 12} 70 ${((width ?? 0) - 140) / 14} ${80 + ((i * 37 + index * 53) % 150)} re f`).join("\n");
    const body = `BT /F1 11 Tf 0.35 0.39 0.42 rg 56 ${(height ?? 0) - 60} Td (${escapeText(page.kicker)}) Tj ET\nBT /F1 22 Tf 0.1 0.11 0.13 rg 56 ${(height ?? 0) - 92} Td (${escapeText(page.headline)}) Tj ET\n${index > 0 ? bars : ""}`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`);
    objects.push(`<< /Length ${body.length} >>\nstream\n${body}\nendstream`);
  });
  let text = "%PDF-1.4\n";
  const offsets: number[] = [];
  objects.forEach((object, index) => {
    offsets.push(text.length);
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`;
  return btoa(text);
}
