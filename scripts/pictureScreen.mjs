// What a terminal shows of all that was sent to it.

/** Cursor and screen, and what is lit: all that ecs-task sends. Anything else is an error, not a wrong picture. */
const sequence = /\p{Cc}\[(\??)([\d;]*)([A-Za-z])|\r\n|[^]/gu

/**
 * The lines of a screen of so many rows, with what has scrolled out of it at the top: for each a list of characters, each
 * with its style, the numbers of SGR that are in force: `{ text: '✓', style: ['32'] }`.
 */
export function screenOf(sent, rows) {
  const lines = [[]]
  let [row, column, style] = [0, 0, []]
  for (const [piece, mark, numbers = '', letter] of sent.matchAll(sequence)) {
    if (letter === undefined) {
      if (piece === '\r\n' || piece === '\n') [row, column] = [row + 1, piece === '\n' ? column : 0]
      else if (piece === '\r') column = 0
      else if (/\p{Cc}/u.test(piece)) throw new Error(`a control character: ${JSON.stringify(piece)}`)
      else lines[row][column++] = { text: piece, style }
      lines[row] ??= []
    } else if (letter === 'm') style = restyled(style, numbers.split(';'))
    else if (letter === 'A') row = Math.max(row - Number(numbers || 1), lines.length - rows, 0)
    else if (letter === 'G') column = Number(numbers || 1) - 1
    else if (letter === 'K') lines[row].length = numbers === '2' ? 0 : Math.min(column, lines[row].length)
    else if (letter === 'J') lines.splice(row, Infinity, lines[row].slice(0, column))
    // Cursor hidden and shown, and frames that are drawn at once: nothing that stays.
    else if (mark !== '?' || !/[hl]/.test(letter)) throw new Error(`an unknown sequence: ${JSON.stringify(piece)}`)
  }
  const shown = lines.map((line) => Array.from(line, (cell) => cell ?? { text: ' ', style: [] }))
  while (shown.at(-1)?.every(({ text }) => text === ' ')) shown.pop()
  return shown
}

function restyled(style, numbers) {
  return numbers.reduce((now, number) => {
    if (number === '' || number === '0') return []
    if (number === '22') return now.filter((one) => one !== '1' && one !== '2')
    if (number === '39') return now.filter((one) => one === '1' || one === '2')
    const isColor = /^[39]\d$/.test(number)
    return [...now.filter((one) => !isColor || one === '1' || one === '2'), number]
  }, style)
}
