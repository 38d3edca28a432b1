// Rules that the types of a definition cannot express.
import { clusterOfService, nameOf } from '../ground/names.ts'
import { nearest } from '../ground/nearest.ts'
import { parseS3Url, s3UrlMust } from '../ground/s3Url.ts'
import { shown } from '../ground/shown.ts'
import { mostContainers } from './limits.ts'
import { imageMust, isImage } from './image.ts'
import { imageWithTag, meantImage } from './placeholder.ts'
import { scheduleRules } from './rules/scheduleRules.ts'
import { serviceRules } from './rules/serviceRules.ts'
import { taskDefinitionRules } from './rules/taskDefinitionRules.ts'
import { type Draft, type FoundString, select, strings, taskInputs, taskTargets } from './select.ts'
import { unsetInImage } from './unset.ts'
import { unsetRules } from './rules/unsetRules.ts'
import { notificationsAreWebhooks } from './webhooks.ts'

/**
 * What the types of a definition cannot say: each rule answers the problems that it finds, each a sentence that begins
 * with its path. Rules may be given anything; what is of the wrong type is `check`'s to report.
 */
export const rules: readonly ((draft: Draft) => string[])[] = [
  familyIsAName,
  namesAndListsAreFilled,
  atMostTenContainers,
  containerNamesAreNames,
  containerNamesAreUnique,
  placeholdersAreSpelt,
  imagesAreImages,
  containersAreKnown,
  taskCountIsOneToTen,
  clustersAreThoseOfServices,
  servicesAreUnique,
  targetsAreUnique,
  clusterTargetsStartATask,
  taskTargetsHaveARole,
  taskInputIsJson,
  afterNamesClasses,
  activeTaskCountIsPositive,
  lockIsInABucket,
  topicIsAnArn,
  blacklistIsARegExp,
  notificationsAreWebhooks,
  ...taskDefinitionRules,
  ...serviceRules,
  ...scheduleRules,
  ...unsetRules,
]

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#family */
function familyIsAName(draft: Draft): string[] {
  return strings(draft, 'taskDefinition/family')
    .filter(({ value }) => !/^[A-Za-z0-9_-]{1,255}$/.test(value))
    .map(({ path }) => `${path}: must be 1 to 255 letters, digits, hyphens and underscores`)
}

