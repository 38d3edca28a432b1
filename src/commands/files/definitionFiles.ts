// The files of `ecs-task deploy TAG FILE…`: imports them, and finds the classes in them.
import { resolve } from 'node:path'
import { quoted } from '../../ground/command.ts'
import { EcsTaskError } from '../../ground/errors.ts'
import type { Declared } from '../../definition/definition.ts'
import { read } from '../../definition/read.ts'
import type { Context } from '../program/command.ts'
import { callerAmong } from './callerAmong.ts'
import { endingWithTwo } from './endDuringImport.ts'
import { type DeclaredTask, handedInDuring, isDefinitionClass } from './door.ts'
import { foundFiles, whatThereIs } from './foundFiles.ts'
import { loadImportFile } from './loadImportFile.ts'
import { reasonOf } from './reasonOf.ts'
import { toldApart } from './toldApart.ts'

/** A class that is to be deployed, with the file that it stands in. */
type PlacedTask = DeclaredTask & { readonly path: string }

/** A class that a file exports. */
interface PlacedClass {
  readonly Class: new () => Declared
  readonly path: string
}

/**
 * The context of a command with what these files declare, in the order of the files. Throws `BadArguments` with every file that
 * cannot be used. The file of a class that runs itself takes no others.
 */
export async function withDefinitions(context: Context, words: readonly string[]): Promise<Context> {
  if (context.declared.length > 0) {
    if (words.length === 0) return context
    throw new EcsTaskError('BadArguments', `Extraneous positional argument ("${words[0]}").`, {
      fix: 'Several files are one deploy with: ecs-task deploy TAG FILE…',
    })
  }
  // A program without files of its own is `ecs-task`; EcsTask.main() of no class is refused later.
  if (words.length === 0 && context.program !== 'ecs-task') return context
  if (words.length === 0) throw new EcsTaskError('BadArguments', 'No file given.', { fix: whatThereIs() })
  const { importerOf, filesLike } = await loadImportFile()
  const { files, problems: missing } = await foundFiles(words, filesLike)
  if (missing.length > 0) throw unusable(missing, context.approved && elsewhere)
  const handedIn: PlacedTask[] = []
  const exported: PlacedClass[] = []
  /** The files that call `main()` themselves. */
  const callers = new Set<string>()
  const problems: string[] = []
  const callerIn = callerAmong(files)
  const importFile = importerOf(files.map(({ path }) => resolve(path)))
  // One after another, so that what main() hands in is known to be the file's, or of a file that it imports.
  for (const { path, isNamed } of files) {
    try {
      const { tasks, answer } = await endingWithTwo(path, () => handedInDuring(() => importFile(resolve(path))))
      const classes = [...new Set(Object.values(answer).filter(isDefinitionClass))]
      for (const { stack, ...task } of tasks) {
        const caller = stack === undefined ? path : callerIn(stack)
        if (caller !== undefined) callers.add(caller)
        handedIn.push({ ...task, path: caller ?? path })
      }
      exported.push(...classes.map((Class) => ({ Class, path })))
      if (tasks.length + classes.length === 0 && isNamed && !callers.has(path)) {
        problems.push(`${path}: exports no class that extends EcsTask`)
      }
    } catch (error) {
      problems.push(`${path}: ${reasonOf(error, path)}`)
    }
  }
  const made = tasksOf(
    exported.filter(({ path }) => !callers.has(path)),
    handedIn,
  )
  if (problems.length + made.problems.length > 0) throw unusable([...problems, ...made.problems])
  const position = new Map(files.map(({ path }, index) => [path, index]))
  const inOrder = [...handedIn, ...made.tasks].toSorted(
    (one, other) => position.get(one.path)! - position.get(other.path)!,
  )
  const declared = new Map(inOrder.map((task) => [keyOf(task), task]))
  if (declared.size === 0)
    throw unusable(words.map((word) => `${word}: no file in it exports a class that extends EcsTask`))
  return {
    ...context,
    declared: toldApart([...declared.values()]),
    notes: [...context.notes, ...made.notes],
    program: ['ecs-task', ...words.map(quoted)].join(' '),
  }
}

/** A class is deployed once, however often it is exported or handed in. */
function keyOf({ source: { constructor }, source }: DeclaredTask): unknown {
  return isDefinitionClass(constructor) ? constructor : source
}

/**
 * One of each exported class but those that another one extends, whatever file it is in: they are what several have in common. One
 * of those that could be deployed by itself is noted, as somebody may have meant it.
 */
function tasksOf(
  exported: readonly PlacedClass[],
  handedIn: readonly PlacedTask[],
): { tasks: PlacedTask[]; notes: string[]; problems: string[] } {
  const handed = new Set<unknown>(handedIn.map(({ source }) => source.constructor))
  const all = [...exported.map(({ Class }) => Class), ...handedIn.map(({ source }) => source.constructor)]
  const tasks: PlacedTask[] = []
  const notes = new Set<string>()
  const problems: string[] = []
  for (const { Class, path } of exported) {
    const heir = all.find((other) => Object.prototype.isPrototypeOf.call(Class, other))
    try {
      if (!heir) tasks.push({ name: Class.name, source: new Class(), path })
      else if (!handed.has(Class) && isWhole(Class)) notes.add(leftOut(Class, heir))
    } catch (error) {
      const takesMore = Class.length > 0 ? `the constructor of ${Class.name} takes arguments, and gets none: ` : ''
      problems.push(`${path}: ${takesMore}${reasonOf(error, path)}`)
    }
  }
  return { tasks, notes: [...notes], problems }
}

/** Whether a class could be deployed by itself, and has something to start or to update. */
function isWhole(Class: new () => Declared): boolean {
  try {
    const { updateServices, runTasks, eventTargets, schedules } = read(new Class(), Class.name).definition
    return [updateServices, runTasks, eventTargets, schedules].some((list) => list.length > 0)
  } catch {
    return false
  }
}

function leftOut({ name }: { readonly name: string }, heir: { readonly name: string }): string {
  return `${name} is not deployed, as ${heir.name} extends it. To deploy both, call EcsTask.main([${name}, ${heir.name}]).`
}

const elsewhere = 'Apply a plan in the folder in which it was made.'

function unusable(problems: readonly string[], fix?: string): EcsTaskError {
  const what = problems.length === 1 ? 'A file cannot be used.' : 'Some files cannot be used.'
  return new EcsTaskError('BadArguments', what, { problems, fix })
}
