import { type Checked, wrongAt } from './checked.ts'
import { checkCommand } from './checkCommand.ts'
import { checkKeys } from './checkKeys.ts'
import { checkNamed } from './checkNamed.ts'
import type { Looking } from './looking.ts'
import { scalarProblem } from './scalarProblem.ts'
import type { Shape } from './shape.ts'
import { called, type Written } from './written.ts'

/**
 * Compares what is written with a shape and brings it into the one form that the rest reads. What is wrong is told, each a
 * sentence that begins with its path, and is `wrong` in the answer.
 */
export function checkShape(written: Written, shape: Shape, looking: Looking): Checked {
  const { path, place, report } = looking
  if (written.kind === 'wrong') return wrongAt(written, path)
  if (written.kind === 'nothing') {
    report(place, `${path}: ${nothing(shape)}, or leave the key out`)
    return wrongAt(written, path)
  }
  if (shape.is === 'named') return checkNamed(written, shape, looking, checkShape)
  if (shape.is === 'keys') return checkKeys(written, shape, looking, checkShape)
  if (shape.is === 'words' || shape.is === 'probe') return checkCommand(written, shape, looking, checkShape)
  if (shape.is === 'list') return list(written, shape.of, looking)
  const problem = scalarProblem(written, shape)
  if (problem === undefined && written.kind === 'text') return { ...written, path }
  report(written.place, `${path}: ${problem}`)
  return wrongAt(written, path)
}

function list(written: Written, of: Shape, { path, report }: Looking): Checked {
  if (written.kind !== 'list') {
    report(written.place, `${path}: must be a list, not ${called(written)}; begin each entry with "- "`)
    return wrongAt(written, path)
  }
  const items = written.items.map((item, index) =>
    checkShape(item, of, { path: `${path}/${index}`, place: item.place, report }),
  )
  return { kind: 'list', place: written.place, path, items }
}

function nothing(shape: Shape): string {
  if (['keys', 'named', 'list'].includes(shape.is)) return 'has nothing below it; write it, further to the right'
  const isFree = shape.is === 'text' && !shape.form && !shape.oneOf
  return `has no value; write ${isFree ? '"" for an empty text' : 'one'}`
}
