/** A word without its quotes and backslashes, of which the last may not be closed yet. */
export function unquoted(word: string): string {
  return word.replaceAll(
    part,
    (_, single?: string, double?: string, escaped?: string) =>
      single ?? double?.replaceAll(/\\([\\"$`])/g, '$1') ?? escaped ?? '',
  )
}

const part = /'([^']*)(?:'|$)|"((?:\\[\s\S]|[^"\\])*)(?:"|$)|\\([\s\S]?)/g
