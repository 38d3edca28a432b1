// Reads a manifest of AWS Copilot as a class would declare it.
import { EcsTaskError } from '../../../ground/errors.ts'
import type { Imported } from '../imported.ts'
import { readYaml } from '../readYaml.ts'
import { type Tree, comments } from '../tree.ts'
import { withPlaceholders } from '../withPlaceholder.ts'
import { secretWarnings, withoutSecrets } from '../withoutSecrets.ts'
import { logRouter, mainContainer, sidecars } from './containers.ts'
import { leftLines } from './leftovers.ts'
import { Manifest } from './manifest.ts'
import { overridden } from './overrides.ts'
import { scheduleOf } from './schedule.ts'
import { serviceUpdateOf } from './service.ts'
import { taskSettings } from './task.ts'

const services = ['Load Balanced Web Service', 'Backend Service', 'Worker Service']
const job = 'Scheduled Job'

/** Manifests of what does not run on ECS. */
const others: Readonly<Record<string, string>> = {
  'Request-Driven Web Service': 'It runs on App Runner, and ecs-task deploys to ECS.',
  'Static Site': 'It is files in S3 behind CloudFront, and ecs-task deploys to ECS.',
}

/** Throws `BadArguments` for what is no manifest of a service or a job. `file` names it in errors. */
export function importManifest(text: string, file: string): Imported {
  const manifest = new Manifest(readYaml(text, file))
  const type = String(manifest.at('type'))
  const name = manifest.take((value) => (typeof value === 'string' && value !== '' ? value : undefined), 'name')
  refuse({ file, type, name })
  const isJob = manifest.take((value) => (typeof value === 'string' ? value : undefined), 'type') === job
  return imported(manifest, { name: name ?? '', type, isJob })
}

function imported(manifest: Manifest, of: { name: string; type: string; isJob: boolean }): Imported {
  const { name, type, isJob } = of
  const containers = [mainContainer(manifest, name), ...sidecars(manifest), ...logRouter(manifest)]
  const settings = taskSettings(manifest)
  const overrides = overridden({ family: name, ...settings, containerDefinitions: containers }, manifest)
  const schedule = isJob ? scheduleOf(manifest, name) : undefined
  const service = isJob ? undefined : serviceUpdateOf(manifest, name)
  const taken = ['image', 'variables', 'secrets', 'env_file', 'entrypoint', 'command', 'sidecars']
  const left = leftLines(manifest.left().filter(({ path: [key] }) => !taken.includes(String(key))))
  const { trees, variables } = withoutSecrets({
    taskDefinition: { ...overrides.members, ...comments(overrides.lines) },
    ...(service && { updateServices: [{ ...service, ...comments(left) }] as Tree }),
    ...(schedule && { schedules: [{ ...schedule, ...comments(left) }] as Tree }),
  })
  const { tree, tag, warnings } = withPlaceholders(trees.taskDefinition)
  return {
    name,
    tag,
    variables,
    about: [`The ${type} ${name} of AWS Copilot. Written by ecs-task init --from-copilot.`],
    members: { ...trees, taskDefinition: tree },
    warnings: [
      ...secretWarnings(variables),
      ...warnings,
      ...(left.length > 0 ? ['Some keys have no counterpart: see the comments that begin with "No counterpart".'] : []),
      isJob
        ? 'Put your cluster and roles in place of those in the file.'
        : 'Put your cluster, service and roles in place of those in the file; family is the name of the task definition.',
    ],
  }
}

function refuse({ file, type, name }: { file: string; type: string; name: string | undefined }): void {
  const why = others[type]
  if (Object.hasOwn(others, type)) {
    throw new EcsTaskError('BadArguments', `${file} is a ${type}, which can't be imported.`, { why })
  }
  if (![...services, job].includes(type)) {
    throw new EcsTaskError('BadArguments', `${file} is no manifest of a service or a job of AWS Copilot.`, {
      why: `Its type is ${type === 'undefined' ? 'missing' : JSON.stringify(type)}.`,
      fix: `Name a manifest of one of these types: ${[...services, job].join(', ')}.`,
    })
  }
  if (name === undefined) throw new EcsTaskError('BadArguments', `${file} has no name.`, { fix: 'Add the key name.' })
}
