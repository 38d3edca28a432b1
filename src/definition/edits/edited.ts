// Applies the edits asked for on the command line to a task definition.
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { EcsTaskError } from '../../ground/errors.ts'
import { nearest } from '../../ground/nearest.ts'
import { editImages } from './editImages.ts'
import { editLog } from './editLog.ts'
import { type EditOption, type Edits, type LogEdit, shownWord, type VariableEdit, wordOf } from './edits.ts'
import { editVariables } from './editVariables.ts'
import { imageText } from '../image.ts'
import { taskDefinitionRules } from '../rules/taskDefinitionRules.ts'

/**
 * A task definition with the edits made: exactly what they name is another, all else is as it is in `base`, which is not
 * changed. `notes` are sentences about what may surprise: a variable that becomes a secret, one that was not there to
 * unset. Throws `BadArguments` with every edit that cannot be made: a container or a repository that is not there, another
 * log driver than the container's, one name given two values.
 */
export function edited(
  base: RegisterTaskDefinitionCommandInput,
  edits: Edits,
): { input: RegisterTaskDefinitionCommandInput; notes: string[] } {
  const { containers, problems } = editImages(base.containerDefinitions ?? [], edits.images)
  const made = containers.map((container) => editContainer(container, edits))
  const all = [
    ...unknownContainers(containers, edits),
    ...problems,
    ...made.flatMap((one) => one.problems),
    ...contradictions(edits),
  ]
  if (all.length > 0) {
    throw new EcsTaskError('BadArguments', 'The task definition cannot be changed like this.', {
      problems: [...new Set(all)],
    })
  }
  const input = {
    ...withTaskRole(base, edits.taskRole),
    containerDefinitions: made.map(({ container }) => container),
    ...(edits.cpu !== undefined && { cpu: edits.cpu }),
    ...(edits.memory !== undefined && { memory: edits.memory }),
  }
  checkAgainstRules(base, input)
  return { input, notes: made.flatMap(({ notes }) => notes) }
}

/** Refuses edits that break a rule for task definitions; what was broken before is AWS's to judge. */
function checkAgainstRules(base: RegisterTaskDefinitionCommandInput, input: RegisterTaskDefinitionCommandInput): void {
  const problemsOf = (taskDefinition: object): string[] =>
    taskDefinitionRules.flatMap((rule) => rule({ taskDefinition }))
  const before = problemsOf(base)
  const problems = problemsOf(input).filter((problem) => !before.includes(problem))
  if (problems.length === 0) return
  throw new EcsTaskError('BadArguments', 'ECS would refuse the changed task definition.', { problems })
}

function editContainer(
  container: ContainerDefinition,
  edits: Edits,
): { container: ContainerDefinition; notes: string[]; problems: string[] } {
  const isIts = (edit: { readonly container: string }): boolean => edit.container === container.name
  const { environment, secrets } = container
  const { notes, ...after } = editVariables(
    { plain: environment, secret: secrets },
    { plain: edits.environment.filter(isIts), secret: edits.secrets.filter(isIts) },
    {
      plain: { called: 'an environment variable', option: '--env' },
      secret: { called: 'a secret', option: '--secret' },
    },
  )
  const withVariables = {
    ...container,
    ...(after.plain !== environment && { environment: after.plain }),
    ...(after.secret !== secrets && { secrets: after.secret }),
  } as ContainerDefinition
  const log = editLog(withVariables, { plain: edits.logOptions.filter(isIts), secret: edits.logSecrets.filter(isIts) })
  return { ...log, notes: [...notes, ...log.notes] }
}

function unknownContainers(containers: readonly ContainerDefinition[], edits: Edits): string[] {
  const names = containers.flatMap(({ name }) => name ?? [])
  const named = [
    ...edits.images.map(({ container, image }) => ({ option: '--image', container, rest: imageText(image) })),
    ...edits.environment.map(({ container, name }) => ({ option: '--env', container, rest: name })),
    ...edits.secrets.map(({ container, name }) => ({ option: '--secret', container, rest: name })),
    ...edits.logOptions.map(({ container, logDriver }) => ({ option: '--log-option', container, rest: logDriver })),
    ...edits.logSecrets.map(({ container, logDriver }) => ({ option: '--log-secret', container, rest: logDriver })),
  ]
  return named.flatMap(({ option, container, rest }) => {
    if (container === undefined || names.includes(container)) return []
    const meant = nearest(container, names)
    const proposal = meant === undefined ? '' : `; did you mean ${meant}?`
    const has = names.join(', ') || 'none'
    const word = `${option} ${shownWord(`${container}=${rest}`)}`
    return [`${word}: ${container} is not a container of the task definition, which has ${has}${proposal}`]
  })
}

/** A name that is given two values, or a value and a secret at once; a sentence each. */
function contradictions(edits: Edits): string[] {
  return [
    ...givenTwice('--env', edits.environment),
    ...givenTwice('--secret', edits.secrets),
    ...givenTwice('--log-option', edits.logOptions),
    ...givenTwice('--log-secret', edits.logSecrets),
    ...givenAsBoth(['--env', edits.environment], ['--secret', edits.secrets]),
    ...givenAsBoth(['--log-option', edits.logOptions], ['--log-secret', edits.logSecrets]),
  ]
}

type AnyEdit = VariableEdit | LogEdit

function givenTwice(option: EditOption, edits: readonly AnyEdit[]): string[] {
  const values = new Map<string, Set<string>>()
  for (const edit of edits) {
    const word = wordOf(option, edit)
    values.set(word, (values.get(word) ?? new Set()).add(edit.value))
  }
  // The values themselves may be secret.
  return [...values].flatMap(([word, given]) =>
    given.size > 1 ? [`${word}: is given ${given.size} values; give it one`] : [],
  )
}

/** What is unset as one may be set as the other: so it moves. */
function givenAsBoth(
  [option, edits]: [EditOption, readonly AnyEdit[]],
  [otherOption, others]: [EditOption, readonly AnyEdit[]],
): string[] {
  const wordsOf = (list: readonly AnyEdit[]): Set<string> =>
    new Set(list.filter(({ value }) => value !== '').map((edit) => wordOf(otherOption, edit)))
  const words = wordsOf(edits)
  return [...wordsOf(others)]
    .filter((word) => words.has(word))
    .map((word) => `${word}: is given with ${option} too; give it with one of the two`)
}

function withTaskRole(
  base: RegisterTaskDefinitionCommandInput,
  taskRole: string | undefined,
): RegisterTaskDefinitionCommandInput {
  if (taskRole === undefined) return base
  const { taskRoleArn: _, ...others } = base
  return taskRole === 'none' ? others : { ...base, taskRoleArn: taskRole }
}
