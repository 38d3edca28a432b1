// The files of `ecs-task deploy TAG FILE…`: finds them, imports them, and finds the classes in them.
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Declared } from '../../definition/definition.ts'
import type { Context } from '../program/command.ts'
import { endingWithTwo } from './endDuringImport.ts'
import { type DeclaredTask, handedInDuring, isDefinitionClass } from './door.ts'
import { loadImportFile } from './loadImportFile.ts'
import { reasonOf } from './reasonOf.ts'
import { toldApart } from './toldApart.ts'

/** The folder that `init` writes to. */
const usual = '_ecs'
const isSource = /(?<!\.d)\.[cm]?[jt]s$/

/** A class that is to be deployed, with the file that it stands in. */
type PlacedTask = DeclaredTask & { readonly path: string }

/**
 * The context of a command with what these files declare. Throws `BadArguments` with every file that cannot be used. The file
 * of a class that runs itself takes no others.
 */
export async function withDefinitions(context: Context, files: readonly string[]): Promise<Context> {
  if (context.declared.length > 0) {
    if (files.length === 0) return context
    throw new EcsTaskError('BadArguments', `Extraneous positional argument ("${files[0]}").`, {
      fix: 'Several files are one deploy with: ecs-task deploy TAG FILE…',
    })
  }
  // A program without files of its own is `ecs-task`; EcsTask.main() of no class is refused later.
  if (files.length === 0 && context.program !== 'ecs-task') return context
  if (files.length === 0) throw new EcsTaskError('BadArguments', 'No file given.', { fix: whatThereIs() })
  const { importerOf, filesLike } = await loadImportFile()
  const found = await Promise.all(files.map((word) => filesOf(word, filesLike)))
  const missing = found.flatMap(({ problem }) => problem ?? [])
  if (missing.length > 0) throw unusable(missing, context.approved && elsewhere)
  const handedIn: PlacedTask[] = []
  const exported: { readonly Class: new () => Declared; readonly path: string }[] = []
  const problems: string[] = []
  const each = eachOnce(found)
  const importFile = importerOf(each.map(([path]) => resolve(path)))
  // One after another, so that what main() hands in is known to be the file's.
  for (const [path, isNamed] of each) {
    try {
      const { tasks, answer } = await endingWithTwo(path, () => handedInDuring(() => importFile(resolve(path))))
      const classes = tasks.length > 0 ? [] : [...new Set(Object.values(answer).filter(isDefinitionClass))]
      handedIn.push(...tasks.map((task) => ({ ...task, path })))
      exported.push(...classes.map((Class) => ({ Class, path })))
      if (tasks.length + classes.length === 0 && isNamed) {
        problems.push(`${path}: exports no class that extends EcsTask`)
      }
    } catch (error) {
      problems.push(`${path}: ${reasonOf(error, path)}`)
    }
  }
  const { tasks, problems: unmade } = tasksOf(exported, handedIn)
  if (problems.length + unmade.length > 0) throw unusable([...problems, ...unmade])
  const declared = new Map([...handedIn, ...tasks].map((task) => [keyOf(task), task]))
  if (declared.size === 0)
    throw unusable(files.map((file) => `${file}: no file in it exports a class that extends EcsTask`))
  return {
    ...context,
    declared: toldApart([...declared.values()]),
    program: ['ecs-task', ...files.map(quoted)].join(' '),
  }
}

/** The files as they were first called, each once however it is called, and whether somebody called it by its name. */
function eachOnce(found: readonly { readonly paths: readonly string[]; readonly isNamed: boolean }[]) {
  const files = new Map<string, [path: string, isNamed: boolean]>()
  for (const { paths, isNamed } of found) {
    for (const path of paths) {
      const real = existsSync(path) ? realpathSync(path) : path
      const [first, wasNamed] = files.get(real) ?? [path, false]
      files.set(real, [first, wasNamed || isNamed])
    }
  }
  return [...files.values()]
}

/** A class is deployed once, however often it is exported or handed in. */
function keyOf({ source: { constructor }, source }: DeclaredTask): unknown {
  return isDefinitionClass(constructor) ? constructor : source
}

/** One of each exported class but those that another one extends, whatever file it is in: they are what several have in common. */
function tasksOf(
  exported: readonly { readonly Class: new () => Declared; readonly path: string }[],
  handedIn: readonly PlacedTask[],
): { tasks: PlacedTask[]; problems: string[] } {
  const all = [...exported.map(({ Class }) => Class), ...handedIn.map(({ source }) => source.constructor)]
  const problems: string[] = []
  const tasks = exported
    .filter(({ Class }) => !all.some((other) => Object.prototype.isPrototypeOf.call(Class, other)))
    .flatMap(({ Class, path }) => {
      try {
        return [{ name: Class.name, source: new Class(), path }]
      } catch (error) {
        problems.push(`${path}: ${reasonOf(error, path)}`)
        return []
      }
    })
  return { tasks, problems }
}

/** The files that a word stands for: a file, those right in a folder, or those that a pattern finds. */
async function filesOf(
  word: string,
  filesLike: (pattern: string) => Promise<string[]>,
): Promise<{ paths: string[]; isNamed: boolean; problem?: string }> {
  const is = existsSync(word) ? statSync(word) : undefined
  if (is?.isFile()) return { paths: [word], isNamed: true }
  const all = is ? readdirSync(word).map((name) => join(word, name)) : await filesLike(word)
  const paths = all.filter((path) => isSource.test(path)).toSorted()
  const problem = is || all.length > 0 ? 'has no TypeScript or JavaScript file' : 'does not exist'
  return { paths, isNamed: false, ...(paths.length === 0 && { problem: `${word}: ${problem}` }) }
}

function whatThereIs(): string {
  const names = existsSync(usual) ? readdirSync(usual).filter((name) => isSource.test(name)) : []
  if (names.length === 0) return 'Write a first one with: npx ecs-task init web'
  return `Pass one or more of: ${names.map((name) => join(usual, name)).join(', ')}`
}

const elsewhere = 'Apply a plan in the folder in which it was made.'

function unusable(problems: readonly string[], fix?: string): EcsTaskError {
  const what = problems.length === 1 ? 'A file cannot be used.' : 'Some files cannot be used.'
  return new EcsTaskError('BadArguments', what, { problems, fix })
}
