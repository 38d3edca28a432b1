// Where in a repository a thing is defined, as annotations of GitHub name it.
import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { Definition } from '../../definition/definition.ts'
import type { Subject } from '../../engine/subject.ts'
import { scheduleKey, serviceKey } from '../../ground/names.ts'
import type { SourceLine, Sources } from '../../output/report/annotations.ts'

/** A class and the file that it was found in. */
export interface DefinedIn {
  readonly name: string
  readonly path?: string | undefined
}

type FindSubject = Sources['ofSubject']

/** Finds the class that a step is about: by its services, its family, its rules; where there is one class, it is that. */
export function ofDefinitions(definitions: readonly Definition[]): (subject: Subject) => string | undefined {
  return (subject) =>
    (definitions.find((one) => isAbout(one, subject)) ?? (definitions.length === 1 ? definitions[0] : undefined))?.name
}

function isAbout({ taskDefinition, updateServices, eventTargets, schedules }: Definition, subject: Subject): boolean {
  const family = taskDefinition.family
  switch (subject.type) {
    case 'service':
      return updateServices.some((one) => serviceKey(one) === serviceKey(subject))
    case 'task':
    case 'family':
      return subject.family === family
    case 'revision':
      return (
        family !== undefined &&
        [family, `the new revision of ${family}`].includes(subject.revision.replace(/:\d+$/, ''))
      )
    case 'rule':
      return eventTargets.some(({ Rule }) => Rule === subject.rule)
    case 'schedule':
      return schedules.some((one) => scheduleKey(one) === `${subject.group}/${subject.name}`)
    default:
      return false
  }
}

/** The sources of a run; `workspace` is the root of the repository, in which alone a file can be named. */
export function sourcesOf(
  classes: readonly DefinedIn[],
  { ofSubject, workspace }: { readonly ofSubject?: FindSubject | undefined; readonly workspace: string | undefined },
): Sources {
  const inWorkspace = (source: SourceLine | undefined): SourceLine | undefined => {
    const file = source && fileIn(workspace ?? '.', source.file)
    return source && file !== undefined ? { file, line: source.line } : undefined
  }
  return {
    ofSubject: (subject) => inWorkspace(ofSubject?.(subject)),
    ofSentence: (sentence) => inWorkspace(placeIn(sentence) ?? classIn(sentence, classes)),
  }
}

/** `stack.yml:12:7: …`, or `_ecs/web.ts: line 3: …`, as the readers of files write it. */
export function placeIn(sentence: string): SourceLine | undefined {
  const [, file, line, ofFile, lineOfFile] =
    /^([^\s:]+):(\d+)(?::\d+)?: |^([^\s:]+): (?:line (\d+): )?/.exec(sentence) ?? []
  const [path, number] = [file ?? ofFile, line ?? lineOfFile]
  if (path === undefined || !/\.\w+$/.test(path)) return undefined
  return { file: path, line: number === undefined ? undefined : Number(number) }
}

/** The class that a problem begins with: `WebTask/taskDefinition/…`. */
function classIn(sentence: string, classes: readonly DefinedIn[]): SourceLine | undefined {
  const found = classes.find(({ name }) => sentence.startsWith(`${name}/`))
  return found && lineOfClass(found)
}

/** The line on which a class begins; undefined where its file is not known, or has no such class. */
export function lineOfClass({ name, path }: DefinedIn): SourceLine | undefined {
  const [bare = ''] = name.split(' ')
  if (path === undefined || !/^[\w$]+$/.test(bare)) return undefined
  try {
    const lines = readFileSync(path, 'utf8').split('\n')
    const index = lines.findIndex((line) =>
      new RegExp(String.raw`^[^/*'"]*\bclass\s+${bare.replaceAll('$', String.raw`\$`)}\b`).test(line),
    )
    return index < 0 ? undefined : { file: path, line: index + 1 }
  } catch {
    return undefined
  }
}

/** A file as the repository has it, whose root is the workspace; undefined where it is not there, or outside of it. */
export function fileIn(workspace: string, file: string): string | undefined {
  const path = relative(resolve(workspace), resolve(file))
  return path.startsWith('..') || path === '' || !existsSync(file) ? undefined : path.split(sep).join('/')
}
