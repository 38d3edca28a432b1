/** The value that JSON text stands for, undefined where the text is none. */
export function parseJson(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
