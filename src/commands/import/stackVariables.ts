// Variables of a stack file: letters stand for them until it is written, since the writer doubles each dollar sign.

/** Letters that no text has, and that YAML needs no quotes for. */
const mark = 'ecstaskvariable0x7f3a9c'
const marks = new RegExp(`${mark}((?:[0-9a-f]{2})+)x`, 'g')

/** What stands for a variable. */
export function markOf(variable: string): string {
  return `${mark}${Buffer.from(variable).toString('hex')}x`
}

/** The text with `${NAME}` in place of what stands for it. */
export function withVariables(text: string): string {
  return text.replace(marks, (_mark, hex: string) => `\${${Buffer.from(hex, 'hex').toString()}}`)
}
