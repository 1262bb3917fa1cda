// jose needs the Web Cryptography global, which Node.js 18 (Debian 12) hides.
import {webcrypto} from 'node:crypto';

globalThis.crypto ??= webcrypto;

export const {
  base64url, calculateJwkThumbprint, CompactSign, compactVerify, decodeProtectedHeader, exportJWK,
  generateKeyPair, importJWK
} = await import('jose');
