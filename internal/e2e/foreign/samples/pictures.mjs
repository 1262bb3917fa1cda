// Pictures that carry a badge, and the picture of a QR code. The pixels are made
// by pngjs, the chunks cut and joined by png-chunks-extract and -encode, tEXt by
// png-chunk-text, the code by qrcode; the iTXt chunk and the SVG are written here
// after their specifications.
import encodeChunks from 'png-chunks-encode';
import extractChunks from 'png-chunks-extract';
import {encode as tEXt} from 'png-chunk-text';
import {PNG} from 'pngjs';
import QRCode from 'qrcode';

const NAMESPACE = {
  '3.0': 'https://purl.imsglobal.org/ob/v3p0', '2.0': 'http://openbadges.org'
};

// disc is a small badge: a disc on nothing.
export function disc(size = 48) {
  const picture = new PNG({width: size, height: size});
  const middle = (size - 1) / 2;
  for (let i = 0; i < size * size; i++) {
    const inside = Math.hypot(i % size - middle, Math.floor(i / size) - middle) < middle;
    picture.data.set(inside ? [0x1f, 0x5f, 0x8b, 0xff] : [0, 0, 0, 0], i * 4);
  }
  return PNG.sync.write(picture);
}

// png bakes chunks before the end of a picture.
export function png(...chunks) {
  const all = extractChunks(disc());
  return Buffer.from(encodeChunks([...all.slice(0, -1), ...chunks, all.at(-1)]));
}

// iTXt is an international text (PNG 1.2 §4.2.3.3), not compressed, without
// language and translated keyword.
export function iTXt(keyword, text) {
  return {name: 'iTXt', data: Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')])};
}

// badge3 and badge2 are the chunks of the two versions; oldest is that of the
// first tools, which wrote an address into tEXt.
export const badge3 = text => iTXt('openbadgecredential', text);
export const badge2 = text => iTXt('openbadges', text);
export const oldest = text => tEXt('openbadges', text);

// svg bakes a credential: a token, or an address, as an attribute, JSON as text.
export function svg(version, {verify, body}) {
  const element = version === '3.0' ? 'openbadges:credential' : 'openbadges:assertion';
  const attribute = verify ? ` verify="${verify}"` : '';
  const content = body ? `<![CDATA[${body.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : '';
  return '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="${NAMESPACE[version]}" viewBox="0 0 48 48">\n` +
    `<${element}${attribute}>${content}</${element}>\n` +
    '<circle cx="24" cy="24" r="23" fill="#1f5f8b"/>\n</svg>\n';
}

// qr is the picture of an address.
export function qr(address) {
  return QRCode.toBuffer(address, {type: 'png', errorCorrectionLevel: 'M', margin: 4, scale: 4});
}
