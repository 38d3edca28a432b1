/**
 * Splits a command into its words as a shell does: at blanks, with quotes around what belongs together and backslashes
 * before what stands for itself. Undefined where a quote is never closed. string-argv knows neither backslashes nor an open quote.
 * https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function splitCommand(command: string): string[] | undefined {
  const found: string[] = []
  let word: string | undefined
  for (const [, blank, single, double, escaped, other] of command.matchAll(part)) {
    if (blank !== undefined) {
      if (word !== undefined) found.push(word)
      word = undefined
    } else if (other === "'" || other === '"') return undefined
    else word = (word ?? '') + (single ?? double?.replaceAll(/\\([\\"$`])/g, '$1') ?? escaped ?? other ?? '')
  }
  return word === undefined ? found : [...found, word]
}

const part = /(\s+)|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])|([\s\S])/g
