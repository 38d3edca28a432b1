/** A fenced block of a page. */
interface Block {
  readonly language: string
  readonly text: string
  readonly line: number
}
export function blocksOf(markdown: string): Block[]
export function commandLinesOf(text: string): string[]
export function commandsOfCi(value: unknown): string[]
export function showsCommand(text: string): boolean
export function isUsage(text: string): boolean
