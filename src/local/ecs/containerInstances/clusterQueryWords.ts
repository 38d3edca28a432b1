/** Parentheses, an argument list, an operator, a quoted word, or a word. */
const word = /\s*(\(|\)|\[[^\]]*\]|&&|\|\||[=!]~|[=!<>]=|!(?:exists|in)\b|[!<>]|'[^']*'|"[^"]*"|[^\s()=!<>]+)/y

/** An expression of the cluster query language in words; undefined where something is none. */
export function clusterQueryWords(expression: string): string[] | undefined {
  const words: string[] = []
  const text = expression.trimEnd()
  word.lastIndex = 0
  for (let from = 0; from < text.length; from = word.lastIndex) {
    const found = word.exec(text)?.[1]
    if (found === undefined) return undefined
    words.push(found)
  }
  return words
}
