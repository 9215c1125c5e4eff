// Turns the frame buffer of a virtual display into a PNG once something is drawn on it and has come to rest.
// usage: node photograph.mjs Xvfb_screen0 OUT.png
import { readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const [buffer, out] = process.argv.slice(2);
const PATIENCE_MS = 60_000;
const INTERVAL_MS = 500;
// A window without its content has few colours; text and charts have hundreds.
const FEWEST_COLOURS = 40;
// The native menu is there before the page, and smoothed text alone has that many.
const MENU_ROWS = 40;

/** The pixels of an X window dump (32 bits per pixel, little-endian BGRX) as RGB rows. */
function pixels(dump) {
  const header = dump.readUInt32BE(0);
  const [width, height] = [dump.readUInt32BE(16), dump.readUInt32BE(20)];
  const stride = dump.readUInt32BE(48);
  const start = header + dump.readUInt32BE(76) * 12;
  const rows = Buffer.alloc(height * (1 + width * 3));
  const colours = new Set();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = start + y * stride + x * 4;
      const to = y * (1 + width * 3) + 1 + x * 3;
      rows[to] = dump[from + 2];
      rows[to + 1] = dump[from + 1];
      rows[to + 2] = dump[from];
      if (y >= MENU_ROWS && colours.size < FEWEST_COLOURS) colours.add(dump.readUInt32LE(from) & 0xffffff);
    }
  }
  return { width, height, rows, colours: colours.size };
}

function png({ width, height, rows }) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", size), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

let last = null;
for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
  await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  const now = pixels(readFileSync(buffer));
  if (now.colours >= FEWEST_COLOURS && last?.rows.equals(now.rows)) {
    writeFileSync(out, png(now));
    process.exit(0);
  }
  last = now;
}
process.exit(1);
