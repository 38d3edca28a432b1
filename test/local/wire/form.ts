// Writes an input as a form of the Query protocol.
import type { Unchecked } from '../../../src/local/world/operation.ts'

/** An input as the SDK writes it into the form of the Query protocol, each pair after an `&`. */
export function formOf(input: Unchecked, prefix = ''): string {
  return Object.entries(input)
    .map(([name, value]) => pair(`${prefix}${name}`, value))
    .join('')
}

// The only maps in what we send are those of SNS, which writes `Name` and `Value` for a message's attributes.
function pair(name: string, value: any): string {
  if (Array.isArray(value)) return value.map((one, index) => pair(`${name}.member.${index + 1}`, one)).join('')
  if (name === 'MessageAttributes' || name === 'Attributes') {
    const [key, member] = name === 'Attributes' ? ['key', 'value'] : ['Name', 'Value']
    return Object.entries(value)
      .map(([entry, one], index) => pair(`${name}.entry.${index + 1}`, { [key]: entry, [member]: one }))
      .join('')
  }
  if (typeof value === 'object' && value !== null) return formOf(value, `${name}.`)
  return `&${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
}
