import { encode } from "uqr";

/** The dark modules of a QR code, row by row, without a quiet zone. Level M: a quarter-worn print still reads. */
export function qrMatrix(text: string): boolean[][] {
  return encode(text, { ecc: "M", border: 0 }).data;
}
