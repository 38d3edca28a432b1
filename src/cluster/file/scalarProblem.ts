import { nearest } from '../../ground/nearest.ts'
import type { Shape, TextShape, WholeShape } from './shape.ts'
import { called, type Written } from './written.ts'

/** What is wrong with what should be a text, a number or true or false; undefined where nothing is. */
export function scalarProblem(
  written: Written,
  shape: Extract<Shape, { is: 'text' | 'whole' | 'flag' }>,
): string | undefined {
  if (written.kind === 'text' && isRight(written.text, shape)) return undefined
  const wanted = { text: textWanted, whole: wholeWanted, flag: () => 'true or false' }[shape.is]
  const oneOf = shape.is === 'text' ? shape.oneOf : undefined
  const proposal = written.kind === 'text' && oneOf && nearest(written.shown, oneOf)
  return `must be ${wanted(shape as TextShape & WholeShape)}, not ${called(written)}${proposal ? `; did you mean ${proposal}?` : ''}`
}

function isRight(text: string, shape: Extract<Shape, { is: 'text' | 'whole' | 'flag' }>): boolean {
  if (shape.is === 'flag') return text === 'true' || text === 'false'
  if (shape.is === 'text') return (shape.oneOf?.includes(text) ?? true) && (shape.form?.pattern.test(text) ?? true)
  const { least, most = Infinity } = shape
  return /^-?\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most
}

function textWanted({ form, oneOf }: TextShape): string {
  return form?.must ?? oneOf?.join(' or ') ?? 'a text'
}

function wholeWanted({ least, most, of }: WholeShape): string {
  const range = most === undefined ? `at least ${least}` : `from ${least} to ${most}`
  if (of) return `a whole number of ${of}, ${range}`
  return `a whole number ${most === undefined ? 'of ' : ''}${range}`
}
