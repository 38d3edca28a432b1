// deploy --record and history with the policy that is printed, and with what docs/permissions.md adds to it.
import { expect, it } from 'vitest'
import { recordSettings } from '../../src/commands/ci/record.ts'
import { read } from '../../src/definition/read.ts'
import { classOf, fleet } from '../deploy/fleet.ts'
import { ofType } from '../deploy/support.ts'
import { openAws } from '../../src/aws/aws.ts'
import { sdkTransport } from '../../src/aws/sdk.ts'
import { readHistory } from '../../src/deploy/look/readHistory.ts'
import { blocks, section, text as pageOf } from '../docs/pages.ts'
import { printed } from './printed.ts'

const env = {
  GITLAB_CI: 'true',
  CI_COMMIT_SHA: '3f2a9c1e',
  GITLAB_USER_LOGIN: 'alice',
  CI_JOB_URL: 'https://gitlab.com/1',
}
const classes = [classOf('Web'), classOf('Api')]
const definitions = classes.map((one) => read(one, one.name).definition)
const policy = JSON.stringify(printed(definitions))
const tags = [{ key: 'team', value: 'shop' }]
const tagged = classes.map((one) => ({ ...one, taskDefinition: { ...one.taskDefinition, tags } }))

it('registers the revisions without its tags, and warns once with the permission', async () => {
  const { deploy, active, call } = fleet(classes, { policy })
  const { exitCode, events, left } = await deploy('v2', recordSettings(true, { env }))
  expect([exitCode, left]).toEqual([0, []])
  expect(ofType(events, 'warning.raised').map(({ text }) => text)).toEqual([
    'Revisions are registered without the tags of --record: the permission ecs:TagResource is missing.',
  ])
  expect([active('web'), active('api')]).toEqual([
    ['web:1', 'web:2'],
    ['api:1', 'api:2'],
  ])
  expect(call('ecs', 'DescribeTaskDefinition', { taskDefinition: 'web:2', include: ['TAGS'] }).tags).toEqual([])
})

it('fails as without it where the tags that a class declares are denied', async () => {
  const run = async (more: object) => {
    const { deploy, active } = fleet(tagged, { policy })
    const { exitCode, outcome, problem } = await deploy('v2', more)
    return { exitCode, outcome, problem, web: active('web') }
  }
  const without = await run({})
  expect(without).toMatchObject({ outcome: 'refused', web: ['web:1'] })
  expect(await run(recordSettings(true, { env }))).toEqual(without)
})

it('tags what the page says how to allow, and history needs nothing beside the printed policy', async () => {
  const { Statement } = JSON.parse(blocks(section(pageOf('docs/permissions.md'), 'With `--record`'), 'json')[0] ?? '')
  const more = JSON.stringify({ ...printed(definitions), Statement: [...printed(definitions).Statement, ...Statement] })
  const { deploy, settings, clock } = fleet(classes.slice(0, 1), { policy: more })
  const { exitCode, events } = await deploy('v2', recordSettings(true, { env }))
  expect([exitCode, ofType(events, 'warning.raised')]).toEqual([0, []])
  const aws = openAws({ transport: sdkTransport(settings, { clock }), clock })
  const { history } = await readHistory(aws, { definitions: definitions.slice(0, 1) }, clock.now)
  expect(history).toMatchObject({
    services: [
      { deployments: [{ revision: 'web:2', commit: '3f2a9c1e', actor: 'alice', run: 'https://gitlab.com/1' }, {}] },
    ],
    unread: [],
  })
})
