// jose needs the Web Cryptography global, which Node.js 18 (Debian 12) hides.
import {webcrypto} from 'node:crypto';

globalThis.crypto ??= webcrypto;

export const {
  base64url, calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK
} = await import('jose');
