/** The SHA-256 of a text, in hexadecimal. */
import { lazy } from './lazy.ts'

const loadCrypto = (): typeof import('node:crypto') => lazy('node:crypto')

export function sha256(text: string): string {
  return loadCrypto().createHash('sha256').update(text).digest('hex')
}
