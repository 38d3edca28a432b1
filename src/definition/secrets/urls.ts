// Finds passwords in URLs, in whatever a person wrote into them.
import { isPlaceholder, looksRandom } from './ordinary.ts'
import { type Cut, placesOf } from './cuts.ts'

/** Where the part of a text that may be one URL ends: at a blank, or at a quote with which a text around it goes on. */
const end = /[\s<>`]|\\{0,8}["'](?=[\s,:;}\])\\]|$)/

/** What a URL may begin with besides `://`: Oracle's thin driver has `user/password@` there, Go's for MySQL `@tcp(`. */
const jdbc = /jdbc:[a-z0-9]+(?::[a-z0-9]+){0,3}:([^\s/@:"']{1,128}\/)([^\s"']{1,512}?)@/gi
const dsn = /(?<=^|[\s"'=])([^\s:/"'=@]{1,128}:)([^\s"']{1,512}?)@(?:tcp|tcp6|unix)\(/g

/**
 * The passwords of a text's URLs. A password may hold what URLs do not allow: `/`, `#`, `?`, quotes and `@`. So where there is a
 * name and a colon, all up to the last `@` counts, but for a port. A name without a password is a key where it looks like one.
 */
export function passwordsInUrls(text: string): Cut[] {
  const cuts: Cut[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = at + 3
    const next = text.indexOf('://', start)
    const part = text.slice(start, next < 0 ? text.length : next)
    const limit = part.search(end)
    cuts.push(...inUrl(limit < 0 ? part : part.slice(0, limit), start))
  }
  if (/jdbc:/i.test(text)) cuts.push(...found(text, jdbc))
  if (/@(?:tcp|unix)/.test(text)) cuts.push(...found(text, dsn))
  return cuts
}

/** `part` is what follows `://`, and begins at `start`. */
function inUrl(part: string, start: number): Cut[] {
  const last = part.lastIndexOf('@')
  if (last < 0) return []
  const [user = ''] = /^[^\s:/?#@]*/.exec(part) ?? []
  if (part[user.length] !== ':') {
    const isKey = part[user.length] === '@' && user.length >= 12 && looksRandom(user)
    return isKey ? [{ start, end: start + user.length, secret: user }] : []
  }
  const password = part.slice(user.length + 1, last)
  if (/^\d{1,5}[/?#]/.test(password) || password === '' || isPlaceholder(password)) return []
  const from = start + user.length + 1
  const cut = { start: from, end: start + last, secret: password }
  // Where several could end it, each of them may be the password that turns up elsewhere.
  const first = password.indexOf('@')
  return first > 0 ? [cut, { start: from, end: from + first, secret: password.slice(0, first) }] : [cut]
}

function found(text: string, form: RegExp): Cut[] {
  return placesOf(form, text).map((match) => {
    const [whole, before = '', secret = ''] = match
    const start = match.index + whole.indexOf(before) + before.length
    return { start, end: start + secret.length, secret }
  })
}
