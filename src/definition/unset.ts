// What JavaScript, and jq, make of a variable that is not set when they put it into a text.

/** Whether a text is nothing but that. */
export function isUnset(text: string): boolean {
  return /^(undefined|null|NaN|\[object Object\])$/.test(text)
}

/** What is left behind in a name or an ARN, as in `web-undefined`. A part of a word, as in `nullify`, is not. */
export function unsetInName(name: string): string | undefined {
  return /(?<![A-Za-z0-9])(undefined|null|NaN)(?![A-Za-z0-9])|\[object Object\]/.exec(name)?.[0]
}

/** The same in an image. Its tag may be named after a branch, as `fix-null-check`, so there only the whole counts. */
export function unsetInImage(image: string): string | undefined {
  const [, repository = '', tag = ''] = /^(.*?)(?::([^/:@]*))?(?:@.*)?$/s.exec(image) ?? []
  if (/:(@.*)?$/s.test(image)) return 'an empty tag'
  return unsetInName(repository) ?? (isUnset(tag) ? tag : undefined)
}
