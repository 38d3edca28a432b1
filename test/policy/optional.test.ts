// What the page of permissions says a deploy works without.
import { expect, it } from 'vitest'
import { read } from '../../src/definition/read.ts'
import { web } from '../deploy/declared.ts'
import { ecr } from '../deploy/ecr.ts'
import { stage } from '../deploy/support.ts'
import { rows, section, text } from '../docs/pages.ts'
import { printed } from './printed.ts'

const declared = web({
  taskDefinition: {
    family: 'web',
    containerDefinitions: [
      {
        name: 'web',
        image: `${ecr}/web:<image_tag>`,
        memory: 512,
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'web' },
        },
      },
    ],
  },
  eventTargets: [],
  activeTaskCount: 1,
})
const policy = printed([read(declared, 'Web').definition])

/** The policy without a statement, or without an action of any. */
const without = (name: string): string =>
  JSON.stringify({
    ...policy,
    Statement: policy.Statement.filter(({ Sid }) => Sid !== name)
      .map((one) => ({ ...one, Action: one.Action.filter((action) => action !== name) }))
      .filter(({ Action }) => Action.length > 0),
  })

const names = rows(section(text('docs/permissions.md'), 'Without parts of it')).flatMap(([cell = '']) =>
  cell.replaceAll('`', '').split(', '),
)

it.each(names)('a deploy works without %s', async (name) => {
  const { deploy, runs } = stage(declared, { policy: without(name) })
  expect(await deploy('v1')).toMatchObject({ exitCode: 0, left: [] })
  expect(runs('my_cluster/web')).toBe('web:2')
})
