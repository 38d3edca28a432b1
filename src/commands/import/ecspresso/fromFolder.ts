// Reads the files of ecspresso as a class would declare them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { answered } from '../../../definition/registerable.ts'
import { inputs, shapes } from '../../../definition/shapes.ts'
import { EcsTaskError } from '../../../ground/errors.ts'
import { readNamed } from '../../../ground/readText.ts'
import type { Imported } from '../imported.ts'
import { ordered } from '../ordered.ts'
import { FromEnvironment, type Tree, isMembers } from '../tree.ts'
import { withPlaceholders } from '../withPlaceholder.ts'
import { secretWarnings, withoutSecrets } from '../withoutSecrets.ts'
import { configLines, controllerWarnings, serviceUpdateOf } from './service.ts'
import { readTemplated } from './template.ts'
import { typed } from './typed.ts'

const configs = ['ecspresso.yml', 'ecspresso.yaml', 'ecspresso.json', 'ecspresso.jsonnet']

/** Throws `BadArguments` where the folder has no such files, or some that only ecspresso can render. */
export function importEcspresso(folder: string): Imported {
  const config = configs.map((name) => join(folder, name)).find((file) => existsSync(file))
  if (config === undefined) {
    throw new EcsTaskError('BadArguments', `${folder} has no files of ecspresso.`, {
      why: `There is none of ${configs.join(', ')}.`,
    })
  }
  const settings = membersIn(config)
  const file = fileIn(settings, 'task_definition', config)
  if (file === undefined) {
    throw new EcsTaskError('BadArguments', `${config} names no task definition.`, {
      fix: 'Add the key task_definition.',
    })
  }
  const task = membersIn(join(folder, file))
  const definition = fileIn(settings, 'service_definition', config)
  const service = definition === undefined ? {} : membersIn(join(folder, definition))
  return imported({ settings, task, service })
}

type Members = Readonly<Record<string, Tree | undefined>>

function imported({ settings, task, service }: { settings: Members; task: Members; service: Members }): Imported {
  const { members, tags } = answered(task)
  const named = { ...members, ...(tags !== undefined && { tags }) }
  const taskDefinition = typed(ordered(named, inputs.taskDefinition, shapes) as Tree, inputs.taskDefinition, shapes)
  const update = settings['service'] === undefined ? undefined : serviceUpdateOf(settings, service)
  const { trees, variables } = withoutSecrets({ taskDefinition, ...(update && { updateServices: [update] as Tree }) })
  const { tree, tag, warnings } = withPlaceholders(trees.taskDefinition)
  const names = [settings['service'], members['family']]
  return {
    name: names.map(nameIn).find((one) => one !== undefined) ?? 'imported',
    tag,
    variables,
    about: ['From the files of ecspresso. Written by ecs-task init --from-ecspresso.', ...configLines(settings)],
    members: { ...trees, taskDefinition: tree },
    warnings: [...secretWarnings(variables), ...controllerWarnings(service), ...warnings],
  }
}

function membersIn(file: string): Members {
  refuseJsonnet(file)
  const tree = readTemplated(readNamed(file), file)
  if (isMembers(tree)) return tree
  throw new EcsTaskError('BadArguments', `${file} is no object.`)
}

function fileIn(settings: Members, key: string, config: string): string | undefined {
  const file = settings[key]
  if (file === undefined || typeof file === 'string') return file
  throw new EcsTaskError('BadArguments', `${config} names its ${key} by a template.`, {
    fix: 'Write the name of the file.',
  })
}

function refuseJsonnet(file: string): void {
  if (!/\.(lib|j)sonnet$/.test(file)) return
  throw new EcsTaskError('BadArguments', `${file} is Jsonnet, which only ecspresso renders.`, {
    fix: 'Render it to JSON (ecspresso render taskdef > ecs-task-def.json, ecspresso render servicedef > ecs-service-def.json), and name those files in ecspresso.yml.',
  })
}

/** A name as it is without any variable set. */
function nameIn(tree: unknown): string | undefined {
  if (typeof tree === 'string') return tree
  const [part, ...others] = tree instanceof FromEnvironment ? tree.parts : []
  return typeof part === 'object' && others.length === 0 ? part.otherwise : undefined
}