function namesAndListsAreFilled(draft: Draft): string[] {
  return [
    'taskDefinition/containerDefinitions',
    'taskDefinition/containerDefinitions/*/name',
    'taskDefinition/containerDefinitions/*/image',
    'updateServices/*/service',
    'eventTargets/*/Rule',
    'eventTargets/*/Targets',
    'eventTargets/*/Targets/*/Id',
    'eventTargets/*/Targets/*/Arn',
    'eventTargets/*/Targets/*/RoleArn',
    'schedules/*/Target/RoleArn',
  ]
    .flatMap((pattern) => select(draft, pattern))
    .filter(({ value }) => value === '' || (Array.isArray(value) && value.length === 0))
    .map(({ path }) => `${path}: is empty`)
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
function containerNamesAreNames(draft: Draft): string[] {
  return strings(draft, 'taskDefinition/containerDefinitions/*/name')
    .filter(({ value }) => value !== '' && !/^[A-Za-z0-9_-]{1,255}$/.test(value))
    .map(({ path }) => `${path}: must be 1 to 255 letters, digits, hyphens and underscores`)
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
function atMostTenContainers(draft: Draft): string[] {
  return select(draft, 'taskDefinition/containerDefinitions').flatMap(({ path, value }) =>
    Array.isArray(value) && value.length > mostContainers
      ? [`${path}: must be at most ${mostContainers} containers, not ${value.length}`]
      : [],
  )
}

function containerNamesAreUnique(draft: Draft): string[] {
  return repeated(strings(draft, 'taskDefinition/containerDefinitions/*/name')).map(
    ([{ path, value }, first]) => `${path}: ${JSON.stringify(value)} is already the name at ${first.path}`,
  )
}

/** A tag that is called `image_tag` would be deployed again and again, whatever tag is asked for. */
function placeholdersAreSpelt(draft: Draft): string[] {
  return strings(draft, 'taskDefinition/containerDefinitions/*/image').flatMap(({ path, value }) => {
    const meant = meantImage(value)
    return meant === undefined
      ? []
      : [`${path}: ${JSON.stringify(value)} has no <image_tag>; did you mean ${JSON.stringify(meant)}?`]
  })
}

/** What AWS refuses in the middle of a deploy, such as the line break that `$(cat VERSION)` leaves in a tag. */
function imagesAreImages(draft: Draft): string[] {
  return strings(draft, 'taskDefinition/containerDefinitions/*/image')
    .filter(({ value }) => value !== '' && unsetInImage(value) === undefined && meantImage(value) === undefined)
    .filter(({ value }) => !isImage(imageWithTag(value, 'v1')))
    .map(({ path, value }) => `${path}: must be ${imageMust}, not ${JSON.stringify(value)}`)
}

function containersAreKnown(draft: Draft): string[] {
  const known = strings(draft, 'taskDefinition/containerDefinitions/*/name').map(({ value }) => value)
  if (known.length === 0) return []
  const named = [
    'taskDefinition/containerDefinitions/*/dependsOn/*/containerName',
    'updateServices/*/loadBalancers/*/containerName',
    'updateServices/*/serviceRegistries/*/containerName',
    'runTasks/*/overrides/containerOverrides/*/name',
  ].flatMap((pattern) => strings(draft, pattern))
  return [...named, ...taskInputs(draft).flatMap(({ path, json }) => strings(json, 'containerOverrides/*/name', path))]
    .filter(({ value }) => !known.includes(value))
    .map(({ path, value }) => {
      const proposal = nearest(value, known)
      const instead = proposal ? `did you mean ${proposal}?` : `it has ${known.join(', ')}`
      return `${path}: ${JSON.stringify(value)} is not a container of the task definition; ${instead}`
    })
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
function taskCountIsOneToTen(draft: Draft): string[] {
  return select(draft, 'runTasks/*/count')
    .filter(({ value }) => typeof value === 'number' && !(Number.isInteger(value) && value >= 1 && value <= 10))
    .map(({ path, value }) => `${path}: must be a whole number from 1 to 10, not ${String(value)}`)
}

function clustersAreThoseOfServices(draft: Draft): string[] {
  return select(draft, 'updateServices/*').flatMap(({ path, value }) => {
    const named = strings(value, 'cluster', path)[0]
    const own = clusterOfService(strings(value, 'service')[0]?.value ?? '')
    if (!named || own === undefined || nameOf(named.value) === own) return []
    return [`${named.path}: is ${JSON.stringify(named.value)}, but the ARN of the service names the cluster ${own}`]
  })
}

function servicesAreUnique(draft: Draft): string[] {
  const services = select(draft, 'updateServices/*').flatMap(({ path, value }) => {
    const named = strings(value, 'cluster')[0]?.value
    const cluster = named ?? clusterOfService(strings(value, 'service')[0]?.value ?? '') ?? 'default'
    return strings(value, 'service', path).map((service) => ({
      path: service.path,
      value: `${nameOf(cluster)} ${nameOf(service.value)}`,
    }))
  })
  return repeated(services).map(([{ path }, first]) => `${path}: is the same service as ${first.path}`)
}

function targetsAreUnique(draft: Draft): string[] {
  const targets = select(draft, 'eventTargets/*').flatMap(({ path, value }) => {
    const bus = strings(value, 'EventBusName')[0]?.value ?? 'default'
    const rule = strings(value, 'Rule')[0]?.value
    return strings(value, 'Targets/*/Id', path).map((id) => ({
      path: id.path,
      value: `${nameOf(bus)} ${rule} ${id.value}`,
    }))
  })
  return repeated(targets).map(([{ path }, first]) => `${path}: is the same target as ${first.path}`)
}

/** A target of a cluster that starts nothing is refused by EventBridge, and no revision would be deployed to it. */
function clusterTargetsStartATask(draft: Draft): string[] {
  return select(draft, 'eventTargets/*/Targets/*')
    .filter(({ value }) => strings(value, 'Arn').some((arn) => /^arn:[\w-]+:ecs:.*:cluster\//.test(arn.value)))
    .filter(({ value }) => select(value, 'EcsParameters').length === 0)
    .map(({ path }) => `${path}/EcsParameters: is missing; a cluster needs them, as in EcsParameters: {}`)
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
function taskTargetsHaveARole(draft: Draft): string[] {
  return taskTargets(draft)
    .filter(({ value }) => select(value, 'RoleArn').length === 0)
    .map(({ path }) => `${path}/RoleArn: is missing; EventBridge starts an ECS task with a role of yours`)
}

function taskInputIsJson(draft: Draft): string[] {
  return taskInputs(draft)
    .filter(({ json }) => json === undefined)
    .map(({ path }) => `${path}: must be JSON, as in {"containerOverrides": [{"name": "web", "command": ["true"]}]}`)
}

function afterNamesClasses(draft: Draft): string[] {
  return select(draft, 'after').flatMap(({ path, value }) => {
    if (!Array.isArray(value))
      return [`${path}: must be a list of names of classes, as in ['Migrations'], not ${shown(value)}`]
    return value.flatMap((one: unknown, index) => {
      if (one === '') return [`${path}/${index}: is empty`]
      return typeof one === 'string' ? [] : [`${path}/${index}: must be the name of a class, not ${shown(one)}`]
    })
  })
}

function activeTaskCountIsPositive(draft: Draft): string[] {
  return select(draft, 'activeTaskCount')
    .filter(({ value }) => !(typeof value === 'number' && Number.isSafeInteger(value) && value >= 1))
    .map(({ path, value }) => `${path}: must be a whole number of at least 1, not ${shown(value)}`)
}

function lockIsInABucket(draft: Draft): string[] {
  return select(draft, 'lock')
    .filter(({ value }) => typeof value !== 'string' || parseS3Url(value) === undefined)
    .map(({ path }) => `${path}: must be ${s3UrlMust}`)
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html */
function topicIsAnArn(draft: Draft): string[] {
  return select(draft, 'snsNotificationTopicArn')
    .filter(({ value }) => typeof value !== 'string' || !topicArn.test(value))
    .map(({ path }) => `${path}: must be the ARN of a topic, as in arn:aws:sns:eu-west-1:123456789012:deployments`)
}

const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/

function blacklistIsARegExp(draft: Draft): string[] {
  return select(draft, 'notificationMethodBlacklistRegex')
    .filter(({ value }) => !(value instanceof RegExp))
    .map(({ path, value }) => `${path}: must be a regular expression, as in /^describe_/, not ${shown(value)}`)
}

/** Each that has the value of an earlier one, with that earlier one. */
function repeated(found: readonly FoundString[]): [FoundString, FoundString][] {
  const first = new Map<string, FoundString>()
  return found.flatMap((one): [FoundString, FoundString][] => {
    const earlier = first.get(one.value)
    if (!earlier) first.set(one.value, one)
    return earlier ? [[one, earlier]] : []
  })
}
