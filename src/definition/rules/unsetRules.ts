// Finds what a variable that is not set leaves behind in a definition: `web:undefined`, or a value that is not there.
import { isPlain } from '../../ground/shown.ts'
import { type Draft, type Found, select, strings, taskInputs } from '../select.ts'
import { unsetInImage, unsetInName } from '../unset.ts'

/** Rules for definitions, as those in `rules.ts`. */
export const unsetRules: readonly ((draft: Draft) => string[])[] = [
  imagesAreSet,
  namesAreSet,
  clustersAreSet,
  environmentHasValues,
]

function imagesAreSet(draft: Draft): string[] {
  return strings(draft, 'taskDefinition/containerDefinitions/*/image').flatMap(({ path, value }) =>
    leftBehind(path, value, unsetInImage(value)),
  )
}

function namesAreSet(draft: Draft): string[] {
  return [
    'taskDefinition/family',
    'taskDefinition/taskRoleArn',
    'taskDefinition/executionRoleArn',
    'taskDefinition/containerDefinitions/*/name',
    'taskDefinition/containerDefinitions/*/secrets/*/valueFrom',
    'taskDefinition/containerDefinitions/*/logConfiguration/options/awslogs-group',
    'updateServices/*/cluster',
    'updateServices/*/service',
    'runTasks/*/cluster',
    'eventTargets/*/EventBusName',
    'eventTargets/*/Rule',
    'eventTargets/*/Targets/*/Id',
    'eventTargets/*/Targets/*/Arn',
    'eventTargets/*/Targets/*/RoleArn',
    'schedules/*/Name',
    'schedules/*/GroupName',
    'schedules/*/Target/Arn',
    'schedules/*/Target/RoleArn',
    'lock',
    'snsNotificationTopicArn',
  ]
    .flatMap((pattern) => strings(draft, pattern))
    .flatMap(({ path, value }) => leftBehind(path, value, unsetInName(value)))
}

function leftBehind(path: string, value: string, word: string | undefined): string[] {
  if (word === undefined) return []
  return [`${path}: ${JSON.stringify(value)} has ${word} in it, which an unset variable leaves behind`]
}

/** A cluster that is undefined would be the one called default, which is hardly meant by `cluster: process.env.CLUSTER`. */
function clustersAreSet(draft: Draft): string[] {
  return ['updateServices/*', 'runTasks/*', 'eventTargets/*']
    .flatMap((pattern) => select(draft, pattern))
    .flatMap(({ path, value }) =>
      ['cluster', 'EventBusName']
        .filter((member) => isPlain(value) && Object.hasOwn(value, member) && value[member] === undefined)
        .map((member) => `${path}/${member}: is undefined; set it, or leave it out for the cluster named default`),
    )
}

/** A variable without a value, as `{ name: 'URL', value: process.env.URL }` makes one: its container would be without it. */
function environmentHasValues(draft: Draft): string[] {
  const declared = [
    'taskDefinition/containerDefinitions/*/environment/*',
    'runTasks/*/overrides/containerOverrides/*/environment/*',
  ].flatMap((pattern) => select(draft, pattern))
  const inInputs = taskInputs(draft).flatMap(({ path, json }) =>
    select(json, 'containerOverrides/*/environment/*', path),
  )
  return [...declared, ...inInputs].filter(hasNoValue).map(({ path, value }) => {
    const { name } = value as { name: string }
    return `${path}/value: is missing for ${JSON.stringify(name)}, as where process.env has no such variable; an empty value is ''`
  })
}

function hasNoValue({ value }: Found): boolean {
  return isPlain(value) && typeof value['name'] === 'string' && value['value'] === undefined
}
