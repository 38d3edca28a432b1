import { nearest } from '../reading/nearest.ts'
import { type Checked, wrongAt } from './checked.ts'
import { checkKeys } from './checkKeys.ts'
import { checkNamed } from './checkNamed.ts'
import type { Looking } from './looking.ts'
import { splitWords } from './splitWords.ts'
import type { Shape, TextShape, WholeShape } from './shape.ts'
import { called, type Place, type Written, type WrittenText } from './written.ts'

/**
 * Compares what is written with a shape and brings it into the one form that the rest reads. What is wrong is told, each a
 * sentence that begins with its path, and is `wrong` in the answer.
 */
export function checkShape(written: Written, shape: Shape, looking: Looking): Checked {
  const { path, report } = looking
  const refuse = (sentence: string): Checked => {
    report(written.place, `${path}: ${sentence}`)
    return wrongAt(written, path)
  }
  if (written.kind === 'wrong') return wrongAt(written, path)
  if (written.kind === 'nothing') {
    report(looking.place, `${path}: ${nothing(shape)}, or leave the key out`)
    return wrongAt(written, path)
  }
  if (shape.is === 'named') return checkNamed(written, shape, looking, checkShape)
  if (shape.is === 'keys') return checkKeys(written, shape, looking, checkShape)
  if (shape.is === 'list') {
    if (written.kind !== 'list') return refuse(`must be a list, not ${called(written)}; begin each entry with "- "`)
    if (written.items.length < shape.least) return refuse('is empty')
    return listOf(written.items, written.place, (item, entry) => checkShape(item, shape.of, entry))
  }
  if (shape.is === 'words' || shape.is === 'probe') return command(written, shape.is)
  if (written.kind !== 'text') return refuse(`must be ${expected(shape)}, not ${called(written)}`)
  const sentence = { text: wrongText, whole: wrongWhole, flag: wrongFlag }[shape.is](written, shape as never)
  return sentence === undefined ? { ...written, path } : refuse(sentence)

  function listOf(items: readonly Written[], place: Place, check: (item: Written, entry: Looking) => Checked): Checked {
    const checked = items.map((item, index) => check(item, { path: `${path}/${index}`, place: item.place, report }))
    return { kind: 'list', place, path, items: checked }
  }

  function command(given: Exclude<Written, { kind: 'nothing' | 'wrong' }>, is: 'words' | 'probe'): Checked {
    if (given.kind === 'map') return refuse('must be a list of words or a text, not a map')
    if (given.kind === 'list') {
      const [first] = given.items
      if (is === 'probe' && first?.kind === 'text' && !['CMD', 'CMD-SHELL'].includes(first.text)) {
        return refuse(`must begin with CMD or CMD-SHELL, not ${called(first)}; or write it as one text for the shell`)
      }
      if (given.items.length < (is === 'probe' ? 2 : 1)) return refuse('is no command; write what is to be run')
      return listOf(given.items, given.place, (item, entry) => checkShape(item, word, entry))
    }
    const parts = is === 'probe' ? ['CMD-SHELL', given.text] : splitWords(given.text)
    if (parts === undefined) return refuse('opens a quote and does not close it')
    if (parts.length === 0 || given.text.trim() === '') return refuse('is no command; write what is to be run')
    const items = parts.map((part, index): Checked => ({ ...given, path: `${path}/${index}`, text: part }))
    return { kind: 'list', place: given.place, path, items }
  }
}

const word: TextShape = { is: 'text', form: undefined, oneOf: undefined, mayBeSecret: false }

function nothing(shape: Shape): string {
  if (['keys', 'named', 'list'].includes(shape.is)) return 'has nothing below it; write it, further to the right'
  const isFree = shape.is === 'text' && !shape.form && !shape.oneOf
  return `has no value; write ${isFree ? '"" for an empty text' : 'one'}`
}

function expected(shape: Extract<Shape, { is: 'text' | 'whole' | 'flag' }>): string {
  if (shape.is === 'flag') return 'true or false'
  return shape.is === 'whole' ? wholeNumber(shape) : (shape.form?.must ?? shape.oneOf?.join(' or ') ?? 'a text')
}

function wrongText(written: WrittenText, { form, oneOf }: TextShape): string | undefined {
  if (oneOf && !oneOf.includes(written.text)) {
    const proposal = nearest(written.shown, oneOf)
    return `must be ${oneOf.join(' or ')}, not ${called(written)}${proposal ? `; did you mean ${proposal}?` : ''}`
  }
  if (form && !form.pattern.test(written.text)) return `must be ${form.must}, not ${called(written)}`
}

function wrongWhole(written: WrittenText, shape: WholeShape): string | undefined {
  const { least, most = Infinity } = shape
  const amount = /^-?\d{1,15}$/.test(written.text) ? Number(written.text) : undefined
  if (amount === undefined || amount < least || amount > most)
    return `must be ${wholeNumber(shape)}, not ${called(written)}`
}

function wholeNumber({ least, most, of }: WholeShape): string {
  const range = most === undefined ? `of at least ${least}` : `from ${least} to ${most}`
  return of ? `a whole number of ${of}, ${range.replace(/^of /, '')}` : `a whole number ${range}`
}

function wrongFlag(written: WrittenText): string | undefined {
  if (!['true', 'false'].includes(written.text)) return `must be true or false, not ${called(written)}`
}
