/**
 * A text of a form, a path or an XML document as a value of its type. One that is not of its type stays a text, so that
 * the check of the input can refuse it.
 */
export function typedText(text: string, type: string): unknown {
  if (type === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (type === 'timestamp' && !Number.isNaN(Date.parse(text))) return Date.parse(text) / 1000
  return text
}
