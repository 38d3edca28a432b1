// Compares the nodes of a file with the shapes that they must have.
import { splitCommand } from '../../definition/splitCommand.ts'
import { nearest } from '../../ground/nearest.ts'
import type { CheckContext } from './checkContext.ts'
import { checkKeys } from './checkKeys.ts'
import { checkNamed } from './checkNamed.ts'
import { type Shape, text, type TextShape, type WholeShape } from './shape.ts'
import { type ValidatedNode, wrongAt } from './validatedNode.ts'
import { called, type YamlNode } from './yamlNode.ts'

/**
 * Compares what is written with a shape and brings it into the one form that the rest reads. What is wrong is told, each a
 * sentence that begins with its path, and is `wrong` in the answer.
 */
export function checkShape(node: YamlNode, shape: Shape, context: CheckContext): ValidatedNode {
  const { path, place, report } = context
  if (node.kind === 'wrong') return wrongAt(node, path)
  if (node.kind === 'nothing') {
    report(place, `${path}: ${nothing(shape)}, or leave the key out`)
    return wrongAt(node, path)
  }
  if (shape.is === 'named') return checkNamed(node, shape, context, checkShape)
  if (shape.is === 'keys') return checkKeys(node, shape, context, checkShape)
  if (shape.is === 'words' || shape.is === 'probe') return checkCommand(node, shape, context)
  if (shape.is === 'list') return checkList(node, shape.of, context)
  const problem = scalarProblem(node, shape)
  if (problem === undefined && node.kind === 'text') return { ...node, path }
  report(node.place, `${path}: ${problem}`)
  return wrongAt(node, path)
}

function checkList(node: YamlNode, of: Shape, { path, report }: CheckContext): ValidatedNode {
  if (node.kind !== 'list') {
    report(node.place, `${path}: must be a list, not ${called(node)}; begin each entry with "- "`)
    return wrongAt(node, path)
  }
  const items = node.items.map((item, index) =>
    checkShape(item, of, { path: `${path}/${index}`, place: item.place, report }),
  )
  return { kind: 'list', place: node.place, path, items }
}

function nothing(shape: Shape): string {
  if (['keys', 'named', 'list'].includes(shape.is)) return 'has nothing below it; write it, further to the right'
  const isFree = shape.is === 'text' && !shape.form && !shape.oneOf
  return `has no value; write ${isFree ? '"" for an empty text' : 'one'}`
}

const isOfShell = ['CMD', 'CMD-SHELL']

/**
 * Compares a command, or that of a health check, with the ways to write one, and answers the list of its words. A health
 * check that is one text is for the shell. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
function checkCommand(
  node: YamlNode,
  { is }: Extract<Shape, { is: 'words' | 'probe' }>,
  context: CheckContext,
): ValidatedNode {
  const { path, report } = context
  const words = node.kind === 'text' ? wordsOf(node.text, is) : undefined
  const problem = commandProblem(node, is, words)
  if (problem !== undefined) {
    report(node.place, `${path}: ${problem}`)
    return wrongAt(node, path)
  }
  if (node.kind !== 'text' || !words) return checkList(node, text(), context)
  const items = words.map((word, index): ValidatedNode => ({ ...node, path: `${path}/${index}`, text: word }))
  return { kind: 'list', place: node.place, path, items }
}

/** Undefined where a quote is never closed. */
function wordsOf(command: string, is: 'words' | 'probe'): string[] | undefined {
  if (command.trim() === '') return []
  return is === 'probe' ? ['CMD-SHELL', command] : splitCommand(command)
}

function commandProblem(
  node: YamlNode,
  is: 'words' | 'probe',
  words: readonly string[] | undefined,
): string | undefined {
  if (node.kind !== 'text' && node.kind !== 'list') return `must be a list of words or a text, not ${called(node)}`
  if (node.kind === 'text' && !words) return 'opens a quote and does not close it'
  const given = node.kind === 'list' ? node.items : words!
  const [first] = node.kind === 'list' ? node.items : []
  if (is === 'probe' && first?.kind === 'text' && !isOfShell.includes(first.text)) {
    return `must begin with CMD or CMD-SHELL, not ${called(first)}; or write it as one text for the shell`
  }
  return given.length < (is === 'probe' ? 2 : 1) ? 'is no command; write what is to be run' : undefined
}

/** What is wrong with what should be a text, a number or true or false; undefined where nothing is. */
function scalarProblem(node: YamlNode, shape: Extract<Shape, { is: 'text' | 'whole' | 'flag' }>): string | undefined {
  if (node.kind === 'text' && isRight(node.text, shape)) return undefined
  const wanted = { text: textWanted, whole: wholeWanted, flag: () => 'true or false' }[shape.is]
  const oneOf = shape.is === 'text' ? shape.oneOf : undefined
  const proposal = node.kind === 'text' && oneOf && nearest(node.shown, oneOf)
  return `must be ${wanted(shape as TextShape & WholeShape)}, not ${called(node)}${proposal ? `; did you mean ${proposal}?` : ''}`
}

function isRight(given: string, shape: Extract<Shape, { is: 'text' | 'whole' | 'flag' }>): boolean {
  if (shape.is === 'flag') return given === 'true' || given === 'false'
  if (shape.is === 'text') return (shape.oneOf?.includes(given) ?? true) && (shape.form?.pattern.test(given) ?? true)
  const { least, most = Infinity } = shape
  return /^-?\d{1,15}$/.test(given) && Number(given) >= least && Number(given) <= most
}

function textWanted({ form, oneOf }: TextShape): string {
  return form?.must ?? oneOf?.join(' or ') ?? 'a text'
}

function wholeWanted({ least, most, of }: WholeShape): string {
  const range = most === undefined ? `at least ${least}` : `from ${least} to ${most}`
  if (of) return `a whole number of ${of}, ${range}`
  return `a whole number ${most === undefined ? 'of ' : ''}${range}`
}
